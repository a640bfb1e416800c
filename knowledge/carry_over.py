"""What a conversation is about: the page that the bot quoted last.

Promises: only what was said nearly word for word counts as quoted, so a greeting or "I don't know" carries nothing
over; the title is empty where no page was quoted.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from knowledge.candidates import CandidateTable
from knowledge.document import DocumentKind
from knowledge.follow_up import BOTS, TOLD_WORDS, Turn, words_of

QUOTED_FROM = 0.8  # of the word pairs of what was said, to be that passage's
MOST_LOOKED_UP = 6  # paragraphs of the bot's, the latest first


def find_subject(table: CandidateTable, history: Sequence[Turn]) -> str:
    """Return the title of the page that the bot quoted last, empty when it quoted none of late.

    Args:
        table: what may have been quoted.
        history: what was said, oldest first, as (author, text).
    """
    said = [paragraph for _, paragraph in zip(range(MOST_LOOKED_UP), _latest_first(history), strict=False)]
    return next((title for paragraph in said if (title := _title_of(table, paragraph))), "")


def _latest_first(history: Sequence[Turn]) -> Iterator[str]:
    for author, text in reversed(history):
        if author in BOTS:
            yield from (paragraph for paragraph in text.split("\n\n") if paragraph.strip())


def _title_of(table: CandidateTable, paragraph: str) -> str:
    """Return the title of the page that holds the paragraph's beginning."""
    words = words_of(paragraph)[:TOLD_WORDS]
    pairs = set(pairwise(words))
    scores = table.lexical_scores(" ".join(words)) if pairs else np.zeros(0)
    if not scores.size or not scores.max():
        return ""
    passage = table.main(int(scores.argmax()))
    held = pairs.intersection(pairwise(words_of(passage.text)))
    is_quoted = passage.kind is DocumentKind.PAGE and len(held) >= QUOTED_FROM * len(pairs)
    return passage.title if is_quoted else ""
