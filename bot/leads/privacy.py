"""Forgetting a visitor: everything of them goes, in every table and from the files, and everybody is told."""

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.domain.conversation import LeadId
from bot.store import Database, leads
from bot.store.leads import ErasedCounts

PublishErased = Callable[[str], None]
"""Tells the open windows of a conversation that it is gone; the server passes its bus's."""

log = structlog.get_logger(__name__)


async def erase_lead(
    db: Database, lead_id: LeadId, *, now: datetime, publish: PublishErased | None = None
) -> ErasedCounts:
    """Erase everything of the lead's visitor, for good.

    Raises:
        NotFoundError: There is no such lead.
    """
    async with db.write() as connection:
        counts = await leads.erase(connection, lead_id, at=now)
    for conversation_id in counts.conversations:
        if publish is not None:
            publish(conversation_id)
    is_overwritten = await db.overwrite_erased()
    # The record of the deed holds no word of the person: an id that leads nowhere any more, and numbers.
    log.info("lead.erased", lead=lead_id, rows=counts.total, files_overwritten=is_overwritten)
    return counts
