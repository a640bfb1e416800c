"""Money: no call that would exceed a budget, for every worker and after every death."""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from bot.__main__ import app
from bot.chat.spending import Purse, Reservation
from bot.domain.conversation import SiteId, VisitorId
from bot.domain.spending import Budget, OverBudget, Prices
from bot.store import Database, leads, model_spending, sites
from bot.store.spending_tables import held_spending, visitor_spending
from bot.telemetry import Numbers

PRICES = Prices(input=Decimal("0.15"), cached_input=Decimal("0.075"), output=Decimal("0.6"), currency="EUR")
DIES = """
import asyncio, os, signal, sys
from datetime import datetime, UTC
from decimal import Decimal
from bot.__main__ import app
from bot.chat.spending import Purse
from bot.domain.spending import Budget, Prices
from bot.store import Database
async def main(url, at):
    free = Prices(input=Decimal(0), cached_input=Decimal(0), output=Decimal(0), currency="EUR")
    db = await Database.open(url)
    purse = Purse(db=db, site_id="demo", prices=free, budget=Budget(), new_id=lambda p: f"{p}_{os.getpid()}")
    await purse.reserve("v1", input_tokens=900, output_tokens=100, at=datetime.fromisoformat(at))
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main(*sys.argv[1:]))
"""

Open = Callable[..., Purse]


@pytest.fixture
async def two(url: str) -> AsyncIterator[tuple[Database, Database]]:
    """The database as two workers have it."""
    async with AsyncExitStack() as stack:
        first, second = [await Database.open(url) for _ in range(2)]
        stack.push_async_callback(first.close)
        stack.push_async_callback(second.close)
        yield first, second


@pytest.fixture
def purse() -> Open:
    numbers = count()

    def make(db: Database, *, site_id: str = "demo", prices: Prices = PRICES, **budget: Any) -> Purse:
        limits = {"visitor_tokens": None, "site_tokens": None} | budget
        return Purse(
            db=db,
            site_id=SiteId(site_id),
            prices=prices,
            budget=Budget(**limits),
            new_id=lambda prefix: f"{prefix}_{next(numbers)}",
            numbers=Numbers(["demo"]),
        )

    return make


async def today(db: Database, noon: datetime) -> Any:
    async with db.read() as conn:
        (row,) = await model_spending.days(conn, SiteId("demo"), since=noon.date(), limit=5)
    return row


@pytest.mark.parametrize(
    ("limit", "visitors"),
    [({"visitor_tokens": 1000}, 1), ({"site_tokens": 1000}, 50), ({"site_cost": Decimal("0.0002")}, 50)],
)
async def test_of_fifty_calls_at_once_those_are_made_that_the_budget_holds(
    two: tuple[Database, Database], purse: Open, noon: datetime, limit: dict[str, Any], visitors: int
) -> None:
    first = purse(two[0], **limit)
    purses = [first, replace(first, db=two[1])]

    asked = (
        purses[n % 2].reserve(VisitorId(f"v{n % visitors}"), input_tokens=90, output_tokens=10, at=noon)
        for n in range(50)
    )
    held = await asyncio.gather(*asked)

    refused = [one for one in held if isinstance(one, OverBudget)]
    row = await today(two[0], noon)
    assert len(held) - len(refused) == 10
    assert {one.whose for one in refused} == {next(iter(limit)).partition("_")[0]}
    assert (row.calls, row.held_tokens, row.refused_visitor + row.refused_site) == (10, 1000, 40)


async def test_what_was_not_needed_is_given_back_once(db: Database, purse: Open, noon: datetime) -> None:
    of_visitor = purse(db, visitor_tokens=1000)
    call = {"input_tokens": 900, "output_tokens": 100}
    held = await of_visitor.reserve(VisitorId("v1"), at=noon, **call)
    assert isinstance(held, Reservation)
    assert isinstance(await of_visitor.reserve(VisitorId("v1"), at=noon, **call), OverBudget)

    for _ in range(2):
        await of_visitor.settle(held, input_tokens=400, cached_tokens=100, output_tokens=20)

    row = await today(db, noon)
    # 300 × 0.15 + 100 × 0.075 + 20 × 0.6 = 64.5 millionths
    assert (row.input_tokens, row.cached_tokens, row.output_tokens, row.micros) == (400, 100, 20, 65)
    assert (row.calls, row.settled, row.held_tokens, row.held_micros) == (1, 1, 0, 0)
    assert isinstance(await of_visitor.reserve(VisitorId("v1"), at=noon, **call), OverBudget)
    less = await of_visitor.reserve(VisitorId("v1"), input_tokens=500, output_tokens=80, at=noon)
    assert isinstance(less, Reservation)
    said = of_visitor.numbers.render(backlog=0, parts={}).decode()
    assert 'foyer_model_tokens_total{kind="input",site="demo"} 300.0' in said
    assert 'foyer_model_cost_total{currency="EUR",site="demo"} 6.5e-05' in said
    assert 'foyer_model_refused_total{site="demo",whose="visitor"} 2.0' in said


async def test_more_than_was_held_is_counted_too(db: Database, purse: Open, noon: datetime) -> None:
    of_site = purse(db, site_tokens=1000)
    held = await of_site.reserve(VisitorId("v1"), input_tokens=90, output_tokens=10, at=noon)

    await of_site.settle(held, input_tokens=990, cached_tokens=5000, output_tokens=20)

    over = await of_site.reserve(VisitorId("v2"), input_tokens=1, output_tokens=0, at=noon)
    assert over == OverBudget(whose="site", limit="1,000 tokens a day")
    assert (await today(db, noon)).cached_tokens == 990


async def test_a_day_is_one_of_utc_and_a_call_belongs_to_the_day_it_began(
    db: Database, purse: Open, noon: datetime
) -> None:
    of_visitor = purse(db, visitor_tokens=100)
    before_midnight = datetime(2026, 3, 3, 1, 59, tzinfo=timezone(timedelta(hours=2)))
    call = {"input_tokens": 90, "output_tokens": 10}

    held = await of_visitor.reserve(VisitorId("v1"), at=before_midnight, **call)

    assert isinstance(await of_visitor.reserve(VisitorId("v1"), at=noon, **call), OverBudget)
    later = before_midnight + timedelta(minutes=2)
    assert isinstance(await of_visitor.reserve(VisitorId("v1"), at=later, **call), Reservation)
    await of_visitor.settle(held, input_tokens=50, cached_tokens=0, output_tokens=1)
    async with db.read() as conn:
        spent = [
            await model_spending.spent_by_visitor(conn, VisitorId("v1"), date(2026, 3, n)) for n in (2, 3)
        ]
        other = await model_spending.spent_by_site(conn, SiteId("other"), noon.date())
    assert [one.tokens for one in spent] == [51, 100]
    assert other.tokens == 0


async def test_what_a_killed_process_held_stays_spent(
    db: Database, purse: Open, url: str, noon: datetime
) -> None:
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DIES, url, noon.isoformat(), stderr=asyncio.subprocess.PIPE
    )
    _, errors = await killed.communicate()

    assert killed.returncode == -9, errors
    for limit in ({"visitor_tokens": 1099}, {"site_tokens": 1099}):
        again = await purse(db, **limit).reserve(VisitorId("v1"), input_tokens=90, output_tokens=10, at=noon)
        assert isinstance(again, OverBudget)
    await db.close()
    reopened = await Database.open(url)
    row = await today(reopened, noon)
    await reopened.close()
    assert (row.calls, row.settled, row.held_tokens) == (1, 0, 1000)


async def test_of_an_erased_visitor_only_the_sites_day_stays(
    db: Database, purse: Open, noon: datetime
) -> None:
    of_site = purse(db)
    held = await of_site.reserve(VisitorId("v1"), input_tokens=90, output_tokens=10, at=noon)
    async with db.write() as conn:
        await leads.erase_visitor(conn, VisitorId("v1"), at=noon)

    await of_site.settle(held, input_tokens=80, cached_tokens=0, output_tokens=5)
    under_way = await of_site.reserve(VisitorId("v1"), input_tokens=90, output_tokens=10, at=noon)
    await of_site.settle(under_way, input_tokens=80, cached_tokens=0, output_tokens=5)

    async with db.read() as conn:
        assert await conn.scalar(select(func.count()).select_from(visitor_spending)) == 0
    assert (await today(db, noon)).input_tokens == 160


async def test_visitors_and_calls_of_earlier_days_are_forgotten_and_the_sites_days_are_not(
    db: Database, purse: Open, noon: datetime
) -> None:
    await purse(db).reserve(VisitorId("v1"), input_tokens=90, output_tokens=10, at=noon)

    async with db.write() as conn:
        await model_spending.forget(conn, before=noon.date() + timedelta(days=1))
        left = [
            await conn.scalar(select(func.count()).select_from(table))
            for table in (visitor_spending, held_spending)
        ]

    assert left == [0, 0]
    assert (await today(db, noon)).held_tokens == 100


async def test_the_command_shows_the_days_in_words_and_as_json(
    db: Database, purse: Open, url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FOYER_HOME", str(tmp_path))
    monkeypatch.setenv("FOYER_DATABASE_URL", url)
    now = datetime.now(UTC)
    async with db.write() as conn:
        site = {"site_id": SiteId("demo"), "folder": "demo", "name": "Demo", "slots": []}
        await sites.register(conn, **site, playbook_version="1", now=now)
    of_site = purse(db, visitor_tokens=2000)
    for n, tokens in enumerate((1000, 500)):
        held = await of_site.reserve(VisitorId(f"v{n}"), input_tokens=tokens, output_tokens=100, at=now)
    await of_site.settle(held, input_tokens=1_450, cached_tokens=0, output_tokens=80)
    await of_site.reserve(VisitorId("v0"), input_tokens=1000, output_tokens=100, at=now)
    await of_site.reserve(VisitorId("v0"), input_tokens=10, output_tokens=1, at=now - timedelta(days=40))

    def run(*more: str) -> str:
        return CliRunner().invoke(app, ["spending", "demo", *more]).stdout

    shown = await asyncio.to_thread(run)
    (day,) = json.loads(await asyncio.to_thread(run, "--json"))
    both = json.loads(await asyncio.to_thread(run, "--json", "--days", "50"))

    date_ = f"{now:%Y-%m-%d}"
    cells = [re.split(r" {2,}", line.strip()) for line in shown.splitlines()]
    assert cells == [
        ["day", "calls", "input", "cached", "output", "cost", "refused", "open"],
        [date_, "2", "1,450", "0", "80", "0.000266 EUR", "1", "1 (1,100 tokens, 0.00021)"],
    ]
    assert day == {
        "day": date_,
        "calls": 2,
        "input_tokens": 1450,
        "cached_tokens": 0,
        "output_tokens": 80,
        "cost": "0.000266",
        "currency": "EUR",
        "refused": {"visitor": 1, "site": 0},
        "open": {"calls": 1, "tokens": 1100, "cost": "0.00021"},
    }
    assert len(both) == 2
    other = await asyncio.to_thread(CliRunner().invoke, app, ["spending", "demi"])
    assert str(other.exception) == "'demi' is neither a site's id (known here: demo) nor a folder."
