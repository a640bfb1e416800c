"""A text that is being written becomes sentences, each as soon as it is whole.

Promises: the sentences join to exactly what was fed; one that grows too long is given as it is.
"""

import re
from collections.abc import Iterator

LONGEST = 600
"""Characters. What runs on for longer is no sentence that anybody could check."""

STOPS = re.compile(r"\n++|[.!?…]++|[。！？]++")
CLOSING = r"(?:[\"'“”’»)*_]|[ \u00a0\u202f]»)*+"
MARK = r"\[\d{1,3}(?:\s?[,;&]\s?\d{1,3}){0,8}+\]"
MARKS = rf"(?:[ \t]?{MARK})*+"
TAIL = rf"{MARKS}(?:(?<=\])[.!?…]++{CLOSING}{MARKS})?+"
"""Marks, and the stop behind those of a quotation that has its own: `"Never alone." [2].`"""

END = re.compile(rf"\n++|[.!?…]++{CLOSING}{TAIL}(?=\s)|[。！？]++{MARKS}(?=[^\[])")
"""One whole end, from where its stops begin."""

UNDECIDED = re.compile(
    rf"(?:[.!?…]++{CLOSING}{TAIL}|[。！？]++{MARKS})(?:[ \t\u00a0\u202f]?(?:\[[\d\s,;&]{{0,40}})?)\Z"
)
"""Stops and marks with nothing behind them yet, or what may become one more mark."""

SEALED = re.compile(rf"{MARK}{CLOSING}[.!?…]++{CLOSING}\s?\Z")
"""After a mark and its stop nothing can belong to the sentence: it need not wait for what comes next."""

ABBREVIATED = frozenset(
    {
        "abs", "approx", "aprox", "art", "av", "avda", "ave", "blvd", "bzw", "ca", "cf", "co", "corp", "dept", "dpto",
        "dr", "e.g", "eg", "env", "etc", "evtl", "excl", "exkl", "fig", "ggf", "hr", "hrs", "i.e", "ie", "inc", "incl",
        "inkl", "jr", "ltd", "max", "mi", "min", "mind", "mr", "mrs", "ms", "máx", "mín", "no", "nos", "nr", "p", "pp",
        "prof", "pág", "rd", "sr", "sra", "st", "std", "str", "tel", "u.a", "usw", "vol", "vs", "z.b", "zzgl",
        "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "jun",
        "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    }
)  # fmt: skip

INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
"""An abbreviation with stops of its own, "U.S" or "a.m", without its last one."""

GOES_ON = re.compile(r"[ \t\u00a0\u202f](?:[a-zß-öø-ÿ]|\d)")
"""No sentence begins so: one without a mark before its stop ends in an abbreviation."""
MARKED = re.compile(rf"[ \t]?{MARK}")


class SentenceStream:
    """Takes a text in pieces. Sentences come with the white space that follows them."""

    def __init__(self) -> None:
        self._held = ""
        self._seen = 0

    def feed(self, text: str) -> list[str]:
        """Take a piece; return the sentences that it completes."""
        self._held += text
        return list(self._complete())

    def finish(self) -> str:
        """Return what is left, which nothing completed."""
        rest, self._held, self._seen = self._held, "", 0
        return rest

    def _complete(self) -> Iterator[str]:
        while end := self._first_end():
            sentence, self._held, self._seen = self._held[:end], self._held[end:], 0
            yield sentence

    def _first_end(self) -> int | None:
        """Look for an end behind what was seen to hold none: the same text is not searched again piece by piece."""
        while stops := STOPS.search(self._held, self._seen):
            if UNDECIDED.match(self._held, stops.start()):
                self._seen = stops.start()
                break
            if self._is_inner(stops):
                self._seen = stops.end()
            elif end := END.match(self._held, stops.start()):
                return _past_space(self._held, end.end())
            else:
                self._seen = stops.end()
        else:
            self._seen = len(self._held)
        return len(self._held) if self._is_sealed() or len(self._held) >= LONGEST else None

    def _is_sealed(self) -> bool:
        return SEALED.match(self._held, max(0, self._held.rfind("["))) is not None

    def _is_inner(self, found: re.Match[str]) -> bool:
        """Whether the stop is an abbreviation's, an initial's or a list number's, or white space before any word."""
        before = self._held[: found.start()]
        words = before.rsplit(None, 1)
        if not words:
            return True
        if found.group()[0] != ".":
            return False
        plain = "" if before[-1].isspace() else words[-1].lstrip("([\"'“‘*_").lower()
        is_number = plain.isdigit() and before.strip() == plain
        is_short = plain in ABBREVIATED or (len(plain) == 1 and plain.isalpha())
        if plain.endswith("]") or MARKED.match(self._held, found.end()):
            return False
        goes_on = GOES_ON.match(self._held, found.end()) is not None
        return is_number or is_short or goes_on or INITIALS.fullmatch(plain) is not None


def _past_space(text: str, end: int) -> int:
    while end < len(text) and text[end].isspace():
        end += 1
    return end
