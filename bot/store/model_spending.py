"""What a site's calls of language models cost, by day and visitor; what is held for a call counts as spent.

Promises: a call is settled once, however often it is told; one that is never settled stays spent. The site's days hold
nothing of a visitor. Whoever writes here stands in `spending_line`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversation import SiteId, VisitorId
from bot.domain.spending import Spent, Whose
from bot.store.spending_tables import held_spending, site_spending, visitor_spending
from bot.store.tombstones import is_erased


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """A site's day. Tokens and `micros` are those of settled calls; the others' may be as much as what is held."""

    day: date
    currency: str
    calls: int
    settled: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    micros: int
    held_tokens: int
    held_micros: int
    refused_visitor: int
    refused_site: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """What is held for a call until it is settled."""

    reservation_id: str
    site_id: SiteId
    visitor_id: VisitorId
    day: date
    spent: Spent


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a call took; `cached_tokens` are among `input_tokens`."""

    input_tokens: int
    cached_tokens: int
    output_tokens: int
    micros: int


def spending_line(site_id: str) -> str:
    """Return the line of all that is written about what a site spends."""
    return f"spending {site_id}"


async def spent_by_site(conn: AsyncConnection, site_id: SiteId, day: date) -> Spent:
    """Return what the site spent that day, with what is held."""
    row = await _site_row(conn, site_id, day)
    if row is None:
        return Spent()
    return Spent(
        tokens=row.input_tokens + row.output_tokens + row.held_tokens, micros=row.micros + row.held_micros
    )


async def spent_by_visitor(conn: AsyncConnection, visitor_id: VisitorId, day: date) -> Spent:
    """Return what the visitor spent that day, with what is held."""
    query = select(visitor_spending).where(
        visitor_spending.c.visitor_id == visitor_id, visitor_spending.c.day == day
    )
    row = (await conn.execute(query)).one_or_none()
    return Spent() if row is None else Spent(tokens=row.tokens, micros=row.micros)


async def hold(conn: AsyncConnection, held: Hold, *, currency: str) -> None:
    """Hold what a call may take. Of an erased visitor only the site's day is told."""
    tokens, micros = held.spent.tokens, held.spent.micros
    await _add_to_site(
        conn, held.site_id, held.day, {"calls": 1, "held_tokens": tokens, "held_micros": micros}, currency
    )
    await conn.execute(
        insert(held_spending).values(
            reservation_id=held.reservation_id,
            site_id=held.site_id,
            day=held.day,
            tokens=tokens,
            micros=micros,
        )
    )
    if await is_erased(conn, "visitor", held.visitor_id):
        return
    is_new = not await _add_to_visitor(conn, held, tokens, micros)
    if is_new:
        key = {"visitor_id": held.visitor_id, "day": held.day, "site_id": held.site_id}
        await conn.execute(insert(visitor_spending).values(**key, tokens=tokens, micros=micros))


async def settle(conn: AsyncConnection, held: Hold, usage: Usage) -> bool:
    """Put what the call took in the place of what was held; False when it was settled before."""
    taken_off = await conn.execute(
        delete(held_spending).where(held_spending.c.reservation_id == held.reservation_id)
    )
    if not taken_off.rowcount:
        return False
    more = {
        "settled": 1,
        "input_tokens": usage.input_tokens,
        "cached_tokens": usage.cached_tokens,
        "output_tokens": usage.output_tokens,
        "micros": usage.micros,
        "held_tokens": -held.spent.tokens,
        "held_micros": -held.spent.micros,
    }
    is_it = (site_spending.c.site_id == held.site_id) & (site_spending.c.day == held.day)
    await _add(conn, site_spending, is_it, more)
    tokens = usage.input_tokens + usage.output_tokens
    await _add_to_visitor(conn, held, tokens - held.spent.tokens, usage.micros - held.spent.micros)
    return True


async def count_refusal(
    conn: AsyncConnection, site_id: SiteId, day: date, *, whose: Whose, currency: str
) -> None:
    """Count a call that was not made, by whose budget it would have exceeded."""
    await _add_to_site(conn, site_id, day, {f"refused_{whose}": 1}, currency)


async def days(conn: AsyncConnection, site_id: SiteId, *, since: date, limit: int) -> list[DayRow]:
    """Return the site's days with calls from `since` on, the latest first."""
    query = select(site_spending).where(site_spending.c.site_id == site_id, site_spending.c.day >= since)
    rows = await conn.execute(query.order_by(site_spending.c.day.desc()).limit(limit))
    return [_day_from(row) for row in rows]


async def forget(conn: AsyncConnection, *, before: date) -> None:
    """Drop what is known of visitors and of single calls from earlier days; the sites' days stay."""
    for table in (visitor_spending, held_spending):
        await conn.execute(delete(table).where(table.c.day < before))


async def _site_row(conn: AsyncConnection, site_id: SiteId, day: date) -> Row[Any] | None:
    query = select(site_spending).where(site_spending.c.site_id == site_id, site_spending.c.day == day)
    return (await conn.execute(query)).one_or_none()


async def _add_to_site(
    conn: AsyncConnection, site_id: SiteId, day: date, more: Mapping[str, int], currency: str
) -> None:
    is_it = (site_spending.c.site_id == site_id) & (site_spending.c.day == day)
    if await _add(conn, site_spending, is_it, more, currency=currency):
        return
    nothing = {column.name: 0 for column in site_spending.columns}
    key = {"site_id": site_id, "day": day, "currency": currency}
    await conn.execute(insert(site_spending).values({**nothing, **more, **key}))


async def _add_to_visitor(conn: AsyncConnection, held: Hold, tokens: int, micros: int) -> bool:
    is_it = (visitor_spending.c.visitor_id == held.visitor_id) & (visitor_spending.c.day == held.day)
    return await _add(conn, visitor_spending, is_it, {"tokens": tokens, "micros": micros})


async def _add(
    conn: AsyncConnection, table: Table, is_it: Any, more: Mapping[str, int], **values: str
) -> bool:
    """Add to the columns of a row; False when there is none."""
    sums = {name: table.c[name] + number for name, number in more.items()}
    return bool((await conn.execute(update(table).where(is_it).values(**sums, **values))).rowcount)


def _day_from(row: Row[Any]) -> DayRow:
    return DayRow(**{name: value for name, value in row._mapping.items() if name != "site_id"})  # noqa: SLF001
