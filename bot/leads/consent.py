"""Consent receipts: what was asked, in which words and language, when, and the visitor's own answer."""

from typing import Any

from bot.domain.conversation import LeadId
from bot.leads.values import utc
from bot.store import Connection, consents, merges


async def consent_receipts(connection: Connection, lead_id: LeadId) -> list[dict[str, Any]]:
    """Return every answer to the consent question of everybody in the lead, oldest first."""
    visitors = await merges.visitors_of(connection, lead_id)
    answers = [one for visitor_id in visitors for one in await consents.history(connection, visitor_id)]
    return [
        {
            "answer": one.answer,
            "text": one.text,
            "text_version": one.text_version,
            "locale": one.locale,
            "at": utc(one.at),
            "said": one.said,
            "message_id": one.message_id,
            "conversation_id": one.conversation_id,
        }
        for one in sorted(answers, key=lambda one: one.at)
    ]
