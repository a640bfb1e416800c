"""What the bus carries: that there is something new, never the thing itself, and what is gone in a moment anyway."""

from dataclasses import dataclass

from bot.domain.conversation import Author, ConversationStatus, MessageId


@dataclass(frozen=True, slots=True)
class HeadNews:
    """There are messages up to `head_seq`; read them from the database."""

    head_seq: int


@dataclass(frozen=True, slots=True)
class StatusNews:
    """Somebody else answers from now on."""

    status: ConversationStatus


@dataclass(frozen=True, slots=True)
class ErasedNews:
    """The visitor was erased; forget everything."""


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


News = HeadNews | StatusNews | ErasedNews | TypingNews | DeltaNews | BusyNews | RollCallNews

TURNS = "turns"
"""The topic on which processes tell each other what they are at; no conversation has such an id."""
