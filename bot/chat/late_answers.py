"""Whose question a short answer answers: "around 8k" an earlier one of ours, or that of a person. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.chat.voice import Voice
from bot.domain.conversation import Author, Message
from bot.domain.facts import Fact, FactState, ReadFact
from bot.domain.playbook import Playbook
from bot.domain.reading import Act, Reading, read_message
from bot.domain.slots import SlotKind

TELLS_ITSELF = frozenset(
    {SlotKind.QUANTITY, SlotKind.MONEY, SlotKind.TIMELINE, SlotKind.URL, SlotKind.CHOICE}
)
"""Kinds whose answers are known by what they look like; a yes, or free words, could answer anything."""
COULD_BE_ANYTHING = TELLS_ITSELF - {SlotKind.URL}
"""Kinds whose answers are known only with what was asked, where they stand alone."""
WORD = re.compile(r"[^\W\d_]+")
_HEDGES = """
    a about approximately around at be by d from guess i in is it maybe of oh ok okay on or perhaps probably roughly s
    say so sorry that the then think this to well yeah yes ab also am an bis ca circa da das dann denke die es etwa
    gegen glaube ich im ja rund spätestens um ungefähr vielleicht vom vor wahrscheinlich wohl zum dans de des en
    environ est et je la le les on ou oui pense peut pour vers être alrededor creo desde el es hacia la lo más menos
    o para por quizás sería sobre sí unas unos vale y yo
"""
_TELLING = """
    aber all also and anfangen avec avoir avons begin between budget commencer con début empezar employees gente go
    got haben have launch leute like live ll m mit mois möchten müssen need nous our people personas personen
    personnes queremos ready right set sind somos sommes staff start starten starting team tenemos total und us users
    ve voudrions want we will wir with wollen would würden
"""
HEDGES = frozenset(_HEDGES.split())
"""What may stand around an answer and says nothing of what it answers."""
BESIDE = HEDGES.union(_TELLING.split())
"""What may be said beside an answer; who says more may be looking something up."""
LOOK_BACK = 3
"""Questions of ours that may still be answered."""


def read_after(
    asked: str | None,
    message: Message,
    *,
    history: Sequence[Message],
    known: Mapping[str, Fact],
    voice: Voice,
) -> Reading:
    """Return what a message says after a question; what would only be looked up may answer an earlier one.

    After an operator's word short answers are theirs: what they asked is not known here.

    Args:
        asked: the slot that was asked for last, or one of our own questions.
        message: what the visitor wrote.
        history: what was said before it.
        known: the current facts.
        voice: how the site speaks.
    """
    text, slots, region, locale = message.text, voice.playbook.slots, voice.region, voice.locale

    def read_as(slot: str | None) -> Reading:
        return read_message(
            text, slots=slots, asked=slot, now=message.at, region=region, locale=locale, known=known
        )

    reading = read_as(asked)
    if is_to_operator(history):
        return without_short_answers(reading, text, voice)
    if reading.facts or reading.act not in {Act.QUESTION, Act.STATEMENT} or "?" in text:
        return reading
    for slot in _asked_earlier(history, voice.playbook):
        late = read_as(slot)
        if late.question is None and any(_is_all_of(text, fact) for fact in late.facts if fact.slot == slot):
            return late
    return reading


def is_to_operator(history: Sequence[Message]) -> bool:
    """Say whether an operator spoke last to the visitor."""
    last = next((m.author for m in reversed(history) if m.author is not Author.VISITOR), None)
    return last is Author.OPERATOR


def without_short_answers(reading: Reading, text: str, voice: Voice) -> Reading:
    """Leave out sums, numbers, dates and choices that are all that is told: "around 8k" may be anything."""

    def is_short(fact: ReadFact) -> bool:
        slot = voice.playbook.slot(fact.slot)
        return slot is not None and slot.kind in COULD_BE_ANYTHING and HEDGES.issuperset(_rest_of(text, fact))

    facts = tuple(fact for fact in reading.facts if not is_short(fact))
    return replace(reading, facts=facts, corrects=reading.corrects and bool(facts))


def _is_all_of(text: str, fact: ReadFact) -> bool:
    """Say whether a fact is all that is told: "open on Wednesday" is no date, "on Wednesday I think" is."""
    return fact.state is FactState.KNOWN and BESIDE.issuperset(_rest_of(text, fact))


def _rest_of(text: str, fact: ReadFact) -> list[str]:
    return WORD.findall(f"{text[: fact.start]} {text[fact.end :]}".lower())


def _asked_earlier(history: Sequence[Message], playbook: Playbook) -> Iterator[str]:
    """Yield the slots that were asked for before the last question, the latest first."""
    asked = [m.asked for m in reversed(history) if m.author is Author.BOT and m.asked]
    for slot_id in dict.fromkeys(asked[:LOOK_BACK]):
        slot = playbook.slot(slot_id)
        if slot is not None and slot.kind in TELLS_ITSELF:
            yield slot_id
