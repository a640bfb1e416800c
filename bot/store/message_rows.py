"""Messages as rows and rows as messages: the one place that knows how citations, choices and cards are kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.answer import Citation, Product
from bot.domain.conversation import Author, Choice, Message, SiteId
from bot.store.tables import messages

_INSERT = insert(messages)


async def insert_message(
    conn: AsyncConnection,
    message: Message,
    *,
    site_id: SiteId,
    body_hash: str | None = None,
    awaits_reply: bool = False,
) -> None:
    """Write a message as a new row."""
    row = {
        "message_id": message.message_id,
        "conversation_id": message.conversation_id,
        "site_id": site_id,
        "seq": message.seq,
        "author": message.author.value,
        "text": message.text,
        "at": message.at,
        "client_message_id": message.client_message_id,
        "body_hash": body_hash,
        "page_url": message.page_url,
        "in_reply_to": message.in_reply_to,
        "kind": message.kind,
        "asked": message.asked,
        "citations": as_json(message.citations),
        "choices": as_json(message.choices),
        "cards": as_json(message.cards),
        "degraded": message.degraded,
        "awaits_reply": awaits_reply,
    }
    await conn.execute(_INSERT, row)


def as_json(parts: Iterable[Citation | Choice | Product]) -> list[dict[str, Any]]:
    """Return citations, choices or cards as they are kept."""
    return [asdict(part) for part in parts]


def message_from(row: Row[Any]) -> Message:
    """Return the message that a whole row of `messages` keeps.

    A turn reads every message of its conversation: taken apart in the order of the columns, not by their names.
    """
    values: Sequence[Any] = row
    message_id, conversation_id, _, seq, author, text, at, client_message_id, _, page_url, *rest = values
    in_reply_to, kind, asked, citations, choices, cards, degraded, _ = rest
    return Message(
        message_id=message_id,
        conversation_id=conversation_id,
        seq=seq,
        author=Author(author),
        text=text,
        at=at,
        client_message_id=client_message_id,
        in_reply_to=in_reply_to,
        kind=kind,
        asked=asked,
        citations=tuple([Citation(**citation) for citation in citations]) if citations else (),
        choices=tuple([Choice(**choice) for choice in choices]) if choices else (),
        cards=tuple(map(_card_from, cards)) if cards else (),
        degraded=degraded,
        page_url=page_url,
    )


def _card_from(kept: Mapping[str, Any]) -> Product:
    return Product(**{**kept, "reasons": tuple((column, cell) for column, cell in kept["reasons"])})
