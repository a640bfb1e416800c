"""The company a visitor is with: capitals, the verb ("we're from") and the suffix decide; "from Germany" names none."""

import re

from bot.domain.reading.name_words import COMPANY_SUFFIX, NOT_COMPANIES, NOT_NAMES
from bot.domain.reading.people import GERMAN_IM, Named
from bot.domain.reading.places import PLACES
from bot.domain.reading.recipients import BUSINESS
from bot.domain.reading.roles import ROLE
from bot.domain.reading.roles_elsewhere import is_title

_FLAGS = re.IGNORECASE
_COMPANY_WORD = (
    r"(?-i:[A-Z0-9À-ÖØ-Þ])[\w&.'+-]*|[a-z]+\.(?:com|io|ai|net|org|co|de)|&|and(?=\s+(?-i:[A-Z]))|"
    r"of(?=\s+(?-i:[A-Z]))|the(?=\s+(?-i:[A-Z]))|for(?=\s+(?-i:[A-Z]))"
)
_COMPANY_NAME = rf"(?P<name>(?:{_COMPANY_WORD})(?:,?[^\S\n]+(?:{_COMPANY_WORD})){{0,5}})"
_LOWER_COMPANY = r"(?P<name>[^\s,;!?]+(?:,?\s+[^\s,;!?]+){0,5})"
_COMPANY_STRONG = re.compile(
    r"(?<!\w)(?:(?:my|our|the)\s+(?:company|firm|business|organi[sz]ation|employer|agency|start-?up|"
    r"shop|school|store)(?:'s)?(?:\s+name)?(?:\s+is(?:\s+called|\s+named|(?=\s+(?-i:[A-Z0-9])))|"
    r"\s*[:=])|(?:my|our)\s+company(?:'s)?\s+name\s+is|(?:my|"
    r"our)\s+company\s+is(?=\s+\w+(?:\s+\w+)?\s*(?:$|[.,!]))|company\s+name\s*(?:[:=]|is\b)|"
    r"company\s*[:=]|"
    r"(?:company|firm|business|start-?up|agency|organi[sz]ation|shop)\s+(?:is\s+)?(?:called|named)|"
    r"on\s+behalf\s+of)\s*" + _LOWER_COMPANY,
    _FLAGS,
)
_COMPANY_WORKS = re.compile(
    r"(?<!\w)(?:(?:i|we)(?:'m|'re|\s+am|\s+are)?\s+(?:currently\s+|both\s+|all\s+)?(?:work(?:ing)?|"
    r"employed)\s+(?:for|at)|(?:i|we)\s+(?:run|own|founded|started|lead|manage|represent)|"
    r"(?:i'm|i\s+am|we're|we\s+are|im)\s+(?:here\s+|writing\s+|calling\s+)?(?:from|with|at)|"
    r"(?:founder|owner|ceo|cto|cfo|coo|cmo|head\s+of\s+\w+|director(?:\s+of\s+\w+)?|manager|"
    r"vp\s+of\s+\w+|vp|president|engineer|developer|lead|partner|consultant|designer|analyst|"
    r"marketing|sales)\s+(?:at|of|for|@|with)|work(?:ing)?\s+(?:at|for|@)|we(?:'re|\s+are)(?=\s+(?-i:[A-Z]))|"
    r"(?:we(?:'re|\s+are)|there\s+are)\s+(?:\w+\s+)?\d+\s+(?:people|employees|of\s+us)\s+at(?=\s+(?-i:[A-Z])))"
    rf"\s+(?:a\s+company\s+called\s+|the\s+company\s+)?{_COMPANY_NAME}",
    _FLAGS,
)
_COMPANY_FOR = re.compile(
    rf"(?<!\w)for\s+(?:my|our)\s+(?:\w+\s+)?(?i:{BUSINESS}),?\s+(?:called\s+|named\s+)?"
    rf"(?!(?-i:I\b|We\b)){_COMPANY_NAME}",
    _FLAGS,
)
"""Somebody's own business, by name: "for our workshop Tern & Sons"."""
_COMPANY_AFTER_NAME = re.compile(
    rf"^\s*,?\s*(?:here\s*,?\s+)?(?:(?:calling|writing|speaking)\s+)?(?:from|at|with|of|on\s+behalf\s+of|\(|-|,)\s*"
    rf"(?:(?:the\s+)?company\s+|[^\W\d_]+(?:\s+[^\W\d_]+){{0,2}}\s+(?:at|@|chez|bei|bij)\s+)?{_COMPANY_NAME}",
    _FLAGS,
)
_SIGNED_OFF = re.compile(
    r"(?:regards|best|wishes|cheers|sincerely|yours|thanks|thank\s+you)\W*\n\s*$", _FLAGS
)
_COMPANY_BELOW = re.compile(
    rf"^[^\S\n]*\n\s*(?:{ROLE}[^\S\n]*(?:,|\||@|\bat\b|\n)\s*)?{_COMPANY_NAME}[^\S\n]*(?:\n|$)", _FLAGS
)
"""The lines below a signature: "Head of Operations, Teal Harbour"."""


def find_companies(text: str, *, names: list[Named] | None = None, asked: bool = False) -> list[Named]:
    """Return the company the visitor says they are with; with `asked`, a bare name counts."""
    found = [named for m in _COMPANY_STRONG.finditer(text) if (named := _company(m, 0, 0.95))]
    if not found:
        said = (
            m
            for m in _COMPANY_WORKS.finditer(text)
            if not _OTHERS_ROLE.search(text[max(0, m.start() - 12) : m.start()])
            and not _FORMERLY.search(text[max(0, m.start() - 20) : m.start()])
        )
        found = [named for m in said if (named := _company(m, 0, 0.8))]
    if not found:
        found = [named for m in _COMPANY_FOR.finditer(text) if (named := _company(m, 0, 0.8))]
    if not found and text.islower():
        found = [named for m in _LOWER_WORKS.finditer(text) if (named := _lower_company(m))]
    for name in names or ():
        tail = text[name.end :]
        is_signed = _SIGNED_OFF.search(text[: name.start])
        match = (is_signed and _COMPANY_BELOW.match(tail)) or _COMPANY_AFTER_NAME.match(tail)
        if not found and match and (named := _company(match, name.end, 0.85)):
            found = [named]
    if not found and asked and (bare := _bare_company(text)):
        found = [bare]
    return found[:1]


_LOWER_WORKS = re.compile(
    r"(?<!\w)(?:(?:i|we)(?:'m|'re|\s+am|\s+are)?\s+(?:currently\s+|both\s+|all\s+)?(?:work(?:ing)?|employed)\s+(?:for|at)|"
    r"(?:i'm|i\s+am|we're|we\s+are|im)\s+(?:writing|calling)\s+from)\s+(?P<name>[^\W\d_][\w&.'-]*(?:\s+[^\W\d_][\w&.'-]*){0,2})"
)
"""Who writes everything small writes their company small: only after a verb that hardly anything else follows."""
_PLACES_OF_WORK = frozenset(
    {"best", "day", "days", "least", "night", "nights", "present", "scale", "times", "weekends", "work"}
)


def _lower_company(match: re.Match[str]) -> Named | None:
    named = _company(match, 0, 0.7)
    words = [] if named is None else named.value.split()
    is_name = not any(word in NOT_COMPANIES or word in NOT_NAMES or word in _PLACES_OF_WORK for word in words)
    return named if is_name else None


# "the CEO of Acme is Bob" is about Bob; "I'm the CEO of Acme" is not.
_OTHERS_ROLE = re.compile(r"(?<!i'm )(?<!i am )(?<!as )\b(?:the|their|his|her|your)\s+$", _FLAGS)
_FORMERLY = re.compile(
    r"\b(?:used\s+to|formerly|previously|no\s+longer|don'?t|didn'?t|not|never)\s+$", _FLAGS
)
_COMPANY_STOP = re.compile(
    r"(?:\s+|,\s*)(?:and\s+(?:i|we|my|our|i'm|we're|the|need|want|would|are|is|account|ac|am|"
    r"password)\b|but\b|we\b|we're\b|i\b|i'm\b|my\b|our\b|in\b|with\b|which\b|that\b|who\b|is\b|"
    r"are\b|has\b|have\b|a\b|an\b|based\b|account\b|password\b|number\b|with\s+password\b|\d{3,}\b|"
    r"looking\b|from\b|there\b|where\b|so\b|as\b|to\b|on\b|here\b|do\b|can\b|not\b|sir\b|please\b).*$",
    _FLAGS | re.DOTALL,
)


_ROLE_ALONE = re.compile(rf"(?:{ROLE})$", _FLAGS)


def _company(match: re.Match[str], offset: int, confidence: float) -> Named | None:
    raw = _COMPANY_STOP.sub("", match.group("name"))
    raw = re.split(r"[.!?]\s", raw)[0].rstrip(" ,;:!?)('\"")
    raw = raw if re.search(r"\w\.\w\.$", raw) else raw.rstrip(".")
    words = raw.lower().split()
    if not words or len(raw) < 2 or words[0] in NOT_COMPANIES or raw.lower() in PLACES or raw.isdigit():
        return None
    if COMPANY_SUFFIX.fullmatch(raw):  # "a school" tells what, not which
        return None
    if re.fullmatch(r"[\d\W]+", raw) or _ROLE_ALONE.match(raw) or "@" in raw or is_title(raw):
        return None
    start = offset + match.start("name")
    return Named(start, start + len(raw), raw, confidence)


_BARE_COMPANY = re.compile(
    r"\s*(?:(?:it'?s|its|it\s+is|we're|we\s+are|i'm\s+from|i\s+work\s+(?:for|at)|from|at|sure|ok|okay|"
    r"yes|called|named|the\s+name\s+is|it\s+is\s+called|it'?s\s+called|company|name|"
    r"my|wir\s+hei(?:ß|ss)en|(?:die|wir|sie)\s+hei(?:ß|ss)t|hei(?:ß|ss)t|wir\s+sind(?:\s+(?:die|bei))?|bei(?:\s+der)?|"
    r"nous\s+sommes|(?:on|elle)\s+s'appelle|c'est|chez|somos|(?:nos\s+llamamos|se\s+llama)|es|[ée]\s+a|siamo|"
    r"the(?=\s+\w+\s+\w))\b[,!.:\s]*)*"
    r"(?P<name>[^\n,;!?]{1,60}(?:,\s*(?:inc|llc|llp|ltd|corp|co|gmbh|s\.l)\b\.?)?)",
    _FLAGS,
)


def _bare_company(text: str) -> Named | None:
    match = None if GERMAN_IM.search(text) else _BARE_COMPANY.match(text)
    if not match:
        return None
    named = _company(match, 0, 0.75)
    if named is None or len(named.value.split()) > 6:
        return None
    words = [word.lower() for word in named.value.split()]
    return None if any(word in NOT_COMPANIES for word in words) else named
