"""Who the visitor is and how to reach them: e-mail, phone, name, company, role."""

import re
from collections.abc import Iterator

from bot.domain.facts import FactState, ReadFact
from bot.domain.reading.clauses import Clause
from bot.domain.reading.companies import find_companies
from bot.domain.reading.contacts import find_phones
from bot.domain.reading.email_addresses import Contact, find_broken_emails, find_emails
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.people import Named, find_names
from bot.domain.reading.titles import find_roles
from bot.domain.slots import Slot, SlotKind

_FLAGS = re.IGNORECASE
BROKEN_EMAIL = "email.broken"
INVALID_PHONE = "phone.invalid"
"""The extractors of what was meant for an address or a number and can be none."""
_NOT_MINE = re.compile(
    r"\b(?:isn'?t|is\s+not|not)\s*$|\b(?:don'?t|do\s+not|never)\s+(?:call|phone|ring|e?-?mail|text|write)\b.{0,20}$|"
    r"\b(?:my|our)\s+(?:assistant|secretary|boss|colleague|wife|husband|brother|sister|mother|father|son|daughter)\b(?:\W+\w+){0,4}\W*$|"
    r"(?<![.@])\b(?:his|her|their|your|competitor\w*|friend\w*|from:|sender|"
    r"example)\b(?:\W+\w+){0,4}\W*$|\b(?:seine|ihre|deren|son|sa|leur|su)\s+(?:e-?mail(?:[\s-]?adresse)?|mail(?:adresse)?|"
    r"adresse|(?:telefon|handy)?nummer|num[ée]ro|courriel|correo|direcci[óo]n|n[úu]mero|tel[ée]fono)\b(?:\W+\w+){0,3}\W*$|"
    r"\b(?:freund(?:in|e[sn]?|s)?|konkurren\w*|wettbewerber\w*|amie?s?|concurrents?|amig[oa]s?|competidor\w*)\b(?:\W+\w+){0,4}\W*$",
    _FLAGS,
)
_MINE = re.compile(r"\b(?:me|us|my|our|i'm|we're)\b", _FLAGS)


def read_email(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield the visitor's address; one whose domain looks mistyped is unclear and names the likely one."""
    addresses = find_emails(message.text)
    if not addresses:
        yield from _read_broken_email(message, slot)
    for contact in addresses:
        if not _is_mine(message, contact):
            continue
        span = (contact.start, contact.end)
        if contact.problem:
            meant = f"{contact.value.rpartition('@')[0]}@{contact.problem}"
            yield make_fact(
                message, slot, span, f"email.typo:{meant}", state=FactState.UNCLEAR, confidence=0.6
            )
        else:
            yield make_fact(message, slot, span, "email.address", value=contact.value, confidence=0.98)


_LEADS_TO_EMAIL = re.compile(
    r"(?:^|\b(?:e-?mail|mail|address|reach\s+(?:me|us)|write|contact|adresse|correo|courriel)\b[^.!?\n]{0,30})\W*$",
    _FLAGS,
)


def _read_broken_email(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield what was meant for an address and can be none: two @, a domain without a dot."""
    for span in find_broken_emails(message.text):
        if message.is_asked(slot) or _LEADS_TO_EMAIL.search(message.text[: span[0]]):
            yield make_fact(message, slot, span, BROKEN_EMAIL, state=FactState.UNCLEAR, confidence=0.6)


def read_phone(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield the visitor's phone number."""
    for contact in find_phones(message.text, region=message.region, asked=message.is_asked(slot)):
        if not _is_mine(message, contact):
            continue
        span = (contact.start, contact.end)
        if contact.problem:
            yield make_fact(message, slot, span, INVALID_PHONE, state=FactState.UNCLEAR, confidence=0.5)
        else:
            yield make_fact(message, slot, span, "phone.number", value=contact.value, confidence=0.95)


def is_others_contact(message: MessageText, clause: Clause) -> bool:
    """Whether a clause only tells how to reach somebody else: "my friend's e-mail is …"."""
    if clause.is_question:
        return False
    found = [*find_emails(message.text), *find_phones(message.text, region=message.region)]
    within = [contact for contact in found if clause.start <= contact.start < clause.end]
    return bool(within) and not any(_is_mine(message, contact) for contact in within)


def _is_mine(message: MessageText, contact: Contact) -> bool:
    # A clause ends before "(415) 555-2671"; what it says of the number counts all the same.
    before_it = [one for one in message.clauses if one.start <= contact.start]
    clause = before_it[-1] if before_it else message.clause_at(contact.start + 1)
    if clause is None:
        return False
    before = message.text[clause.start : contact.start]
    if _NOT_MINE.search(before):
        return False
    return not clause.is_question or message.asked is not None or _MINE.search(clause.text) is not None


_IT_IS = re.compile(r"\b(?:it'?s|its|it\s+is)\s+$", _FLAGS)


def read_name(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield the name by which the visitor introduces themselves."""
    yield from _named(message, slot, _names(message), "name.introduced")


def _names(message: MessageText) -> list[Named]:
    """Return who introduces themselves; "it's Ovenbird" names a company where one was asked for."""
    names = find_names(message.told)
    if message.asked is not None and message.asked.kind is SlotKind.COMPANY:
        return [name for name in names if not _IT_IS.search(message.told[: name.start])]
    return names


def read_company(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield the company the visitor is with."""
    found = find_companies(message.told_with_addresses(), names=_names(message))
    yield from _named(message, slot, found, "company.said")


def read_role(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield what the visitor does there."""
    yield from _named(message, slot, find_roles(message.told), "role.said")


def _named(message: MessageText, slot: Slot, found: list[Named], extractor: str) -> Iterator[ReadFact]:
    for named in found:
        yield make_fact(
            message, slot, (named.start, named.end), extractor, value=named.value, confidence=named.confidence
        )
