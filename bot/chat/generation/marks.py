"""Citation marks as models write them, "【1†source】", "[^1]", "([1])" or "[passage 1]", become ours: "[1]".

Promises: what comes out is the same whatever the pieces the text comes in, and but for its marks the text itself.
Pure.
"""

import re

_WORD = (
    r"(?:passages?|sources?|documents?|docs?|refs?|references?|citations?|quellen?|abschnitte?|belege?|textstellen?|"
    r"extraits?|fuentes?|pasajes?|fragmentos?)"
)
_LIST = rf"\d{{1,3}}(?:\s?(?:[,;&]|and|und|et|y)\s?(?:{_WORD}\s)?\d{{1,3}}){{0,8}}"
_INSIDE = rf"\s?(?:\^|#|{_WORD}[\s:#]{{1,2}})?{_LIST}\^?(?:†[^\[\]【】\n]{{0,40}})?\s?"
_ONE = rf"(?:\[\[{_INSIDE}\]\]|[\[［【〔]{_INSIDE}[\]］】〕])"
_ADDRESS = r"(?:\(\s?<?(?:(?:https?://|www\.|mailto:|[/#])[^\s()<>]{0,300})?>?\s?\))"
_MANY = rf"{_ONE}(?:[ ,;]{{0,2}}{_ONE}){{0,8}}{_ADDRESS}?"
_MARKS = re.compile(
    rf"\(\s?{_MANY}\s?\)|(?P<around>\*{{1,3}}|_{{1,2}}){_MANY}(?P=around)|<sup>\s?(?:{_MANY}|{_LIST})\s?</sup>|"
    rf"\(\s?{_WORD}\s{_LIST}\s?\)|{_ONE}{_ADDRESS}?",
    re.IGNORECASE,
)
_BESIDE = re.compile(rf"{_ADDRESS}|†[^\[\]【】]*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}")
_UNDECIDED = re.compile(
    r"(?:[\[［【〔(*_<][^.!?…\n。！？]{0,160}(?:(?<=\])\([^\s()]{0,302}\)?[ )*_</sup>]{0,8})?|"
    r"[\[［【〔]\s?\d{1,3}†[^\[\]【】\n]{0,40}[\]】]?)\Z",
    re.IGNORECASE,
)
"""What a text ends in that may become a mark, or more of one. No sentence ends before it, so nobody waits for it."""


class MarkStream:
    """Takes a text in pieces and gives it back with our marks."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, text: str) -> str:
        """Take a piece; return what of the text is decided."""
        self._held += text
        undecided = _UNDECIDED.search(self._held)
        end = undecided.start() if undecided else len(self._held)
        told, self._held = self._held[:end], self._held[end:]
        return with_our_marks(told)

    def finish(self) -> str:
        """Return what is left."""
        rest, self._held = self._held, ""
        return with_our_marks(rest)


def with_our_marks(text: str) -> str:
    """Return a text with each mark in square brackets of its own."""
    return _MARKS.sub(lambda found: "".join(f"[{n}]" for n in _numbers(found.group())), text)


def _numbers(mark: str) -> list[str]:
    return _NUMBER.findall(_BESIDE.sub("", mark))
