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
    """The reply is stored."""

    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Not taken: these earlier messages wait for their replies, and come first."""

    message_ids: tuple[MessageId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """The visitor asked for it and said yes: nothing of them is left."""

    visitor_id: VisitorId


def deltas_of(text: str, message: Message) -> Iterator[Delta]:
    """Yield the words of the reply to a message, group by group."""
    for n, words in enumerate(word_groups(text)):
        yield Delta(conversation_id=message.conversation_id, in_reply_to=message.message_id, n=n, text=words)
