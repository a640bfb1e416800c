"""Which language model a site has, and its bounds: what `model:` of foyer.yaml means once it has been read."""

from dataclasses import dataclass, field
from typing import Literal

Provider = Literal["openai", "anthropic", "ollama", "compatible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTimeouts:
    """Seconds. `first_token_s` holds for each of the at most two attempts, `total_s` for both together."""

    first_token_s: float = 6.0
    gap_s: float = 5.0
    total_s: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPrices:
    """What a million tokens cost, in `currency` (ISO 4217); `cached_input` None costs what `input` does."""

    input: float
    output: float
    cached_input: float | None = None
    currency: str = "USD"

    def cost_of(self, *, input_tokens: int, cached_tokens: int, output_tokens: int) -> float:
        """Return what a call costs; `cached_tokens` are among the `input_tokens`."""
        cached_price = self.input if self.cached_input is None else self.cached_input
        fresh_tokens = max(0, input_tokens - cached_tokens)
        total = fresh_tokens * self.input + cached_tokens * cached_price + output_tokens * self.output
        return total / 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelBudget:
    """What may be spent in a day, None without a bound; costs are in the currency of the prices."""

    visitor_tokens: int | None = None
    site_tokens: int | None = None
    visitor_cost: float | None = None
    site_cost: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """One language model. The key never shows in a representation.

    `model` is the name that the provider knows; `base_url` is always there, the provider's own where nothing
    else was written; `temperature` and `reasoning_effort` None are not sent. `fallback` has no fallback.
    """

    provider: Provider
    model: str
    base_url: str
    key: str | None = field(default=None, repr=False)
    temperature: float | None = None
    reasoning_effort: str | None = None
    max_output_tokens: int = 800
    timeouts: ModelTimeouts = field(default_factory=ModelTimeouts)
    concurrency: int = 8
    prices: ModelPrices | None = None
    budget: ModelBudget = field(default_factory=ModelBudget)
    mask_personal: bool = True
    fallback: "ModelSettings | None" = None

    @property
    def name(self) -> str:
        """How people name it: `openai:gpt-5-mini`."""
        return f"{self.provider}:{self.model}"
