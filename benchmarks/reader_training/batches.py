"""Rows become tokens, and tokens become batches of about one size, as the reader is served with."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.reader_training.rows import Row
from knowledge.cross_encoder import QUESTION_CHARACTERS, TEXT

BATCH_TOKENS = 4608  # padded; with short rows that is about 40 a step
BATCH_ROWS = 64
LENGTH_NOISE = 8  # tokens: rows of one length meet others each time


@dataclass(frozen=True, slots=True)
class Encoded:
    """A row in tokens. All are `(length,) int64`; `is_text` marks the passage's tokens, `is_answer` the answer's."""

    row: Row
    ids: np.ndarray
    kinds: np.ndarray
    is_text: np.ndarray
    is_answer: np.ndarray


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of similar length, padded with zeros to `(n, length) int64`; `mask` is 1 where a token is."""

    rows: list[Row]
    ids: np.ndarray
    mask: np.ndarray
    kinds: np.ndarray
    is_text: np.ndarray
    is_answer: np.ndarray


def encode(
    tokenizer: Any, rows: Sequence[Row], *, question_characters: int = QUESTION_CHARACTERS
) -> list[Encoded]:
    """Turn rows into tokens."""
    pairs = [(row.question[:question_characters], row.passage) for row in rows]
    encodings = tokenizer.encode_batch(pairs)
    return [_encoded(row, encoding) for row, encoding in zip(rows, encodings, strict=True)]


def _encoded(row: Row, encoding: Any) -> Encoded:
    is_text = np.array([sequence == TEXT for sequence in encoding.sequence_ids], np.int64)
    offsets = np.array(encoding.offsets, np.int64)
    is_answer = np.zeros_like(is_text)
    for start, end in row.spans:
        is_answer |= (offsets[:, 0] < end) & (offsets[:, 1] > start)
    return Encoded(row, np.array(encoding.ids), np.array(encoding.type_ids), is_text, is_answer & is_text)


def batches_of(encoded: Sequence[Encoded], chance: random.Random | None = None) -> Iterator[Batch]:
    """Yield batches of rows of similar length; with `chance` in another order each time."""
    noise = (lambda: chance.random() * LENGTH_NOISE) if chance else (lambda: 0.0)
    groups = list(_groups(sorted(encoded, key=lambda one: len(one.ids) + noise())))
    if chance:
        chance.shuffle(groups)
    yield from map(_padded, groups)


def _groups(encoded: Sequence[Encoded]) -> Iterator[list[Encoded]]:
    group: list[Encoded] = []
    longest = 0
    for one in encoded:
        longest = max(longest, len(one.ids))
        if group and (longest * (len(group) + 1) > BATCH_TOKENS or len(group) >= BATCH_ROWS):
            yield group
            group, longest = [], len(one.ids)
        group.append(one)
    if group:
        yield group


def _padded(group: list[Encoded]) -> Batch:
    longest = max(len(one.ids) for one in group)

    def pad(values: Iterator[np.ndarray]) -> np.ndarray:
        return np.stack([np.pad(value, (0, longest - len(value))) for value in values])

    return Batch(
        rows=[one.row for one in group],
        ids=pad(one.ids for one in group),
        mask=pad(np.ones_like(one.ids) for one in group),
        kinds=pad(one.kinds for one in group),
        is_text=pad(one.is_text for one in group),
        is_answer=pad(one.is_answer for one in group),
    )
