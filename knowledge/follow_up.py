"""Questions that lean on what was said before: "and the yearly one?", "how much?".

Promises: a question that stands alone is left alone; one that does not gets what was asked before it.
"""

import re
from collections.abc import Sequence

Turn = tuple[str, str]  # author, text; oldest first

OPENERS = re.compile(
    r"^\W*(?:and|but|or|also|so|then|what about|how about|what if|why not|why|which one)\b", re.IGNORECASE
)
POINTERS = re.compile(
    r"\b(?:it|its|they|them|their|theirs|that|those|these|this|he|she|him|her|his|hers|one|ones|there|former|latter"
    r"|same|other|another|else|both)\b",
    re.IGNORECASE,
)
EXPLETIVE = re.compile(
    r"\b(?:is|was|does|will|would|can|could)\s+it\s+(?:possible|take|okay|ok|true|safe|allowed)\b"
    r"|\bthis\s+(?:website|site|page|company|product)\b|\bis there\b|\bare there\b",
    re.IGNORECASE,
)
STANDS_ALONE_WORDS = 4  # a question of so many words without a pointer is understood by itself


def find_context(question: str, history: Sequence[Turn]) -> str:
    """Return what a question leans on, "" when it stands alone or nothing was said before."""
    asked = [text for author, text in history if author in ("visitor", "user") and text.strip()]
    topics = [text for author, text in history if author == "topic"]
    if not (asked or topics) or not leans(question):
        return ""
    return " ".join([*topics, *asked[-1:]])


def leans(question: str) -> bool:
    """Say whether a question points at something said before."""
    words = re.findall(r"\w+", question)
    if OPENERS.match(question) or len(words) < STANDS_ALONE_WORDS:
        return True
    return bool(POINTERS.search(EXPLETIVE.sub(" ", question)))
