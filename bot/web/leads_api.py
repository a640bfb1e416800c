"""Leads for other programs: pages, one lead, the export, erasure, and the transcript behind a lead."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse

from bot.domain.conversation import Consent, ConversationId, LeadId, SiteId
from bot.leads import (
    LeadRecord,
    erase_lead,
    find_record,
    lead_json,
    rescore,
    withdraw_consent,
)
from bot.leads.consent import consent_receipts
from bot.leads.export import FORMATS, MEDIA_TYPES
from bot.leads.follow_up import draft_of
from bot.leads.learned_order import NotEarnedError, Sort, chance_json, find_ordering, ordered_page
from bot.leads.ledger import entry_json, ledger_json
from bot.leads.outlook import outlook_json
from bot.leads.profiles import PROFILES
from bot.store import capture_ledger, conversations, facts
from bot.store.lead_filter import LeadFilter
from bot.web.auth import Access, ApiAccess
from bot.web.errors import Problem
from bot.web.lead_files import list_response
from bot.web.moment import Moment
from bot.web.parts import Parts
from bot.web.spelled import message_data
from bot.web.visitor_http import parts_of

router = APIRouter(prefix="/api/v1", tags=["leads"])

SegmentName = Annotated[
    str | None, Query(max_length=64, description="Only leads of this saved filter of foyer.yaml.")
]
SubjectId = Annotated[str | None, Query(max_length=64, description="A lead's or a conversation's id.")]
SiteParameter = Annotated[str | None, Query(max_length=64)]
Since = Annotated[
    Moment | None, Query(description="Only leads that changed at or after this time (RFC 3339).")
]

Sorted = Annotated[
    Sort, Query(description="The newest first, by score, or by a learned score that has earned its place.")
]
Drafts = Annotated[bool, Query(description="With a last column of follow-up drafts.")]


@router.get("/leads", summary="List leads")
async def list_leads(
    request: Request,
    access: ApiAccess,
    site: SiteParameter = None,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    since: Since = None,
    segment: SegmentName = None,
    everyone: Annotated[bool, Query(alias="all", description="Also visitors who gave no consent.")] = False,  # noqa: FBT002
    sort: Sorted = "newest",
) -> dict[str, Any]:  # fmt: skip
    """Return a page of leads in the order that is asked for: those who agreed to be contacted, or `all` visitors."""
    parts = parts_of(request)
    where = filter_of(parts, access, site, since, segment)
    where = replace(where, consented_only=not everyone)
    async with parts.db.read() as connection:
        sites = [SiteId(name) for name in parts.fronts() if where.site_id in {None, name}]
        playbooks = {site: parts.playbook_of(site) for site in sites}
        try:
            ordering = await find_ordering(connection, playbooks, wanted=sort)
        except NotEarnedError as error:
            raise Problem(409, error.code, str(error)) from error
        public_url = parts.public_url or None
        page = await ordered_page(
            connection, where, ordering, cursor=cursor, limit=limit, public_url=public_url
        )
    told = [lead_json(record) | chance_json(page.chances, record) for record in page.records]
    return {"leads": told, "next_cursor": page.next_cursor, "sort": ordering.sort, "why": ordering.why}


@router.get(
    "/leads/export",
    summary="Download the lead list",
    response_class=StreamingResponse,
    responses={200: {"content": {media_type: {} for media_type in MEDIA_TYPES}}},
)
async def export_leads(
    request: Request,
    access: ApiAccess,
    file_format: Annotated[str, Query(alias="format", json_schema_extra={"enum": [*FORMATS]})] = "csv",
    profile: Annotated[str, Query(json_schema_extra={"enum": [*PROFILES]})] = "generic",
    segment: SegmentName = None,
    site: SiteParameter = None,
    since: Since = None,
    drafts: Drafts = False,  # noqa: FBT002
) -> Response:  # fmt: skip
    """Stream the same file as `foyer leads export`; only leads who agreed to be contacted are in it."""
    parts = parts_of(request)
    where = filter_of(parts, access, site, since, segment)
    served = list(parts.fronts())
    sites = [name for name in served if where.site_id in {None, name}]
    return await list_response(
        parts, where, sites, file_format=file_format, profile=profile, has_drafts=drafts
    )


def filter_of(
    parts: Parts, access: Access, site: str | None, since: datetime | None, segment: str | None
) -> LeadFilter:
    """Return which leads the caller asks for, as far as its key reaches.

    Raises:
        Problem: 404 for a segment that none of these sites has.
    """
    reach = access.site_or_own(site)
    segments = None
    if segment is not None:
        sites = [reach] if reach else list(parts.fronts())
        all_of = {SiteId(name): parts.segments_of(name) for name in sites if name in parts.fronts()}
        segments = {name: kept[segment] for name, kept in all_of.items() if segment in kept}
        if not segments:
            known = sorted({name for kept in all_of.values() for name in kept})
            there = f"there are {', '.join(known)}" if known else "foyer.yaml has none yet"
            raise Problem(404, "unknown_segment", f"There is no segment {segment!r}: {there}.")
    return LeadFilter(
        site_id=SiteId(reach) if reach else None, since=since, segments=segments, as_of=parts.clock()
    )


@router.post("/leads/rescore", summary="Judge the leads again")
async def rescore_leads(
    request: Request,
    access: ApiAccess,
    site: Annotated[str, Query(max_length=64)],
    dry_run: Annotated[bool, Query(description="Only report who would move.")] = False,  # noqa: FBT002
) -> dict[str, Any]:
    """Judge every lead of a site by its playbook as it is now; return how many there are and which moved."""
    parts = parts_of(request)
    if (access.site_or_own(site) or site) not in parts.fronts():
        raise Problem(404, "unknown_site", f"There is no site {site!r} here.")
    judged = rescore(
        parts.db, site_id=SiteId(site), playbook=parts.playbook_of(site), now=parts.clock(), keep=not dry_run
    )
    count, moved = 0, []
    async for outcome in judged:
        count += 1
        if outcome.has_moved:
            moved.append(asdict(outcome))
    return {"leads": count, "moved": moved}


@router.get("/leads/why", summary="Why no lead came of it")
async def why_no_lead(
    request: Request, access: ApiAccess, site: Annotated[str, Query(max_length=64)], subject: SubjectId = None
) -> dict[str, Any]:
    """Return at which gates the site's conversations stopped, counted; or the entry of one `subject`."""
    parts = parts_of(request)
    reach = SiteId(access.site_or_own(site) or site)
    async with parts.db.read() as connection:
        if subject is None:
            return ledger_json(await capture_ledger.count_gates(connection, reach))
        entry = await capture_ledger.find_entry(connection, reach, subject)
    if entry is None:
        raise Problem(404, "not_found", f"There is no lead and no conversation {subject!r}.")
    return entry_json(entry)


@router.get("/leads/{lead_id}", summary="One lead")
async def show_lead(lead_id: str, request: Request, access: ApiAccess) -> dict[str, Any]:
    """Return a lead with its facts, quotes and receipts, what would change it, and how likely it is won."""
    parts = parts_of(request)
    record = await access_lead(lead_id, request, access)
    site = record.row.site_id
    async with parts.db.read() as connection:
        told = lead_json(record) | {"consents": await consent_receipts(connection, record.row.lead_id)}
        if site not in parts.fronts():
            return told
        log = await facts.history(connection, record.row.lead_id)
        ahead = await outlook_json(connection, record.row, log, parts.playbook_of(site), now=parts.clock())
    return told | ahead


@router.get("/leads/{lead_id}/draft", summary="A follow-up draft")
async def draft_to_lead(lead_id: str, request: Request, access: ApiAccess) -> dict[str, str]:
    """Return a first draft of the e-mail to a lead who agreed to be contacted, as plain text."""
    parts = parts_of(request)
    record = await access_lead(lead_id, request, access)
    if record.row.consent is not Consent.GIVEN:
        raise Problem(409, "no_consent", f"Lead {lead_id!r} did not agree to be contacted.")
    if record.row.site_id not in parts.fronts():
        raise Problem(409, "not_served", f"The site {record.row.site_id!r} of this lead is not served here.")
    draft = await draft_of(parts.db, record, parts.writer_of(record.row.site_id))
    return {"lead_id": lead_id, "draft": draft}


async def access_lead(lead_id: str, request: Request, access: Access) -> LeadRecord:
    """Return the lead when the key reaches it.

    Raises:
        Problem: 404, the same for a lead that does not exist and one of another site.
    """
    parts = parts_of(request)
    async with parts.db.read() as connection:
        record = await find_record(connection, LeadId(lead_id), public_url=parts.public_url or None)
    if record is None or access.site_id not in {None, record.row.site_id}:
        raise Problem(404, "not_found", f"There is no lead {lead_id!r}.")
    return record


@router.delete("/leads/{lead_id}", summary="Erase a visitor", status_code=204)
async def delete_lead(lead_id: str, request: Request, access: ApiAccess) -> Response:
    """Erase everything of the lead's visitor: messages, facts, lead, consents, what waits to be delivered."""
    parts = parts_of(request)
    await access_lead(lead_id, request, access)
    await erase_lead(parts.db, LeadId(lead_id), now=parts.clock(), publish=parts.bus.publish_erased)
    return Response(status_code=204)


@router.post("/leads/{lead_id}/withdraw", summary="Take back a consent")
async def withdraw_lead(lead_id: str, request: Request, access: ApiAccess) -> dict[str, Any]:
    """Delete and mask a lead's contact details: its visitor said elsewhere that they want no more contact."""
    parts = parts_of(request)
    record = await access_lead(lead_id, request, access)
    if record.row.site_id not in parts.fronts():
        raise Problem(409, "site_not_served", f"The site {record.row.site_id!r} is not served here.")
    playbook = parts.playbook_of(record.row.site_id)
    async with parts.db.write() as connection:
        await withdraw_consent(
            connection,
            record.row.lead_id,
            playbook=playbook,
            receivers=parts.receivers_of(record.row.site_id),
            now=parts.clock(),
        )
    await parts.db.overwrite_erased()
    return lead_json(await access_lead(lead_id, request, access))


@router.get("/conversations/{conversation_id}", summary="A transcript")
async def show_conversation(conversation_id: str, request: Request, access: ApiAccess) -> dict[str, Any]:
    """Return a conversation's messages in order (at most 1,000)."""
    parts = parts_of(request)
    async with parts.db.read() as connection:
        found = await conversations.find(connection, ConversationId(conversation_id))
        if found is None or access.site_id not in {None, found.site_id}:
            raise Problem(404, "not_found", f"There is no conversation {conversation_id!r}.")
        said = await conversations.messages(connection, found.conversation_id, limit=1_000)
    return {
        "conversation_id": found.conversation_id,
        "site": found.site_id,
        "status": found.status.value,
        "consent": found.consent.value,
        "started_at": found.started_at.isoformat().replace("+00:00", "Z"),
        "page": {"url": found.page_url, "title": found.page_title},
        "messages": [{"seq": message.seq, **message_data(message)} for message in said],
    }
