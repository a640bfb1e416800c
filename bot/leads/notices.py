"""Short notices to webhooks: leads merged, taken apart, or to be contacted no more. Ids, and no word of anybody."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.events import EventName
from bot.leads.news import Receivers, item_id_of
from bot.leads.values import utc
from bot.store import Connection, outbox
from bot.store.leads import LeadRow


async def tell_webhooks(
    connection: Connection,
    event: EventName,
    row: LeadRow,
    *,
    receivers: Receivers,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> bool:
    """Let a notice about a lead wait for delivery to every webhook; True when there is any."""
    payload = {
        "type": event,
        "timestamp": utc(at),
        "data": {"lead_id": row.lead_id, "site": {"id": row.site_id}, **(data or {})},
    }
    for url in receivers.webhooks:
        target = f"webhook:{url}"
        await outbox.put(
            connection,
            item_id=item_id_of(event, row.lead_id, target, at.isoformat()),
            event=event,
            site_id=row.site_id,
            target=target,
            payload=payload,
            now=at,
            lead_id=row.lead_id,
            conversation_id=row.conversation_id,
        )
    return bool(receivers.webhooks)
