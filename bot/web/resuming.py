"""What a client says it has seen, and whether it can go on from there: the same on the socket and over HTTP."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from bot.domain.conversation import Author, Conversation, VisitorId
from bot.web.parts import Parts

Seq = Annotated[int, Query(ge=0, le=2**53)]
Claim = Annotated[str | None, Query(max_length=64)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a client holds already; `None` where it does not say."""

    last_seq: int
    epoch: str | None
    conversation_id: str | None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeted:
    """What a greeted socket is sent from, in the epoch in which this was decided.

    Delivery begins after `after`; `reason` says why nothing is resumed. `author` is who speaks on this side, and
    `operator_id` which operator.
    """

    epoch: str
    visitor_id: VisitorId
    conversation: Conversation | None
    after: int
    reason: str | None
    author: Author
    operator_id: str | None = None


def seen_of(after: Seq = 0, epoch: Claim = None, conversation_id: Claim = None, status: Claim = None) -> Seen:
    """Return what a request says that its client holds."""
    return Seen(last_seq=after, epoch=epoch, conversation_id=conversation_id, status=status)


def why_not_resumed(seen: Seen, conversation: Conversation | None, parts: Parts, epoch: str) -> str | None:
    """Return why the client must load afresh, or None when the gap can be replayed whole."""
    if seen.epoch is not None and seen.epoch != epoch:
        return "epoch_changed"
    head = conversation.head_seq if conversation else 0
    if seen.conversation_id is not None and (
        conversation is None or seen.conversation_id != conversation.conversation_id
    ):
        return "another_conversation"
    if seen.last_seq > head:
        return "ahead_of_head"
    return "gap_too_large" if head - seen.last_seq > parts.limiter.allowance.replay_messages else None
