"""A line to one model behind one address: who may call now, how the model does, and the model itself."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import structlog

from bot.domain.model_settings import ModelSettings
from bot.llm.breaker import Breaker
from bot.llm.chat import Chat, Method, build_chat
from bot.llm.tokens import usage_of
from bot.llm.trouble import UNUSED, Trouble, TroubleError, trouble_of
from bot.llm.words import FailureCode, LineState, Prompt, Usage

log = structlog.get_logger(__name__)

if TYPE_CHECKING:
    import httpx2

Asked = Literal["text", "object"]


@dataclass(frozen=True, slots=True)
class Window:
    """When a call must have begun to write, and when it must be over: on the line's clock, in seconds.

    A hurried one has less time than the settings give a model: being too slow for that is no failure of its.
    """

    first_by: float
    end_by: float
    is_hurried: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a call ended. `value` is the object that was asked for, None where none was or none came."""

    trouble: Trouble | None
    usage: Usage = field(default_factory=Usage)
    is_cut: bool = False
    value: Mapping[str, Any] | None = None


class Line:
    """One model. `method` is the way in which it gives objects, None until one has worked."""

    def __init__(
        self,
        settings: ModelSettings,
        *,
        client: Callable[[], "httpx2.AsyncClient"],
        seats: asyncio.Semaphore,
        clock: Callable[[], float],
    ) -> None:
        """`client` is asked for when the model is built; `seats` are shared by a provider's lines."""
        self.settings = settings
        self.breaker = Breaker(clock)
        self.clock = clock
        self.method: Method | None = None
        self._client = client
        self._seats = seats
        self._chat: Chat | None = None
        self._building = asyncio.Lock()
        self._finding = asyncio.Lock()
        self._last_failure: FailureCode | None = None
        self._told: dict[Asked, tuple[FailureCode, int | None]] = {}

    @property
    def state(self) -> LineState:
        """Return how the model does."""
        breaker = self.breaker
        return LineState(self.settings.name, breaker.state, breaker.failures, self._last_failure)

    async def warm(self) -> Chat:
        """Build the model if it is not yet, once, however many ask."""
        async with self._building:
            if self._chat is None:
                self._chat = await asyncio.to_thread(lambda: build_chat(self.settings, self._client()))
        return self._chat

    @contextmanager
    def calling(self, asked: Asked) -> Iterator["Verdict"]:
        """Make a call in the block, and say in the verdict how it ended; without one it tells nothing.

        Args:
            asked: What is asked for: a model may fail at one and do well at the other.

        Raises:
            TroubleError: the breaker is open.
        """
        if not self.breaker.admit():
            raise TroubleError(self.trouble("open", "it failed too often just now and is left alone."))
        verdict = Verdict()
        try:
            yield verdict
        finally:
            self._note(verdict, asked)

    @asynccontextmanager
    async def seated(self, by: float) -> AsyncIterator[None]:
        """Wait for one of the provider's seats and hold it through the block.

        Raises:
            TroubleError: none became free until `by`.
        """
        try:
            async with asyncio.timeout(max(0.0, by - self.clock())):
                await self._seats.acquire()
        except TimeoutError:
            busy = self.trouble("busy", "all its seats were taken; see `concurrency`.")
            raise TroubleError(busy) from None
        try:
            yield
        finally:
            self._seats.release()

    @asynccontextmanager
    async def finding_the_way(self, by: float) -> AsyncIterator[None]:
        """While it is not known how objects are asked for, let one find out and the others wait for it.

        Raises:
            TroubleError: it was not found until `by`.
        """
        is_first = self.method is None and await self._is_to_find(by)
        try:
            yield
        finally:
            if is_first:
                self._finding.release()

    async def _is_to_find(self, by: float) -> bool:
        """Wait for whoever is finding the way; return whether it is still to be found, and is ours to find then."""
        try:
            async with asyncio.timeout(max(0.0, by - self.clock())):
                await self._finding.acquire()
        except TimeoutError:
            busy = self.trouble("busy", "how it gives objects was not found out in time.")
            raise TroubleError(busy) from None
        if self.method is None:
            return True
        self._finding.release()
        return False

    def trouble(self, code: FailureCode, sentence: str, *, is_prompts: bool = False) -> Trouble:
        """Return a trouble of this model."""
        return Trouble(code=code, message=f"{self.settings.name}: {sentence}", is_prompts=is_prompts)

    def trouble_of(self, error: Exception, window: Window) -> Trouble:
        """Return what an error of a provider's library, raised by a call within a window, means."""
        trouble = trouble_of(error, self.settings.name)
        is_late = trouble.code == "timeout" and window.is_hurried
        return replace(trouble, is_hurried=True) if is_late else trouble

    def usage(
        self, trouble: Trouble | None, prompt: Prompt, *, written: str, counted: Mapping[str, Any] | None
    ) -> Usage:
        """Return what a call took; nothing where it never came to the model."""
        if trouble is not None and trouble.code in UNUSED and not written:
            return Usage()
        return usage_of(counted, prompt, written)

    def _note(self, verdict: "Verdict", asked: Asked) -> None:
        trouble = verdict.trouble
        if not verdict.is_known or (trouble is not None and not trouble.is_about_the_model):
            self.breaker.let_go()
        elif trouble is None:
            self._last_failure = None
            self.breaker.succeed()
        else:
            self._last_failure = trouble.code
            self.breaker.fail()
        if verdict.is_known:
            self._tell(trouble, asked)

    def _tell(self, trouble: Trouble | None, asked: Asked) -> None:
        """Log what is new of how the model does, once: the sentence tells an operator what to mend."""
        if trouble is not None and (trouble.is_hurried or trouble.code == "busy"):
            return
        if trouble is None:
            if self._told.pop(asked, None) is not None and not self._told:
                log.info("model.well", model=self.settings.name)
            return
        is_new = (trouble.code, trouble.status) not in self._told.values()
        self._told[asked] = (trouble.code, trouble.status)
        if is_new:
            log.warning(
                "model.failing", model=self.settings.name, failure=trouble.code, warning=trouble.message
            )


class Verdict:
    """What a call showed of its model: nothing, until it `ended`."""

    def __init__(self) -> None:
        self.is_known = False
        self.trouble: Trouble | None = None

    def ended(self, trouble: Trouble | None) -> None:
        """Say that the call came to its end, None without a trouble."""
        self.is_known = True
        self.trouble = trouble
