"""What the two passes read: the sets with easy made rows, then a smaller share of them with the hard ones."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reader_training.made import edit_questions, gather_stock, remove_answer, swap_entity
from benchmarks.reader_training.nearest import nearest_of_others
from benchmarks.reader_training.rows import Row, Split, load_pairs, load_questions
from knowledge import Embedder

SEED = 11
REMOVED_SHARE = 0.22
SWAPPED_SHARE = 0.35
FIRST_PAIRS = {"spider": 2500, "spider_syn": 2500, "t2sql_advising": 2500, "t2sql_advising_value": 1000}
SECOND_ROWS = {
    "squad_train_nqg": 6500,
    "selqa_paraphrase": 2600,
    "spider": 700,
    "spider_syn": 900,
    "t2sql_advising": 800,
    "t2sql_advising_value": 700,
    "near": 3000,
}


@dataclass(frozen=True, slots=True)
class Lessons:
    """Rows of the first pass, of the second, and those to measure with."""

    first: list[Row]
    second: list[Row]
    valid: list[Row]


def prepare_lessons(data: Path, embedder: Embedder, *, most_rows: int | None = None) -> Lessons:
    """Read the sets and make the further rows; the same each time.

    Args:
        data: the folder of the sets.
        embedder: finds near passages.
        most_rows: of each file's splits, for a rehearsal; all by default.
    """
    chance = random.Random(SEED)
    questions = _some(load_questions(data), most_rows, chance)
    pairs = _some(load_pairs(data), most_rows, chance)
    stock = gather_stock(questions.train, chance)
    exact = [row for row in questions.train if row.is_answered and row.is_exact]
    first = [
        *questions.train,
        *_at_most(FIRST_PAIRS, chance.sample(pairs.train, len(pairs.train))),
        *filter(None, (remove_answer(row) for row in exact if chance.random() < REMOVED_SHARE)),
        *(
            made
            for row in exact
            if chance.random() < SWAPPED_SHARE
            for made in swap_entity(row, stock, chance)
            if not made.is_answered
        ),
        *nearest_of_others(questions.train, embedder, chance),
    ]
    kept = _at_most(SECOND_ROWS, chance.sample(first, len(first)))
    second = [*kept, *edit_questions(exact, stock, chance)]
    return Lessons(first, second, questions.valid + pairs.valid)


def _some(split: Split, most_rows: int | None, chance: random.Random) -> Split:
    if most_rows is None:
        return split
    return Split(*(chance.sample(rows, min(most_rows, len(rows))) for rows in (split.train, split.valid)))


def _at_most(limits: Mapping[str, int], rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the first rows of each limited set, and every row of the others; near rows are a set of their own."""
    seen: Counter[str] = Counter()
    for row in rows:
        name = "near" if row.kind == "near" else row.set_name
        seen[name] += 1
        if seen[name] <= limits.get(name, len(rows)):
            yield row
