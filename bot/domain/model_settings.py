"""Which language model a site has, and its bounds: what `model:` of foyer.yaml means once it has been read."""

from dataclasses import dataclass, field
from typing import Literal

from bot.domain.spending import Budget, Prices

Provider = Literal["openai", "anthropic", "ollama", "compatible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTimeouts:
    """Seconds. `first_token_s` holds for each of the at most two attempts, `total_s` for both together."""

    first_token_s: float = 6.0
    gap_s: float = 5.0
    total_s: float = 20.0


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
    prices: Prices | None = None
    budget: Budget = field(default_factory=Budget)
    mask_personal: bool = True
    fallback: "ModelSettings | None" = None

    def room_for(self, tokens: int) -> int:
        """Return how many tokens may be written where the text needs no more than some: thoughts count as written."""
        thinks = self.reasoning_effort not in (None, "none")
        return self.max_output_tokens if thinks else min(tokens, self.max_output_tokens)

    @property
    def name(self) -> str:
        """How people name it: `openai:gpt-5-mini`."""
        return f"{self.provider}:{self.model}"
