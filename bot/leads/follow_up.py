"""Follow-up drafts from what is kept: to one lead, or in a column beside the leads of a list while it is written."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace

from bot.domain.conversation import LeadId
from bot.leads.columns import LeadRecord
from bot.leads.draft import FromSite, draft_for
from bot.leads.profiles import Column, Profile
from bot.leads.records import find_record
from bot.store import Database, conversations
from bot.store.lead_list import LeadBlock

DRAFT = "follow_up_draft"
"""The name of the column."""
MESSAGES = 1_000
"""Messages of a conversation that a draft takes into account."""

WriterOf = Callable[[str], FromSite | None]
"""Who writes for a site, None for a site that is not served any more."""


async def draft_of(db: Database, record: LeadRecord, writer: FromSite) -> str:
    """Return the draft to a lead.

    Raises:
        ConfigurationError: The site's own template cannot be rendered; file and line are named.
    """
    async with db.read() as connection:
        conversation = await conversations.find(connection, record.row.conversation_id)
        said = await conversations.messages(connection, record.row.conversation_id, limit=MESSAGES)
    assert conversation is not None, "a lead has a conversation"
    # A site's own template may take its time, up to its limits.
    return await asyncio.to_thread(draft_for, record, conversation, said, writer)


class DraftColumn:
    """The drafts of the leads that are being written, no more at a time than `beside` was given at once."""

    def __init__(self, db: Database, writer_of: WriterOf) -> None:
        self._db = db
        self._writer_of = writer_of
        self._drafts: dict[str, str] = {}

    def on(self, profile: Profile) -> Profile:
        """Return the profile with a last column for the drafts."""
        cells, values = profile.cells, profile.values
        return replace(
            profile,
            columns=(*profile.columns, Column(name=DRAFT)),
            cells=lambda lead: [*cells(lead), self._drafts.get(lead.lead_id, "")],
            values=values and (lambda lead: values(lead) | {DRAFT: self._drafts.get(lead.lead_id)}),
        )

    async def beside(self, blocks: AsyncIterator[LeadBlock]) -> AsyncIterator[LeadBlock]:
        """Yield the blocks, each when its drafts are written.

        Raises:
            ConfigurationError: A site's own template cannot be rendered; file and line are named.
        """
        async for block in blocks:
            self._drafts = await self._written(lead.lead_id for lead in block)
            yield block

    async def _written(self, ids: Iterable[str]) -> dict[str, str]:
        drafts = {}
        for lead_id in ids:
            async with self._db.read() as connection:
                record = await find_record(connection, LeadId(lead_id))
            writer = self._writer_of(record.row.site_id) if record is not None else None
            if record is not None and writer is not None:
                drafts[lead_id] = await draft_of(self._db, record, writer)
        return drafts
