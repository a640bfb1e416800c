"""The words of a conversation that tell who somebody is, in each spelling: without a yes they are kept nowhere. Pure.

Read rather too eagerly, and whoever they are about: the visitor, their boss, a friend. The names of companies are none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.domain.conversation import Author, Message
from bot.domain.facts import Fact
from bot.domain.reading import PrivateKind
from bot.domain.reading.name_words import NOT_NAMES
from bot.domain.slots import Slot
from bot.domain.veil import draw_veil

_WORD = re.compile(r"\w{3,}")
_SPARED: tuple[PrivateKind, ...] = ("company",)


def withheld_words(
    history: Sequence[Message],
    *,
    slots: Sequence[Slot],
    region: str,
    known: Mapping[str, Fact] | None = None,
    firms: Iterable[str] = (),
    within: Sequence[Message] | None = None,
) -> tuple[str, ...]:
    """Return such words verbatim, the longest first.

    Args:
        history: the messages in which they are looked for, oldest first.
        slots: what the playbook wants to know.
        region: ISO country whose phone numbers are written without +.
        known: what is known, by slot.
        firms: what the visitor's company is called: part of it may be part of a name as well.
        within: the messages whose words are meant; all without it.
    """
    personal = {slot.id for slot in slots if slot.is_personal}
    theirs = {slot: fact for slot, fact in (known or {}).items() if slot in personal}
    veil = draw_veil(history, slots=slots, facts=theirs, public=firms, region=region, spared=_SPARED)
    meant = history if within is None else within
    words = {word for message in meant for text in _texts_of(message) for word in veil.words_in(text)}
    return tuple(sorted(words, key=len, reverse=True))


def with_words_of(message: Message, history: Sequence[Message]) -> list[Message]:
    """Return the earlier messages that a word of this one stands in, each after what it answers: a cheap look."""
    words, found = _words_of(message), []
    for before, earlier in zip((None, *history), history, strict=False):
        if earlier.author is Author.VISITOR and not words.isdisjoint(_words_of(earlier)):
            found += [one for one in (before, earlier) if one is not None]
    return found


def _words_of(message: Message) -> set[str]:
    return {word for word in _WORD.findall(message.text.casefold()) if word not in NOT_NAMES}


def _texts_of(message: Message) -> Iterator[str]:
    yield message.text
    for choice in message.choices if message.author is Author.BOT else ():
        yield from (choice.id, choice.label)
