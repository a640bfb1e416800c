"""What is wrong with what a company has written: contradictions, doubles, lost answers, and how well it answers.

Front page of the room. Synchronous and free of I/O but for `Places`: passages and vectors in, findings out.
"""

from bot.sources.review.contradictions import Contradiction, find_contradictions
from bot.sources.review.expected import Expectation, Share, estimate
from bot.sources.review.lost import AnswerChange, compare_answers
from bot.sources.review.places import Places
from bot.sources.review.repeated import Repeated, find_repeated
from bot.sources.review.twins import Twins, find_twins
from bot.sources.review.written import KnownEmbedder, OnBatch, Written, base_of, read_written

__all__ = [
    "AnswerChange",
    "Contradiction",
    "Expectation",
    "KnownEmbedder",
    "OnBatch",
    "Places",
    "Repeated",
    "Share",
    "Twins",
    "Written",
    "base_of",
    "compare_answers",
    "estimate",
    "find_contradictions",
    "find_repeated",
    "find_twins",
    "read_written",
]
