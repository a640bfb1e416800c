"""An answer to an earlier question of ours: "around 8k", said once the next was put already. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from bot.chat.voice import Voice
from bot.domain.conversation import Author, Message
from bot.domain.facts import Fact, FactState
from bot.domain.playbook import Playbook
from bot.domain.reading import Act, Reading, read_message
from bot.domain.slots import SlotKind

TELLS_ITSELF = frozenset(
    {SlotKind.QUANTITY, SlotKind.MONEY, SlotKind.TIMELINE, SlotKind.URL, SlotKind.CHOICE}
)
"""Kinds whose answers are known by what they look like; a yes, or free words, could answer anything."""
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
        answers = any(fact.slot == slot and fact.state is FactState.KNOWN for fact in late.facts)
        if answers and late.question is None:
            return late
    return reading


def _asked_earlier(history: Sequence[Message], playbook: Playbook) -> Iterator[str]:
    """Yield the slots that were asked for before the last question, the latest first."""
    asked = [m.asked for m in reversed(history) if m.author is Author.BOT and m.asked]
    for slot_id in dict.fromkeys(asked[:LOOK_BACK]):
        slot = playbook.slot(slot_id)
        if slot is not None and slot.kind in TELLS_ITSELF:
            yield slot_id
