"""How many questions are answered right by what is written: each asked of the rest, with itself left out.

Promises: the same knowledge gives the same figures; the fewer questions there are to ask by, the wider the range;
nothing is said from fewer than `FEWEST`. What was measured is in docs/decisions/0035.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bot.sources.review.own_questions import Outcome, ask_headings, ask_phrasings, ask_removed
from bot.sources.review.written import Written

FEWEST = 3
"""Questions from which a share is told."""
DRAWS = 20_000
RANGE = (0.05, 0.95)
"""Nine of ten ranges hold the share."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share (0–1) with the range that holds it nine times of ten."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Usual:
    """What a share is in other knowledge: `value` (0–1), weighed as so many questions.

    `own_weight` is what a question that was asked here counts for: it is put in words of whoever wrote the answer, and
    those asked of one folder are right or wrong together.
    """

    value: float
    weight: float
    own_weight: float


RIGHT = Usual(0.55, 3.0, 0.5)
WRONG = Usual(0.03, 10.0, 0.35)
ALL_THE_SAME = Usual(0.05, 20.0, 0.35)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What to expect; None where too few questions could be asked to say.

    `right` and `wrong` are shares of the questions that something written answers, the rest is not answered; `n_asked`
    of them could be asked here. `answered_all_the_same` is the share of questions that nothing written answers; it was
    looked at with the answers of `n_left_out` gone.
    """

    n_asked: int
    right: Share | None
    wrong: Share | None
    n_left_out: int
    answered_all_the_same: Share | None


def estimate(written: Written) -> Expectation:
    """Ask what is written for its own questions, each left out."""
    return expectation([*ask_phrasings(written), *ask_headings(written)], list(ask_removed(written)))


def expectation(asked: list[Outcome], left_out: list[Outcome]) -> Expectation:
    """Return what to expect after these questions: with the answer elsewhere, and with the answer gone."""
    wrong = [one.is_answered and not one.is_right for one in asked]
    return Expectation(
        n_asked=len(asked),
        right=share([one.is_right for one in asked], RIGHT),
        wrong=share(wrong, WRONG),
        n_left_out=len(left_out),
        answered_all_the_same=share([one.is_answered and not one.is_right for one in left_out], ALL_THE_SAME),
    )


def share(outcomes: Iterable[bool], usual: Usual) -> Share | None:
    """Return the share after these outcomes: a beta distribution's mean, and the range of nine tenths of it."""
    seen = list(outcomes)
    if len(seen) < FEWEST:
        return None
    yes = usual.value * usual.weight + usual.own_weight * sum(seen)
    no = (1 - usual.value) * usual.weight + usual.own_weight * (len(seen) - sum(seen))
    draws = np.random.default_rng(0).beta(yes, no, DRAWS)
    low, high = np.quantile(draws, RANGE)
    return Share(yes / (yes + no), float(low), float(high))
