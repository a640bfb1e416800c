"""Words that are not to be shown: each letter becomes a dot, so that a text keeps its shape."""

from collections.abc import Iterable

MASK = "•"


def without(text: str, private: Iterable[str]) -> str:
    """Mask each private part of the text."""
    for part in private:
        text = text.replace(part, MASK * len(part))
    return text
