"""The knowledge of the sites while they are served: brought up, kept up to date, mended, followed.

One process of all, the caretaker, indexes and crawls on its own account; the others serve the version it makes. An
index run that a person asks for is made where it is asked for.
"""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import structlog

from bot.assemble.crawling import Crawling
from bot.assemble.duties import OnlyOne
from bot.assemble.indexing import SiteSources, index_where_needed
from bot.assemble.lasting import see_through
from bot.assemble.live_site import LiveSite
from bot.domain.conversation import SiteId
from bot.domain.errors import BotError
from bot.settings import Environment, load_site
from bot.sources import mend, open_active, watch_folder
from bot.store import Database, passages
from bot.telemetry import Outage
from knowledge import Embedder, IndexAwayError, IndexStore, IndexUnavailableError, KnowledgeError

log = structlog.get_logger(__name__)

MEND_AGAIN_S = 60.0
INSIST_EVERY_S = 20.0
KNOCK_EVERY_S = 3.0
FOLLOW_EVERY_S = 2.0
"""How late a version that another process made serves here."""


class Keeper:
    """Keeps the knowledge of all sites of a process."""

    def __init__(
        self,
        *,
        environment: Environment,
        db: Database,
        embedder: Embedder,
        open_index: Callable[[], IndexStore],
        crawling: Crawling,
        only_one: OnlyOne,
    ) -> None:
        """Open the index; it is opened again when the database's history is another."""
        self._environment = environment
        self._db = db
        self._crawling = crawling
        self._only_one = only_one
        self._locks: dict[str, asyncio.Lock] = {}
        self._is_caretaker = False
        self.embedder = embedder
        self._open_index = open_index
        self.chroma = open_index()
        self.is_outdated = asyncio.Event()

    async def keep(self, sites: Mapping[str, LiveSite]) -> None:
        """Take up saved changes, mend, and follow what others index; for ever."""
        async with asyncio.TaskGroup() as group:
            if self._environment.chroma_url is not None:
                group.create_task(see_through("knocking", partial(self._keep_knocking, sites)))
            group.create_task(see_through("beginning anew", partial(self._keep_current, sites)))
            for live in sites.values():
                group.create_task(see_through("site's folder", partial(self._watch, live)))
                group.create_task(see_through("mending", partial(self._keep_mended, live)))
                group.create_task(see_through("following", partial(self._follow, live)))

    async def take_care(self, sites: Mapping[str, LiveSite]) -> None:
        """Index what is new or changed, and crawl what is due, as the one process that does; for ever."""
        self._is_caretaker = True
        try:
            for live in sites.values():
                await self.bring_up(live)
            async with asyncio.TaskGroup() as group:
                for live in sites.values():
                    group.create_task(self._insist(live))
                    group.create_task(
                        self._crawling.keep_fresh(
                            lambda live=live: live.site,  # type: ignore[misc]
                            lambda live=live: self.index(live, full=False),  # type: ignore[misc]
                        )
                    )
        finally:
            self._is_caretaker = False

    async def _insist(self, live: LiveSite) -> None:
        """Try again while nothing at all serves: what the run needed may have come up meanwhile."""
        while live.serving is None:
            await asyncio.sleep(INSIST_EVERY_S)
            await self.bring_up(live)

    async def bring_up(self, live: LiveSite) -> None:
        """Index what is new or changed, then serve; when that fails, serve the last version there is."""
        try:
            await self.index(live, full=False)
        except (BotError, KnowledgeError) as error:
            log.exception("knowledge.not_indexed", site=live.site.id, error=str(error))
            try:
                await self._serve_active(live)
            except (BotError, KnowledgeError):
                live.fail(str(error))

    async def reindex(self, live: LiveSite, *, full: bool) -> dict[str, Any]:
        """Crawl and index a site because somebody asks for it."""
        await self._crawling.crawl_site(live.site, full=full)
        return await self.index(live, full=full)

    async def index(self, live: LiveSite, *, full: bool) -> dict[str, Any]:
        """Index a site's folder and serve the result; one run at a time for a site."""
        async with self._lock(live), self._only_one(f"index-{live.site.id}"):
            report = await index_where_needed(
                SiteSources.of(live.site),
                self._db,
                self._environment.home,
                self.embedder.model_id,
                full=full,
                is_serving=live.serving is not None,
            )
            for failure in report["failures"]:
                log.warning(
                    "source.failed", site=live.site.id, source=failure["source"], code=failure["code"]
                )
            if live.serving is None or live.serving.version != report["index_version"]:
                await self._serve_active(live)
            return report

    def _lock(self, live: LiveSite) -> asyncio.Lock:
        return self._locks.setdefault(live.site.id, asyncio.Lock())

    async def _serve_active(self, live: LiveSite) -> None:
        """Answer from the active version of the database."""
        live.serve(await open_active(self._db, self.chroma, SiteId(live.site.id), self.embedder))

    async def _follow(self, live: LiveSite) -> None:
        """Serve the versions that other processes make."""
        outage = Outage()
        while True:
            try:
                async with self._db.read() as connection:
                    active = await passages.active_version(connection, SiteId(live.site.id))
                serving = live.serving.version if live.serving is not None else None
                if active is not None and active.version != serving and not self._lock(live).locked():
                    async with self._lock(live):
                        await self._serve_active(live)
            except (BotError, KnowledgeError) as error:
                if outage.begins():
                    log.error("knowledge.not_followed", site=live.site.id, error=str(error))
            else:
                if outage.ends():
                    log.info("knowledge.followed", site=live.site.id)
            await asyncio.sleep(FOLLOW_EVERY_S)

    async def _keep_current(self, sites: Mapping[str, LiveSite]) -> None:
        """Serve what the database holds whenever its history is another: versions of one number are not the same."""
        while True:
            await self.is_outdated.wait()
            self.is_outdated.clear()
            self.chroma = await asyncio.to_thread(self._open_index)
            await asyncio.gather(*map(self._serve_anew, sites.values()))

    async def _serve_anew(self, live: LiveSite) -> None:
        outage = Outage()
        while True:
            try:
                if self._is_caretaker:
                    await self.index(live, full=False)
                async with self._lock(live):
                    await self._serve_active(live)
            except (BotError, KnowledgeError) as error:
                if outage.begins():
                    log.error("knowledge.not_current", site=live.site.id, error=str(error))
                await asyncio.sleep(FOLLOW_EVERY_S)
            else:
                return

    async def _keep_mended(self, live: LiveSite) -> None:
        """Build a damaged vector index again, and wait for one that is away; meanwhile the rows answer."""
        outage = Outage()
        while True:
            await live.is_damaged.wait()
            live.is_damaged.clear()
            try:
                await self._mend(live)
                if outage.ends():
                    log.info("index.back", site=live.site.id)
            except IndexAwayError as error:
                if outage.begins():
                    log.warning("index.away", site=live.site.id, reason=str(error))
                await self._until_back()
                live.is_damaged.set()
            except (BotError, KnowledgeError) as error:
                log.exception("index.not_mended", site=live.site.id, error=str(error))
                await asyncio.sleep(MEND_AGAIN_S)
                live.is_damaged.set()

    async def _mend(self, live: LiveSite) -> None:
        """Open the index anew, for it may only have been away or replaced; build it again where it is damaged.

        One process at a time builds, and looks again before it does: another may have been first.
        """
        async with self._lock(live):
            if await self._serves_whole(live):
                return
            async with self._only_one(f"index-{live.site.id}"):
                if await self._serves_whole(live):
                    return
                await mend(self._db, self.chroma, SiteId(live.site.id))
                if not await self._serves_whole(live):
                    raise IndexUnavailableError("The vector index that was just built is damaged.")

    async def _serves_whole(self, live: LiveSite) -> bool:
        """Answer from the active version, opened anew by its name; return whether its index is whole.

        Raises:
            IndexAwayError: that cannot be told now.
        """
        await self._serve_active(live)
        assert live.serving is not None
        if live.serving.knowledge.away is not None:
            raise live.serving.knowledge.away
        return not live.serving.knowledge.is_damaged

    async def _keep_knocking(self, sites: Mapping[str, LiveSite]) -> None:
        """Find out that the vector indexes are away before somebody waits for them."""
        while True:
            await asyncio.sleep(KNOCK_EVERY_S)
            try:
                await asyncio.to_thread(self.chroma.check)
            except IndexAwayError:
                for live in sites.values():
                    live.note_index_away()

    async def _until_back(self) -> None:
        """Wait until the vector indexes can be reached again."""
        while True:
            await asyncio.sleep(KNOCK_EVERY_S)
            try:
                await asyncio.to_thread(self.chroma.check)
            except IndexAwayError:
                continue
            return

    async def _watch(self, live: LiveSite) -> None:
        """Take up saved changes of the site's configuration and, as the caretaker, of its knowledge."""
        async for _ in watch_folder(live.site.folder, live.site.knowledge_folder):
            try:
                live.site = load_site(live.site.folder)
                if self._is_caretaker:
                    report = await self.index(live, full=False)
                    log.info("site.updated", site=live.site.id, **report["documents"])
            except (BotError, KnowledgeError) as error:
                log.error("site.update_refused", site=live.site.id, error=str(error))
