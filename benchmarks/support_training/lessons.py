"""What the passes read: the labelled sentences, then these with sentences made of passages, offers and facts."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reader_training.made import gather_stock
from benchmarks.reader_training.rows import Row, load_questions
from benchmarks.support_training.facts import made_facts
from benchmarks.support_training.made import made_of
from benchmarks.support_training.offers import made_offers
from benchmarks.support_training.rows import load_support

SEED = 11
WRITTEN_WELL = frozenset({"squadshifts_new_wiki", "qamr", "selqa"})  # with capitals, and whole sentences
MADE_ROWS = 6600
OFFER_ROWS = 5600
FACT_ROWS = 26_000
LAST_SHARES = (0.25, 0.05, 0.08)  # of the last pass: labelled, made of passages, offers; the rest are facts


@dataclass(frozen=True, slots=True)
class Lessons:
    """Rows of the first pass, of the second and third, of the last, and those to measure with."""

    first: list[Row]
    second: list[Row]
    last: list[Row]
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
    facts = made_facts(chance, count=min(FACT_ROWS, most_rows or FACT_ROWS))
    last = mixed(facts, (train, made, offers), chance)
    return Lessons(train, [*train, *made, *offers], last, valid)


def mixed(facts: list[Row], others: Sequence[list[Row]], chance: random.Random) -> list[Row]:
    """Add to the facts what keeps the model from forgetting what it learnt before."""
    total = len(facts) / (1 - sum(LAST_SHARES))
    added = (
        chance.sample(rows, min(len(rows), round(share * total)))
        for rows, share in zip(others, LAST_SHARES, strict=True)
    )
    return [*facts, *(row for rows in added for row in rows)]
