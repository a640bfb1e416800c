"""The list of leads, its download, and why no lead came of the other conversations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from fastapi.responses import Response

from bot.domain.capture import CAPTURED, gate_in_words
from bot.domain.conversation import SiteId
from bot.domain.playbook import Playbook, Stage
from bot.domain.slots import Slot, SlotKind
from bot.leads import LeadRecord, slots_of
from bot.leads.export import FORMATS
from bot.leads.learned_order import NotEarnedError, Ordering, Sort, find_ordering, ordered_page
from bot.leads.ledger import ledger_json
from bot.leads.profiles import PROFILES
from bot.store import Connection, UnknownCursorError, capture_ledger, leads
from bot.web.console import words
from bot.web.console.filters import (
    FITS,
    GRADES,
    INTERESTS,
    STATES,
    Chosen,
    FactWanted,
    Wanted,
    chosen,
    wanted_from,
)
from bot.web.console.pages import Visit, Visiting, page, page_router, redirect
from bot.web.console.people import person_of
from bot.web.lead_files import list_response

PAGE = 50
COUNTED = 1_000
"""Beyond so many the list says "more than": counting a million would make each page wait."""


COMPARED: Mapping[SlotKind | None, str] = {
    SlotKind.QUANTITY: "at least {}",
    SlotKind.MONEY: "at least {} a year",
    SlotKind.TIMELINE: "within {} days",
}

router = page_router()


@router.get("/leads")
async def show_list(visit: Visiting) -> Response:
    """Return the list of leads as it was chosen."""
    wanted = wanted_from(visit.request.query_params)
    if (
        "" in visit.request.query_params.values()
    ):  # a form sends its empty fields; an address to keep has none
        return redirect(f"/leads?{wanted.query}".rstrip("?"))
    found = choose(visit, wanted)
    cursor = visit.request.query_params.get("cursor")
    try:
        async with visit.parts.db.read() as connection:
            ordering = await ordering_of(connection, wanted, visit, found)
            listed = await ordered_page(connection, found.where, ordering, cursor=cursor, limit=PAGE)
            is_whole = cursor is None and listed.next_cursor is None
            count = (
                len(listed.records)
                if is_whole
                else await leads.count(connection, found.where, at_most=COUNTED + 1)
            )
    except UnknownCursorError:
        return redirect(f"/leads?{wanted.query}")
    rows = [row_of(visit, record, listed.chances.get(record.row.lead_id)) for record in listed.records]
    return page(
        visit.request,
        "leads",
        operator=visit.operator,
        wanted=wanted,
        rows=rows,
        ordering=ordering,
        orders=orders_of(ordering),
        count=count,
        many=count > COUNTED,
        is_first=cursor is None,
        is_erased="erased" in visit.request.query_params,
        next_query=replaced(wanted, cursor=listed.next_cursor),
        complaints=found.complaints,
        ledgers=[] if rows or wanted.is_narrow else await ledgers(visit, found.sites),
        **choices_of(visit, wanted, found),
    )


async def ordering_of(connection: Connection, wanted: Wanted, visit: Visit, found: Chosen) -> Ordering:
    """Return the order that was chosen, where there is it; else the one that there is without a choice."""
    playbooks = {SiteId(site): visit.parts.playbook_of(site) for site in found.sites}
    try:
        return await find_ordering(connection, playbooks, wanted=wanted.order)
    except NotEarnedError:
        return await find_ordering(connection, playbooks)


def orders_of(ordering: Ordering) -> list[tuple[str, str, bool]]:
    """Return the orders: name, words, whether it is this one; the one that there is without a choice has no name."""
    default: Sort = "learned" if ordering.is_learned_offered else "newest"
    offered = [sort for sort in words.ORDERS if sort != "learned" or ordering.is_learned_offered]
    return [("" if sort == default else sort, words.ORDERS[sort], sort == ordering.sort) for sort in offered]


def choose(visit: Visit, wanted: Wanted) -> Chosen:
    """Return the leads that are meant, of the sites that the person sees."""
    parts = visit.parts
    playbooks = {site: parts.playbook_of(site) for site in visit.fronts}
    segments = {site: parts.segments_of(site) for site in visit.fronts}
    return chosen(wanted, playbooks, segments, now=parts.clock())


@dataclass(frozen=True, slots=True)
class Link:
    """Something to choose: its words, where it leads, and whether it is chosen now."""

    words: str
    query: str
    is_chosen: bool = False


def choices_of(visit: Visit, wanted: Wanted, found: Chosen) -> dict[str, Any]:
    """Return what can be chosen on the list."""
    playbooks = [visit.parts.playbook_of(site) for site in found.sites]
    slots = slots_of(playbooks)
    return {
        "sites": [(site, front.name) for site, front in visit.fronts.items()],
        "segments": segment_links(visit, wanted, found.sites),
        "removable": removable(wanted, slots),
        "stages": [(stage, words.STAGES[stage]) for stage in reversed(get_args(Stage)[:-1])]
        + [("disqualified", words.STAGES["disqualified"])],
        "fits": FITS,
        "interests": INTERESTS,
        "grades": GRADES,
        "spans": words.SPANS,
        "slots": slots,
        "states": [(state, words.STATES[state]) for state in STATES],
        "fact_rows": [*wanted.facts, FactWanted("", "", "")],
        "formats": FORMATS,
        "profiles": PROFILES,
        "export_fields": [pair for pair in wanted.fields if pair[1] and pair[0] not in {"who", "order"}],
    }


def segment_links(visit: Visit, wanted: Wanted, sites: Sequence[str]) -> list[Link]:
    """Return the saved filters of these sites as links, after the one to all leads."""
    labels = {
        name: segment.label for site in sites for name, segment in visit.parts.segments_of(site).items()
    }
    every = Link("All", replace(wanted, segment="").query, is_chosen=not wanted.segment)
    return [every] * bool(labels) + [
        Link(label, replace(wanted, segment=name).query, is_chosen=wanted.segment == name)
        for name, label in labels.items()
    ]


def removable(wanted: Wanted, slots: Sequence[Slot]) -> list[Link]:
    """Return each part of the choice as a link to the list without it."""
    links = [
        Link(words.STAGES[stage], replace(wanted, stages=tuple(s for s in wanted.stages if s != stage)).query)
        for stage in reversed(wanted.stages)
    ]
    if wanted.words:
        links.append(Link(f"“{wanted.words}”", replace(wanted, words="").query))
    if wanted.grade:
        links.append(Link(f"Grade {wanted.grade}", replace(wanted, grade="").query))
    if wanted.changed:
        links.append(Link(f"Changed in {words.SPANS[wanted.changed]}", replace(wanted, changed="").query))
    if wanted.everyone:
        links.append(Link("Also who did not agree", replace(wanted, everyone=False).query))
    by_id = {slot.id: slot for slot in slots}
    for one in wanted.facts:
        others = tuple(other for other in wanted.facts if other != one)
        links.append(Link(fact_in_words(one, by_id.get(one.slot)), replace(wanted, facts=others).query))
    return links


def fact_in_words(one: FactWanted, slot: Slot | None) -> str:
    """Return a filter of a fact as people read it: `Budget: at least 25000`."""
    label = slot.label if slot else one.slot
    if one.value and one.state in {"", "known"}:
        return f"{label}: {COMPARED.get(slot.kind if slot else None, '{}').format(one.value)}"
    return f"{label}: {words.STATES[one.state].lower() if one.state else 'spoken of'}"


def replaced(wanted: Wanted, *, cursor: str | None) -> str | None:
    """Return the query of the next page, None after the last."""
    return None if cursor is None else "&".join(filter(None, (wanted.query, f"cursor={cursor}")))


def row_of(visit: Visit, record: LeadRecord, chance: float | None) -> dict[str, Any]:
    """Return a lead as a row of the list; `chance` (0–1) is how likely it is won."""
    row = record.row
    playbook: Playbook = visit.parts.playbook_of(row.site_id)
    return {
        "id": row.lead_id,
        "score": row.score,
        "chance": "" if chance is None else words.percent(chance),
        "grade": row.grade,
        "stage": words.STAGES[row.stage],
        "stage_id": row.stage,
        "person": person_of(record, playbook.slots),
        "came": row.created_at,
        "changed": row.updated_at,
        "site": visit.fronts[row.site_id].name,
        "gate": None if row.captured else gate_in_words(row.stopped_at or "never_asked"),
    }


async def ledgers(visit: Visit, sites: Sequence[str]) -> list[dict[str, Any]]:
    """Return at which gates the conversations of each site stopped, in words."""
    found = []
    for site in sites:
        async with visit.parts.db.read() as connection:
            gates = await capture_ledger.count_gates(connection, SiteId(site))
        counts = ledger_json(gates)
        stopped = [gate for gate in counts["gates"] if gate["gate"] != CAPTURED]
        found.append(counts | {"site": site, "name": visit.fronts[site].name, "stopped": stopped})
    return found


@router.get("/leads/why")
async def show_why(visit: Visiting) -> Response:
    """Return why no lead came of conversations, counted."""
    wanted = Wanted(site=visit.request.query_params.get("site", ""))
    sites = [site for site in visit.fronts if wanted.site in {"", site}]
    return page(
        visit.request,
        "why",
        operator=visit.operator,
        wanted=wanted,
        sites=[(site, front.name) for site, front in visit.fronts.items()],
        ledgers=await ledgers(visit, sites),
    )


@router.get("/leads/export")
async def download(visit: Visiting) -> Response:
    """Return the chosen leads as a file; only who agreed to be contacted is in it."""
    params = visit.request.query_params
    found = choose(visit, wanted_from(params))
    return await list_response(
        visit.parts,
        found.where,
        found.sites,
        file_format=params.get("format", "csv"),
        profile=params.get("profile", "generic"),
    )
