"""`prices:` and `budget:` of a model in foyer.yaml."""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.domain.spending import Budget, Prices
from bot.settings.validation import Section

_CURRENCY = re.compile("[A-Z]{3}")


def _currency(text: str) -> str:
    if not _CURRENCY.fullmatch(text):
        raise ValueError(f"{text!r} is no currency; write three capitals like USD or EUR")
    return text


Price = Annotated[float, Field(ge=0, le=100_000)]
Tokens = Annotated[int, Field(ge=0, le=10**12)]
Cost = Annotated[float, Field(ge=0, le=10**9)]


class PricesSection(Section):
    """What a million tokens cost."""

    input: Price = Field(description="What a million tokens that are sent cost.")
    cached_input: Price | None = Field(
        default=None, description="The same, read from the provider's cache; without it as `input`."
    )
    output: Price = Field(description="What a million tokens that are written cost.")
    currency: Annotated[str, AfterValidator(_currency)] = Field(default="USD", description="Like USD or EUR.")


class BudgetSection(Section):
    """What may be spent in a day (UTC); beyond it answers are taken from the documentation."""

    visitor_tokens: Tokens | None = Field(
        default=200_000, description="Tokens of one visitor; null for no bound."
    )
    site_tokens: Tokens | None = Field(
        default=5_000_000, description="Tokens of all visitors; null for no bound."
    )
    visitor_cost: Cost | None = Field(default=None, description="Cost of one visitor; needs `prices`.")
    site_cost: Cost | None = Field(default=None, description="Cost of all visitors; needs `prices`.")


def prices_of(section: PricesSection | None) -> Prices | None:
    """Return the prices, exactly as they are written; None where none are."""
    if section is None:
        return None
    cached = section.input if section.cached_input is None else section.cached_input
    return Prices(
        input=_exact(section.input),
        cached_input=_exact(cached),
        output=_exact(section.output),
        currency=section.currency,
    )


def budget_of(section: BudgetSection) -> Budget:
    """Return the bounds of a day."""
    return Budget(
        visitor_tokens=section.visitor_tokens,
        site_tokens=section.site_tokens,
        visitor_cost=None if section.visitor_cost is None else _exact(section.visitor_cost),
        site_cost=None if section.site_cost is None else _exact(section.site_cost),
    )


def _exact(written: float) -> Decimal:
    """Return an amount as it is written, not as a binary number near it."""
    return Decimal(str(written))
