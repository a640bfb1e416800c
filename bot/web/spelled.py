"""Messages, products and acceptances as clients read them, on either line."""

from datetime import datetime
from typing import Any

from bot.domain.answer import Product
from bot.domain.conversation import Author, Message
from bot.store.conversations import Accepted
from bot.store.handoffs import Answering


def accepted_data(accepted: Accepted) -> dict[str, Any]:
    """Return what a visitor's client is told of its message once that is kept."""
    return {
        "client_message_id": accepted.client_message_id,
        "message_id": accepted.message_id,
        "seq": accepted.seq,
        "duplicate": accepted.is_duplicate,
        "conversation_id": accepted.conversation_id,
        "at": _time(accepted.at),
    }


def status_data(answering: Answering, *, to: str | None = None) -> dict[str, Any]:
    """Return who answers in a conversation; the operator `to` whom it is told hears also whether it is theirs."""
    data: dict[str, Any] = {"status": answering.status.value}
    name = answering.shown_name if to is None else answering.name
    if name is not None:
        data["operator"] = {"name": name}
    return data if to is None else data | {"yours": answering.operator_id == to}


def message_data(message: Message) -> dict[str, Any]:
    """Return a stored message as the wire shows it."""
    data: dict[str, Any] = {
        "message_id": message.message_id,
        "author": message.author.value,
        "text": message.text,
        "citations": [
            {
                "n": c.n,
                "title": c.title,
                "url": c.url,
                "link": c.link,
                "quote": c.quote,
                "passage_id": c.passage_id,
            }
            for c in message.citations
        ],
        "choices": [{"id": choice.id, "label": choice.label} for choice in message.choices],
        "cards": [product_data(card) for card in message.cards],
        "at": _time(message.at),
    }
    optional = {
        "client_message_id": message.client_message_id if message.author is Author.VISITOR else None,
        "in_reply_to": message.in_reply_to,
        "kind": message.kind,
        "asked": message.asked,
        "degraded": message.degraded or None,
    }
    return data | {name: value for name, value in optional.items() if value is not None}


def product_data(product: Product) -> dict[str, Any]:
    """Return a recommended product; `reasons` by the column they stand in."""
    return {
        "document_id": product.document_id,
        "name": product.name,
        "price": product.price,
        "currency": product.currency,
        "url": product.url,
        "image": product.image,
        "reasons": dict(product.reasons),
    }


def _time(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
