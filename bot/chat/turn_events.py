"""What a turn tells while it is taken: the words of the reply as they come, and how it ended."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.chat.compose import word_groups
from bot.domain.conversation import ConversationId, Message, MessageId, VisitorId


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """A group of words of the reply being written; the `n`th, from 0. Ephemeral."""

    conversation_id: ConversationId
    in_reply_to: MessageId
    n: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """The reply is stored; `is_verbatim` when it is kept as it is here, and nothing of it was masked."""

    message: Message
    is_verbatim: bool = False

    @property
    def as_kept(self) -> Message | None:
        """The message, where it is known how it is kept."""
        return self.message if self.is_verbatim else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Not taken: these earlier messages wait for their replies, and come first."""

    message_ids: tuple[MessageId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """An operator answers. `has_learned`: what the visitor told them is kept of the lead."""

    has_learned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """The visitor asked for it and said yes: nothing of them is left."""

    visitor_id: VisitorId


class Deltas:
    """The words of one reply as they are told, group by group; the reply itself replaces them."""

    def __init__(self, conversation_id: ConversationId, in_reply_to: MessageId) -> None:
        self._conversation_id = conversation_id
        self._in_reply_to = in_reply_to
        self._n = 0
        self._told = ""

    def next(self, words: str) -> Delta:
        """Return the next words as a delta."""
        delta = Delta(
            conversation_id=self._conversation_id, in_reply_to=self._in_reply_to, n=self._n, text=words
        )
        self._n += 1
        self._told += words
        return delta

    def rest_of(self, text: str) -> Iterator[Delta]:
        """Yield what is still to be told of the whole reply; nothing where it does not begin with what was told."""
        if text.startswith(self._told) and text != self._told:
            yield from map(self.next, word_groups(text[len(self._told) :]))
