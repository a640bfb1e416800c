"""What in a text tells who somebody is: addresses, numbers of phones, cards and accounts, names and companies.

Read rather too eagerly: this is for what shall be hidden, not for what shall be kept.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from bot.domain.mail_address import as_kept
from bot.domain.reading.address_letters import NARROW
from bot.domain.reading.companies import find_companies
from bot.domain.reading.contacts import find_phones
from bot.domain.reading.email_addresses import find_emails, find_nearly_emails
from bot.domain.reading.introductions import introduced_elsewhere
from bot.domain.reading.people import Named, find_names
from bot.domain.reading.signatures import find_signatures
from bot.domain.reading.written_in_passing import find_called, find_details
from bot.domain.slots import SlotKind

PrivateKind = Literal[
    "email", "phone", "link", "card", "account", "name", "company", "address", "id", "birthday"
]
_NAME: PrivateKind = "name"
SURE = 0.9
"""How sure the words of an introduction must make us (0–1) that it is one, whatever else is called so."""


class Private(NamedTuple):
    """Something private at `[start, end)`; `value` is the same for what is the same, however it is written."""

    start: int
    end: int
    kind: PrivateKind
    value: str
    is_sure: bool = True


_BETWEEN = (
    r"(?:\s+(?:dot|punkt|point|punto|underscore|unterstrich|hyphen|dash|minus|bindestrich|tiret(?:\s+(?:bas|du\s+"
    r"bas))?|gui[oó]n(?:\s+bajo)?|plus)\s+|\s*[\[({<]\s*(?:dot|punkt|point|punto)\s*[\])}>]\s*|\.)"
)
_SPELT_EMAIL = re.compile(
    rf"(?<![\w.@-])[a-z0-9][\w+-]{{0,40}}(?:{_BETWEEN}[\w+-]{{1,40}}){{0,4}}"
    r"(?:\s*@\s*|\s*[\[({<]\s*(?:@|[äa]t|arobase|arroba|klammeraffe)\s*[\])}>]\s*|"
    r"\s+(?:[äa]t|arobase|arroba|klammeraffe|chez)\s+)"
    rf"[\w-]{{1,40}}(?:{_BETWEEN}[\w-]{{1,40}}){{0,3}}"
    r"(?:\s+(?:dot|punkt|point|punto)\s+|\s*[\[({<]\s*(?:dot|punkt|point|punto)\s*[\])}>]\s*)[a-z]{2,24}(?!\w)",
    re.IGNORECASE,
)
"""Spelt out, whatever country it ends in: "bob dot marley at reggae dot jm"."""
_HALF_SPELT_EMAIL = re.compile(
    r"(?<![\w.@-])[\w.+-]{1,64}\s*[\[({<]\s*(?:@|[äa]t|arobase|arroba|klammeraffe)\s*[\])}>]\s*"
    rf"[\w-]{{1,40}}(?:{_BETWEEN}[\w-]{{1,40}}){{1,3}}",
    re.IGNORECASE,
)
"""Only the sign is in words, and in brackets: "bob (arroba) reggae.jm"."""
_SPELT_DOT = re.compile(r"(?<!\w)(?:dot|punkt|point|punto)(?!\w)", re.IGNORECASE)
_USER_LINK = re.compile(r"\b[a-z][a-z0-9+.-]{1,12}://[^\s/?#@<>\"']{1,200}@[^\s<>\"']+", re.IGNORECASE)
_PROFILE = re.compile(
    r"(?:https?://)?(?:[a-z]{2,3}\.)?(?:linkedin\.com/in|xing\.com/profile|t\.me|wa\.me)/[^\s<>\"',;!?)]*[^\s<>\"',;.!?)]",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_CARD = re.compile(
    r"(?<![\w.,-])(?:\d{12,19}|\d{4}(?P<by>[ -])\d{4}(?P=by)\d{4}(?P=by)\d{1,7}|\d{4}[ -]\d{6}[ -]\d{5})(?!\w|[.,-]\d)"
)
_SAYS_CARD = re.compile(
    r"\b(?:card|visa|mastercard|amex|karte|carte|tarjeta)\b[^.!?\n]{0,30}$", re.IGNORECASE
)
_DIGIT_GROUP = r"(?=[a-z]{0,3}\d)[a-z0-9]"
_ACCOUNT = re.compile(
    rf"(?<!\w)[a-z]{{2}}\d{{2}}[ -]?(?:[a-z]{{4}}|{_DIGIT_GROUP}{{4}})(?:[ -]?{_DIGIT_GROUP}{{4}}){{1,6}}"
    rf"(?:[ -]?{_DIGIT_GROUP}{{1,3}})?(?!\w)",
    re.IGNORECASE,
)
_SHORTEST_ACCOUNT = 15
"""An IBAN (ISO 13616) by its shape: a mistyped one is as private."""
_LISTED = re.compile(r"(?:\d{4} ){1,}\d{4}|(?:\d{3} ){2,}\d{3}|(?:\d{5} ){1,}\d{5}")
"""Figures side by side, "1000 2000 3000", that are no number of any country."""


def find_private(text: str, *, region: str = "US", asked: SlotKind | None = None) -> list[Private]:
    """Return by what somebody can be reached, found or charged; spans may overlap.

    Args:
        text: anything, whoever wrote it.
        region: ISO country whose phone numbers are written without +.
        asked: the kind that was just asked for, so that a bare number counts.
    """
    text = text.translate(NARROW)
    found = [Private(one.start, one.end, "email", one.value) for one in find_emails(text)]
    found += [Private(s, e, "email", as_kept(text[s:e])) for s, e in find_nearly_emails(text)]
    if _SPELT_DOT.search(text):
        found += [_as_it_stands(match, "email") for match in _SPELT_EMAIL.finditer(text)]
    found += [_as_it_stands(match, "email") for match in _HALF_SPELT_EMAIL.finditer(text)]
    if "/" in text:
        found += [_as_it_stands(match, "link") for p in (_USER_LINK, _PROFILE) for match in p.finditer(text)]
    if _DIGIT.search(text):
        found += _numbers(text, region, asked)
    return found


def find_introduced(text: str, *, asked: SlotKind | None = None) -> list[Private]:
    """Return the name and the company by which the writer introduces themselves, in any language that is read."""
    names = find_names(text, asked=asked is SlotKind.NAME)
    companies = find_companies(text, names=names, asked=asked is SlotKind.COMPANY)
    others = introduced_elsewhere(text)
    return [
        *(_named(text, one, "name") for one in (*names, *others.names)),
        *(_named(text, one, "company") for one in (*companies, *others.companies)),
    ]


def find_in_passing(text: str, reached: Sequence[Private] = ()) -> list[Private]:
    """Return what else tells who somebody is: signatures, names and firms by their form, streets, identity numbers.

    Args:
        text: what somebody wrote.
        reached: what `find_private` finds in it: an address ends a signature.
    """
    addresses = [(one.start, one.end) for one in reached if one.kind in ("email", "phone")]
    signed = ((start, end, _NAME) for start, end in find_signatures(text, addresses))
    called = (
        Private(s, e, kind, same_name(text[s:e]), is_sure=False)
        for s, e, kind in (*signed, *find_called(text))
    )
    return [*called, *details_in(text)]


def details_in(text: str) -> list[Private]:
    """Return streets with their numbers, identity numbers and dates of birth."""
    return [Private(s, e, kind, same_name(text[s:e])) for s, e, kind in find_details(text)]


def same_name(written: str) -> str:
    """Return what is the same for a name however its letters are cased and spaced."""
    return " ".join(written.casefold().split())


def _named(text: str, one: Named, kind: PrivateKind) -> Private:
    return Private(
        one.start, one.end, kind, same_name(text[one.start : one.end]), is_sure=one.confidence >= SURE
    )


def _as_it_stands(match: re.Match[str], kind: PrivateKind) -> Private:
    return Private(match.start(), match.end(), kind, match.group().casefold())


def _numbers(text: str, region: str, asked: SlotKind | None) -> Iterator[Private]:
    for phone in find_phones(text, region=region, asked=asked is SlotKind.PHONE):
        if phone.problem is None or not _LISTED.fullmatch(text[phone.start : phone.end]):
            yield Private(phone.start, phone.end, "phone", phone.value)
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if _has_check_digit(digits) or _SAYS_CARD.search(text[: match.start()]):
            yield Private(match.start(), match.end(), "card", digits)
    for match in _ACCOUNT.finditer(text):
        account = re.sub(r"[ -]", "", match.group()).upper()
        if len(account) >= _SHORTEST_ACCOUNT:
            yield Private(match.start(), match.end(), "account", account)


def _has_check_digit(digits: str) -> bool:
    """Whether the last digit fits the others as on a payment card (ISO/IEC 7812-1, the Luhn formula)."""
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0
