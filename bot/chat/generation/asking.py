"""One call of a model within a budget: what it may cost is held before, what it took is settled after."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from bot.chat.spending import Purse, Reservation
from bot.domain.conversation import VisitorId
from bot.domain.spending import OverBudget
from bot.llm import Prompt, Usage

ATTEMPTS = 2  # that a call may take, each paid for
BYTES_A_TOKEN = 3  # rather few: what is held is rather too much
MESSAGE_TOKENS = 60  # what a provider adds around a prompt


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing may be asked: a budget is used up. `reason` is a stable word for the metrics."""

    reason: str


class Asking:
    """A call that may be made. Left without `used`, what was held stays spent: nobody knows what it took."""

    def __init__(self, prompt: Prompt, purse: Purse, reservation: Reservation) -> None:
        self.prompt = prompt
        self._purse = purse
        self._reservation = reservation
        self._usage: Usage | None = None

    def used(self, usage: Usage) -> None:
        """Note what the call took."""
        self._usage = usage

    async def __aenter__(self) -> Self:
        """Return the call itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Settle what is known of its cost."""
        if self._usage is None:
            return
        settling = self._purse.settle(
            self._reservation,
            input_tokens=self._usage.input_tokens,
            cached_tokens=self._usage.cached_tokens,
            output_tokens=self._usage.output_tokens,
            is_estimated=self._usage.is_estimated,
        )
        await asyncio.shield(settling)


async def asked_of(purse: Purse, prompt: Prompt, visitor_id: VisitorId, *, at: datetime) -> Asking | Refused:
    """Hold what a call may cost, or say whose budget is used up."""
    held = await purse.reserve(
        visitor_id,
        input_tokens=ATTEMPTS * tokens_of(prompt),
        output_tokens=ATTEMPTS * prompt.max_output_tokens,
        at=at,
    )
    if isinstance(held, OverBudget):
        return Refused(f"over_budget_{held.whose}")
    return Asking(prompt, purse, held)


def tokens_of(prompt: Prompt) -> int:
    """Return about how many tokens a prompt is, rather too many than too few."""
    texts = [prompt.system, *(spoken.text for spoken in prompt.turns)]
    return sum(len(text.encode()) // BYTES_A_TOKEN for text in texts) + MESSAGE_TOKENS
