"""Every language model of the process: sites with the same one share its connection, breaker and seats."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.domain.model_settings import ModelSettings
from bot.llm.language_model import LanguageModel
from bot.llm.words import LineState

if TYPE_CHECKING:
    import httpx2

Connect = Callable[[str], "httpx2.AsyncClient"]
"""Makes the client for a base URL: its connections are checked, its answers bounded."""


class LanguageModels:
    """Opens language models. Nothing heavy is imported before the first is asked something or warmed."""

    def __init__(self, connect: Connect, *, clock: Callable[[], float]) -> None:
        """`clock` tells monotonic seconds."""

    def open(self, settings: ModelSettings) -> LanguageModel:
        """Return the model of a site; call it as often as you like."""
        raise NotImplementedError

    async def warm(self) -> None:
        """Import and build in a thread what the opened models need, so that no visitor waits for it."""
        raise NotImplementedError

    def states(self) -> tuple[LineState, ...]:
        """Return how each model does, by name."""
        raise NotImplementedError

    async def close(self) -> None:
        """Close the connections."""
        raise NotImplementedError
