"""What a language model may cost: prices, budgets of a day, and whether one more call is within them. Pure.

Promises: money is whole millionths of the currency, rounded up, so that sums are exact and never too low. A day is one
of UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Literal

Whose = Literal["visitor", "site"]

MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What a model costs a million tokens: of those sent, those sent that the provider had kept, and those written."""

    input: Decimal
    cached_input: Decimal
    output: Decimal
    currency: str

    def micros(self, *, input_tokens: int, cached_tokens: int, output_tokens: int) -> int:
        """Return the cost of a call in millionths of the currency, rounded up.

        Args:
            input_tokens: all that were sent, kept ones included.
            cached_tokens: those of them that the provider had kept.
            output_tokens: all that were written.
        """
        # A price of a million tokens in units is the price of one in millionths.
        cost = (
            (input_tokens - cached_tokens) * self.input
            + cached_tokens * self.cached_input
            + output_tokens * self.output
        )
        return int(cost.to_integral_value(rounding=ROUND_CEILING))

    def most_micros(self, *, input_tokens: int, output_tokens: int) -> int:
        """Return what a call costs at most, however much of it the provider had kept."""
        cached_tokens = input_tokens if self.cached_input > self.input else 0
        return self.micros(
            input_tokens=input_tokens, cached_tokens=cached_tokens, output_tokens=output_tokens
        )


FREE = Prices(input=Decimal(0), cached_input=Decimal(0), output=Decimal(0), currency="USD")
"""For a model that nothing is paid for, or whose prices nobody wrote down."""


def dearest(prices: Sequence[Prices]) -> Prices:
    """Return prices that are none too low for any of some models; `FREE` for none."""
    if not prices:
        return FREE
    return Prices(
        input=max(one.input for one in prices),
        cached_input=max(one.cached_input for one in prices),
        output=max(one.output for one in prices),
        currency=prices[0].currency,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What may be spent in a day, in tokens (sent and written together) and in the currency; None is no limit.

    The defaults are some fifty answered questions for a visitor, and over a thousand for a site.
    """

    visitor_tokens: int | None = 200_000
    site_tokens: int | None = 5_000_000
    visitor_cost: Decimal | None = None
    site_cost: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Tokens and millionths of the currency: spent in a day, or held for a call."""

    tokens: int = 0
    micros: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OverBudget:
    """A call that is not made: whose budget it would exceed, and the limit in words."""

    whose: Whose
    limit: str


def over_budget(
    budget: Budget, wanted: Spent, *, by_visitor: Spent, by_site: Spent, currency: str
) -> OverBudget | None:
    """Return which budget one more call would exceed, the visitor's first; None when it is within all."""
    limits: tuple[tuple[Whose, Spent, int | None, Decimal | None], ...] = (
        ("visitor", by_visitor, budget.visitor_tokens, budget.visitor_cost),
        ("site", by_site, budget.site_tokens, budget.site_cost),
    )
    for whose, spent, tokens, cost in limits:
        if tokens is not None and spent.tokens + wanted.tokens > tokens:
            return OverBudget(whose=whose, limit=f"{tokens:,} tokens a day")
        if cost is not None and spent.micros + wanted.micros > cost * MILLION:
            return OverBudget(whose=whose, limit=f"{cost:f} {currency} a day")
    return None
