"""The words of a conversation that tell who somebody is, in each spelling: without a yes they are kept nowhere. Pure.

Read rather too eagerly, and whoever they are about: the visitor, their boss, a friend. The names of companies are none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.domain.conversation import Author, Message
from bot.domain.facts import Fact
from bot.domain.reading import PrivateKind
from bot.domain.slots import Slot
from bot.domain.veil import draw_veil

_SPARED: tuple[PrivateKind, ...] = ("company",)


def withheld_words(
    history: Sequence[Message],
    *,
    slots: Sequence[Slot],
    region: str,
    known: Mapping[str, Fact] | None = None,
    firms: Iterable[str] = (),
) -> tuple[str, ...]:
    """Return such words verbatim, the longest first.

    Args:
        history: the messages in which they are looked for, oldest first.
        slots: what the playbook wants to know.
        region: ISO country whose phone numbers are written without +.
        known: what is known, by slot.
        firms: what the visitor's company is called: part of it may be part of a name as well.
    """
    personal = {slot.id for slot in slots if slot.is_personal}
    theirs = {slot: fact for slot, fact in (known or {}).items() if slot in personal}
    veil = draw_veil(history, slots=slots, facts=theirs, public=firms, region=region, spared=_SPARED)
    words = {word for message in history for text in _texts_of(message) for word in veil.words_in(text)}
    return tuple(sorted(words, key=len, reverse=True))


def _texts_of(message: Message) -> Iterator[str]:
    yield message.text
    for choice in message.choices if message.author is Author.BOT else ():
        yield from (choice.id, choice.label)
