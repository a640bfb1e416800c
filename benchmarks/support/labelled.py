"""Reads the labelled sentences of `sentences/`: those in `develop` the rules were made with.

Those in `held` and `unseen` they were not; `unseen` was written before its first figures, for sentences whose signs,
currencies, marks of yes and no, restrictions, bounds, days and verbs are changed or left out, and stays as it is.
Those in `worded` are as a fluent model words its sentences: their first figures stand in decision 26; they were looked
at since, and rules were made with them. Those in `fresh` are written in a fluent model's words too, by people who knew
neither the rules nor the check; nothing was made of them, and nothing may be: they say what a stranger would meet.

A file holds businesses (`# name (language)`), each with passages (`## title`, text) and below `---` sentences about
them, a line each: its kind, where it cites other passages of the business their numbers, and the sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from knowledge.support import Source

SENTENCES = Path(__file__).parent / "sentences"
SUPPORTED_KINDS = frozenset({"verbatim", "paraphrase", "joined", "table"})
UNSUPPORTED_KINDS = frozenset(
    {"number", "negated", "entity", "elsewhere", "half", "url", "email", "quotation"}
)
BUSINESS = re.compile(r"^# (?P<name>.+?) \((?P<language>[a-z]{2})\)\n", re.MULTILINE)
PASSAGE = re.compile(r"^## (?P<title>.+)\n(?P<text>(?:.*\n)*?)---\n(?P<lines>(?:.+\n?)*)", re.MULTILINE)
LINE = re.compile(r"^(?P<kind>[a-z]+)(?P<cited>(?: \d+)*): (?P<sentence>.+)$")


class Part(StrEnum):
    """Which part of the sentences."""

    DEVELOP = "develop"
    HELD = "held"
    UNSEEN = "unseen"
    WORDED = "worded"
    FRESH = "fresh"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with the passages it cites; `kind` says how it came about."""

    sentence: str
    sources: tuple[Source, ...]
    kind: str
    language: str

    @property
    def is_supported(self) -> bool:
        """Whether its passages support it."""
        return self.kind in SUPPORTED_KINDS


def load_labelled(part: Part) -> list[Labelled]:
    """Read one part of the sentences.

    Raises:
        ValueError: a line is no labelled sentence.
    """
    return [one for path in sorted((SENTENCES / part).glob("*.txt")) for one in _read(path)]


def _read(path: Path) -> Iterator[Labelled]:
    text = path.read_text(encoding="utf-8")
    heads = list(BUSINESS.finditer(text))
    for head, end in zip(heads, [*(one.start() for one in heads[1:]), len(text)], strict=True):
        passages = list(PASSAGE.finditer(text, head.end(), end))
        sources = [
            Source(number, found["title"], found["text"].strip())
            for number, found in enumerate(passages, start=1)
        ]
        for source, found in zip(sources, passages, strict=True):
            for line in found["lines"].strip().splitlines():
                yield _labelled(line, source, sources, head["language"], path)


def _labelled(line: str, own: Source, sources: list[Source], language: str, path: Path) -> Labelled:
    found = LINE.match(line)
    if found is None or found["kind"] not in SUPPORTED_KINDS | UNSUPPORTED_KINDS:
        raise ValueError(
            f"{path.name}: {line!r} is no labelled sentence; begin it with its kind and a colon."
        )
    cited = tuple(sources[int(number) - 1] for number in found["cited"].split()) or (own,)
    return Labelled(found["sentence"], cited, found["kind"], language)
