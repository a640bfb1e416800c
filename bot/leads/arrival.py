"""Where a visitor came from: kept once they agreed, and told with the news of their lead.

A browser says it after the yes and not before, so that the news of the turn with the yes waits for it a moment.
"""

from collections.abc import Mapping
from datetime import timedelta

from bot.domain.conversation import VisitorId
from bot.leads.news import fit
from bot.store import Connection, leads, outbox

ARRIVAL_WAIT = timedelta(seconds=3)
"""How long the first news of a lead waits: a reply to the browser, and its answer, over a slow network."""


async def keep_arrival(connection: Connection, visitor_id: VisitorId, arrival: Mapping[str, str]) -> None:
    """Keep `referrer` and `campaign` with the lead of a visitor who agreed, and in the news of it that wait."""
    lead_id = await leads.note_arrival(connection, visitor_id, **arrival)
    for row in await outbox.waiting_for(connection, lead_id) if lead_id is not None else ():
        data = row.payload.get("data", {})
        missing = {name: value for name, value in arrival.items() if name in data and data[name] is None}
        if missing:
            payload = fit({**row.payload, "data": {**data, **missing}})
            await outbox.reword(connection, row.item_id, payload)
