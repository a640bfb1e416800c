"""Taking consent back: what was kept by it goes, in one transaction; what was never personal stays.

Promises: afterwards no personal fact, address, code or waiting delivery of the visitor is left, and every word that was
one is masked wherever it stands. The bytes leave the files with `Database.overwrite_erased`.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import Consent, ConversationId, LeadId, VisitorId
from bot.domain.facts import CONFIRMED, Fact, holds_detail
from bot.store.contact_tables import codes
from bot.store.identities import forget_reachable
from bot.store.masking import redact
from bot.store.merges import drop_proposals
from bot.store.tables import conversations, facts, leads, outbox
from bot.store.threads import set_consent


def words_of(log: Iterable[Fact], slots: Collection[str]) -> tuple[str, ...]:
    """Return the words and values of the facts in these slots: what has to be masked. A yes or a no is none."""
    personal = [fact for fact in log if fact.slot in slots and holds_detail(fact)]
    quotes = [fact.quote for fact in personal if fact.extractor != CONFIRMED]
    values = [fact.value for fact in personal if isinstance(fact.value, str)]
    return tuple(sorted({*quotes, *values} - {""}))


async def withdraw(
    conn: AsyncConnection, visitor_id: VisitorId, *, slots: Collection[str], words: Collection[str]
) -> list[ConversationId]:
    """Take back the visitor's consent and return their conversations.

    Args:
        conn: a transaction that writes.
        visitor_id: whose.
        slots: the personal ones.
        words: everything personal that they said, and its values.
    """
    lead_id: LeadId | None = await conn.scalar(
        select(leads.c.lead_id).where(leads.c.visitor_id == visitor_id)
    )
    query = select(conversations.c.conversation_id).where(conversations.c.visitor_id == visitor_id)
    threads = list((await conn.scalars(query.order_by(conversations.c.started_at))).all())
    for thread in threads:
        await set_consent(conn, thread, Consent.WITHDRAWN)
        await redact(conn, thread, list(words))
    await conn.execute(
        delete(outbox).where(or_(outbox.c.lead_id == lead_id, outbox.c.conversation_id.in_(threads)))
    )
    await conn.execute(delete(codes).where(codes.c.visitor_id == visitor_id))
    await forget_reachable(conn, visitor_id)
    if lead_id is not None:
        await conn.execute(delete(facts).where(facts.c.lead_id == lead_id, facts.c.slot.in_(slots)))
        await drop_proposals(conn, lead_id)
    return threads
