"""What the bus carries: that there is something new, and what is gone in a moment anyway.

The thing itself is never passed on to another process; within this one the last message is, beside its number.
"""

from dataclasses import dataclass, field

from bot.domain.conversation import Author, ConversationStatus, Message, MessageId


@dataclass(frozen=True, slots=True)
class HeadNews:
    """There are messages up to `head_seq`; read them from the database.

    Who has all before need not read the last, where it is beside: `message` is as the database has it.
    """

    head_seq: int
    message: Message | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class StatusNews:
    """Somebody else answers from now on."""

    status: ConversationStatus


@dataclass(frozen=True, slots=True)
class ErasedNews:
    """The visitor was erased; forget everything."""


@dataclass(frozen=True, slots=True)
class MaskedNews:
    """Words were taken out of messages that were told before; read them again from the database."""


@dataclass(frozen=True, slots=True)
class LeadNews:
    """More is known of the visitor, with no reply to tell it by."""


@dataclass(frozen=True, slots=True)
class TypingNews:
    """Somebody is writing."""

    author: Author


@dataclass(frozen=True, slots=True)
class DeltaNews:
    """The `n`th group of words of a reply being written, from 0; the stored message will replace them all."""

    in_reply_to: MessageId
    n: int
    text: str


@dataclass(frozen=True, slots=True)
class BusyNews:
    """A process is at the turns of these messages."""

    message_ids: tuple[MessageId, ...]


@dataclass(frozen=True, slots=True)
class RollCallNews:
    """Every socket is to find out whether its client is still there: there is no place for one more."""


News = (
    HeadNews
    | StatusNews
    | ErasedNews
    | MaskedNews
    | LeadNews
    | TypingNews
    | DeltaNews
    | BusyNews
    | RollCallNews
)

TURNS = "turns"
"""The topic on which processes tell each other what they are at; no conversation has such an id."""
