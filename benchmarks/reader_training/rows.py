"""Reads the sets the reader is trained on: questions with a passage, answered in it or not, and pairs of questions.

A set is a file of JSON lines under xz. Questions: `set, question, passage, answers [{text, start}], answerable,
gran, neg, doc, split`. Pairs: `set, a, b, label, doc, split`. Offsets are code points of the passage.
"""

import json
import lzma
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

QUESTIONS = "qa-clean.jsonl.xz"
PAIRS = "pairs-clean.jsonl.xz"
PLACED = ("exact", "sentence")  # the kinds of span that say where the answer stands

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A question, a passage, whether it answers, and where.

    `spans` are the passage's parts that answer; none where nothing does or nobody said where. `is_exact`: they are
    the answer itself, not its sentence. `kind` says how the row was made; None for a question as it was asked.
    """

    set_name: str
    question: str
    passage: str
    is_answered: bool
    spans: tuple[Span, ...] = ()
    is_exact: bool = False
    kind: str | None = None
    document: str = ""

    @property
    def answers(self) -> tuple[str, ...]:
        """The passage's words that answer."""
        return tuple(self.passage[start:end] for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Split:
    """Rows to learn from, and rows of other documents to measure with."""

    train: list[Row]
    valid: list[Row]


def load_questions(data: Path) -> Split:
    """Read the questions with passages of a folder of sets.

    Raises:
        FileNotFoundError: the folder has no such file.
        ValueError: a span does not give its answer's text.
    """
    return read_split(data / QUESTIONS, _question_row)


def load_pairs(data: Path) -> Split:
    """Read the pairs of questions of a folder of sets; a pair of one meaning counts as answered."""
    return read_split(data / PAIRS, _pair_row)


def read_split(path: Path, row_of: Callable[[dict[str, Any]], Row]) -> Split:
    """Read a file of JSON lines under xz, each made a row, into the parts its rows name."""
    split = Split([], [])
    for fields in _lines(path):
        (split.valid if fields["split"] == "valid" else split.train).append(row_of(fields))
    return split


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _question_row(fields: dict[str, Any]) -> Row:
    row = Row(
        set_name=fields["set"],
        question=fields["question"],
        passage=fields["passage"],
        is_answered=fields["answerable"],
        spans=tuple(_spans(fields)),
        is_exact=fields["gran"] == "exact",
        kind=fields["neg"],
        document=fields["doc"],
    )
    if row.spans and row.answers != tuple(answer["text"] for answer in fields["answers"]):
        raise ValueError(f"A span of row {fields.get('id')!r} does not give its answer; make the set anew.")
    return row


def _spans(fields: dict[str, Any]) -> Iterator[Span]:
    if fields["gran"] in PLACED:
        for answer in fields["answers"]:
            yield answer["start"], answer["start"] + len(answer["text"])


def _pair_row(fields: dict[str, Any]) -> Row:
    return Row(
        fields["set"], fields["a"], fields["b"], bool(fields["label"]), kind="pair", document=fields["doc"]
    )
