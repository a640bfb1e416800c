"""Short notices: leads merged, taken apart, erased, or to be contacted no more. Ids, and no word of anybody.

Webhooks hear of all of them; people get an e-mail where they have something to erase.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.conversation import VisitorId
from bot.domain.events import EventName
from bot.leads.news import Receivers, item_id_of
from bot.leads.values import utc
from bot.store import Connection, leads, outbox
from bot.store.leads import LeadRow

WITHDRAWN: EventName = "consent.withdrawn"
ERASED: EventName = "lead.erased"
MAIL = "mail:"
TELLS_OF_LEADS: frozenset[EventName] = frozenset(
    {"lead.created", "lead.qualified", "conversation.handed_off", "lead.merged", "lead.unmerged", WITHDRAWN}
)
"""What makes its receivers hold something of a lead; a code goes to the visitor themself."""


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


async def tell_of_erasure(connection: Connection, visitor_id: VisitorId, at: datetime) -> None:
    """Let everybody who was told of the visitor's lead know that it is being erased; call it right before that.

    Whoever has a mail about the consent that was taken back was asked to erase everything, and gets no other.
    """
    row = await leads.find_for_visitor(connection, visitor_id)
    if row is None:
        return
    told = [one for one in await outbox.told_of(connection, row.lead_id) if one.event in TELLS_OF_LEADS]
    asked = {one.target for one in told if one.event == WITHDRAWN and one.target.startswith(MAIL)}
    reached = {one.target for one in told if one.state == "delivered" or one.attempts > 0}
    for target in sorted(reached - asked):
        await outbox.put(
            connection,
            item_id=item_id_of(ERASED, row.lead_id, target),
            event=ERASED,
            site_id=row.site_id,
            target=target,
            payload=_payload(ERASED, row, at),
            now=at,
        )


async def _put(
    connection: Connection,
    event: EventName,
    row: LeadRow,
    *,
    receivers: Receivers,
    at: datetime,
    data: Mapping[str, Any] | None,
) -> bool:
    payload = _payload(event, row, at, data)
    targets = [f"webhook:{url}" for url in receivers.webhooks] + [f"{MAIL}{one}" for one in receivers.mail]
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


def _payload(
    event: EventName, row: LeadRow, at: datetime, data: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    ids = {"lead_id": row.lead_id, "site": {"id": row.site_id}}
    return {"type": event, "timestamp": utc(at), "data": {**ids, **(data or {})}}
