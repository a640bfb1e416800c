"""What a conversation is about: the page or product that the bot quoted last.

Promises: only what was said nearly word for word counts as quoted, so a greeting or "I don't know" carries nothing
over; the title is empty where nothing was quoted, and where it was an entry, whose question was asked anyway.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

import numpy as np

from knowledge.candidates import CandidateTable
from knowledge.content import names_in
from knowledge.dimensions import plain_label, with_unit
from knowledge.document import DocumentKind, Passage
from knowledge.follow_up import BOTS, Turn, words_of
from knowledge.remembered import Remembered

COMPARED_WORDS = 40  # of a paragraph: its beginning
QUOTED_FROM = 0.8  # of the word pairs of what was said, to be that passage's
MOST_LOOKED_UP = 6  # paragraphs of the bot's, the latest first
PARAGRAPHS_REMEMBERED = 1_000
"""Paragraphs whose titles are kept: an answer stays in the history of the turns that follow it."""
RAREST_WORDS = 12  # of a paragraph: a passage that holds them all is the one it was taken from
ENTRY = "\0"  # in place of the title where an entry was quoted: its question was asked


class SubjectMemory:
    """What is quoted where, in one version. Safe to use from several threads at once."""

    def __init__(self, table: CandidateTable) -> None:
        """Take what may have been quoted."""
        self._table = table
        self._titles: Remembered[str] = Remembered(PARAGRAPHS_REMEMBERED)

    def find(self, question: str, history: Sequence[Turn]) -> str:
        """Return the title of the page or product that the bot quoted last, empty when it quoted none of late.

        Args:
            question: what is asked now; one that names something else has a subject of its own.
            history: what was said, oldest first, as (author, text).
        """
        said = islice(_latest_first(history), MOST_LOOKED_UP)
        titles = (self._titles.of(paragraph, make=self._title_of) for paragraph in said)
        subject = next(filter(None, titles), "").removeprefix(ENTRY)
        others = {name.lower() for name in names_in(question)}.difference(words_of(subject))
        return "" if others else subject

    def _title_of(self, paragraph: str) -> str:
        return _title_of(self._table, paragraph)


def _latest_first(history: Sequence[Turn]) -> Iterator[str]:
    for author, text in reversed(history):
        if author in BOTS:
            yield from (paragraph for paragraph in text.split("\n\n") if paragraph.strip())


def _title_of(table: CandidateTable, paragraph: str) -> str:
    """Return the title of the page or product that holds the paragraph's beginning, `ENTRY` where an entry does."""
    words = words_of(paragraph)[:COMPARED_WORDS]
    pairs = set(pairwise(words))
    scores = table.lexical_scores(" ".join(words), rarest=RAREST_WORDS) if pairs else np.zeros(0)
    if not scores.size or not scores.max():
        return ""
    passage = table.main(int(scores.argmax()))
    held = pairs.intersection(pair for shown in _ways_shown(passage) for pair in pairwise(words_of(shown)))
    if len(held) < QUOTED_FROM * len(pairs):
        return ""
    return ENTRY if passage.kind is DocumentKind.FAQ else passage.title


def _ways_shown(passage: Passage) -> Iterator[str]:
    """Yield what may have been said of a passage: its text, and of a product its cells, alone or by their columns."""
    if passage.kind is not DocumentKind.PRODUCT:
        yield passage.text
        return
    yield f"{passage.title} {' '.join(passage.attributes.values())} {passage.text}"
    yield f"{' '.join(with_unit(*cell) for cell in passage.attributes.items())} {passage.text}"
    for column, cell in passage.attributes.items():
        yield f"{passage.title} {plain_label(column)} {cell}"
        yield f"{passage.title} {cell}"
