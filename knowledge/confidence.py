"""How likely the best hit answers the question, as a probability from what was seen of it.

Promises: a number from 0 to 1. What the trained model read grows with what it makes of it; of the rest, an entry
with several phrasings with what they say, and falls where this very knowledge looks sure of what it does not hold.
All else grows with similarity, with the distance to the next answer, and with the share of the question's words
that the hit holds. Each is one logistic regression over several public collections, fitted by
`python -m benchmarks.confidence`; no text of theirs is here. A question about a name or number that nothing
written holds is not answered from what speaks of another.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.candidates import CandidateTable
from knowledge.content import content_words
from knowledge.hits import Hit, Phrased
from knowledge.keywords import Tokenizer
from knowledge.strangers import is_about_another
from knowledge.weekdays import days_told

# The first of each is the intercept; the others weigh the `features` of the evidence.
PLAIN = (-5.91, 6.75, 6.86, 1.51)
JUDGED = (-5.63, 6.17, 6.21, 1.31, 0.57)
PHRASED = (-4.15, -4.11, 3.05, -16.25, 24.83)
# Beyond this a lead says no more; in a small knowledge base the first hit of an off-topic question leads too.
MARGIN_LIMIT = 0.5
# What the trained model makes of any text, with room: 10,000 readings lay between -4.7 and 4.2.
LOGITS = (-5.0, 4.5)
SMALL_SCORE = 0.05  # below it a lead is noise
ANSWER_FROM = 0.5  # the operating point: below it nothing is claimed
SUGGEST_FROM = 0.2  # between the two, "Did you mean …?"
STRANGER_SHARE = 0.49  # of the probability, less than an answer needs: "Do you ship to Mars?"
UNKNOWN_SHARE = 0.19  # less than a suggestion needs, where nothing else is held either: "Who was Napoleon?"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best hit.

    `similarity` is the cosine of its closest vector, `score` what it was ranked by, `margin` its lead over the
    highest score of the others as a share of it (from 0 to `MARGIN_LIMIT`), `coverage` the share of the question's
    matter that it holds, `phrased` what its phrasings say, where it has several, `logit` what the trained model
    makes of it, where it read it. `names_stranger` says that the question holds a name or number that nothing in
    the knowledge does, and the hit one of its own instead.
    """

    similarity: float
    score: float
    margin: float
    coverage: float
    phrased: Phrased | None = None
    logit: float | None = None
    names_stranger: bool = False

    @property
    def features(self) -> tuple[float, ...]:
        """The numbers that the weights belong to."""
        if self.logit is not None:
            return self.similarity, self.margin, self.coverage, self.logit
        if self.phrased:
            return self.phrased.score, self.phrased.novelty, self.phrased.left_out, self.score
        return self.similarity, self.margin, self.coverage

    @property
    def weights(self) -> tuple[float, ...]:
        """The regression that fits the features, its intercept first."""
        if self.logit is not None:
            return JUDGED
        return PHRASED if self.phrased else PLAIN


def gather_evidence(
    hits: Sequence[Hit], question: str, table: CandidateTable, tokenize: Tokenizer
) -> Evidence:
    """Measure how well the first of the hits (there is one) fits the question."""
    best = hits[0]
    coverage = _coverage(best, question, table, tokenize)
    runner_up = max((hit.score for hit in hits[1:]), default=0.0)
    return Evidence(
        similarity=max(best.similarity, 0.0),
        score=best.score,
        margin=min(max(1 - runner_up / max(best.score, SMALL_SCORE), 0.0), MARGIN_LIMIT),
        coverage=coverage,
        phrased=best.phrased,
        logit=best.judgement.logit if best.judgement else None,
        names_stranger=is_about_another(best, question, table, tokenize, is_uncovered=not coverage),
    )


def probability_range(evidence: Evidence) -> tuple[float, float]:
    """Return the least and the greatest probability that reading the hit may come to."""
    least, greatest = (probability(replace(evidence, logit=logit)) for logit in LOGITS)
    return least, greatest


def probability(evidence: Evidence) -> float:
    """Return the probability that the hit answers, to six digits; below an answer's where it names a stranger."""
    intercept, *weights = evidence.weights
    total = intercept + sum(w * value for w, value in zip(weights, evidence.features, strict=True))
    stranger = STRANGER_SHARE if evidence.coverage else UNKNOWN_SHARE
    return round((stranger if evidence.names_stranger else 1) / (1 + math.exp(-total)), 6)


def _coverage(hit: Hit, question: str, table: CandidateTable, tokenize: Tokenizer) -> float:
    """Return the share of the question's matter that the hit holds."""
    text = " ".join((hit.passage.search_text, hit.passage.text, hit.question or ""))
    days = tokenize(" ".join(days_told(question, text)))
    return table.keywords.share_held(content_words(question, tokenize), [*tokenize(text), *days])
