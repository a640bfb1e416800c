"""Passages of other documents that mean nearly the same as a question and do not answer it."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from benchmarks.reader_training.rows import Row
from knowledge import Embedder

PASSAGES = 14_000  # of the sets; embedding them takes a few minutes on one core
QUESTIONS = 7_000
PASSAGE_CHARACTERS = 600
NEAREST = 12
CHOSEN_FROM = 6
BATCH = 64


def nearest_of_others(rows: Sequence[Row], embedder: Embedder, chance: random.Random) -> Iterator[Row]:
    """Yield answered questions with a near passage of another document that has none of the answer's words."""
    by_passage = {row.passage: row for row in rows}
    held = chance.sample(list(by_passage.values()), min(PASSAGES, len(by_passage)))
    answered = [row for row in rows if row.is_answered]
    asked = chance.sample(answered, min(QUESTIONS, len(answered)))
    vectors = embedder.embed([row.passage[:PASSAGE_CHARACTERS] for row in held])
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        similarities = embedder.embed([row.question for row in batch]) @ vectors.T
        for row, near in zip(batch, np.argsort(-similarities, axis=1)[:, :NEAREST], strict=True):
            others = [held[place].passage for place in near if _is_other(held[place], row)]
            if others:
                passage = chance.choice(others[:CHOSEN_FROM])
                yield replace(row, passage=passage, is_answered=False, spans=(), kind="near")


def _is_other(held: Row, row: Row) -> bool:
    text = held.passage.lower()
    return held.document != row.document and not any(answer.lower() in text for answer in row.answers)
