"""The visitor's own website: "our site is acme.io", "www.acme.de"; no link they only point at, no e-mail's domain.

The span ends before a query or a fragment, which tell where somebody has been; a page that names a person at a network
is nobody's website.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.domain.facts import FactState, ReadFact
from bot.domain.reading.clauses import Clause
from bot.domain.reading.contacts import find_urls
from bot.domain.reading.email_addresses import Contact, find_emails
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE
WEBSITE = "url.website"
"""The extractor of the visitor's own website."""
_SURE = 0.95
_ALONE_SURE = 0.8
_NOUN = (
    r"(?:(?:(?:web|home|online)[\s-]?)?(?:sites?|pages?|shop|store|domain|url)|(?:web|internet)?seite|webauftritt|"
    r"site\s+(?:web|internet)|boutique(?:\s+en\s+ligne)?|domaine|sitio(?:\s+web)?|p[áa]gina(?:\s+web)?|web|"
    r"tienda(?:\s+(?:online|en\s+l[íi]nea))?|dominio)(?!\w)"
)
_OUR = r"(?:our|my|unsere?|meine?|notre|nos|mon|ma|nuestr[oa]|mi)"
_OF_OURS = re.compile(rf"(?<!\w){_OUR}\s+(?P<kind>(?:[\w-]+\s+)?){_NOUN}(?P<link>[^.!?\n]{{0,30}})$", _FLAGS)
_WE_DO = re.compile(
    r"(?<!\w)(?:(?:we|i)\s+(?:also\s+|now\s+|mainly\s+)?(?:run|own|operate|maintain|built|manage|sell\s+(?:on|at|through|via)|"
    r"work\s+(?:at|for|on))|(?:we\s+are|we're|i'm|i\s+am)(?:\s+(?:at|behind|with|from))?|(?:find|see|visit|crawl|index)\s+us\s+"
    r"(?:on|at)|(?:wir|ich)\s+(?:betreiben?|sind|verkaufen?\s+(?:auf|über))|(?:sie\s+finden|findest\s+du)\s+uns\s+(?:unter|auf)|"
    r"nous\s+(?:sommes|gérons|exploitons|vendons\s+sur)|retrouvez[\s-]nous\s+sur|somos|gestionamos|llevamos|vendemos\s+en)"
    r"\s+$",
    _FLAGS,
)
_HEADING = re.compile(rf"(?:^|[\n.!?;,]\s*)(?:{_NOUN})(?:\s+(?:is|ist|est|es))?\s*[:=]?\s*$", _FLAGS)
_ELSE = re.compile(
    r"(?<!\w)(?:not|n't|isn'?t|nicht|pas|no|was|were|war|était|era|like|than|wie|comme|como|built\s+with|old|former|previous|"
    r"alte[nrs]?|frühere[nrs]?|ancien(?:ne)?|antigu[oa]|competitor\w*|partner\w*|favou?rite)(?!\w)",
    _FLAGS,
)
"""Between "our site" and an address it says that the address is another one's, or one no more."""
_NO_SITE = re.compile(
    rf"\b(?:(?:we|i)\s+(?:don'?t|do\s+not)\s+(?:(?:yet|currently)\s+)?have\s+(?:a|any|our\s+own)\s+(?:\w+\s+)?(?:{_NOUN})|"
    rf"(?:have|got)\s+no\s+(?:\w+\s+)?(?:{_NOUN})|no\s+web\s?(?:site|page)\s+yet|"
    rf"(?:haben?|gibt\s+es)\s+(?:noch\s+)?keine?n?\s+(?:\w+\s+)?(?:{_NOUN}|website|homepage)|"
    rf"(?:pas|aucun)\s+(?:encore\s+)?(?:de\s+|d')?(?:{_NOUN})|no\s+tenemos\s+(?:todav[íi]a\s+|a[úu]n\s+)?(?:{_NOUN}))(?!\w)",
    _FLAGS,
)
_SPOKEN = re.compile(
    r"(?<![\w.@-])[a-z0-9-]{2,40}\s+(?:dot|punkt|point|punto)\s+[a-z]{2,10}(?![\w@])", _FLAGS
)
_DOT = re.compile(r"\s+\w+\s+")
_NATIONAL = re.compile(
    r"(?<![\w.@/-])(?:https?://)?(?:www\.)?(?=[\w.-]*[^\W\d_a-z])(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,4}[a-z]{2,24}(?![\w@-])",
    _FLAGS,
)
"""A host with letters beyond a to z: müller.de."""
_NETWORKS = re.compile(
    r"(?:^|\.)(?:linkedin|xing|facebook|fb|instagram|twitter|x|tiktok|youtube|threads|pinterest|whatsapp|wa|t|bit|goo|google|"
    r"calendly|docs\.google|zoom)\.(?:com|de|me|net|us|ly|gl|be)$",
    _FLAGS,
)
_QUERY = re.compile(r"^/?[?#]\S+")
_FILLER = re.compile(
    r"(?:\W|\b(?:hi|hello|hallo|bonjour|hola|it'?s|its|is|it|sure|yes|ja|oui|s[íi]|ok(?:ay)?|please|bitte)\b)*",
    _FLAGS,
)


def read_website(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield the address of the website that the visitor calls theirs, or that they do not have one."""
    for match in _NO_SITE.finditer(message.told):
        yield make_fact(message, slot, match.span(), "url.none", state=FactState.NONE)
    for link in _links(message, is_asked=message.is_asked(slot)):
        clause = message.clause_at(link.start)
        if clause is None or clause.is_hypothetical or clause.is_other:
            continue
        is_own = _is_called_own(message, link, clause)
        if is_own or _stands_alone(message, link) or (message.is_asked(slot) and clause.is_told):
            sure = _SURE if is_own or message.is_asked(slot) else _ALONE_SURE
            span = (link.start, link.end)
            yield make_fact(message, slot, span, WEBSITE, value=link.value, confidence=sure)


def host_of(address: str) -> str:
    """Return the host that an address names, without a leading www.; "" where it names none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")


def hosts_in(text: str) -> Iterator[str]:
    """Yield the hosts of all addresses in a text."""
    yield from (
        host_of(link.value if "://" in link.value else f"https://{link.value}") for link in find_urls(text)
    )


def _links(message: MessageText, *, is_asked: bool) -> Iterator[Contact]:
    """Yield the addresses of websites as machines write them, at the words up to their query."""
    addresses = find_emails(message.text)
    found = find_urls(message.text) or [
        Contact(*m.span(), m.group()) for m in _NATIONAL.finditer(message.text)
    ]
    if not found and is_asked:
        found = [Contact(*m.span(), _DOT.sub(".", m.group())) for m in _SPOKEN.finditer(message.text)]
    for link in found:
        if any(link.start < mail.end and mail.start < link.end for mail in addresses):
            continue
        written = re.split(r"[?#]", link.value, maxsplit=1)[0]
        end = link.end - (len(link.value) - len(written))
        value = _website(written)
        if value is not None:
            yield Contact(link.start, end, value)


def _website(written: str) -> str | None:
    """Return the address with its scheme and its host in small letters; None where it is no website of anybody's."""
    full = written if "://" in written else f"https://{written}"
    try:
        parts = urlsplit(full)
        host = (parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    is_public = "." in host and not host.replace(".", "").isdigit()
    if parts.scheme.lower() not in ("http", "https") or not is_public or _NETWORKS.search(host):
        return None
    return f"{parts.scheme.lower()}://{host}{port}{parts.path.rstrip('/')}"


def _is_called_own(message: MessageText, link: Contact, clause: Clause) -> bool:
    before = message.before(link.start, clause)
    ours = _OF_OURS.search(before)
    if ours is not None:
        return not _ELSE.search(f"{ours['kind']} {ours['link']}")
    return any(pattern.search(before) for pattern in (_WE_DO, _HEADING))


def _stands_alone(message: MessageText, link: Contact) -> bool:
    rest = message.text[: link.start] + " " + _QUERY.sub("", message.text[link.end :])
    return "?" not in rest and _FILLER.fullmatch(rest) is not None
