"""A compound that is written nowhere, said as the two words of it that are: "Versandkosten" as "Versand kosten".

Promises: pure; a word that stands anywhere in the knowledge is never split, and both parts of one that is split stand
there; only in languages that write compounds as one word.
"""

import re
from collections.abc import Callable

LANGUAGES = ("de", "nl", "da", "sv", "nb", "no")
SHORTEST = 4  # letters of a part
LINKS = ("", "s", "n", "en", "es", "e")  # between the parts
WORD = re.compile(rf"[^\W\d_]{{{2 * SHORTEST},}}")


def split_compounds(question: str, is_unknown: Callable[[str], bool]) -> str:
    """Return a question with each compound that is written nowhere as its parts.

    Args:
        question: what is asked.
        is_unknown: says of words whether one of them stands nowhere in the knowledge.
    """
    return WORD.sub(lambda found: _split(found.group(), is_unknown), question)


def _split(word: str, is_unknown: Callable[[str], bool]) -> str:
    if not is_unknown(word):
        return word
    for at in range(SHORTEST, len(word) - SHORTEST + 1):
        if is_unknown(word[at:]):
            continue
        for link in LINKS:
            first = word[:at].removesuffix(link) if word[:at].endswith(link) else ""
            if len(first) >= SHORTEST and not is_unknown(first):
                return f"{first} {word[at:]}"
    return word
