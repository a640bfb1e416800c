"""A lead in the few words of a list: who it is, how to reach them, what they want."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.facts import FactState
from bot.domain.mail_kinds import mail_kind
from bot.domain.slots import Slot, SlotKind
from bot.leads.columns import LeadRecord
from bot.leads.mail_text import MAIL_FLAGS, contact_href
from bot.leads.values import value_in_words
from bot.web.console.words import one_line


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach somebody: its words, the address that opens it, and what an address that is no company's is."""

    words: str
    href: str
    flag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who a lead is. `about` is role and company; `want` their need, else `asked` is their first question."""

    name: str
    about: str
    contacts: tuple[Contact, ...]
    want: str
    asked: str


def person_of(record: LeadRecord, slots: Sequence[Slot]) -> Person:
    """Return who a lead is, as far as they said."""
    role, company = (known(record, slots, kind) for kind in (SlotKind.ROLE, SlotKind.COMPANY))
    contacts = tuple(
        Contact(words, contact_href(kind.value, words), MAIL_FLAGS.get(mail_kind(words), ""))
        for kind in (SlotKind.EMAIL, SlotKind.PHONE)
        if (words := known(record, slots, kind))
    )
    name = known(record, slots, SlotKind.NAME)
    return Person(
        name=name or (contacts[0].words if contacts else company or "A visitor without a name"),
        about=", ".join(part for part in (role, company) if part and (name or contacts or part != company)),
        contacts=contacts,
        want=known(record, slots, SlotKind.NEED),
        asked=one_line(record.row.first_question or ""),
    )


def known(record: LeadRecord, slots: Sequence[Slot], kind: SlotKind) -> str:
    """Return what is known of the first slot of that kind, in words; "" when nothing is."""
    for slot in slots:
        fact = record.facts.get(slot.id)
        if slot.kind is kind and fact is not None and fact.state is FactState.KNOWN:
            return words_of(slot, fact.value)
    return ""


def words_of(slot: Slot, value: object) -> str:
    """Return a known value in words; a choice by its label."""
    labels = {choice.id: choice.label for choice in slot.choices}
    if slot.kind is SlotKind.CHOICE and isinstance(value, str):
        return one_line(labels.get(value, value))
    return one_line(value_in_words(slot.kind, value, grouped=True) or "")
