"""How likely the best hit answers the question, as a probability from what the rankers saw.

Promises: a number from 0 to 1 that grows with similarity, with the distance to the next answer, and with the
share of the question's words that the hit holds. The coefficients are one logistic regression over several
public collections, fitted by `python -m benchmarks.confidence`; no text of theirs is here.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from knowledge.candidates import CandidateTable
from knowledge.keywords import Tokenizer
from knowledge.retrieve import Hit

INTERCEPT = -7.83
COEFFICIENTS = (8.14, 21.71, 2.16)  # similarity, margin, coverage
# Beyond this a lead says no more; in a small knowledge base the first hit of an off-topic question leads too.
MARGIN_LIMIT = 0.15
ANSWER_FROM = 0.55  # the operating point: below it nothing is claimed
SUGGEST_FROM = 0.2  # between the two, "Did you mean …?"

# Words that say how something is asked, not what about; in other languages rarity has to do.
FUNCTION_WORDS = """
    a about am an and any are as at be been but by can could did do does for from get had has have
    hello hey hi how i if in into is it its just know like me my need of on or our please should so
    some tell than thank thanks that the their them then there they this to us want was we were what
    when where which who why will with would you your
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best hit.

    `similarity` is the cosine of its closest vector, `margin` its lead over the next answer's score (up to
    `MARGIN_LIMIT`), `coverage` the share of the question's matter that it holds.
    """

    similarity: float
    margin: float
    coverage: float


def gather_evidence(
    hits: Sequence[Hit], question: str, table: CandidateTable, tokenize: Tokenizer
) -> Evidence:
    """Measure how well the first of the hits (there is one) fits the question."""
    best = hits[0]
    runner_up = hits[1].score if len(hits) > 1 else 0.0
    return Evidence(
        similarity=max(best.similarity, 0.0),
        margin=min(max(best.score - runner_up, 0.0), MARGIN_LIMIT),
        coverage=_coverage(best, question, table, tokenize),
    )


def probability(evidence: Evidence) -> float:
    """Return the probability that the hit answers."""
    total = INTERCEPT + sum(c * value for c, value in zip(COEFFICIENTS, astuple(evidence), strict=True))
    return 1 / (1 + math.exp(-total))


def content_words(question: str, tokenize: Tokenizer) -> list[str]:
    """Return the stems of the words that carry the question's matter, all of them when none does."""
    stems = tokenize(question)
    function_stems = set(tokenize(FUNCTION_WORDS))
    return [stem for stem in stems if stem not in function_stems] or stems


def _coverage(hit: Hit, question: str, table: CandidateTable, tokenize: Tokenizer) -> float:
    """Return the share of the question's matter that the hit holds."""
    held = tokenize(" ".join((hit.passage.search_text, hit.passage.text, hit.question or "")))
    return table.keywords.share_held(content_words(question, tokenize), held)
