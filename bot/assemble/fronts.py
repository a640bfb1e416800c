"""A site as the web sees it: what it answers, what it knows, and what can be done about it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from bot.assemble.keeping import Keeper
from bot.assemble.live_site import LiveSite
from bot.assemble.parts_of_life import now
from bot.assemble.source_states import how_sources_are
from bot.domain.conversation import SiteId
from bot.settings import Environment
from bot.sources import Gap, find_gaps, keep_program_gap
from bot.store import Database
from bot.web.parts import Front


def front_of(
    live: LiveSite, db: Database, environment: Environment, ready_keeper: Callable[[], Keeper]
) -> Front:
    """Return a site as the web sees it; `ready_keeper` raises while the server is starting."""

    async def reindex(full: bool) -> dict[str, Any]:  # noqa: FBT001 - a callable of one argument
        return await ready_keeper().reindex(live, full=full)

    async def knowledge() -> dict[str, Any]:
        version = live.serving.version if live.serving else None
        return {"index_version": version} | await how_sources_are(db, live.site, home=environment.home)

    async def gaps(since: datetime | None) -> list[Gap]:
        embedder = ready_keeper().embedder
        knowledge = live.serving.knowledge if live.serving else None
        return await find_gaps(
            db, SiteId(live.site.id), embedder, knowledge, since=since, memory=live.gap_memory
        )

    def faq() -> tuple[str, Any]:
        serving = live.serving
        return (str(serving.version), serving.entries) if serving else ("0", ())

    return Front(
        site_id=live.site.id,
        name=live.site.name,
        config=partial(live.public_config, text_chars=environment.limit_text_chars),
        accent=live.site.accent,
        button=live.site.theme.of_button(),
        identity_secrets=live.site.identity.secrets,
        answer=live.answer_with_related,
        is_answering=lambda: live.serving is not None,
        faq=faq,
        knowledge=knowledge,
        gaps=gaps,
        keep_gap=partial(keep_gap, live, db),
        reindex=reindex,
        proactive=live.proactive,
    )


async def keep_gap(live: LiveSite, db: Database, question: str) -> None:
    """Keep a question of another program that was not answered."""
    await keep_program_gap(db, SiteId(live.site.id), question, region=live.site.region, at=now())
