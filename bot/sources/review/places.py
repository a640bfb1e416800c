"""Where a quote stands, as its author looks it up: file and line, else the address or the offset."""

import re
from functools import cached_property
from pathlib import Path

from knowledge import Passage

_TEXT = frozenset({".md", ".markdown", ".txt", ".csv", ".json", ".jsonl", ".html", ".htm", ".tsv"})
_LONGEST = 16 * 1024 * 1024
_SEARCHED = 60


class Places:
    """Finds lines in the files of one knowledge folder; each file is read once."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that the sources are relative to."""
        self._folder = folder
        self._texts: dict[str, _Source | None] = {}

    def of(self, passage: Passage, quote: str, start: int, *, source: str) -> str:
        """Return `file:line` of a quote; a web address or `file, at an offset` where a line means nothing."""
        text = self._read(source)
        line = text.line_of(passage, quote) if text else None
        if line is not None:
            return f"{source}:{line}"
        where = passage.url if passage.url and "://" in passage.url else source
        return f"{where} (at character {start})" if start else where

    def _read(self, source: str) -> "_Source | None":
        if source not in self._texts:
            path = self._folder / source
            is_text = path.suffix.lower() in _TEXT and path.is_file() and path.stat().st_size <= _LONGEST
            self._texts[source] = _Source(path) if is_text else None
        return self._texts[source]


class _Source:
    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def text(self) -> str:
        return self._path.read_bytes().decode("utf-8-sig", "replace")

    def line_of(self, passage: Passage, quote: str) -> int | None:
        """Return the line of the quote, of an entry's question before it where the quote stands more than once."""
        words = re.escape(quote[:_SEARCHED].strip())
        pattern = re.compile(words.replace(r"\ ", r"\s+").replace(r"\n", r"\s+").replace('"', '"{1,2}'))
        found = [match.start() for match in pattern.finditer(self.text)]
        if not found:
            return None
        named = self.text.find(passage.questions[0]) if passage.questions else -1
        at = next((place for place in found if place >= named), found[0])
        return self.text.count("\n", 0, at) + 1
