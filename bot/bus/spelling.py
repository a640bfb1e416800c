"""News as bytes, for other processes, and back.

Promises: what is read from another process is news of a known kind and a bounded size, or nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from bot.bus.news import (
    BusyNews,
    DeltaNews,
    ErasedNews,
    HeadNews,
    LeadNews,
    MaskedNews,
    News,
    RollCallNews,
    StatusNews,
    TypingNews,
)
from bot.domain.conversation import Author, ConversationStatus, MessageId

MOST_BYTES = 1024 * 1024
MOST_TOPIC_CHARS = 128
MOST_TEXT_CHARS = 8_000
MOST_SEQ = 2**53

BARE: Mapping[str, type[ErasedNews | LeadNews | MaskedNews | RollCallNews]] = {
    "erased": ErasedNews,
    "lead": LeadNews,
    "masked": MaskedNews,
    "roll_call": RollCallNews,
}
"""News that say nothing but what they are."""
Told = tuple[str, News]
"""A topic, and what is new about it."""


def spell_news(sender: str, told: Sequence[Told]) -> bytes:
    """Return news as one parcel of the process that sends it."""
    return orjson.dumps([sender, [[topic, *_fields(item)] for topic, item in told]])


def read_news(parcel: bytes) -> tuple[str, list[Told]] | None:
    """Return who sent a parcel and the news in it, or None when it is none of ours."""
    if len(parcel) > MOST_BYTES:
        return None
    try:
        sender, rows = orjson.loads(parcel)
        return (sender, [_told(row) for row in rows]) if isinstance(sender, str) else None
    except (ValueError, TypeError, KeyError):
        return None


def _fields(item: News) -> list[Any]:
    match item:
        case HeadNews():
            return ["head", item.head_seq]
        case DeltaNews():
            return ["delta", item.in_reply_to, item.n, item.text]
        case TypingNews():
            return ["typing", item.author.value]
        case StatusNews():
            return ["status", item.status.value]
        case BusyNews():
            return ["busy", *item.message_ids]
        case ErasedNews() | LeadNews() | MaskedNews() | RollCallNews():
            return [next(name for name, kind in BARE.items() if isinstance(item, kind))]


def _told(row: Any) -> Told:
    """Read one row.

    Raises:
        ValueError: it is no news.
    """
    match row:
        case [str(topic), "head", int(head_seq)]:
            item: News = HeadNews(_within(head_seq, MOST_SEQ))
        case [str(topic), "delta", str(message_id), int(n), str(text)]:
            _within(len(message_id), MOST_TOPIC_CHARS)
            _within(len(text), MOST_TEXT_CHARS)
            item = DeltaNews(MessageId(message_id), _within(n, MOST_SEQ), text)
        case [str(topic), "typing", str(author)]:
            item = TypingNews(Author(author))
        case [str(topic), "status", str(status)]:
            item = StatusNews(ConversationStatus(status))
        case [str(topic), "busy", *ids] if all(isinstance(one, str) for one in ids):
            _within(max(map(len, ids), default=0), MOST_TOPIC_CHARS)
            item = BusyNews(tuple(map(MessageId, ids)))
        case [str(topic), str(name)] if name in BARE:
            item = BARE[name]()
        case _:
            raise ValueError("no news")
    _within(len(topic), MOST_TOPIC_CHARS)
    return topic, item


def _within(number: int, most: int) -> int:
    if isinstance(number, bool) or not 0 <= number <= most:
        raise ValueError("out of range")
    return number
