"""How the signs of support are weighed: a logistic regression of three.

The weights are fitted by `python -m benchmarks.support --fit`; what they were fitted on stands there.
"""

import math
from dataclasses import dataclass

INTERCEPT = -2.64
WEIGHTS = (0.48, 3.96, -0.77)
THRESHOLD = 0.30


@dataclass(frozen=True, slots=True)
class Features:
    """Signs that a sentence which breaks no rule is supported.

    `logit` is the small model's. `coverage` is how much of its words, 0 to 1, one unit of the sources holds, of the
    part of the sentence that is held least; `missing` how many of its words the sources have nowhere, 3 at most.
    """

    logit: float
    coverage: float
    missing: float

    @property
    def values(self) -> tuple[float, ...]:
        """The signs as numbers, in the order of the weights."""
        return (self.logit, self.coverage, self.missing)


def score(features: Features) -> float:
    """Return the probability that a sentence with these signs is supported."""
    total = INTERCEPT + sum(weight * value for weight, value in zip(WEIGHTS, features.values, strict=True))
    return 1 / (1 + math.exp(-total))
