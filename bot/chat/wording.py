"""A turn with a language model: the answer worded while it streams, facts pointed at meanwhile, a question completed.

The model phrases what the engine decided, and proposes; whatever it does or fails to do, the turn goes on without it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field, replace

import structlog

from bot.chat.deciding import Context, Desk, Thought, Worded, conclude
from bot.chat.generation.brief import Brief
from bot.chat.generation.generate import Generated, Generator, NotGenerated, Released
from bot.chat.generation.prompting import BARE, Mask
from bot.chat.generation.propose import Heard, propose_facts
from bot.chat.generation.standalone import Leaning, complete_question
from bot.chat.veil import draw_veil
from bot.domain.answer import Answer
from bot.domain.conversation import Author
from bot.domain.dialogue import Move, last_asked
from bot.domain.errors import StorageError
from bot.domain.facts import ReadFact

log = structlog.get_logger(__name__)

VEILED_HISTORY = 40
"""Messages in which the visitor is looked for. Who said it earlier is known by facts, and goes along no more."""


@dataclass(slots=True)
class WordedTurn:
    """What a model gave for one message. A turn that is thought through again asks it nothing twice."""

    _completed: dict[str, str | None] = field(default_factory=dict)
    _answer: Answer | None = None
    _worded: Worded | None = None

    async def complete(self, thought: Thought, context: Context, desk: Desk) -> Thought:
        """Look up the completed question as well, where the question as it was asked found nothing."""
        question, generator = thought.understood.reading.question, desk.generator
        is_found = thought.answer is None or thought.answer.kind != "none"
        if generator is None or question is None or is_found or not context.history:
            return thought
        if question not in self._completed:
            leaning = Leaning(
                question=question,
                history=context.earlier(),
                visitor_id=context.conversation.visitor_id,
                at=context.message.at,
                mask=mask_of(context, desk, thought.answer),
            )
            self._completed[question] = None
            with going_on_without(context):
                self._completed[question] = await complete_question(generator, leaning)
        completed = self._completed[question]
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
        self._answer, self._worded = thought.answer, Worded(is_degraded=True)
        mask = mask_of(context, desk, thought.answer)
        facts = asyncio.create_task(find_facts(generator, thought, context, desk, mask))
        with going_on_without(context):
            try:
                decision = conclude(thought, context, desk, new_id=new_id)
                worded = Worded()
                if decision.step.move is Move.ANSWER and thought.answer is not None:
                    brief = brief_of(thought, thought.answer, context, ask=decision.question, mask=mask)
                    async with aclosing(generator.answer(brief, desk.version)) as parts:
                        async for part in parts:
                            if isinstance(part, Released):
                                yield part.text
                            else:
                                worded = worded_by(part, generator)
                self._worded = replace(worded, facts=await facts)
            finally:
                facts.cancel()

    def result(self, thought: Thought) -> Worded:
        """Return what the model gave; its answer only while the turn would still answer from the same."""
        worded = self._worded or Worded()
        return worded if thought.answer == self._answer else replace(worded, answer=None, is_degraded=False)


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
        generator.note("answer", "generated")
        return Worded(answer=ending.answer)
    generator.note("answer", ending.reason)
    return Worded(is_degraded=ending.is_degraded)


def brief_of(thought: Thought, answer: Answer, context: Context, *, ask: str, mask: Mask) -> Brief:
    """Return what is to be worded; what was said before belongs to it only where the question leans on it."""
    leans = answer.leans or thought.standalone is not None
    return Brief(
        question=thought.understood.reading.question or context.message.text,
        answer=answer,
        visitor_id=context.conversation.visitor_id,
        at=context.message.at,
        history=context.earlier() if leans else (),
        standalone=thought.standalone,
        ask=ask,
        mask=mask,
    )


async def find_facts(
    generator: Generator, thought: Thought, context: Context, desk: Desk, mask: Mask
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
    return await propose_facts(generator, heard) if heard.is_worth_asking() else ()


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
