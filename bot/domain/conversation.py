"""Conversations and their messages, as plain values. Order is `seq`, never time."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.answer import Citation, Product

SiteId = NewType("SiteId", str)
VisitorId = NewType("VisitorId", str)
ConversationId = NewType("ConversationId", str)
MessageId = NewType("MessageId", str)
LeadId = NewType("LeadId", str)


class Author(StrEnum):
    """Who wrote a message."""

    VISITOR = "visitor"
    BOT = "bot"
    OPERATOR = "operator"
    SYSTEM = "system"


class ConversationStatus(StrEnum):
    """Who answers next: the bot, nobody yet, an operator, nobody any more."""

    BOT = "bot"
    WAITING = "waiting"
    LIVE = "live"
    CLOSED = "closed"


class Consent(StrEnum):
    """What the visitor said to the consent question of this conversation."""

    NOT_ASKED = "not_asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A quick reply: `id` is what the client sends back, `label` what people read."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the bot says in one turn.

    `asked` names the slot a question was put for, or "consent"; `kind` is the answer's kind
    (`faq`, `extracted`, `generated`, `none`) or the act it responds to (`greeting`, `thanks`, …); `cards` are the
    products it recommends.
    """

    text: str
    kind: str
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    cards: tuple[Product, ...] = ()
    asked: str | None = None
    degraded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One stored utterance. `seq` counts from 1 in its conversation, without a hole.

    `page_url` is where the visitor wrote it, without query and fragment.
    """

    message_id: MessageId
    conversation_id: ConversationId
    seq: int
    author: Author
    text: str
    at: datetime
    client_message_id: str | None = None
    in_reply_to: MessageId | None = None
    kind: str | None = None
    asked: str | None = None
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    cards: tuple[Product, ...] = ()
    degraded: bool = False
    page_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One thread between a visitor and a site. `version` grows with every write; turns are guarded by it."""

    conversation_id: ConversationId
    site_id: SiteId
    visitor_id: VisitorId
    status: ConversationStatus
    consent: Consent
    version: int
    head_seq: int
    started_at: datetime
    locale: str | None = None
    page_url: str | None = None
    page_title: str | None = None
    messages: tuple[Message, ...] = field(default=())
