"""What the two passes read: the labelled sentences, then these with sentences made of passages and offers."""

import random
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reader_training.made import gather_stock
from benchmarks.reader_training.rows import Row, load_questions
from benchmarks.support_training.made import made_of
from benchmarks.support_training.offers import made_offers
from benchmarks.support_training.rows import load_support

SEED = 11
WRITTEN_WELL = frozenset({"squadshifts_new_wiki", "qamr", "selqa"})  # with capitals, and whole sentences
MADE_ROWS = 6600
OFFER_ROWS = 5600


@dataclass(frozen=True, slots=True)
class Lessons:
    """Rows of the first pass, of the second, and those to measure with."""

    first: list[Row]
    second: list[Row]
    valid: list[Row]


def prepare_lessons(data: Path, *, most_rows: int | None = None) -> Lessons:
    """Read the sets and make the further rows; the same each time.

    Args:
        data: the folder of the sets.
        most_rows: of each kind, for a rehearsal; all by default.
    """
    chance = random.Random(SEED)
    support = load_support(data)
    passages = [row for row in load_questions(data).train if row.set_name in WRITTEN_WELL]
    stock = gather_stock(passages, chance)
    made = made_of(passages, stock, chance, count=min(MADE_ROWS, most_rows or MADE_ROWS))
    offers = made_offers(chance, count=min(OFFER_ROWS, most_rows or OFFER_ROWS))
    train, valid = support.train[:most_rows], support.valid[:most_rows]
    return Lessons(train, [*train, *made, *offers], valid)
