"""Short notices: leads merged, taken apart, or to be contacted no more. Ids, and no word of anybody.

Webhooks hear of all of them; people get an e-mail where they have something to erase.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.events import EventName
from bot.leads.news import Receivers, item_id_of
from bot.leads.values import utc
from bot.store import Connection, outbox
from bot.store.leads import LeadRow

WITHDRAWN: EventName = "consent.withdrawn"


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
    return await _put(
        connection, event, row, receivers=Receivers(webhooks=receivers.webhooks), at=at, data=data
    )


async def tell_of_withdrawal(
    connection: Connection, row: LeadRow, *, receivers: Receivers, at: datetime
) -> bool:
    """Let everybody who may hold the lead know that its visitor took their consent back; True when anybody is told.

    People get an e-mail only about a lead that could be reached: nothing was mailed of any other.
    """
    told = receivers if row.captured else Receivers(webhooks=receivers.webhooks)
    return await _put(connection, WITHDRAWN, row, receivers=told, at=at, data=None)


async def _put(
    connection: Connection,
    event: EventName,
    row: LeadRow,
    *,
    receivers: Receivers,
    at: datetime,
    data: Mapping[str, Any] | None,
) -> bool:
    payload = {
        "type": event,
        "timestamp": utc(at),
        "data": {"lead_id": row.lead_id, "site": {"id": row.site_id}, **(data or {})},
    }
    targets = [f"webhook:{url}" for url in receivers.webhooks] + [f"mail:{one}" for one in receivers.mail]
    for target in targets:
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
    return bool(targets)
