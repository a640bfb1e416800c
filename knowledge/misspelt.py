"""Words that are spelt as nobody spells them, said as the knowledge spells them: "waranty", "delivrey", "Liefrung".

Promises: pure; a word that stands anywhere in the knowledge, or that the embedding model holds as one word, is never
changed; a word that is changed is one slip away: a letter too many, too few, another one, or two swapped.
"""

import re
from collections.abc import Callable, Iterator
from string import ascii_lowercase

from knowledge.keywords import KeywordIndex, Tokenizer

WORD = re.compile(r"[a-zà-öø-ÿ]+", re.IGNORECASE)
SHORTEST = 5  # letters: shorter words are a slip away from too many others
LONGEST = 30


def spell_as_written(
    question: str, keywords: KeywordIndex, tokenize: Tokenizer, *, is_word: Callable[[str], bool]
) -> str:
    """Return a question with each misspelt word as the one of the knowledge that may be meant.

    Of several that may be meant it is one that the model holds, and of those the commonest in the knowledge.

    Args:
        question: what is asked.
        keywords: knows the stems of the knowledge.
        tokenize: makes stems of a text.
        is_word: says whether the embedding model holds a word, in small letters, as one.
    """

    def is_right(word: str) -> bool:
        if not SHORTEST <= len(word) <= LONGEST or not all(map(keywords.is_unknown, tokenize(word))):
            return True
        return is_word(word)

    def spelt(found: re.Match[str]) -> str:
        word = found.group()
        if is_right(word.lower()):
            return word
        ending = len(tokenize(word)[0])
        slips = list(dict.fromkeys(slip for slip in _slips(word.lower()) if keywords.may_know(slip)))
        stems = zip(tokenize(" ".join(slips)), slips, strict=True)
        known = [
            (not is_word(slip), abs(len(stem) - ending) > 1, keywords.weight(stem), slip)
            for stem, slip in stems
            if not keywords.is_unknown(stem)
        ]
        # Of what is no word of the model's the stem has to be a slip away too: "Lieferheit" is none of "liefern".
        meant = [slip for is_strange, is_far, _, slip in sorted(known) if not (is_strange and is_far)]
        return _in_case_of(word, meant[0]) if meant else word

    return WORD.sub(spelt, question)


def _slips(word: str) -> Iterator[str]:
    """Yield the words that are one slip away; the first letter is only ever swapped. Accents tell no stems apart."""
    for at in range(1, len(word)):
        yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
        yield word[:at] + word[at + 1 :]
        for letter in ascii_lowercase:
            yield word[:at] + letter + word[at:]
            yield word[:at] + letter + word[at + 1 :]
    for letter in ascii_lowercase:
        yield word + letter


def _in_case_of(word: str, meant: str) -> str:
    if word.isupper():
        return meant.upper()
    return meant.capitalize() if word[0].isupper() else meant
