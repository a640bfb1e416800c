"""A turn with a language model: the answer worded while it streams, facts pointed at meanwhile, a question completed.

The model phrases what the engine decided, and proposes; whatever it does or fails to do, the turn goes on without it.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field, replace

import structlog

from bot.chat.deciding import Context, Decision, Desk, Thought, Worded, conclude
from bot.chat.generation.brief import Brief
from bot.chat.generation.generate import Generated, Generator, NotGenerated, Released
from bot.chat.generation.prompting import BARE, Mask
from bot.chat.generation.propose import Heard, propose_facts
from bot.chat.generation.standalone import Completed, Leaning, complete_question, points_back
from bot.chat.generation.time_left import TimeLeft
from bot.domain.answer import Answer
from bot.domain.conversation import Author
from bot.domain.dialogue import Move, last_asked
from bot.domain.errors import StorageError
from bot.domain.facts import ReadFact
from bot.domain.veil import draw_veil

log = structlog.get_logger(__name__)

COMPLETED_BY_S = 2.5
"""A question is completed by this second of a turn: when it is not, the visitor has waited for nothing."""

FACTS_BY_S = 6.0
FACTS_BESIDE_S = 3.0
FACTS_AFTER_S = 1.0
"""Facts that do not come keep nobody waiting who asked nothing for longer than six seconds, and an answer that is whole
and shown not beyond the third, or a second more: then it is stored without them."""

VEILED_HISTORY = 40
"""Messages in which the visitor is looked for. Who said it earlier is known by facts, and goes along no more."""


@dataclass(slots=True)
class WordedTurn:
    """What a model gave for one message, all of it within the time for one reply.

    A turn that is thought through again asks it nothing twice.
    """

    _completed: dict[str, Completed] = field(default_factory=dict)
    _answer: Answer | None = None
    _worded: Worded | None = None
    _time: TimeLeft | None = None

    async def complete(self, thought: Thought, context: Context, desk: Desk) -> Thought:
        """Look up the completed question as well, where the question as it was asked found nothing."""
        question, generator = thought.understood.reading.question, desk.generator
        if generator is None or question is None or not _is_worth_completing(question, thought, context):
            return thought
        if question not in self._completed:
            leaning = Leaning(
                question=question,
                history=context.earlier(),
                visitor_id=context.conversation.visitor_id,
                at=context.message.at,
                mask=mask_of(context, desk, thought.answer),
            )
            self._completed[question] = Completed(None, has_failed=True)
            within_s = self._time_for(generator).until(COMPLETED_BY_S)
            with going_on_without(context):
                self._completed[question] = await complete_question(generator, leaning, within_s=within_s)
        completed = self._completed[question].question
        if completed is None:
            return thought
        answer = await desk.answer(completed, (), context.conversation.locale)
        return replace(thought, answer=answer, standalone=completed) if answer.kind != "none" else thought

    async def word(
        self, thought: Thought, context: Context, desk: Desk, *, new_id: Callable[[str], str]
    ) -> AsyncIterator[str]:
        """Yield the words of the answer as they are released; afterwards `result` has all."""
        generator = desk.generator
        if generator is None or self._worded is not None:
            return
        time, mask = self._time_for(generator), mask_of(context, desk, thought.answer)
        self._answer, self._worded = thought.answer, Worded(is_degraded=True)
        finding = find_facts(generator, thought, context, desk, mask, within_s=time.until(FACTS_BY_S))
        facts, brief = asyncio.create_task(finding), None
        try:
            with going_on_without(context):
                brief = brief_of(thought, conclude(thought, context, desk, new_id=new_id), context, mask)
                async with aclosing(self._in_words(brief, generator, desk.version)) as texts:
                    async for text in texts:
                        yield text
            with going_on_without(context):
                beside_s = max(FACTS_AFTER_S, time.until(FACTS_BESIDE_S))
                await asyncio.wait({facts}, timeout=None if brief is None else beside_s)
                self._worded = replace(self._worded, facts=facts.result() if facts.done() else ())
        finally:
            facts.cancel()

    async def _in_words(
        self, brief: Brief | None, generator: Generator, version: str | None
    ) -> AsyncGenerator[str, None]:
        """Yield the words of an answer; where none is to be worded there are none."""
        if brief is None:
            self._worded = Worded()
            return
        answering = generator.answer(brief, version, within_s=self._time_for(generator).until())
        async with aclosing(answering) as parts:
            async for part in parts:
                if isinstance(part, Released):
                    yield part.text
                else:
                    self._worded = worded_by(part, generator)

    def result(self, thought: Thought) -> Worded:
        """Return what the model gave; its answer only while the turn would still answer from the same."""
        worded = self._worded or Worded()
        answer, completed = thought.answer, self._completed.get(thought.understood.reading.question or "")
        if answer != self._answer:
            worded = replace(worded, answer=None, is_degraded=False)
        is_missed = (
            answer is not None and answer.kind == "none" and completed is not None and completed.has_failed
        )
        return replace(worded, is_degraded=True) if is_missed else worded

    def _time_for(self, generator: Generator) -> TimeLeft:
        """Return what the model has for all of this turn; it runs from when it is first asked something."""
        if self._time is None:
            self._time = TimeLeft(generator.model.total_s, asyncio.get_running_loop().time)
        return self._time


def _is_worth_completing(question: str, thought: Thought, context: Context) -> bool:
    """Whether nothing was found, and something said before may be missing in the question."""
    if thought.answer is None or thought.answer.kind != "none" or not context.history:
        return False
    return thought.answer.leans or points_back(question)


@contextmanager
def going_on_without(context: Context) -> Iterator[None]:
    """Have a turn go on where something of a model failed that nobody thought of."""
    try:
        yield
    except StorageError:  # then nothing can be kept: the turn is left open, and taken again
        raise
    except Exception:  # outermost for all that a model brings about: the documentation is quoted instead
        log.exception("model.failed", message_id=context.message.message_id)


def worded_by(ending: Generated | NotGenerated, generator: Generator) -> Worded:
    """Return what a model's answer came to, and count it."""
    if isinstance(ending, Generated):
        generator.note("answer", "generated_by_fallback" if ending.by_fallback else "generated")
        return Worded(answer=ending.answer)
    generator.note("answer", ending.reason)
    return Worded(is_degraded=ending.is_degraded)


def brief_of(thought: Thought, decision: Decision, context: Context, mask: Mask) -> Brief | None:
    """Return what is to be worded; what was said before belongs to it only where the question leans on it."""
    answer = thought.answer
    if decision.step.move is not Move.ANSWER or answer is None:
        return None
    leans = answer.leans or thought.standalone is not None
    return Brief(
        question=thought.understood.reading.question or context.message.text,
        answer=answer,
        visitor_id=context.conversation.visitor_id,
        at=context.message.at,
        history=context.earlier() if leans else (),
        standalone=thought.standalone,
        ask=decision.question,
        mask=mask,
    )


async def find_facts(
    generator: Generator, thought: Thought, context: Context, desk: Desk, mask: Mask, *, within_s: float
) -> tuple[ReadFact, ...]:
    """Have the model point at facts, where there may be some that were not read."""
    asked = last_asked(context.history)
    before = next((m.text for m in reversed(context.history) if m.author is Author.BOT), "")
    heard = Heard(
        message=context.message,
        reading=thought.understood.reading,
        known=context.known,
        voice=desk.voice,
        visitor_id=context.conversation.visitor_id,
        asked=before if asked is not None else "",
        mask=mask,
    )
    if not heard.is_worth_asking():
        return ()
    return await propose_facts(generator, heard, within_s=within_s)


def mask_of(context: Context, desk: Desk, answer: Answer | None) -> Mask:
    """Return what covers who the visitor is, but for what the company has written itself."""
    if desk.generator is None or not desk.generator.is_masked:
        return BARE
    veil = draw_veil(
        [*context.history[-VEILED_HISTORY:], context.message],
        slots=desk.voice.playbook.slots,
        facts=context.known,
        public=[passage.text for passage in answer.passages] if answer is not None else (),
        region=desk.voice.region,
    )
    return Mask(veil.cover, veil.lift)
