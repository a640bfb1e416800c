"""Conversations and what is said in them: the front of `threads`, `replies` and `masking`.

Promises: `seq` counts from 1 in each conversation without a hole and is given in the transaction that writes the
row; a client's message is kept once; a visitor's message has at most one reply.
"""

from bot.store.masking import mask_spans, redact
from bot.store.replies import (
    add_feedback,
    add_message,
    add_reply,
    latest_messages,
    latest_reply,
    left_open,
    masked_messages,
    messages,
    unanswered,
)
from bot.store.standing import Standing, standings
from bot.store.threads import (
    Accepted,
    accept,
    acknowledge,
    find,
    find_open,
    hold,
    of_visitor,
    set_consent,
    set_status,
    start,
)

__all__ = [
    "Accepted",
    "Standing",
    "accept",
    "acknowledge",
    "add_feedback",
    "add_message",
    "add_reply",
    "find",
    "find_open",
    "hold",
    "latest_messages",
    "latest_reply",
    "left_open",
    "mask_spans",
    "masked_messages",
    "messages",
    "of_visitor",
    "redact",
    "set_consent",
    "set_status",
    "standings",
    "start",
    "unanswered",
]
