"""The evaluation sets as they lie on disk: entries, and questions with what answers them.

Promises: nothing of a set is kept or copied; `documents` are what a knowledge folder with the same rows would give.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge import Document, DocumentKind

PAGE_SETS = {
    "squad2",
    "xquad",
    "cast",
    "canard",
}  # passages of articles; in the others an entry is a question
RETRIEVAL_SETS = (
    "stackfaq",
    "hint3_sofmattress",
    "hint3_curekart",
    "banking77",
    "clinc150",
    "zoomcamp_faq",
    "squad2",
    "xquad",
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the ids (or groups) that answer it; none when nothing does.

    `answers` are pieces of text that a reader should quote; `history` what was said before, as (author, text).
    """

    text: str
    relevant: frozenset[str]
    answers: tuple[str, ...] = ()
    history: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BenchSet:
    """One set. `answer_ids` names, for each row, what counts: its group, or itself."""

    name: str
    rows: tuple[Row, ...]
    questions: tuple[Question, ...]

    @property
    def answer_ids(self) -> list[str]:
        """What a hit on each row counts as."""
        return [row.get("group") or row["id"] for row in self.rows]

    @property
    def answerable(self) -> list[Question]:
        """The questions that something answers."""
        return [question for question in self.questions if question.relevant]


def load_set(data: Path, name: str, *, language: str = "en") -> BenchSet:
    """Read a set's entries and its questions in one language."""
    rows = _read(data / name / "kb.jsonl") if (data / name / "kb.jsonl").exists() else []
    questions = [
        _question(row) for row in _read(data / name / "queries.jsonl") if row.get("lang", "en") == language
    ]
    return BenchSet(name, tuple(rows), tuple(questions))


def documents_of(bench: BenchSet) -> list[Document]:
    """Return what a folder with these rows gives: pages, or FAQ entries with their group's phrasings."""
    if bench.name in PAGE_SETS:
        return [
            Document(
                document_id=row["id"],
                source=bench.name,
                kind=DocumentKind.PAGE,
                title=row["title"],
                text=row["text"],
            )
            for row in bench.rows
        ]
    groups: dict[str, list[Row]] = {}
    for answer_id, row in zip(bench.answer_ids, bench.rows, strict=True):
        groups.setdefault(answer_id, []).append(row)
    return [_entry(bench.name, members) for members in groups.values()]


def _question(row: Row) -> Question:
    answers = (answer["text"] for answer in row.get("answers") or () if isinstance(answer, dict))
    return Question(
        row["text"],
        frozenset(row["relevant"] if row["answerable"] else ()),
        answers=tuple(answers),
        history=tuple((turn["role"], turn["text"]) for turn in row.get("history") or ()),
    )


def _entry(source: str, members: Sequence[Row]) -> Document:
    first = members[0]
    return Document(
        document_id=first["id"],
        source=source,
        kind=DocumentKind.FAQ,
        title=first["title"],
        text=next((row["text"] for row in members if row["text"]), ""),
        group=first.get("group"),
        questions=tuple(dict.fromkeys(row["title"] for row in members)),
    )


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
