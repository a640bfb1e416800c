"""What a reader's graph is worth on rows it has not seen: by set, and by kind of unanswered question."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.reader_training.batches import Batch, batches_of, encode
from benchmarks.reader_training.rows import Row
from knowledge.cross_encoder import MAX_TOKENS, load_tokenizer

PAIR = "pair"


@dataclass(frozen=True, slots=True)
class Figures:
    """Area under the ROC curve of "answers or not", 0 to 1, by set and by kind of unanswered question.

    `place_share` is how much of the answer's place, 0 to 1, the reader sees where it is, on average.
    """

    by_set: dict[str, float]
    by_kind: dict[str, float]
    place_share: float


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one row: the logit, and the share that lies on the answer, None without a place."""

    row: Row
    logit: float
    place_share: float | None


def evaluate(session: Any, rows: Sequence[Row]) -> Figures:
    """Read every row with an open graph, and measure."""
    batches = batches_of(encode(load_tokenizer(MAX_TOKENS), rows))
    read = [one for batch in batches for one in _read(session, batch)]
    shares = [one.place_share for one in read if one.place_share is not None]
    return Figures(_by_set(read), _by_kind(read), float(np.mean(shares)) if shares else 0.0)


def describe(figures: Figures) -> str:
    """Write figures as lines of text."""
    lines = [f"area under ROC  {name:24} {area:.3f}" for name, area in figures.by_set.items()]
    lines += [f"  against       {kind:24} {area:.3f}" for kind, area in figures.by_kind.items()]
    return "\n".join([*lines, f"share of the answer's place: {figures.place_share:.3f}"])


def area_under_roc(is_answered: Sequence[bool], logits: Sequence[float]) -> float | None:
    """Return how often an answered row is above an unanswered one; None where there are not both."""
    from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

    if len(set(is_answered)) < 2:
        return None
    return float(roc_auc_score(is_answered, logits))


def _read(session: Any, batch: Batch) -> Iterator[Read]:
    inputs = {"input_ids": batch.ids, "attention_mask": batch.mask, "token_type_ids": batch.kinds}
    logits, places = session.run(["answers", "places"], inputs)
    places = np.where(batch.is_text == 1, places, -np.inf)
    shares = np.exp(places - places.max(axis=1, keepdims=True))
    found = (shares * batch.is_answer).sum(axis=1) / shares.sum(axis=1)
    has_place = batch.is_answer.any(axis=1)
    for row, logit, share, has in zip(batch.rows, logits, found, has_place, strict=True):
        yield Read(row, float(logit), float(share) if has else None)


def _by_set(read: Sequence[Read]) -> dict[str, float]:
    groups: dict[str, list[Read]] = defaultdict(list)
    for one in read:
        groups[one.row.set_name].append(one)
    return _areas(groups)


def _by_kind(read: Sequence[Read]) -> dict[str, float]:
    """Measure each kind of unanswered question against all answered ones."""
    questions = [one for one in read if one.row.kind != PAIR]
    answered = [one for one in questions if one.row.is_answered]
    groups: dict[str, list[Read]] = defaultdict(lambda: list(answered))
    for one in questions:
        if not one.row.is_answered and one.row.kind:
            groups[one.row.kind].append(one)
    return _areas(groups)


def _areas(groups: dict[str, list[Read]]) -> dict[str, float]:
    areas = {
        name: area_under_roc([one.row.is_answered for one in group], [one.logit for one in group])
        for name, group in sorted(groups.items())
    }
    return {name: area for name, area in areas.items() if area is not None}
