"""A site's language model: at most two attempts, within its times, and every failure a value.

The second attempt goes to the fallback where there is one, else to the same model where that helps, and only
while no piece of text was handed out.
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from math import inf
from typing import Any

from bot.llm.asking import ask
from bot.llm.attempts import Attempts
from bot.llm.line import Line, Outcome
from bot.llm.trouble import Trouble
from bot.llm.words import Failed, Finished, LineState, Piece, Prompt, Proposed, Spoken, Usage
from bot.llm.writing import write

TRIAL = Prompt("You are tried out.", (Spoken("user", "Write one word: ready"),), 2_000)
"""May take what an answer may: a model that only thinks within that is found here."""


class LanguageModel:
    """One model, and the one to fall back to. Made by `LanguageModels.open`."""

    def __init__(
        self, lines: tuple[Line, ...], *, clock: Callable[[], float], chance: Callable[[], float]
    ) -> None:
        """`clock` tells monotonic seconds, `chance` numbers from 0 to 1."""
        self._lines = lines
        self._clock = clock
        self._chance = chance

    @property
    def name(self) -> str:
        """How it stands in foyer.yaml: `openai:gpt-5-mini`."""
        return self._lines[0].settings.name

    @property
    def total_s(self) -> float:
        """The most that one reply may take, both attempts together."""
        return self._lines[0].settings.timeouts.total_s

    def room_for(self, tokens: int | None = None) -> int:
        """Return how many tokens a prompt may have written: those of its text, or as many as the settings allow.

        A model that thinks before it writes has all of them for either.
        """
        settings = [line.settings for line in self._lines]
        return max(one.max_output_tokens if tokens is None else one.room_for(tokens) for one in settings)

    async def stream(
        self, prompt: Prompt, *, within_s: float = inf
    ) -> AsyncGenerator[Piece | Finished | Failed, None]:
        """Have a reply written, piece by piece.

        The last item, and only the last, is a `Finished` or a `Failed`. Nothing that the outside does raises.
        Cancelling, or closing the generator (`contextlib.aclosing`), closes the connection.

        Args:
            prompt: What is to be written.
            within_s: The most that all attempts together may take, in seconds, where it is less than the settings'.
        """
        used, trouble, is_silent = Usage(), None, True
        attempts = self._attempts(min(within_s, self.total_s))
        while is_silent and (attempt := await attempts.next(trouble)):
            line, window = attempt
            outcome = Outcome(trouble=None)
            async with aclosing(write(line, prompt, window)) as reply:
                async for item in reply:
                    if isinstance(item, Outcome):
                        outcome = item
                    else:
                        is_silent = False
                        yield Piece(item)
            used += outcome.usage
            trouble = outcome.trouble
            if trouble is None:
                yield Finished(used, line.settings.name, outcome.is_cut)
                return
        yield self._failed(trouble, used)

    async def propose(
        self, prompt: Prompt, schema: Mapping[str, Any], *, within_s: float
    ) -> Proposed | Failed:
        """Have an object written that follows a JSON Schema.

        json_schema, then tool calling, then plain JSON is tried the first time, and what worked is remembered.

        Args:
            prompt: What is asked for; it need not speak of JSON.
            schema: Of an object, with a `title` like a name in a program and a `description`. OpenAI wants
                every property required and `additionalProperties: false`.
            within_s: The most that all attempts together may take, in seconds.
        """
        used, trouble = Usage(), None
        attempts = self._attempts(within_s, first_s=within_s)
        while attempt := await attempts.next(trouble):
            line, window = attempt
            outcome = await ask(line, prompt, schema, window)
            used += outcome.usage
            trouble = outcome.trouble
            if outcome.value is not None:
                return Proposed(outcome.value, used, line.settings.name)
        return self._failed(trouble, used)

    async def try_out(self) -> Finished | Failed:
        """Have one word written, and return how that went."""
        ending: Finished | Failed | None = None
        async for item in self.stream(TRIAL):
            ending = item if not isinstance(item, Piece) else None
        assert ending is not None
        return ending

    def state(self) -> tuple[LineState, ...]:
        """Return how the model, and then the fallback, does."""
        return tuple(line.state for line in self._lines)

    def _attempts(self, total_s: float, first_s: float | None = None) -> Attempts:
        return Attempts(self._lines, total_s=total_s, first_s=first_s, clock=self._clock, chance=self._chance)

    def _failed(self, trouble: Trouble | None, used: Usage) -> Failed:
        trouble = trouble or self._lines[0].trouble("open", "it failed too often just now and is left alone.")
        return Failed(trouble.code, trouble.message, used)
