"""A site's language model: at most two attempts, within its times, and every failure a value.

The second attempt goes to the fallback where there is one, else to the same model where that helps, and only
while no piece of text was handed out.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from bot.llm.words import Failed, Finished, LineState, Piece, Prompt, Proposed


class LanguageModel:
    """One model, and the one to fall back to. Make it with `LanguageModels.open`."""

    name: str
    """As it stands in foyer.yaml: `openai:gpt-5-mini`."""

    def stream(self, prompt: Prompt) -> AsyncIterator[Piece | Finished | Failed]:
        """Have a reply written, piece by piece.

        The last item, and only the last, is a `Finished` or a `Failed`. Nothing that the outside does raises.
        Cancelling, or closing the iterator (`contextlib.aclosing`), closes the connection.
        """
        raise NotImplementedError

    async def propose(
        self, prompt: Prompt, schema: Mapping[str, Any], *, within_s: float
    ) -> Proposed | Failed:
        """Have an object written that follows a JSON Schema with a `title` and a `description`.

        json_schema, then tool calling, then plain JSON is tried the first time, and what worked is remembered.

        Args:
            prompt: What is asked for; it need not speak of JSON.
            schema: Of an object, as JSON Schema.
            within_s: The most that all attempts together may take, in seconds.
        """
        raise NotImplementedError

    def state(self) -> tuple[LineState, ...]:
        """Return how the model, and then the fallback, does."""
        raise NotImplementedError
