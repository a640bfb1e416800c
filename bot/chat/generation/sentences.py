"""A text that is being written becomes sentences, each as soon as it is whole.

Promises: the sentences join to exactly what was fed; one that grows too long is given as it is.
"""

import re
from collections.abc import Iterator

LONGEST = 600
"""Characters. What runs on for longer is no sentence that anybody could check."""

MARKS = r"(?:[ \t]?\[\d{1,3}\])*"
CLOSING = r"[\"'”’»)*_]*"
END = re.compile(
    rf"\n+|[.!?…]+{CLOSING}{MARKS}(?=\s)|[。！？]+{MARKS}(?=[^\[\s]|\s)",
)
SEALED = re.compile(rf"\[\d{{1,3}}\]{CLOSING}[.!?…]+{CLOSING}\Z")
"""After a mark and its stop nothing can belong to the sentence: it need not wait for what comes next."""

BEFORE = re.compile(r"(\S+)\Z")
ABBREVIATED = frozenset(
    {
        "approx", "bzw", "ca", "cf", "co", "corp", "dept", "dr", "e.g", "eg", "etc", "fig", "i.e", "ie", "inc", "jr",
        "ltd", "mr", "mrs", "ms", "no", "nos", "nr", "p", "pp", "prof", "sr", "st", "u.a", "usw", "vol", "vs", "z.b",
    }
)  # fmt: skip


class SentenceStream:
    """Takes a text in pieces. Sentences come with the white space that follows them."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, text: str) -> list[str]:
        """Take a piece; return the sentences that it completes."""
        self._held += text
        return list(self._complete())

    def finish(self) -> str:
        """Return what is left, which nothing completed."""
        rest, self._held = self._held, ""
        return rest

    def _complete(self) -> Iterator[str]:
        while end := self._first_end():
            sentence, self._held = self._held[:end], self._held[end:]
            yield sentence

    def _first_end(self) -> int | None:
        for found in END.finditer(self._held):
            if not self._is_inner(found):
                return _past_space(self._held, found.end())
        if SEALED.search(self._held) or len(self._held) >= LONGEST:
            return len(self._held)
        return None

    def _is_inner(self, found: re.Match[str]) -> bool:
        """Whether the stop is an abbreviation's, an initial's or a list number's, or white space before any word."""
        before = self._held[: found.start()]
        if not before.strip():
            return True
        if found.group()[0] != ".":
            return False
        word = BEFORE.search(before)
        plain = word.group(1).lstrip("([\"'“‘*_").lower() if word else ""
        is_number = plain.isdigit() and before.strip() == plain
        return is_number or plain in ABBREVIATED or (len(plain) == 1 and plain.isalpha())


def _past_space(text: str, end: int) -> int:
    while end < len(text) and text[end].isspace():
        end += 1
    return end
