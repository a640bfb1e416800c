"""Rows of a table that are steps of one price: "up to 10 miles", "10-25 miles", of which a number chooses one.

Promises: pure; all rows of a short price table are returned only where its header names what is asked and nothing
names a row; a row is chosen only by a number of the same kind that lies within its first cell.
"""

from knowledge.amounts import AMOUNT, Range, find_ranges
from knowledge.content import content_words
from knowledge.document import Passage
from knowledge.groups import Group, find_groups
from knowledge.keywords import Tokenizer
from knowledge.priced import price_asked_of
from knowledge.sentences import Span
from knowledge.tables import cell_spans

MOST_STEPS = 6
FEWEST_PRICED = 2


def steps_asked(passage: Passage, question: str, said: str, tokenize: Tokenizer) -> tuple[Span, ...]:
    """Return the rows that answer, none where no table of the passage is asked for by its header.

    Args:
        passage: where to read.
        question: what is asked.
        said: the question with what was told before it: "we are 14 miles away".
        tokenize: makes stems of a text.
    """
    matter = price_asked_of(question, tokenize)
    words = set(content_words(question, tokenize))
    for group in find_groups(passage):
        header = set(tokenize(group.header)) if group.is_table else set()
        if words & header:
            if fitting := _fitting(group, passage, said):
                return fitting
            if matter and matter <= header and _is_short_and_priced(group, passage):
                return group.members
    return ()


def _fitting(group: Group, passage: Passage, said: str) -> tuple[Span, ...]:
    """Return the rows whose first cell covers a number that is told; none where it is no range."""
    counts = [(count.noun, count.least or count.most or 0.0) for count in find_ranges(said) if count.noun]
    rows = tuple(row for row in group.members if any(_covers(step, counts) for step in _steps(passage, row)))
    return rows if len(rows) < len(group.members) else ()


def _steps(passage: Passage, row: Span) -> list[Range]:
    cells = cell_spans(passage.text, row)
    ranges = find_ranges(passage.text[slice(*cells[0])]) if cells else []
    return [step for step in ranges if step.least != step.most]


def _covers(step: Range, counts: list[tuple[str, float]]) -> bool:
    return any(noun == step.noun and step.covers(number) for noun, number in counts)


def _is_short_and_priced(group: Group, passage: Passage) -> bool:
    priced = sum(bool(AMOUNT.search(passage.text[slice(*row)])) for row in group.members)
    return len(group.members) <= MOST_STEPS and priced >= FEWEST_PRICED
