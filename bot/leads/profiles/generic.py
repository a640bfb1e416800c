"""The generic columns of a lead list, one row per lead; the same for every format.

`lead_id created_at updated_at stage grade score`, then for each slot of the playbook `<slot>`, `<slot>_state`
(`known none declined unclear not_asked`) and `<slot>_quote`, then `reasons consent consent_at first_question
page referrer conversation_url owner utm_source utm_medium utm_campaign`, last for each slot of e-mail addresses
`<slot>_kind` (`company free disposable`). What is not known is empty, never "no".
Values are written as `bot.leads.values` says.
"""

from collections.abc import Sequence
from typing import Any

from bot.domain.mail_kinds import MailKind, mail_kind
from bot.domain.slots import Slot, SlotKind
from bot.leads.profiles.profile import Cell, Column, Form, Profile
from bot.leads.profiles.utm import UTM, utm_of
from bot.leads.values import is_plain, value_in_words
from bot.store.lead_filter import NOT_ASKED
from bot.store.lead_list import ListedLead, Reason, Said, utc_text

FIRST = ("lead_id", "created_at", "updated_at", "stage", "grade", "score")
LAST = (
    "reasons",
    "consent",
    "consent_at",
    "first_question",
    "page",
    "referrer",
    "conversation_url",
    "owner",
    *UTM,
)
TIMES = frozenset({"created_at", "updated_at", "consent_at"})
_NOT_ASKED = ("", NOT_ASKED, "")


def generic(slots: Sequence[Slot], *, public_url: str | None) -> Profile:
    """Return the profile with everything that is known of a lead."""
    of_slots = [name for slot in slots for name in (slot.id, f"{slot.id}_state", f"{slot.id}_quote")]
    of_mail = [f"{slot.id}_kind" for slot in slots if slot.kind is SlotKind.EMAIL]
    rows = _Rows(slots, public_url)
    return Profile(
        name="generic",
        columns=tuple(_column(name) for name in (*FIRST, *of_slots, *LAST, *of_mail)),
        cells=rows.cells,
        values=rows.values,
        unique="lead_id",
        is_strict=False,
    )


class _Rows:
    def __init__(self, slots: Sequence[Slot], public_url: str | None) -> None:
        self._kinds = [(slot.id, slot.kind, is_plain(slot.kind)) for slot in slots]
        self._mail = [slot.id for slot in slots if slot.kind is SlotKind.EMAIL]
        self._address = f"{public_url.rstrip('/')}/api/v1/conversations/" if public_url else None

    def cells(self, lead: ListedLead) -> list[Cell]:
        row: list[Cell] = [lead.lead_id, utc_text(lead.created_at), utc_text(lead.updated_at)]
        row += (lead.stage, lead.grade, lead.score)
        find = lead.facts.get
        for slot, kind, is_text in self._kinds:
            said = find(slot)
            if said is None:
                row += _NOT_ASKED
            else:
                state, value, quote = said
                if not (is_text and isinstance(value, str)):
                    value = value_in_words(kind, value) or ""
                row += (value, state, quote)
        row += (reasons_in_words(lead.reasons), lead.consent, utc_text(lead.consent_at))
        row += (lead.first_question or "", lead.page or "", lead.referrer or "")
        row += (self._conversation(lead) or "", lead.owner or "", *utm_of(lead.campaign))
        return row + [_mail_kind(find(slot)) or "" for slot in self._mail]

    def values(self, lead: ListedLead) -> dict[str, Any]:
        row = {name: getattr(lead, name) for name in FIRST}
        row |= {"created_at": utc_text(lead.created_at), "updated_at": utc_text(lead.updated_at)}
        for slot, _, _ in self._kinds:
            said = lead.facts.get(slot)
            row[f"{slot}_state"], row[slot], row[f"{slot}_quote"] = said or (NOT_ASKED, None, None)
        return row | {
            "reasons": [_reason(reason) for reason in lead.reasons],
            "consent": lead.consent,
            "consent_at": utc_text(lead.consent_at) or None,
            "first_question": lead.first_question,
            "page": lead.page,
            "referrer": lead.referrer,
            "conversation_url": self._conversation(lead),
            "owner": lead.owner,
            **{name: part or None for name, part in zip(UTM, utm_of(lead.campaign), strict=True)},
            **{f"{slot}_kind": _mail_kind(lead.facts.get(slot)) for slot in self._mail},
        }

    def _conversation(self, lead: ListedLead) -> str | None:
        return self._address + lead.conversation_id if self._address else None


def _mail_kind(said: Said | None) -> MailKind | None:
    return mail_kind(said[1]) if said else None


def reasons_in_words(reasons: Sequence[Reason]) -> str:
    """Return why the score is what it is: `Budget of 25,000 or more (+30); Cap for engagement (-8)`."""
    return "; ".join([f"{reason[2]} ({reason[1]:+d})" for reason in reasons])


def _column(name: str) -> Column:
    match name:
        case "score":
            return Column(name=name, form=Form.NUMBER, required=True)
        case "created_at" | "updated_at":
            return Column(name=name, form=Form.DATE, required=True)
        case "consent_at":
            return Column(name=name, form=Form.DATE)
        case "lead_id" | "stage" | "grade" | "consent":
            return Column(name=name, required=True)
        case _:
            return Column(name=name)


def _reason(reason: Reason) -> dict[str, Any]:
    _, points, words, *evidence = reason
    rule, quote, message_id, at = evidence or (None, None, None, None)
    told = {"rule": rule, "points": points, "reason": words, "quote": quote, "message_id": message_id}
    return told | {"at": utc_text(at) or None}
