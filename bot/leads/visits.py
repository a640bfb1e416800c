"""What a visitor does between messages: the pages on which their chat is open, and that they came back.

Kept as signals in the log of their lead, once there is one, and counted when it is judged next: with a message, or
by `foyer leads rescore`. Nothing is kept of who has not written, nor of pages on which the chat is closed.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.behaviour import AWAY, PAGES_OF_INTEREST, page_without_query, shows_prices
from bot.domain.conversation import Author, Message, VisitorId
from bot.domain.facts import SIGNAL_PREFIX, Fact, FactState
from bot.domain.playbook import Signal
from bot.store import Connection, Database, conversations, facts, leads, visitor_line
from bot.store.leads import LeadRow

VISITED = f"{SIGNAL_PREFIX}visited"
"""The slot of a page that was visited; its value is the address, without query."""
PAGES_KEPT = 20
MESSAGES = 300


async def keep_visit(db: Database, visitor_id: VisitorId, url: str | None, *, at: datetime) -> None:
    """Keep what a visitor whose chat is open on a page shows by that for the first time."""
    page = page_without_query(url)

    async def look(connection: Connection) -> tuple[LeadRow, list[Fact]] | None:
        lead = await leads.find_for_visitor(connection, visitor_id)
        talk = await conversations.find_open(connection, visitor_id) if lead is not None else None
        if lead is None or talk is None:
            return None
        after = max(0, talk.head_seq - MESSAGES)
        said = await conversations.messages(connection, talk.conversation_id, after=after, limit=MESSAGES)
        mine = [message for message in said if message.author is Author.VISITOR]
        log = await facts.of_visitor(connection, visitor_id)
        return lead, list(shown_by_visit(page, mine, log, at=at))

    async def keep(connection: Connection) -> None:
        found = await look(connection)
        if found is not None and found[1]:
            lead, shown = found
            await facts.append(connection, lead_id=lead.lead_id, site_id=lead.site_id, facts=shown)

    found = await db.read_at_once(look)
    if found is not None and found[1]:
        await db.write_at_once(keep, visitor_line(visitor_id))


def shown_by_visit(
    page: str | None, mine: Sequence[Message], log: Sequence[Fact], *, at: datetime
) -> Iterator[Fact]:
    """Yield the signals of a visit, each dated now and beside the visitor's latest message. Pure.

    Args:
        page: where they are, without query; None where it is not known.
        mine: their messages, oldest first.
        log: the facts of their lead, signals included.
        at: now.
    """
    if not mine:
        return
    has_shown = {fact.slot.removeprefix(SIGNAL_PREFIX) for fact in log}
    visits = [fact for fact in log if fact.slot == VISITED]
    written_from = {page_without_query(message.page_url) for message in mine} - {None}
    seen = written_from | {fact.value for fact in visits}
    was_here = max([mine[-1].at, *(fact.at for fact in visits)])
    signals: list[Signal] = []
    if at - was_here >= AWAY:
        signals.append("came_back")
    if page is not None and page not in seen and len(visits) < PAGES_KEPT:
        yield _signal("visited", mine[-1], at, value=page)
        if len(seen) + 1 >= PAGES_OF_INTEREST:
            signals.append("three_pages")
        if shows_prices(page):
            signals.append("saw_pricing")
    yield from (_signal(one, mine[-1], at, value=True) for one in signals if one not in has_shown)


def _signal(name: str, beside: Message, at: datetime, *, value: str | bool) -> Fact:
    return Fact(
        slot=f"{SIGNAL_PREFIX}{name}",
        state=FactState.KNOWN,
        value=value,
        quote="",
        message_id=beside.message_id,
        extractor="visit",
        confidence=1.0,
        at=at,
    )
