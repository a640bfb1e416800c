"""The service while it runs: parts for the web, and the background work that makes it ready and keeps it so."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import structlog

from bot.assemble.allowance import allowance_of
from bot.assemble.checking import Checks
from bot.assemble.crawling import Crawling
from bot.assemble.delivering import LeadNews, receivers_of
from bot.assemble.housekeeping import Housekeeping
from bot.assemble.indexing import SiteSources, index_where_needed
from bot.assemble.live_site import LiveSite, writer_for
from bot.assemble.parts_of_life import new_id, now
from bot.assemble.source_states import how_sources_are
from bot.assemble.storage import open_database, open_index_folder, register_sites
from bot.assemble.warming import give_back_memory, warm_up
from bot.assemble.watching import Watching
from bot.bus import MemoryBus
from bot.chat.proven import ProvenAddresses
from bot.chat.talk import Talk
from bot.chat.turn import Desk, Turns
from bot.domain.conversation import SiteId
from bot.domain.errors import BotError
from bot.settings import Environment, Site, load_site
from bot.sources import Gap, ServerNote, find_gaps, mend, open_active, watch_folder
from bot.store import Database
from bot.web.limits import Limiter
from bot.web.login import Doorman
from bot.web.origins import Origins
from bot.web.parts import Front, Parts
from bot.web.sessions import Openings
from knowledge import ChromaStore, Embedder, KnowledgeError, load_embedder

log = structlog.get_logger(__name__)

MEND_AGAIN_S = 60.0


class Running:
    """Everything of one server process. `start` is entered by the application's lifespan."""

    def __init__(
        self,
        *,
        environment: Environment,
        sites: Sequence[Site],
        note: ServerNote,
        own_origins: frozenset[str],
    ) -> None:
        self._environment = environment
        self._watching = Watching(environment, sites)
        self.numbers = self._watching.numbers
        self._live = {site.id: LiveSite(site, numbers=self.numbers) for site in sites}
        self._note = note
        self._own_origins = own_origins
        self._bus = MemoryBus()
        self._proven = ProvenAddresses()
        self._indexing: dict[str, asyncio.Lock] = {site.id: asyncio.Lock() for site in sites}
        self._news: LeadNews | None = None
        self._crawling = Crawling(environment)
        self._embedder: Embedder | None = None
        self._chroma: ChromaStore | None = None
        self._going_away = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._states = {"database": "starting", "embedding": "starting"}

    def origins(self) -> Origins:
        """Return every site's allow-list as configured now."""
        lists = {site_id: frozenset(live.site.origins) for site_id, live in self._live.items()}
        return Origins(self._own_origins, lists)

    def readiness(self) -> Mapping[str, str]:
        """Return the state of each part: `ready`, `starting`, or what is wrong with it."""
        return self._states | {f"knowledge.{site_id}": live.state for site_id, live in self._live.items()}

    def go_away(self) -> None:
        """Tell every socket that the server is about to stop; called by a signal handler."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._going_away.set)

    @asynccontextmanager
    async def start(self) -> AsyncIterator[Parts]:
        """Open the parts, begin the background work, and end both in order."""
        self._loop = asyncio.get_running_loop()
        async with open_database(self._environment) as db:
            db.watch_commits(self.numbers.committed)
            await register_sites(db, [live.site for live in self._live.values()])
            self._states["database"] = "ready"
            housekeeping = Housekeeping(db)
            news = self._news = LeadNews(db, self._environment, self._live, housekeeping, self.numbers)
            talk = Talk(
                db=db,
                bus=self._bus,
                turns=self._turns(db),
                clock=now,
                new_id=new_id,
                on_turn_kept=news.after_commit,
                on_forgotten=housekeeping.note_masked,
            )
            background = [
                asyncio.create_task(news.worker.run()),
                asyncio.create_task(housekeeping.run()),
                asyncio.create_task(self._come_up(db, talk)),
            ]
            try:
                yield self._parts(db, talk)
            finally:
                await talk.drain(timeout_s=self._environment.drain_seconds)
                for task in background:
                    task.cancel()
                await asyncio.gather(*background, return_exceptions=True)
                news.close()
                self._crawling.close()
                self._watching.close()

    def _turns(self, db: Database) -> Turns:
        return Turns(
            db=db,
            desk_of=self._desk_of,
            clock=now,
            new_id=new_id,
            proven=self._proven,
            stage=self._watching.stage,
            on_reply=self._watching.note_reply,
        )

    def _parts(self, db: Database, talk: Talk) -> Parts:
        environment = self._environment
        return Parts(
            db=db,
            bus=self._bus,
            talk=talk,
            limiter=Limiter(allowance_of(environment)),
            openings=Openings(),
            proven=self._proven,
            clock=now,
            new_id=new_id,
            fronts=lambda: {site_id: self._front(live, db) for site_id, live in self._live.items()},
            origins=self.origins,
            readiness=self.readiness,
            serving_version=self._serving_version,
            going_away=self._going_away,
            playbook_of=lambda site_id: self._live[site_id].site.playbook,
            receivers_of=lambda site_id: receivers_of(self._live[site_id].site),
            segments_of=lambda site_id: self._live[site_id].site.segments,
            writer_of=lambda site_id: writer_for(self._live[site_id].site),
            doorman=Doorman(db, tries=environment.limit_login_tries, is_on=environment.limits == "on"),
            control_token=self._note.control_token,
            public_url=environment.public_url or "",
            numbers=self.numbers,
            checks=Checks(db, environment.home).look,
            metrics_token=secret.get_secret_value() if (secret := environment.metrics_token) else None,
        )

    def _serving_version(self, site_id: str) -> str | None:
        live = self._live.get(site_id)
        return live.remembered_as() if live is not None else None

    def _desk_of(self, site_id: str) -> Desk:
        live = self._live[site_id]
        assert self._news is not None
        codes = self._news.code_rules(live.site)
        return Desk(voice=live.voice(), answer=live.answer, tell=self._news.tell, codes=codes)

    def _front(self, live: LiveSite, db: Database) -> Front:
        async def reindex(full: bool) -> dict[str, Any]:  # noqa: FBT001 - a callable of one argument
            await self._crawling.crawl_site(live.site, full=full)
            return await self._index(live, db, full=full)

        async def knowledge() -> dict[str, Any]:
            version = live.serving.version if live.serving else None
            return {"index_version": version} | await how_sources_are(
                db, live.site, home=self._environment.home
            )

        async def gaps(since: datetime | None) -> list[Gap]:
            assert self._embedder is not None
            knowledge = live.serving.knowledge if live.serving else None
            return await find_gaps(
                db, SiteId(live.site.id), self._embedder, knowledge, since=since, memory=live.gap_memory
            )

        def faq() -> tuple[str, Any]:
            serving = live.serving
            return (str(serving.version), serving.entries) if serving else ("0", ())

        return Front(
            site_id=live.site.id,
            name=live.site.name,
            config=live.public_config(text_chars=self._environment.limit_text_chars),
            accent=live.site.accent,
            identity_secrets=live.site.identity.secrets,
            answer=live.answer_with_related,
            is_answering=lambda: live.serving is not None,
            faq=faq,
            knowledge=knowledge,
            gaps=gaps,
            reindex=reindex,
        )

    async def _come_up(self, db: Database, talk: Talk) -> None:
        """Load the model, bring every site's knowledge up, finish cut turns, then watch the folders."""
        try:
            self._embedder = await asyncio.to_thread(load_embedder, self._environment.embedding_model)
            await asyncio.to_thread(warm_up, self._embedder)
            self._chroma = await asyncio.to_thread(open_index_folder, self._environment.home)
            self._states["embedding"] = "ready"
            for live in self._live.values():
                await self._bring_up(live, db)
            await asyncio.to_thread(give_back_memory)
            unfinished = await talk.finish_unanswered()
            log.info("server.ready", url=self._note.url, unfinished_turns=unfinished)
            print(f"Foyer is ready at {self._note.url}", flush=True)
            async with asyncio.TaskGroup() as watchers:
                for live in self._live.values():
                    watchers.create_task(self._watch(live, db))
                    watchers.create_task(self._keep_mended(live, db))
                    watchers.create_task(
                        self._crawling.keep_fresh(
                            lambda live=live: live.site,  # type: ignore[misc]
                            lambda live=live: self._index(live, db, full=False),  # type: ignore[misc]
                        )
                    )
        except Exception as error:  # outermost loop: whatever it is, it is named, and nobody waits for ever
            self._states["embedding"] = f"failed: {error}"
            log.exception("server.not_ready", error=str(error))
            for live in self._live.values():
                if live.serving is None:
                    live.fail(str(error))

    async def _bring_up(self, live: LiveSite, db: Database) -> None:
        """Index what is new or changed, then serve; when that fails, serve the last version there is."""
        try:
            await self._index(live, db, full=False)
        except (BotError, KnowledgeError) as error:
            log.exception("knowledge.not_indexed", site=live.site.id, error=str(error))
            try:
                await self._serve_active(live, db)
            except (BotError, KnowledgeError):
                live.fail(str(error))

    async def _serve_active(self, live: LiveSite, db: Database) -> None:
        """Answer from the active version of the database."""
        assert self._chroma is not None
        assert self._embedder is not None
        live.serve(await open_active(db, self._chroma, SiteId(live.site.id), self._embedder))

    async def _index(self, live: LiveSite, db: Database, *, full: bool) -> dict[str, Any]:
        """Index a site's folder and serve the result; one run at a time for a site."""
        assert self._embedder is not None
        async with self._indexing[live.site.id]:
            report = await index_where_needed(
                SiteSources.of(live.site),
                db,
                self._environment.home,
                self._embedder.model_id,
                full=full,
                is_serving=live.serving is not None,
            )
            for failure in report["failures"]:
                log.warning(
                    "source.failed", site=live.site.id, source=failure["source"], code=failure["code"]
                )
            if live.serving is None or live.serving.version != report["index_version"]:
                await self._serve_active(live, db)
            return report

    async def _keep_mended(self, live: LiveSite, db: Database) -> None:
        """Build a damaged vector index again; meanwhile the rows answer."""
        assert self._chroma is not None
        while True:
            await live.is_damaged.wait()
            live.is_damaged.clear()
            async with self._indexing[live.site.id]:
                try:
                    await self._serve_active(live, db)
                    if live.is_damaged.is_set():
                        await mend(db, self._chroma, SiteId(live.site.id))
                        await self._serve_active(live, db)
                        live.is_damaged.clear()
                except (BotError, KnowledgeError) as error:
                    log.exception("index.not_mended", site=live.site.id, error=str(error))
                    await asyncio.sleep(MEND_AGAIN_S)
                    live.is_damaged.set()

    async def _watch(self, live: LiveSite, db: Database) -> None:
        """Take up saved changes of the site's configuration and knowledge."""
        async for _ in watch_folder(live.site.folder, live.site.knowledge_folder):
            try:
                live.site = load_site(live.site.folder)
                report = await self._index(live, db, full=False)
                log.info("site.updated", site=live.site.id, **report["documents"])
            except (BotError, KnowledgeError) as error:
                log.error("site.update_refused", site=live.site.id, error=str(error))
