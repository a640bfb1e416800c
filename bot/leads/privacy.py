"""Forgetting a visitor, or that they may be contacted: in every table and from the files, and everybody is told."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

import structlog

from bot.domain.capture import WITHDREW, personal_slots
from bot.domain.conversation import Consent, LeadId
from bot.domain.errors import BotError
from bot.domain.facts import current_facts
from bot.domain.playbook import Playbook
from bot.domain.scoring import assess
from bot.domain.slots import SlotKind
from bot.domain.withheld import withheld_words
from bot.leads.merging import refresh
from bot.leads.news import Receivers
from bot.leads.notices import tell_of_erasure, tell_of_withdrawal
from bot.store import Connection, Database, consents, conversations, facts, leads, merges, withdrawal
from bot.store.leads import ErasedCounts, LeadRow

PublishErased = Callable[[str], None]
"""Tells the open windows of a conversation that it is gone; the server passes its bus's."""

MESSAGES = 10_000
"""Messages of a conversation that are looked through."""

log = structlog.get_logger(__name__)


class ConsentError(BotError):
    """There is no consent that could be taken back."""

    code = "no_consent"


async def erase_lead(
    db: Database, lead_id: LeadId, *, now: datetime, publish: PublishErased | None = None
) -> ErasedCounts:
    """Erase everything of the lead's visitor, for good, and have everybody know who was told of it.

    Raises:
        NotFoundError: There is no such lead.
    """
    async with db.write() as connection:
        for visitor_id in await merges.visitors_of(connection, lead_id):
            await tell_of_erasure(connection, visitor_id, now)
        counts = await leads.erase(connection, lead_id, at=now)
    for conversation_id in counts.conversations:
        if publish is not None:
            publish(conversation_id)
    is_overwritten = await db.overwrite_erased()
    # The record of the deed holds no word of the person: an id that leads nowhere any more, and numbers.
    log.info("lead.erased", lead=lead_id, rows=counts.total, files_overwritten=is_overwritten)
    return counts


async def withdraw_consent(
    connection: Connection,
    lead_id: LeadId,
    *,
    playbook: Playbook,
    receivers: Receivers,
    now: datetime,
    region: str = "US",
) -> LeadRow:
    """Take back, for somebody who said so elsewhere, that they may be contacted; return their lead as it is then.

    Of a merged lead, everybody in it. Call `Database.overwrite_erased` after the commit. `region` is the ISO country
    whose phone numbers are written without +.

    Raises:
        NotFoundError: There is no such lead.
        ConsentError: It has no consent that could be taken back.
    """
    row = await leads.get(connection, lead_id)
    if row.consent is not Consent.GIVEN:
        raise ConsentError(f"Lead {lead_id!r} has no consent to take back: it is {row.consent.value!r}.")
    for visitor_id in await merges.visitors_of(connection, lead_id):
        part = await leads.find_for_visitor(connection, visitor_id)
        if part is not None and part.consent is Consent.GIVEN:
            words = await _words_about(connection, part, playbook, region)
            await _withdraw_part(connection, part, words, playbook, now)
            await tell_of_withdrawal(connection, part, receivers=receivers, at=now)
            await refresh(connection, part.lead_id, playbook)
    log.info("consent.withdrawn", lead=lead_id)
    return await leads.get(connection, lead_id)


async def _words_about(
    connection: Connection, row: LeadRow, playbook: Playbook, region: str
) -> frozenset[str]:
    """Return everything that tells who the visitor is, or somebody they wrote about."""
    log = await facts.history(connection, row.lead_id)
    known = current_facts(log)
    companies = [slot.id for slot in playbook.slots if slot.kind is SlotKind.COMPANY]
    firms = [str(known[slot].value) for slot in companies if slot in known]
    words = {*withdrawal.words_of(log, personal_slots(playbook))}
    for thread in await conversations.of_visitor(connection, row.visitor_id):
        said = await conversations.messages(connection, thread.conversation_id, limit=MESSAGES)
        words |= {*withheld_words(said, slots=playbook.slots, region=region, known=known, firms=firms)}
    return frozenset(words)


async def _withdraw_part(
    connection: Connection, row: LeadRow, words: Collection[str], playbook: Playbook, now: datetime
) -> None:
    slots = personal_slots(playbook)
    await withdrawal.withdraw(connection, row.visitor_id, slots=slots, words=words)
    agreed = await consents.history(connection, row.visitor_id)
    await consents.record(
        connection,
        site_id=row.site_id,
        visitor_id=row.visitor_id,
        conversation_id=row.conversation_id,
        message_id=None,
        answer=Consent.WITHDRAWN,
        text=agreed[-1].text if agreed else "",
        text_version=agreed[-1].text_version if agreed else "",
        locale=agreed[-1].locale if agreed else None,
        at=now,
    )
    kept = await facts.history(connection, row.lead_id)
    judged = assess(playbook, kept, as_of=max([row.updated_at, *(fact.at for fact in kept)]))
    masked = await leads.get(connection, row.lead_id)
    after = replace(
        masked,
        consent=Consent.WITHDRAWN,
        consent_at=None,
        captured=False,
        stopped_at=WITHDREW,
        updated_at=now,
        score=judged.score,
        grade=judged.grade,
        stage=judged.stage,
        playbook_version=playbook.version,
    )
    await leads.save(connection, row=after, receipts=judged.receipts)
