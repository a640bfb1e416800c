"""An answer to an earlier question of ours: "around 8k", said once the next was put already. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence

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
WORD = re.compile(r"[^\W\d_]+")
_BESIDE = """
    a about all and approximately around at be begin between by d from go got guess have i in is it ll live m maybe
    of on or oh ok okay our people perhaps probably ready right roughly s say so sorry start starting that the then
    think this to us ve want we well will with would yes yeah like need launch set total budget employees staff
    users team aber also am an ab anfangen bis circa da das dann denke die es etwa gegen glaube haben ich im ja
    leute mit möchten müssen personen rund sind so spätestens start starten um und ungefähr vielleicht vom vor
    wahrscheinlich wir wohl wollen würden zum avec avons avoir commencer dans de début des en environ est et je le
    la les mois nous on ou oui pense personnes peut être pour sommes vers voudrions alrededor creo con de desde el
    en es empezar gente hacia la lo más menos o para personas por queremos quizás sería sí somos sobre tenemos unos
    unas vale y yo
"""
BESIDE = frozenset(_BESIDE.split())
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
    if reading.facts or reading.act not in {Act.QUESTION, Act.STATEMENT} or "?" in text:
        return reading
    for slot in _asked_earlier(history, voice.playbook):
        late = read_as(slot)
        if late.question is None and any(_is_all_of(text, fact) for fact in late.facts if fact.slot == slot):
            return late
    return reading


def _is_all_of(text: str, fact: ReadFact) -> bool:
    """Say whether a fact is all that is told: "open on Wednesday" is no date, "on Wednesday I think" is."""
    rest = WORD.findall(f"{text[: fact.start]} {text[fact.end :]}".lower())
    return fact.state is FactState.KNOWN and BESIDE.issuperset(rest)


def _asked_earlier(history: Sequence[Message], playbook: Playbook) -> Iterator[str]:
    """Yield the slots that were asked for before the last question, the latest first."""
    asked = [m.asked for m in reversed(history) if m.author is Author.BOT and m.asked]
    for slot_id in dict.fromkeys(asked[:LOOK_BACK]):
        slot = playbook.slot(slot_id)
        if slot is not None and slot.kind in TELLS_ITSELF:
            yield slot_id
