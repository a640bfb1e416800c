"""One lead: its page, and erasing it."""

import asyncio
from typing import Any

from fastapi.responses import Response

from bot.domain.capture import gate_in_words
from bot.domain.conversation import Consent, LeadId, SiteId
from bot.domain.errors import ConfigurationError
from bot.leads import LeadRecord, erase_lead, find_record
from bot.leads.draft import draft_for
from bot.leads.mail_text import web_href
from bot.leads.winning import find_model, winning
from bot.store import Connection, consents, conversations, facts, feedback, operators
from bot.store.lead_filter import WITHDRAWN
from bot.web.console import lead_view, words
from bot.web.console.lead_view import LeadStory
from bot.web.console.pages import (
    Visit,
    Visiting,
    address_before,
    check_form,
    log,
    page,
    page_router,
    read_form,
    redirect,
)
from bot.web.console.people import Person, person_of
from bot.web.errors import Problem

MESSAGES = 1_000

router = page_router()


@router.get("/leads/{lead_id}")
async def show_lead(lead_id: str, visit: Visiting) -> Response:
    """Return everything known of a lead, with the words that say it."""
    epoch = visit.parts.db.epoch
    async with visit.parts.db.read() as connection:
        story = await read_story(connection, lead_id, visit)
    record, row = story.record, story.record.row
    playbook = visit.parts.playbook_of(row.site_id)
    labels = {slot.id: slot.label for slot in playbook.slots}
    return page(
        visit.request,
        "lead",
        operator=visit.operator,
        lead_id=row.lead_id,
        back=address_before(visit.request),
        person=person_of(record, playbook.slots),
        site_name=visit.fronts[row.site_id].name,
        row=row,
        stage=words.STAGES[row.stage],
        gate=None if row.captured else gate_in_words(row.stopped_at or "never_asked"),
        facts=lead_view.fact_rows(story, playbook),
        changes=lead_view.changes(story, playbook, visit.parts.clock()),
        won=story.won,
        chance=words.percent(story.won.probability) if story.won else "",
        because=lead_view.because(story.won, labels) if story.won else [],
        talks=lead_view.talks(story, labels),
        follow=follow_view(story, visit, epoch),
        consents=lead_view.consent_rows(story),
        page_href=web_href(row.page),
        referrer_href=web_href(row.referrer),
        **await draft_view(story, visit),
        **lead_view.reckoning(story),
    )


async def read_story(connection: Connection, lead_id: str, visit: Visit) -> LeadStory:
    """Return what is kept of a lead.

    Raises:
        Problem: 404, the same for a lead that never was, was erased, belongs to another site, or took its yes back.
    """
    record = await access_record(connection, lead_id, visit)
    row = record.row
    threads = await conversations.of_visitor(connection, row.visitor_id)
    said = [await conversations.messages(connection, one.conversation_id, limit=MESSAGES) for one in threads]
    history = await facts.history(connection, row.lead_id)
    model = await find_model(connection, row.site_id)
    return LeadStory(
        record=record,
        history=history,
        conversations=list(zip(threads, said, strict=True)),
        consents=await consents.history(connection, row.visitor_id),
        opinions=await feedback.of_conversations(connection, [one.conversation_id for one in threads]),
        won=winning(model, row, history, visit.parts.playbook_of(row.site_id)),
        operators={one.operator_id: one.name for one in await operators.list_all(connection)},
    )


async def access_record(connection: Connection, lead_id: str, visit: Visit) -> LeadRecord:
    """Return the lead when the person may see it; see `read_story` for what is raised."""
    record = await find_record(connection, LeadId(lead_id))
    if record is not None and record.row.site_id in visit.fronts:
        answers = await consents.history(connection, record.row.visitor_id)
        if not answers or answers[-1].answer != WITHDRAWN:
            return record
    raise Problem(
        404, "not_found", "There is no such lead. It was erased, or its visitor took their consent back."
    )


def follow_view(story: LeadStory, visit: Visit, epoch: str) -> dict[str, Any] | None:
    """Return from where the page follows the latest conversation; None where there is none."""
    if not story.conversations:
        return None
    talk, said = story.conversations[-1]
    return {
        "conversation_id": talk.conversation_id,
        "seq": said[-1].seq if said else 0,
        "epoch": epoch,
        "text_chars": visit.parts.limiter.allowance.text_chars,
    }


async def draft_view(story: LeadStory, visit: Visit) -> dict[str, Any]:
    """Return the draft of a follow-up for who agreed to get one, or why there is none."""
    row = story.record.row
    talk = next(
        (talk for talk in story.conversations if talk[0].conversation_id == row.conversation_id), None
    )
    if row.consent is not Consent.GIVEN or talk is None:
        return {"draft": None, "draft_problem": None}
    writer = visit.parts.writer_of(row.site_id)
    try:
        text = await asyncio.to_thread(draft_for, story.record, talk[0], talk[1], writer)
    except ConfigurationError as error:
        return {"draft": None, "draft_problem": str(error)}
    return {"draft": text, "draft_problem": None}


@router.get("/leads/{lead_id}/erase")
async def ask_erase(lead_id: str, visit: Visiting) -> Response:
    """Ask whether everything of a visitor is to be erased, and say what that is."""
    async with visit.parts.db.read() as connection:
        story = await read_story(connection, lead_id, visit)
    return page(
        visit.request,
        "erase",
        operator=visit.operator,
        lead_id=story.record.row.lead_id,
        person=who(story.record, visit),
        n_messages=sum(len(said) for _, said in story.conversations),
        n_facts=len(story.record.facts),
    )


@router.post("/leads/{lead_id}/erase")
async def erase(lead_id: str, visit: Visiting) -> Response:
    """Erase everything of a lead's visitor, for good."""
    form = await read_form(visit.request)
    check_form(form, visit.operator.form_token, visit.request, visit.parts)
    async with visit.parts.db.read() as connection:
        record = await access_record(connection, lead_id, visit)
    log.info("lead.erase_asked", lead=record.row.lead_id, operator=visit.operator.operator_id)
    parts = visit.parts
    await erase_lead(parts.db, record.row.lead_id, now=parts.clock(), publish=parts.bus.publish_erased)
    return redirect("/leads?erased=1")


def who(record: LeadRecord, visit: Visit) -> Person:
    """Return who a lead is."""
    return person_of(record, visit.parts.playbook_of(SiteId(record.row.site_id)).slots)
