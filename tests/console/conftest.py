"""The application with two sites, a database and a clock that tests set; browsers that come to it from anywhere."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bot.bus import MemoryBus
from bot.domain.conversation import LeadId, SiteId
from bot.leads import Receivers
from bot.leads.draft import FromSite
from bot.settings import Site, load_site
from bot.store import Database, operators, passwords
from bot.telemetry import Numbers
from bot.web import create_app
from bot.web.limits import Allowance, Limiter
from bot.web.login import Doorman
from bot.web.origins import Origins
from bot.web.parts import Front, Parts
from bot.web.sessions import Openings
from tests.console.stored_leads import Told, keep_lead

NOON = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)
PASSWORD = "a quiet green door"
SITE = """\
id: {id}
name: {name}
segments:
  hot:
    label: Call today
    where:
      score: {{at_least: 40}}
"""
FORM_TOKEN = re.compile(r'name="form_token" value="([\w-]+)"')


@dataclass
class House:
    """Everything that a test may look at or change: the application, what it keeps, and what time it is."""

    app: Any
    db: Database
    sites: dict[str, Site]
    now: datetime = NOON
    browsers: list[httpx2.AsyncClient] = field(default_factory=list)

    def browser(self, *, address: str = "203.0.113.7", base: str = "http://127.0.0.1:8000") -> "Browser":
        """Return a browser with no cookies."""
        client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(self.app, client=(address, 40_000)),
            base_url=base,
            headers={"Accept": "text/html,application/xhtml+xml"},
        )
        self.browsers.append(client)
        return Browser(client)

    async def keep(
        self, number: int, told: Told, *, site: str = "alpha", at: datetime | None = None
    ) -> LeadId:
        """Keep a lead of one of the sites."""
        playbook = self.sites[site].playbook
        return await keep_lead(self.db, number, told, playbook=playbook, site=site, now=at or self.now)

    async def add_user(self, name: str, *, site: str | None = None) -> str:
        """Let somebody log in with the password of all tests."""
        async with self.db.write() as connection:
            await operators.add(
                connection,
                operator_id=f"u_{name}",
                name=name,
                password_hash=hash_of_all(),
                site_id=SiteId(site) if site else None,
                now=self.now,
            )
        return f"u_{name}"


@dataclass
class Browser:
    """Somebody's browser: it keeps cookies and follows nothing by itself."""

    client: httpx2.AsyncClient

    async def get(self, path: str, **options: Any) -> httpx2.Response:
        """Open a page."""
        return await self.client.get(path, **options)

    async def send(self, path: str, fields: dict[str, str], **options: Any) -> httpx2.Response:
        """Send a form."""
        return await self.client.post(path, data=fields, **options)

    async def log_in(self, name: str = "Ada", password: str = PASSWORD, *, then: str = "") -> httpx2.Response:
        """Open the login and send it."""
        token = form_token(await self.get("/login", params={"next": then} if then else None))
        return await self.send(
            "/login", {"form_token": token, "name": name, "password": password, "next": then}
        )

    @property
    def cookies(self) -> dict[str, str]:
        """What the browser holds."""
        return {cookie.name: str(cookie.value) for cookie in self.client.cookies.jar}


def form_token(page: httpx2.Response) -> str:
    """Return the token that the forms of a page carry."""
    found = FORM_TOKEN.search(page.text)
    assert found, page.text[:500]
    return found[1]


@cache
def hash_of_all() -> str:
    """Return a hash of the password of all tests, made once."""
    return passwords.hash_of(PASSWORD)


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """Two sites, alike but for their names."""
    folder = tmp_path_factory.mktemp("sites")
    return {name: written_site(folder / name) for name in ("alpha", "beta")}


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with nothing in it: making one takes longer than most tests."""
    path = tmp_path_factory.mktemp("empty") / "foyer.db"

    async def make() -> None:
        await (await Database.open(f"sqlite+aiosqlite:///{path}")).close()

    asyncio.run(make())
    return path


@pytest.fixture
async def house(tmp_path: Path, sites: dict[str, Site], empty_database: Path) -> AsyncIterator[House]:
    shutil.copy(empty_database, tmp_path / "foyer.db")
    db = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'foyer.db'}")
    house = House(app=None, db=db, sites=sites)
    parts = parts_for(house)

    @asynccontextmanager
    async def start() -> AsyncIterator[Parts]:
        yield parts

    house.app = create_app(start, origins=parts.origins, body_bytes=65_536)
    house.app.state.parts = parts  # the transport runs no lifespan
    yield house
    for client in house.browsers:
        await client.aclose()
    await db.close()


def written_site(folder: Path) -> Site:
    """Write and load a small site with a segment."""
    (folder / "knowledge").mkdir(parents=True)
    (folder / "foyer.yaml").write_text(SITE.format(id=folder.name, name=folder.name.capitalize()))
    (folder / "playbook.yaml").write_bytes(
        (Path(__file__).resolve().parents[2] / "bot" / "playbooks" / "bant.yaml").read_bytes()
    )
    return load_site(folder)


def parts_for(house: House) -> Parts:
    """Return the parts that the pages work with; nobody talks here."""
    nothing: Any = None
    sites = house.sites

    def front(site: Site) -> Front:
        return Front(
            site_id=site.id,
            name=site.name,
            config=lambda _: {},
            accent=None,
            button={},
            answer=nothing,
            identity_secrets=(),
            is_answering=nothing,
            faq=nothing,
            knowledge=nothing,
            gaps=nothing,
            keep_gap=nothing,
            reindex=nothing,
        )

    def writer(site: Site) -> FromSite:
        return FromSite(name=site.name, locale="en", slots=site.playbook.slots, folder=site.folder)

    clock: Callable[[], datetime] = lambda: house.now  # noqa: E731 - the clock is a callable
    return Parts(
        db=house.db,
        bus=MemoryBus(),
        talk=nothing,
        handoff=nothing,
        limiter=Limiter(Allowance()),
        openings=Openings(),
        clock=clock,
        new_id=nothing,
        fronts=lambda: {name: front(site) for name, site in sites.items()},
        origins=lambda: Origins(frozenset({"http://127.0.0.1:8000"}), {name: frozenset() for name in sites}),
        readiness=nothing,
        serving_version=nothing,
        numbers=Numbers([]),
        checks=nothing,
        playbook_of=lambda name: sites[name].playbook,
        segments_of=lambda name: sites[name].segments,
        receivers_of=lambda _: Receivers(),
        writer_of=lambda name: writer(sites[name]),
        doorman=Doorman(house.db, tries=5, is_on=True),
        going_away=nothing,
        control_token="c" * 32,
        public_url="https://chat.example.com",
    )


@pytest.fixture
async def ada(house: House) -> Browser:
    """A browser in which Ada is logged in; she sees both sites."""
    await house.add_user("Ada")
    browser = house.browser()
    assert (await browser.log_in()).status_code == 303
    return browser


@pytest.fixture
def later(house: House) -> Callable[..., None]:
    """Return what lets time pass."""

    def pass_by(**span: float) -> None:
        house.now += timedelta(**span)

    return pass_by
