"""Words that are not to be shown: each letter becomes a dot, so that a text keeps its shape."""

import re
from collections.abc import Callable, Iterable, Sequence

MASK = "•"
_UNSPACED_FROM = "\u2e80"
"""From here on are scripts that put no space between words."""


def covering(private: Iterable[str]) -> Callable[[str], str]:
    """Return what masks each private part in a text, however an address is cased and whatever it stands inside of.

    A part that is words alone, as names are, is masked as it is written, where it stands by itself: "Ed" is not in
    "Edinburgh".
    """
    parts = sorted({part for part in private if part}, key=len, reverse=True)
    if not parts:
        return lambda text: text
    finder = re.compile("|".join(map(_pattern, parts)))
    return lambda text: finder.sub(lambda match: MASK * len(match.group()), text)


def covering_parts_of(whole: str, private: Iterable[str]) -> Callable[[str], str]:
    """Return what masks each private part in words taken from a text, also where they begin or end amid one."""
    cover = covering(private)
    covered = cover(whole)
    if covered == whole:
        return cover

    def cover_part(part: str) -> str:
        pieces = (part,) if part in whole else re.split(r"(\s+)", part)
        shown, behind = [], 0
        for piece in pieces:
            start = whole.find(piece, behind)
            is_word = start >= 0 and not piece.isspace()
            behind = start + len(piece) if is_word else behind
            shown.append(covered[start:behind] if is_word else piece)
        return cover("".join(shown))

    return cover_part


def without(text: str, private: Iterable[str]) -> str:
    """Mask each private part of the text, as `covering` does."""
    return covering(private)(text)


def masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text with the spans' characters replaced, so that every offset stays valid."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = MASK * (end - start)
    return "".join(characters)


def _pattern(part: str) -> str:
    written = re.escape(part)
    if any(not letter.isalpha() and letter not in " .'’-" for letter in part):
        return f"(?i:{written})"
    return written if max(part) >= _UNSPACED_FROM else rf"(?<![^\W_]){written}(?![^\W_])"
