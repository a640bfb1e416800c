"""Tickets for the operators' sockets: each opens one, once, soon, and for the login that fetched it alone.

Promises: of a ticket only its SHA-256 is kept; of two that present it at once one gets in.
"""

from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.operator_tables import operator_tickets as tickets


async def issue(
    conn: AsyncConnection, ticket_hash: bytes, session_hash: bytes, *, now: datetime, expires_at: datetime
) -> None:
    """Keep a new ticket of a login, and forget those that nobody used in time."""
    await conn.execute(delete(tickets).where(tickets.c.expires_at <= now))
    await conn.execute(
        insert(tickets).values(ticket_hash=ticket_hash, session_hash=session_hash, expires_at=expires_at)
    )


async def redeem(conn: AsyncConnection, ticket_hash: bytes, session_hash: bytes, *, now: datetime) -> bool:
    """Use a ticket up; return whether it is one of that login's that is still good."""
    used = await conn.execute(
        delete(tickets).where(
            tickets.c.ticket_hash == ticket_hash,
            tickets.c.session_hash == session_hash,
            tickets.c.expires_at > now,
        )
    )
    return used.rowcount == 1
