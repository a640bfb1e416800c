"""How sure it is that the best of some hits answers, read by the trained model where that may change anything.

Promises: a hit that is not read is an entry that is answered or not, suggested or not, and stands before products or
does not, whatever the model would make of it; only the figure is another. What quotes depend on is always read.
"""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.confidence import SUGGEST_FROM, Evidence, gather_evidence, probability, probability_range
from knowledge.cross_encoder import TRAINED_ON, load_cross_encoder
from knowledge.hits import Hit
from knowledge.judge import PRESUMED, Judge
from knowledge.precedence import ENTRY_FROM
from knowledge.read import QUOTED_WHOLE
from knowledge.retrieve import Query, Retriever


class Sureness:
    """Judges hits of one version. Safe to use from several threads at once."""

    def __init__(self, retriever: Retriever, *, answer_from: float, has_products: bool) -> None:
        """Take what found the hits.

        Args:
            retriever: knows what is written, and its language.
            answer_from: the probability from which an answer is given.
            has_products: whether a sure entry goes before what else would be named.
        """
        self._retriever = retriever
        self._answer_from = answer_from
        self._sides = (SUGGEST_FROM, answer_from, *[ENTRY_FROM] * has_products)
        self._judge = Judge(load_cross_encoder()) if retriever.language in TRAINED_ON else None

    def of(self, hits: list[Hit], query: Query, *sides: float, above: float = 0.0) -> tuple[list[Hit], float]:
        """Return the hits as they were judged, best first, and the probability that the first answers.

        Args:
            hits: what was found.
            query: what is asked.
            sides: probabilities that this one is compared with, beside those of the version.
            above: a probability up to which nothing depends on the hits.
        """
        if self._judge is not None:
            hits = self._judge.judge(hits, query)
        if not hits:
            return [], 0.0
        evidence = gather_evidence(hits, query.question, self._retriever.table, self._retriever.tokenize)
        if self._judge is None or hits[0].judgement is not PRESUMED:
            return hits, probability(evidence)
        if self._may_change(hits[0], evidence, (*self._sides, *sides), above):
            hits[0], logit = self._judge.read(hits[0], query)
            evidence = replace(evidence, logit=logit)
        return hits, probability(evidence)

    def _may_change(self, hit: Hit, evidence: Evidence, sides: Sequence[float], above: float) -> bool:
        """Say whether reading an entry may change what is said, whatever the model makes of it."""
        least, greatest = probability_range(evidence)
        if greatest <= above:
            return False
        is_quoted_in_parts = greatest >= self._answer_from and len(hit.passage.text) > QUOTED_WHOLE
        return is_quoted_in_parts or any(least <= side <= greatest for side in sides)
