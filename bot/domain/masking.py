"""Words that are not to be shown: each letter becomes a dot, so that a text keeps its shape."""

from collections.abc import Iterable, Sequence

MASK = "•"


def without(text: str, private: Iterable[str]) -> str:
    """Mask each private part of the text."""
    for part in private:
        text = text.replace(part, MASK * len(part))
    return text


def masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text with the spans' characters replaced, so that every offset stays valid."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = MASK * (end - start)
    return "".join(characters)
