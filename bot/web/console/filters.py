"""The list's address: what was chosen on the page, as its query, and the leads that this means.

Promises: an address is kept or sent and shows the same again; a value that is not one of ours is left out, never an
error; nothing of it becomes SQL text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import get_args
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from bot.domain.conversation import SiteId
from bot.domain.facts import FactState
from bot.domain.mail_kinds import MAIL_KINDS
from bot.domain.playbook import Playbook, Stage
from bot.domain.segment import Segment, Test
from bot.domain.slots import Slot, SlotKind
from bot.leads.learned_order import SORTS, Sort
from bot.store.lead_filter import NOT_ASKED, LeadFilter
from bot.web.console.words import SPANS

FITS, INTERESTS = "ABCD", "123"
GRADES = tuple(f"{fit}{interest}" for fit in FITS for interest in INTERESTS)
STATES = (*(state.value for state in FactState), NOT_ASKED)
LONGEST_SPAN = {
    "24h": timedelta(hours=24),
    **{span: timedelta(days=int(span[:-1])) for span in SPANS if "d" in span},
}
MAX_WORDS, MAX_FACTS, MAX_CHARS = 6, 6, 200
TRUE, FALSE = {"yes", "true", "1", "y"}, {"no", "false", "0", "n"}


@dataclass(frozen=True, slots=True)
class FactWanted:
    """What must hold of one fact: its state, and a value in the words of the filter."""

    slot: str
    state: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was chosen on the list."""

    site: str = ""
    segment: str = ""
    words: str = ""
    stages: tuple[str, ...] = ()
    grade: str = ""
    changed: str = ""
    everyone: bool = False
    order: Sort | None = None
    facts: tuple[FactWanted, ...] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the site, the order and whom it shows was chosen."""
        return bool(self.segment or self.words or self.stages or self.grade or self.changed or self.facts)

    @property
    def query(self) -> str:
        """The choice as the query of an address."""
        return urlencode([(name, value) for name, value in self.fields if value])

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The choice as the fields of a form."""
        facts = [
            pair
            for one in self.facts
            for pair in (("fact", one.slot), ("is", one.state or "-"), ("value", one.value or "-"))
        ]
        return [
            ("site", self.site),
            ("segment", self.segment),
            ("q", self.words),
            *(("stage", stage) for stage in self.stages),
            ("grade", self.grade),
            ("changed", self.changed),
            ("who", "everyone" if self.everyone else ""),
            ("order", self.order or ""),
            *facts,
        ]


def wanted_from(params: QueryParams) -> Wanted:
    """Read what was chosen from the query of the address."""
    order = params.get("order", "")
    grade = params.get("grade", "")
    return Wanted(
        site=params.get("site", "")[:MAX_CHARS],
        segment=params.get("segment", "")[:MAX_CHARS],
        words=params.get("q", "").strip()[:MAX_CHARS],
        stages=tuple(stage for stage in get_args(Stage) if stage in params.getlist("stage")),
        grade=grade if grade in {*GRADES, *FITS, *INTERESTS} else "",
        changed=params.get("changed", "") if params.get("changed") in SPANS else "",
        everyone=params.get("who") == "everyone",
        order=next((one for one in SORTS if one == order), None),
        facts=_facts(params),
    )


def _facts(params: QueryParams) -> tuple[FactWanted, ...]:
    rows = zip(params.getlist("fact"), params.getlist("is"), params.getlist("value"), strict=False)
    return tuple(
        FactWanted(slot[:MAX_CHARS], state if state in STATES else "", _value(value))
        for slot, state, value in rows
        if slot
    )[:MAX_FACTS]


def _value(text: str) -> str:
    return "" if text.strip() == "-" else text.strip()[:MAX_CHARS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The leads that a choice means, of which sites, and what of it could not be understood."""

    where: LeadFilter
    sites: tuple[str, ...]
    complaints: tuple[str, ...] = field(default=())


def chosen(
    wanted: Wanted,
    playbooks: Mapping[str, Playbook],
    segments: Mapping[str, Mapping[str, Segment]],
    *,
    now: datetime,
) -> Chosen:
    """Return the leads that the choice means.

    Args:
        wanted: what was chosen.
        playbooks: of each site that the person sees.
        segments: likewise, by name.
        now: spans of time end here.
    """
    sites = tuple(site for site in playbooks if wanted.site in {"", site})
    complaints = [
        complaint
        for one in wanted.facts
        if (complaint := complaint_about(one, [playbooks[s] for s in sites]))
    ]
    if wanted.segment and sites and not any(wanted.segment in segments[site] for site in sites):
        complaints.append(unknown_segment(wanted.segment, [segments[site] for site in sites]))
    by_site = {
        SiteId(site): found
        for site in sites
        if (found := _segment_for(wanted, playbooks[site], segments[site])) is not None
    }
    where = LeadFilter(
        site_id=SiteId(sites[0]) if len(sites) == 1 else None,
        consented_only=not wanted.everyone,
        but_withdrawn=True,
        words=tuple(wanted.words.split()[:MAX_WORDS]),
        segments=by_site,
        as_of=now,
    )
    return Chosen(where=where, sites=sites, complaints=tuple(complaints))


def unknown_segment(name: str, kept: Iterable[Iterable[str]]) -> str:
    """Say that there is no such segment, and which there are."""
    known = sorted({one for names in kept for one in names})
    return f"There is no segment “{name}”: " + (
        f"there are {', '.join(known)}." if known else "foyer.yaml has none yet."
    )


def agreed_only(where: LeadFilter) -> LeadFilter:
    """Return the filter for those of its leads who agreed to be contacted."""
    return replace(where, consented_only=True)


def _segment_for(wanted: Wanted, playbook: Playbook, kept: Mapping[str, Segment]) -> Segment | None:
    """Return the choice as a filter of one site's leads; None where none of them can be meant."""
    saved = kept.get(wanted.segment)
    slots = {slot.id: slot for slot in playbook.slots}
    if (wanted.segment and saved is None) or any(one.slot not in slots for one in wanted.facts):
        return None
    facts = (_fact_test(one, slots[one.slot], playbook) for one in wanted.facts)
    every = (*_lead_tests(wanted), *(test for test in facts if test is not None))
    return Segment(
        name=wanted.segment,
        label="",
        every=every + (saved.every if saved else ()),
        some=saved.some if saved else (),
    )


def _lead_tests(wanted: Wanted) -> Iterable[Test]:
    if wanted.stages:
        yield Test(field="stage", is_one_of=wanted.stages)
    if wanted.grade:
        yield Test(field="grade", is_one_of=tuple(one for one in GRADES if wanted.grade in {one, *one}))
    if wanted.changed:
        yield Test(field="updated_at", within=LONGEST_SPAN[wanted.changed])


def _fact_test(one: FactWanted, slot: Slot, playbook: Playbook) -> Test | None:
    if one.state:
        has_value = one.state == FactState.KNOWN.value and one.value
        states = Test(field=slot.id, kind=slot.kind, states=(one.state,))
        return (_value_test(one.value, slot, playbook) if has_value else None) or states
    if one.value:
        return _value_test(one.value, slot, playbook)
    return Test(field=slot.id, kind=slot.kind, states=tuple(state.value for state in FactState))


def _value_test(value: str, slot: Slot, playbook: Playbook) -> Test | None:
    """Return the test for a value in the words of the filter; None when it is none of that kind."""
    match slot.kind:
        case SlotKind.QUANTITY | SlotKind.MONEY:
            heads = next((other.id for other in playbook.slots if other.kind is SlotKind.QUANTITY), None)
            number = _number(value)
            return (
                None
                if number is None
                else Test(field=slot.id, kind=slot.kind, at_least=number, heads_slot=heads)
            )
        case SlotKind.TIMELINE:
            days = _number(value)
            is_span = days is not None and 0 <= days <= 3_650
            return Test(field=slot.id, kind=slot.kind, within=timedelta(days=days or 0)) if is_span else None
        case SlotKind.BOOLEAN:
            is_it = value.lower() in TRUE
            is_known = is_it or value.lower() in FALSE
            return Test(field=slot.id, kind=slot.kind, is_one_of=(is_it,)) if is_known else None
        case SlotKind.CHOICE:
            ids = _choices(value, slot)
            return Test(field=slot.id, kind=slot.kind, is_one_of=ids) if ids else None
        case SlotKind.EMAIL if kinds := tuple(kind for kind in MAIL_KINDS if kind == value.lower()):
            return Test(field=slot.id, kind=slot.kind, mail=kinds)
        case _:
            return Test(field=slot.id, kind=slot.kind, contains=(value,))


def complaint_about(one: FactWanted, playbooks: Sequence[Playbook]) -> str | None:
    """Say why a filter of a fact finds nothing, or leaves its value out; None when it is understood."""
    found = [(slot, playbook) for playbook in playbooks for slot in playbook.slots if slot.id == one.slot]
    if not found:
        return f"No playbook here has a fact “{one.slot}”."
    if not one.value or one.state not in {"", FactState.KNOWN.value}:
        return None
    slot, playbook = found[0]
    if _value_test(one.value, slot, playbook) is not None:
        return None
    return f"“{one.value}” was left out: {slot.label} is filtered by {HOW[slot.kind]}."


HOW: Mapping[SlotKind, str] = {
    SlotKind.QUANTITY: "the least number, like 10",
    SlotKind.MONEY: "the least sum a year, like 25000",
    SlotKind.TIMELINE: "days from now, like 90",
    SlotKind.BOOLEAN: "yes or no",
    SlotKind.CHOICE: "one of its choices",
}


def _number(text: str) -> float | None:
    digits = text.replace(",", "").replace(" ", "").rstrip("+")
    try:
        number = float(digits)
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None


def _choices(value: str, slot: Slot) -> tuple[str, ...]:
    wanted = value.casefold()
    return tuple(
        choice.id for choice in slot.choices if wanted in {choice.id.casefold(), choice.label.casefold()}
    )
