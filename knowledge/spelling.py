"""A question as the products spell it: "ebike" where e-bikes are sold, "gale gravle" where the Gale Gravel is.

Promises: pure; a word that is written anywhere in the knowledge is never changed, and one that is as near to two
words of names is left as it is.
"""

import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 4  # letters of a word that may be misspelt
MISSPELT_FROM = 0.8  # of the letters of two words, in order

Tokenizer = Callable[[str], list[str]]


def spell_as_sold(
    question: str, names: Iterable[str], is_unknown: Callable[[str], bool], tokenize: Tokenizer
) -> str:
    """Return a question with each unknown word as a name's letter and a known word, or as a word of a name.

    Args:
        question: what is asked.
        names: what the products are called.
        is_unknown: says of a stem whether it stands nowhere in the knowledge.
        tokenize: makes stems of a text.
    """
    named = {word.lower() for name in names for word in WORD.findall(name)}

    def spelt(found: re.Match[str]) -> str:
        word = found.group().lower()
        if len(word) < SHORTEST or not any(map(is_unknown, tokenize(word))):
            return found.group()
        halves = f"{word[0]} {word[1:]}"
        if word[0] in named and not any(map(is_unknown, tokenize(halves))):
            return halves
        alike = {other: _likeness(word, other) for other in named if other[0] == word[0]}
        most = max(alike.values(), default=0.0)
        meant = [other for other, likeness in alike.items() if likeness == most >= MISSPELT_FROM]
        return meant[0] if len(meant) == 1 else found.group()

    return WORD.sub(spelt, question)


def _likeness(word: str, meant: str) -> float:
    return SequenceMatcher(None, word, meant).ratio() if len(meant) >= SHORTEST else 0.0
