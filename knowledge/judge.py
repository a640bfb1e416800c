"""The best hits are read with the question by the trained model, and ranked again by what it makes of them.

Promises: only what may be the best hit, or be quoted beside it, is read, three at most, and an entry only when it is
asked for; what the model was not trained on keeps its rank: questions that lean on a conversation, other languages.
A hit's score stays what retrieval made it.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from knowledge.cross_encoder import TRAINED_ON, CrossEncoder, Judgement
from knowledge.document import DocumentKind
from knowledge.hits import Hit
from knowledge.retrieve import Query

MOST_JUDGED = 3
RIVAL_WITHIN = 0.05  # of the best hit's score, for the next page's sentence to be quoted beside its own
NEAR_FROM = 0.2  # similarity below which nothing is worth reading
# What being judged to answer adds to a page's score. What is asked and sold says itself what it answers: its text
# orders nothing, and it stands among pages as one that may or may not answer.
GAIN = 0.15
NEUTRAL = 0.5
PRESUMED = Judgement(1.0, np.empty((0, 2), np.int64), np.empty(0, np.float32))
"""Of an entry that may be read: what readings come to in the middle."""


class Judge:
    """Reads hits with a model. Safe to use from several threads at once."""

    def __init__(self, model: CrossEncoder) -> None:
        self._model = model

    def judge(self, hits: Sequence[Hit], query: Query) -> list[Hit]:
        """Return the hits, those that were read with their judgement, in the order that it makes.

        An entry that may be read has the one that is `PRESUMED`: reading it moves nothing.
        """
        if query.shown.leaning and len(query.texts) > 1:
            return list(hits)
        near = [at for at, hit in enumerate(hits) if _may_be_best(hit, hits[0])][:MOST_JUDGED]
        judged = list(hits)
        while (at := next((at for at in near if _may_matter(judged, at)), None)) is not None:
            is_page = hits[at].passage.kind is DocumentKind.PAGE
            judged[at] = self.read(hits[at], query)[0] if is_page else replace(hits[at], judgement=PRESUMED)
        return sorted(judged, key=lambda hit: -_judged_score(hit))

    def read(self, hit: Hit, query: Query) -> tuple[Hit, float]:
        """Return a hit with what the model makes of it, and the logit of that."""
        head = _head(hit)
        (judgement,) = self._model.judge(query.question, [head + hit.passage.text])
        return replace(hit, judgement=judgement.without(len(head))), judgement.logit


def entry_may_lead(hits: Sequence[Hit]) -> bool:
    """Say whether an entry may be the best of hits that were not read yet, whatever the model makes of them."""
    at_most = (hit.score + _most_gained(hit) for hit in hits if hit.question is not None)
    at_least = (hit.score for hit in hits if hit.question is None)
    return bool(hits) and max(at_most, default=-math.inf) >= max(at_least, default=-math.inf)


def _most_gained(hit: Hit) -> float:
    return GAIN if hit.passage.kind is DocumentKind.PAGE else GAIN * NEUTRAL


def _may_be_best(hit: Hit, first: Hit) -> bool:
    """Say whether to read a hit: the first, and those that reading may put before it."""
    is_moved = DocumentKind.PAGE in (hit.passage.kind, first.passage.kind)
    return _is_readable(hit) and (hit is first or (is_moved and hit.score > first.score - GAIN))


def _may_matter(judged: Sequence[Hit], at: int) -> bool:
    """Say whether reading a hit may change the answer: it is the best, may become so, or be quoted beside it."""
    hit, best = judged[at], max(judged, key=_judged_score)
    if hit.judgement is not None or hit is best:
        return hit.judgement is None
    is_rival = best.score - hit.score < RIVAL_WITHIN
    return hit.passage.kind is DocumentKind.PAGE and (is_rival or hit.score + GAIN > _judged_score(best))


def _is_readable(hit: Hit) -> bool:
    is_known = hit.passage.language in (None, *TRAINED_ON)
    return is_known and hit.similarity >= NEAR_FROM and bool(hit.passage.text.strip())


def _judged_score(hit: Hit) -> float:
    if hit.passage.kind is not DocumentKind.PAGE or not _is_readable(hit):
        return hit.score + GAIN * NEUTRAL
    return hit.score + (GAIN / (1 + math.exp(-hit.judgement.logit)) if hit.judgement else 0.0)


def _head(hit: Hit) -> str:
    """Return what is read before the text: the question of an entry."""
    return f"{hit.question or hit.passage.title}\n" if hit.passage.kind is not DocumentKind.PAGE else ""
