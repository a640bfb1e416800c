"""The best hits are read with the question by the trained model, and ranked again by what it makes of them.

Promises: only hits that could become the best are read, three at most; what the model was not trained on keeps its
rank: questions that lean on a conversation, other languages. A hit's score stays what retrieval made it.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from knowledge.cross_encoder import TRAINED_ON, CrossEncoder
from knowledge.document import DocumentKind
from knowledge.hits import Hit
from knowledge.retrieve import Query

MOST_JUDGED = 3
NEAR_FROM = 0.2  # similarity below which nothing is worth reading
# What being judged to answer adds to a hit's score. An entry's question says more of what it answers than its text.
GAIN = {DocumentKind.PAGE: 0.15, DocumentKind.FAQ: 0.03, DocumentKind.PRODUCT: 0.03}


class Judge:
    """Reads hits with a model. Safe to use from several threads at once."""

    def __init__(self, model: CrossEncoder) -> None:
        self._model = model

    def judge(self, hits: Sequence[Hit], query: Query) -> list[Hit]:
        """Return the hits, those that were read with their judgement, in the order that it makes."""
        if query.shown.leaning and len(query.texts) > 1:
            return list(hits)
        readable = [at for at, hit in enumerate(hits) if _is_readable(hit)]
        near = [at for at in readable if hits[at].score > hits[0].score - max(GAIN.values())][:MOST_JUDGED]
        heads = [_head(hits[at]) for at in near]
        texts = [head + hits[at].passage.text for at, head in zip(near, heads, strict=True)]
        judged = list(hits)
        for at, head, judgement in zip(near, heads, self._model.judge(query.question, texts), strict=True):
            judged[at] = replace(hits[at], judgement=judgement.without(len(head)))
        return sorted(judged, key=lambda hit: -_judged_score(hit))


def _is_readable(hit: Hit) -> bool:
    is_known = hit.passage.language in (None, *TRAINED_ON)
    return is_known and hit.similarity >= NEAR_FROM and bool(hit.passage.text.strip())


def _judged_score(hit: Hit) -> float:
    gain = GAIN[hit.passage.kind] / (1 + math.exp(-hit.judgement.logit)) if hit.judgement else 0.0
    return hit.score + gain


def _head(hit: Hit) -> str:
    """Return what is read before the text: the question of an entry."""
    return f"{hit.question or hit.passage.title}\n" if hit.passage.kind is not DocumentKind.PAGE else ""
