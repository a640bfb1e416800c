"""What the command line does without a server: index, ask, simulate. A running server is asked instead of raced."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.assemble.crawling import Crawling
from bot.assemble.indexing import SiteSources, make_sync
from bot.assemble.live_site import LiveSite
from bot.assemble.simulation import Simulation, open_simulation
from bot.assemble.storage import open_database, register_sites
from bot.domain.conversation import SiteId
from bot.domain.errors import ConfigurationError
from bot.settings import Environment, Site, load_environment, load_site
from bot.sources import HomeBusyError, OnProgress, ServerNote, exact_knowledge, find_server, own_home
from bot.sources.crawl import Progress as CrawlProgress
from knowledge import Embedder, load_embedder

OpenOne = Callable[[datetime | None], AbstractAsyncContextManager[Simulation]]
INDEX_TIME_OUT_S = 3600


async def index_site(
    folder: Path, *, full: bool, progress: OnProgress | None, told: CrawlProgress | None = None
) -> dict[str, Any]:
    """Crawl a site's websites and index its folder, or have the server that runs on it do so.

    `progress` hears of the index run, `told` of the crawls. Returns the report.
    """
    site = load_site(folder)
    environment = load_environment()
    server = find_server(environment.home)
    if server is not None and site.id in server.sites:
        return await ask_server(server, site, full=full)
    with own_home(environment.home):
        await crawl_websites(site, environment, full=full, told=told)
        async with open_database(environment) as db:
            await register_sites(db, [site])
            embedder = load_embedder(environment.embedding_model)
            sync = make_sync(SiteSources.of(site), environment, db, embedder, progress=progress)
            report = await sync.run(full=full)
            return report.as_json()


async def ask_server(server: ServerNote, site: Site, *, full: bool) -> dict[str, Any]:
    """Ask the server of this machine to index a site it serves."""
    import httpx2

    async with httpx2.AsyncClient(timeout=INDEX_TIME_OUT_S) as client:
        response = await client.post(
            f"{server.url}/api/v1/knowledge/reindex",
            params={"site": site.id, "full": str(full).lower()},
            headers={"Authorization": f"Bearer {server.control_token}"},
        )
    if response.status_code != 200:
        raise ConfigurationError(f"The running server could not index {site.id!r}: {response.text[:300]}")
    report: dict[str, Any] = response.json()
    return report


async def crawl_websites(
    site: Site, environment: Environment, *, full: bool, told: CrawlProgress | None
) -> None:
    """Crawl the site's websites now; `told` hears how far it is."""
    crawling = Crawling(environment, progress=told)
    try:
        await crawling.crawl_site(site, full=full)
    finally:
        crawling.close()


Wrap = Callable[[Embedder], Embedder]
"""Puts an embedder around the model's."""


@asynccontextmanager
async def open_live_site(folder: Path, *, wrap: Wrap = lambda embedder: embedder) -> AsyncIterator[LiveSite]:
    """Open a site with the knowledge as its folder is now.

    While a server owns the home its last version answers, compared exactly, from the rows.
    """
    site = load_site(folder)
    environment = load_environment()
    embedder = wrap(load_embedder(environment.embedding_model))
    try:
        with own_home(environment.home):
            async with open_database(environment) as db:
                await register_sites(db, [site])
                await make_sync(SiteSources.of(site), environment, db, embedder).run()
    except HomeBusyError:
        pass
    yield await indexed_site(site, environment, embedder)


async def indexed_site(site: Site, environment: Environment, embedder: Embedder) -> LiveSite:
    """Return a site that answers from the version indexed last."""
    live = LiveSite(site)
    async with open_database(environment) as db:
        live.serve(await exact_knowledge(db, SiteId(site.id), embedder))
    return live


@asynccontextmanager
async def simulate_site(folder: Path) -> AsyncIterator[OpenOne]:
    """Open a site for simulations; yields a callable that opens one at a given time."""
    async with open_live_site(folder) as live:
        yield simulations_of(live)


def simulations_of(live: LiveSite) -> OpenOne:
    """Return what opens a simulation of a site at a given time."""

    def open_one(at: datetime | None) -> AbstractAsyncContextManager[Simulation]:
        return open_simulation(voice=live.voice(), answer=live.answer, site_id=live.site.id, now=at)

    return open_one
