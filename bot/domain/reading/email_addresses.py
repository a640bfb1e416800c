"""E-mail addresses, with exact spans: whole and checked, or not at all. Half an address is somebody else's."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.domain.mail_address import as_kept
from bot.domain.reading.address_letters import LETTER, NARROW, UNSPACED, are_mixed, begins_at, outline
from bot.domain.reading.spelt_addresses import find_spelt


class Contact(NamedTuple):
    """An address or number at `[start, end)` in the form machines use; `problem` says why it may be wrong."""

    start: int
    end: int
    value: str
    problem: str | None = None


_ANY = f"a-z0-9{LETTER}{UNSPACED}"
_ATOM = rf"[{_ANY}!#$%&'*+/=?^_`{{|}}~-]{{1,64}}"
_LABEL = rf"[{_ANY}](?:[{_ANY}-]{{0,61}}[{_ANY}])?"
_ASCII_ENDING = (
    r"(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24})"
    rf"(?![a-z0-9_{LETTER}@]|\.[{LETTER}{UNSPACED}]|{UNSPACED}+[a-z0-9-]*\.\w)"
)
_EMAIL = re.compile(
    rf"(?<![\w.+@-]){_ATOM}(?:\.{_ATOM}){{0,8}}"
    rf"@(?:(?:{_LABEL}\.){{1,8}}(?:{_ASCII_ENDING}|(?:[a-z{LETTER}]{{2,24}}|{UNSPACED}{{1,6}})(?![\w@]))|"
    r"\[\d{1,3}(?:\.\d{1,3}){3}\])",
    re.IGNORECASE,
)
"""Found in an outline. No ending has letters of two scripts, what follows an ASCII one unspaced is text."""
_FIELD = re.compile(r"[ \t]*email:[ \t]*", re.IGNORECASE)
"""What stands before the address in a form: there it is whole, whatever its letters."""
_NEARLY = re.compile(r"(?<![\w.+%-])(?=[^@\s]{0,63}[^\W\d_])[\w.+%'-]{1,64}@[\w.+%@-]{0,64}\w")
_BROKEN = re.compile(
    r"(?:^|(?<=\s)|(?<=[:<(。]))[\w.+%-]{1,64}@[\w.+%@-]{0,64}(?=[>),;!?。]*(?:\s|$))", re.MULTILINE
)
_FREE_MAIL = {
    "gmail.com": "google", "googlemail.com": "google", "yahoo.com": "yahoo", "hotmail.com": "microsoft",
    "outlook.com": "microsoft", "icloud.com": "apple", "aol.com": "aol", "protonmail.com": "proton", "gmx.de": "gmx",
    "web.de": "web", "gmx.net": "gmx", "live.com": "microsoft", "yahoo.co.uk": "yahoo", "hotmail.co.uk": "microsoft",
}  # fmt: skip
_COMMON_ENDINGS = {
    "con": "com",
    "cmo": "com",
    "comm": "com",
    "ocm": "com",
    "vom": "com",
    "cim": "com",
    "coom": "com",
}
_LOOKALIKES = frozenset(
    {"mail.com", "gmx.com", "gmx.ch", "gmx.at", "ymail.com", "email.com", "life.com", "love.com"}
)
_ENDINGS = frozenset(
    {"com", "net", "org", "info", "biz", "de", "at", "ch", "fr", "es", "it", "nl", "uk", "eu", "io"}
)
"""Of these none has names of its own below that end with other letters."""
_RESERVED = ("example", "invalid", "localhost", "local")
"""Such names cannot receive mail, but they are addresses all the same."""


def find_emails(text: str) -> list[Contact]:
    """Return the e-mail addresses of a text, written with @ or spoken ("sam at acme dot com")."""
    text = text.translate(NARROW)
    found: list[Contact] = []
    for match in _EMAIL.finditer(outline(text)) if "@" in text else ():
        contact = _email(text, match)
        start, end = match.span() if contact is None else contact[:2]
        found += [] if contact is None else [contact]
        if contact or not text[start:end].isascii():
            text = text[:start] + "," * (end - start) + text[end:]
    found += [
        Contact(start, end, as_kept(address), _problem(address.rpartition("@")[2]))
        for start, end, address in find_spelt(text, _is_one)
    ]
    return sorted(found)


def find_nearly_emails(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of whatever is written around an @, too: two of them, a domain without a dot, text beside it."""
    if "@" in (text := text.translate(NARROW)):
        yield from (match.span() for match in _NEARLY.finditer(outline(text)))


def find_broken_emails(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each word with an @ that stands by itself, as something that is meant for an address does."""
    if "@" in (text := text.translate(NARROW)):
        yield from (match.span() for match in _BROKEN.finditer(outline(text)))


def _email(text: str, match: re.Match[str]) -> Contact | None:
    written = text[match.start() : match.end()]
    local, _, domain = written.rpartition("@")
    start = len(local) - len(local.lstrip("'`*={|}"))
    begin = 0 if _is_field(text, match) else begins_at(local[start:])
    if begin is None:
        return None
    start += begin
    address = as_kept(f"{local[start:]}@{domain}")
    if not local[start:] or not _is_valid(address) or _runs_on(domain):
        return None
    return Contact(match.start() + start, match.end(), address, _problem(address.rpartition("@")[2]))


def _is_field(text: str, match: re.Match[str]) -> bool:
    """Whether the words are all that stands in the line of a form."""
    before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    after = text[match.end() :].partition("\n")[0]
    return _FIELD.fullmatch(before) is not None and not after.strip()


def _is_one(address: str) -> bool:
    local = address.rpartition("@")[0]
    return UNSPACED not in outline(local) and not are_mixed(local) and _is_valid(address)


def _is_valid(address: str) -> bool:
    from email_validator import EmailNotValidError, validate_email

    if "[" in address:
        return True
    is_public = address.rpartition(".")[2] not in _RESERVED
    try:
        validate_email(
            address, check_deliverability=False, test_environment=True, globally_deliverable=is_public
        )
    except EmailNotValidError:
        return False
    return True


def _runs_on(domain: str) -> bool:
    """Whether the last name of a domain may be the next word: "write to ada@acme.com.Überall ist …"."""
    *_, last = labels = domain.split(".")
    if last.isascii():
        return False
    return are_mixed(last) or (len(labels) > 2 and labels[-2].lower() in _ENDINGS)


def _problem(domain: str) -> str | None:
    """Return the domain that was probably meant, None if it looks right."""
    if domain in _FREE_MAIL or domain in _LOOKALIKES:
        return None
    head, _, ending = domain.rpartition(".")
    if ending in _COMMON_ENDINGS:
        return f"{head}.{_COMMON_ENDINGS[ending]}"
    from rapidfuzz.distance import OSA

    return next(
        (
            meant
            for meant in _FREE_MAIL
            if len(meant) > 7 and OSA.distance(domain, meant, score_cutoff=1) == 1
        ),
        None,
    )
