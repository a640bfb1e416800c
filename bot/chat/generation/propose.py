"""Facts that a language model points at, and whether they are taken.

A model says only: this slot, these words of the visitor. Promises: the words stand in the visitor's message, the value
is what the slot's own reader reads from them where they stand, and nothing that was read without a model is changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.chat.generation.asking import Refused, asked_of
from bot.chat.generation.generate import Generator
from bot.chat.generation.grounded import may_tell, may_tell_anything
from bot.chat.generation.prompting import BARE, Mask, as_data, render
from bot.chat.generation.sentences import SentenceStream
from bot.chat.voice import Voice
from bot.domain.conversation import Message, VisitorId
from bot.domain.facts import BY_MODEL, Fact, FactState, ReadFact
from bot.domain.reading import Act, Reading, read_message
from bot.domain.reading.others_figures import known_company
from bot.domain.reading.standing import stands
from bot.domain.slots import FREE_WORDS, Slot
from bot.llm import Failed, Prompt, Spoken

CONFIDENCE = 0.6
FACTS_TOKENS = 300
MOST_FACTS = 8
LONGEST_QUOTE = 200
LEAST_WORDS = 5
"""A message of fewer words was read whole without a model, or holds nothing."""

TELLING_ACTS = frozenset({Act.STATEMENT, Act.QUESTION, Act.WANTS_PERSON, Act.GREETING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message in which facts may be found, as it was read without a model; `asked` is the question before it."""

    message: Message
    reading: Reading
    known: Mapping[str, Fact]
    voice: Voice
    visitor_id: VisitorId
    asked: str = ""
    mask: Mask = BARE

    def open_slots(self) -> tuple[Slot, ...]:
        """Return what nothing is known of yet, nor read from this message."""
        read = {fact.slot for fact in self.reading.facts}
        return tuple(
            slot
            for slot in self.voice.playbook.slots
            if slot.id not in read and not _is_settled(self.known.get(slot.id))
        )

    def is_worth_asking(self) -> bool:
        """Whether a model could find something that patterns did not."""
        is_long = len(self.message.text.split()) >= LEAST_WORDS
        is_telling = self.reading.act in TELLING_ACTS and may_tell_anything(self.message.text)
        return is_long and is_telling and bool(self.open_slots())


async def propose_facts(generator: Generator, heard: Heard, *, within_s: float) -> tuple[ReadFact, ...]:
    """Have a model point at facts; return those that are taken. Never raises for what the model does."""
    if within_s <= 0:
        generator.note("facts", "timeout")
        return ()
    slots = heard.open_slots()
    prompt = _prompt(generator, heard, slots)
    asking = await asked_of(generator.purse, prompt, heard.visitor_id, at=heard.message.at)
    if isinstance(asking, Refused):
        generator.note("facts", asking.reason)
        return ()
    async with asking:
        proposed = await generator.model.propose(asking.prompt, schema_of(slots), within_s=within_s)
        asking.used(proposed.usage)
    if isinstance(proposed, Failed):
        generator.note("facts", proposed.code)
        return ()
    taken = tuple(taken_facts(proposed.value, heard))
    generator.note("facts", "taken" if taken else "none")
    return taken


def schema_of(slots: Sequence[Slot]) -> Mapping[str, Any]:
    """Return the JSON Schema of what a model may say: slots of this playbook, and quotes."""
    pointed = {
        "type": "object",
        "properties": {
            "slot": {"type": "string", "enum": [slot.id for slot in slots]},
            "quote": {"type": "string"},
        },
        "required": ["slot", "quote"],
        "additionalProperties": False,
    }
    return {
        "title": "visitor_facts",
        "description": "Which words of the message tell which fact.",
        "type": "object",
        "properties": {"facts": {"type": "array", "items": pointed}},
        "required": ["facts"],
        "additionalProperties": False,
    }


def taken_facts(value: Mapping[str, Any], heard: Heard) -> Iterator[ReadFact]:
    """Return what is taken of a model's proposals, one fact a slot; anything of another shape is passed over."""
    slots = {slot.id: slot for slot in heard.open_slots()}
    listed = value.get("facts")
    for one in (listed if isinstance(listed, list) else [])[:MOST_FACTS]:
        name, quote = (one.get("slot"), one.get("quote")) if isinstance(one, dict) else (None, None)
        slot = slots.get(name) if isinstance(name, str) else None
        if slot is None or not isinstance(quote, str):
            continue
        fact = read_quote(heard.mask.lift(quote).strip(), slot, heard)
        if fact is not None:
            del slots[slot.id]
            yield fact


def read_quote(quote: str, slot: Slot, heard: Heard) -> ReadFact | None:
    """Read a slot's value from words of the visitor, None where they do not tell it.

    They are read alone, and where they stand: there it shows that they are a question, denied or somebody else's.
    """
    start = heard.message.text.find(quote) if 0 < len(quote) <= LONGEST_QUOTE else -1
    if start < 0:
        return None
    alone = _read(quote, slot, heard)
    if alone is None:
        return None
    sentence, offset = _sentence_around(heard.message.text, start)
    there = None if sentence.rstrip().endswith("?") else _read(sentence, slot, heard)
    if there is None or there.end + offset <= start or there.start + offset >= start + len(quote):
        return None
    # Free words are the value themselves: where they stand, a reader may take more or fewer of them.
    if slot.kind not in FREE_WORDS and there.value != alone.value:
        return None
    year = heard.message.at.year
    if not may_tell(alone, slot, sentence, alone.start + start - offset, year=year) or not _stands(
        alone.start + start, alone.end + start, heard
    ):
        return None
    return replace(
        alone, start=alone.start + start, end=alone.end + start, extractor=BY_MODEL, confidence=CONFIDENCE
    )


def _stands(start: int, end: int, heard: Heard) -> bool:
    voice = heard.voice
    company = known_company(voice.playbook.slots, heard.known)
    return stands(heard.message.text, start, end, now=heard.message.at, region=voice.region, company=company)


def _read(text: str, slot: Slot, heard: Heard) -> ReadFact | None:
    """Return what the text tells of the slot, as an answer to its question."""
    voice = heard.voice
    reading = read_message(
        text, slots=[slot], asked=slot.id, now=heard.message.at, region=voice.region, locale=voice.locale
    )
    return next((fact for fact in reading.facts if fact.state is FactState.KNOWN), None)


def _sentence_around(text: str, place: int) -> tuple[str, int]:
    """Return the sentence that holds an offset, and where it begins."""
    stream = SentenceStream()
    start = 0
    for sentence in [*stream.feed(text), stream.finish()]:
        if place < start + len(sentence):
            return sentence, start
        start += len(sentence)
    return text, 0


def _is_settled(fact: Fact | None) -> bool:
    return fact is not None and fact.state is not FactState.UNCLEAR


def _prompt(generator: Generator, heard: Heard, slots: Sequence[Slot]) -> Prompt:
    mark = generator.mark
    rendered = render(
        "facts",
        mark=mark,
        slots=[
            {"id": slot.id, "label": as_data(slot.label, mark), "kind": slot.kind.value} for slot in slots
        ],
        asked=as_data(heard.mask.cover(heard.asked), mark),
        message=as_data(heard.mask.cover(heard.message.text), mark),
    )
    return Prompt(rendered.system, (Spoken("user", rendered.data),), generator.model.room_for(FACTS_TOKENS))
