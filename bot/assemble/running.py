"""The service while it runs: parts for the web, and the background work that makes it ready and keeps it so."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path

import structlog

from bot.assemble.allowance import allowance_of
from bot.assemble.checking import Checks
from bot.assemble.company import VIEWS, Company, Membership, open_company
from bot.assemble.crawling import Crawling
from bot.assemble.delivering import LeadNews, receivers_of
from bot.assemble.duties import CARETAKER
from bot.assemble.epochs import follow_epoch
from bot.assemble.fronts import front_of
from bot.assemble.generating import Generators
from bot.assemble.housekeeping import Housekeeping
from bot.assemble.keeping import Keeper
from bot.assemble.lasting import see_through
from bot.assemble.live_site import LiveSite, state_of, writer_for
from bot.assemble.parts_of_life import new_id, now
from bot.assemble.storage import open_database, open_index, register_sites
from bot.assemble.turns import turns_of
from bot.assemble.warming import give_back_memory, warm_up
from bot.assemble.watching import Watching
from bot.chat.deciding import Desk
from bot.chat.elsewhere import Elsewhere, take_over, tell_busy
from bot.chat.handoff import Handoff
from bot.chat.talk import Talk
from bot.domain.errors import BotError, NotReadyError
from bot.domain.identity import address_keys
from bot.settings import Environment, Site
from bot.sources import ServerNote
from bot.store import Database
from bot.web.going_away import GoingAway
from bot.web.limits import Limiter
from bot.web.login import Doorman
from bot.web.origins import Origins
from bot.web.parts import Parts
from bot.web.sessions import Openings
from knowledge import Embedder, load_embedder

log = structlog.get_logger(__name__)

CARE_AGAIN_S = 1.0
"""A database that is away refuses at once."""
OUTAGE_OVER_S = 10.0
"""Who could wait for so long to be the one, or be it, had a database; what ends that is told again."""


class Running:
    """Everything of one server process. `start` is entered by the application's lifespan."""

    def __init__(
        self,
        *,
        environment: Environment,
        sites: Sequence[Site],
        note: ServerNote,
        own_origins: frozenset[str],
        membership: Membership | None = None,
    ) -> None:
        self._environment = environment
        self._watching = Watching(environment, sites)
        self.numbers, self.traces = self._watching.numbers, self._watching.traces
        self._live = {site.id: LiveSite(site, numbers=self.numbers) for site in sites}
        self._note = note
        self._own_origins = own_origins
        self._membership = membership
        self._news: LeadNews | None = None
        self._crawling = Crawling(environment)
        self._generators: Generators | None = None
        self._keeper: Keeper | None = None
        self._company: Company | None = None
        self._leaving_since_s: float | None = None
        self._going_away = GoingAway()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._states = {"embedding": "starting"}

    def origins(self) -> Origins:
        """Return every site's allow-list as configured now."""
        lists = {site_id: frozenset(live.site.origins) for site_id, live in self._live.items()}
        return Origins(self._own_origins, lists)

    def readiness(self) -> Mapping[str, str]:
        """Return the state of each part: `ready`, `starting`, or what is wrong with it."""
        shared = dict(self._company.states()) if self._company is not None else {}
        if self._generators is not None:
            shared |= self._generators.readiness(live.site for live in self._live.values())
        if self._leaving_since_s is not None:
            shared = {**shared, "server": "stopping"}
        return {**self._states, **shared} | {
            f"knowledge.{site_id}": state_of(live) for site_id, live in self._live.items()
        }

    def go_away(self) -> asyncio.AbstractEventLoop | None:
        """Tell every socket that the server is about to stop; called by a signal handler. Return the loop."""
        if self._leaving_since_s is None:
            self._leaving_since_s = time.monotonic()
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._going_away.stop)
        return self._loop

    def _begin_anew(self) -> None:
        """Have everybody load afresh: the database's history is another."""
        self._going_away.begin_anew()
        if self._keeper is not None:
            self._keeper.is_outdated.set()

    @asynccontextmanager
    async def start(self) -> AsyncIterator[Parts]:
        """Open the parts, begin the background work, and end both in order."""
        self._loop = asyncio.get_running_loop()
        async with (
            open_database(self._environment) as db,
            open_company(self._environment, db, self._membership) as company,
        ):
            self._company = company
            self._generators = Generators(self._environment, db, self.numbers)
            db.watch_commits(self.numbers.committed)
            await register_sites(db, [live.site for live in self._live.values()])
            housekeeping = Housekeeping(db)
            news = self._news = LeadNews(db, self._environment, self._live, housekeeping, self.numbers)
            talk = self._talk(db, company, news, housekeeping)
            handoff = Handoff(db=db, bus=company.bus, talk=talk, clock=now, new_id=new_id)
            background = [
                asyncio.create_task(see_through("deliveries", news.worker.run)),
                asyncio.create_task(see_through("turns", partial(tell_busy, talk, company.bus))),
                asyncio.create_task(see_through("handoffs", handoff.keep_taking_back)),
                asyncio.create_task(see_through("overwriting", housekeeping.keep_overwriting)),
                asyncio.create_task(see_through("epoch", partial(follow_epoch, db, self._begin_anew))),
                asyncio.create_task(self._come_up(db, talk, company, housekeeping)),
            ]
            try:
                yield self._parts(db, talk, handoff, company)
            finally:
                await talk.drain(timeout_s=self._left_to_drain_s())
                for task in background:
                    task.cancel()
                await asyncio.gather(*background, return_exceptions=True)
                await self._generators.close()
                news.close()
                self._crawling.close()
                self._watching.close()

    def _talk(self, db: Database, company: Company, news: LeadNews, housekeeping: Housekeeping) -> Talk:
        return Talk(
            db=db,
            bus=company.bus,
            turns=turns_of(db, self._desk_of, self._watching),
            clock=now,
            new_id=new_id,
            on_turn_kept=news.after_commit,
            on_forgotten=housekeeping.note_masked,
            after_others=None if company.is_alone else Elsewhere(db, company.bus).after_others,
        )

    def _left_to_drain_s(self) -> float:
        """Return what is left of the time for a stop, which began when the sockets were told to go."""
        if self._leaving_since_s is None:
            return self._environment.drain_seconds
        return max(0.0, self._environment.drain_seconds - (time.monotonic() - self._leaving_since_s))

    def _parts(self, db: Database, talk: Talk, handoff: Handoff, company: Company) -> Parts:
        environment = self._environment
        limiter = Limiter(allowance_of(environment), shared=company.counts)
        return Parts(
            db=db,
            bus=company.bus,
            talk=talk,
            handoff=handoff,
            limiter=limiter,
            openings=Openings(),
            clock=now,
            new_id=new_id,
            fronts=lambda: {
                site_id: front_of(live, db, environment, self._ready_keeper)
                for site_id, live in self._live.items()
            },
            origins=self.origins,
            readiness=self.readiness,
            serving_version=self._serving_version,
            going_away=self._going_away,
            playbook_of=lambda site_id: self._live[site_id].site.playbook,
            receivers_of=lambda site_id: receivers_of(self._live[site_id].site),
            segments_of=lambda site_id: self._live[site_id].site.segments,
            writer_of=lambda site_id: writer_for((live := self._live[site_id]).site, live.base()),
            doorman=Doorman(db, tries=environment.limit_login_tries, is_on=environment.limits == "on"),
            control_token=self._note.control_token,
            public_url=environment.public_url or "",
            numbers=self.numbers,
            checks=Checks(db, environment.home, limiter if company.counts is not None else None).look,
            metrics_token=secret.get_secret_value() if (secret := environment.metrics_token) else None,
        )

    def _serving_version(self, site_id: str) -> str | None:
        live = self._live.get(site_id)
        return live.remembered_as() if live is not None else None

    def _desk_of(self, site_id: str) -> Desk:
        live = self._live[site_id]
        assert self._news is not None
        assert self._generators is not None
        return Desk(
            voice=live.voice(),
            answer=live.answer,
            tell=self._news.tell,
            codes=self._news.code_rules(live.site),
            generator=self._generators.of(live),
            version=live.remembered_as(),
            address_keys=partial(address_keys, secrets=live.site.identity.secrets, site_id=live.site.id),
        )

    def _ready_keeper(self) -> Keeper:
        if self._keeper is None:
            raise NotReadyError("The server is starting. Try again in a moment.")
        return self._keeper

    async def _come_up(self, db: Database, talk: Talk, company: Company, housekeeping: Housekeeping) -> None:
        """Load the model, then keep the sites' knowledge, and do what one process does for all."""
        try:
            embedder = await asyncio.to_thread(load_embedder, self._environment.embedding_model)
            await asyncio.to_thread(warm_up, embedder)
            keeper = self._keeper = await asyncio.to_thread(
                Keeper,
                environment=self._environment,
                db=db,
                embedder=embedder,
                open_index=lambda: open_index(self._environment, db.epoch, view=self._view()),
                crawling=self._crawling,
                only_one=company.only_one,
            )
            self._states["embedding"] = "ready"
            async with asyncio.TaskGroup() as group:
                care = partial(self._take_care, keeper, talk, company, housekeeping)
                group.create_task(see_through("caretaker", care))
                group.create_task(see_through("readiness", partial(self._get_ready, embedder)))
                group.create_task(keeper.keep(self._live))
        except Exception as error:  # outermost loop: whatever it is, it is named, and nobody waits for ever
            self._states["embedding"] = f"failed: {error}"
            log.exception("server.not_ready", error=str(error))
            for live in self._live.values():
                if live.serving is None:
                    live.fail(str(error))

    async def _take_care(
        self, keeper: Keeper, talk: Talk, company: Company, housekeeping: Housekeeping
    ) -> None:
        """Do what one process does for all of them, for as long as it is this one."""
        loop, is_told = asyncio.get_running_loop(), False
        while True:
            begun_s = loop.time()
            try:
                async with company.only_one(CARETAKER), asyncio.TaskGroup() as group:
                    group.create_task(keeper.take_care(self._live))
                    group.create_task(housekeeping.keep_forgetting())
                    group.create_task(take_over(talk, company.bus, is_alone=company.is_alone))
            except BotError as error:  # another may be the one now, or nobody while the database is away
                if not is_told or loop.time() - begun_s > OUTAGE_OVER_S:
                    log.warning("caretaker.lost", code=error.code, reason=str(error))
                is_told = True
                await asyncio.sleep(CARE_AGAIN_S)

    async def _get_ready(self, embedder: Embedder) -> None:
        """Say that the server is ready once every site is, with its language model; then try those models."""
        assert self._generators is not None
        for live in self._live.values():
            await live.is_ready.wait()
        sites = list(self._live.values())
        with _going_on_without():
            await self._generators.load(sites, embedder)
        await self._tell_ready()
        with _going_on_without():
            await self._generators.try_out(sites)

    async def _tell_ready(self) -> None:
        await asyncio.to_thread(give_back_memory)
        log.info("server.ready", url=self._note.url)
        if self._membership is None:
            print(f"Foyer is ready at {self._note.url}", flush=True)
        else:
            self._membership.hub.tell_ready()

    def _view(self) -> Path | None:
        """Return where this process has its own view of the indexes, when others read them too."""
        member = self._membership
        return None if member is None else self._environment.home / VIEWS / member.name


@contextmanager
def _going_on_without() -> Iterator[None]:
    """Come up where language models can not be loaded or tried: the service works without any of them."""
    try:
        yield
    except Exception:  # outermost loop of what only makes the first answer faster
        log.exception("model.not_warm")
