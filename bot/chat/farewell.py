"""Who hears that a visitor is being erased: those who were told of their lead, by what the wiring brings."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.domain.conversation import VisitorId
from bot.store import Connection

Farewell = Callable[[Connection, VisitorId, datetime], Awaitable[None]]
"""Lets others know, in the transaction that erases."""


async def tell_nobody(_connection: Connection, _visitor_id: VisitorId, _at: datetime) -> None:
    """Let nobody know: nothing was told where nothing leaves the house."""
