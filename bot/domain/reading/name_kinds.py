"""Whether a bare name is a person's or a company's, by its words: suffixes, trades, initials, given names.

For lists and one-word answers, where no sentence says who is who.
"""

import re
from typing import Literal

from bot.domain.reading.company_forms import has_company_form
from bot.domain.reading.given_names import is_given_name
from bot.domain.reading.name_words import CHAT_WORDS, COMPANY_SUFFIX, NOT_NAMES, TALK_WORDS
from bot.domain.reading.numbers import find_numbers
from bot.domain.reading.places import PLACES
from bot.domain.reading.trades import names_trade

NameKind = Literal["person", "company"]

_FLAGS = re.IGNORECASE
_PERSON_MARKS = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|prof|sir|rev|hon|judge|senator|rep|father|sister|brother|capt|sgt|lt|col|"
    r"gen|fr|sr)\b\.?\s|\b(?:jr|sr|ii|iii|iv|m\.?d|d\.?o|ph\.?d|esq|d\.?d\.?s|cpa|r\.?n|dvm|"
    r"realtor)\b\.?\s*$|\bc/o\b|^[\w'-]+,\s*[\w'.-]+(?:\s+[\w'.-]+){0,2}$|[\"(][A-Za-z]+\.?[\")]|"
    r"^(?:[A-Z]\.){2,3}\s+[A-Z][a-z]+$|^(?:mr|dr)\.?\s+(?:and|&)\s+mrs",
    _FLAGS,
)
_COMPANY_MARKS = re.compile(
    r"&|\+|#|\d|/|@|'s\b|s'\s|\.com\b|\.net\b|\.org\b|_|(?:^|\s)(?:[a-z]\.){2,}(?:\s+[a-z]|$)|"
    r"(?-i:(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLa)(?<!\bVan)(?<!\bDi)(?<!\bLe)(?<!\bDu)(?<!\bFitz)"
    r"(?<=[a-z])[A-Z])",
    _FLAGS,
)
_INITIAL = re.compile(r"(?:^|\s)[A-Za-z]\.?(?=\s)")
_SAINT = re.compile(r"(?:st|saint|sankt)\.?\s+\w|(?:our\s+lady|sacred\s+heart|holy)\s", _FLAGS)
_STREET = re.compile(
    r"\s(?:st\.|street|ave\.?|avenue|blvd\.?|boulevard|road|rd\.|lane|plaza|square)$", _FLAGS
)
_MR_AND_MRS = re.compile(r"^(?:mr|dr)\.?\s+(?:and|&)\s+mrs", _FLAGS)
_SURNAMES_TEXT = (
    "best church day green hall house land park parks post power steel stone ward west wood woods"
)
_SURNAMES = frozenset(_SURNAMES_TEXT.split())
"""Words of trades and places that many people are called."""
_COINED = re.compile(
    r"[^\W\d_]{3,}(?:work|ware|soft|tech|bank|media|data|labs|corp|systems|logic|consult|pharma|motor|phone|city|credit|"
    r"market|energy|cloud|trade|graph|power|health|travel|network|solution|tronic|matic|metric|stream|hub|"
    r"link|base|stack|box)s?|[^\W\d_]{3,}(?:ify|ium|omics|genics|lytics|scape)|"
    r"(?:pay|solar|info|infra|tele|micro|inter|trans|bio|eco|euro|omni|digi|cyber|web|data|tech|home|auto|electro|"
    r"hydro|nano|petro|geo|agri|aero|medi|digital|power)[^\W\d_]{3,}|[^\W\d_]{4,}(?:inc|llc|ltd|gmbh)",
    _FLAGS,
)
"""One word that is made of two, one of them a trade, and of a legal form that lost its space."""
_INITIALS_ONLY = re.compile(r"[bcdfghj-np-tv-xz]{3,6}|(?:[a-z][.\s]\s?){2,}[a-z]\.?", _FLAGS)
_SHORTHAND_TEXT = """
brb btw css csv dns dvd ftp gps hmm hrs html http jpg lmk mhm mmm ngl nvm pdf php pls plz png pst rfp smh sms sql ssl
tbh thx tls tmr vpn wtf www xls xml xyz
"""
_SHORTHAND = frozenset(_SHORTHAND_TEXT.split())
"""What else is written without a vowel."""
_LONGEST_PERSON = 5


def classify_name(text: str) -> tuple[NameKind, float]:
    """Return whether a bare name is a person's or a company's, with a confidence (0–1)."""
    name = text.strip().replace("_", " ")
    words = re.findall(r"[^\W\d_][\w'.-]*", name)
    if _is_marked_person(name, words):
        return "person", 0.9
    if (
        _COMPANY_MARKS.search(name)
        or has_company_suffix(name)
        or names_trade(name)
        or _SAINT.match(name)
        or len(words) > _LONGEST_PERSON
    ):
        return "company", 0.9
    if len(words) < 2:
        return _single(name)
    if is_given_name(words[0].strip(".")) or _INITIAL.search(name) or is_given_name(words[-1]):
        return "person", 0.9
    last = words[-1].lower()
    if _STREET.search(name) or (last in PLACES and len(last) > _FEW_WORDS + 1) or _COINED.fullmatch(last):
        return "company", 0.6
    return ("person", 0.7) if all(word[0].isupper() for word in words) else ("person", 0.55)


def _is_marked_person(name: str, words: list[str]) -> bool:
    """Tell a person by their title, the order of their names, or who is named beside them."""
    surname, _, given = name.lower().partition(", ")
    if (is_given_name(given.split(" ")[0]) and " " not in surname) or _is_couple(name):
        return True
    if words and words[-1].lower() in _SURNAMES and len(words) < _FEW_WORDS:
        return is_given_name(words[0]) if len(words) > 1 else name[0].isupper()
    if not _PERSON_MARKS.search(name) or has_company_suffix(name):
        return False
    return not (names_trade(_MR_AND_MRS.sub("", name)) or re.search(r"\d|&(?!\s*mrs)", name, _FLAGS))


def has_company_suffix(name: str) -> bool:
    """Tell whether a name ends like a company's, in any country."""
    return COMPANY_SUFFIX.search(name) is not None or has_company_form(name)


_COUPLE = re.compile(
    r"(?P<one>[\w.]+(?:\s\w\.?)?)\s+(?P<joined>and|&)\s+(?P<other>\w+)(?:\s+(?:&\s+)?[\w'-]+){1,2}", _FLAGS
)


def _is_couple(name: str) -> bool:
    """Tell "Ann and Bob Lee" from "Lee and Sons" and from "Taylor and Francis Press"."""
    match = _COUPLE.fullmatch(name)
    if match is None or has_company_suffix(name) or names_trade(name[match.end("joined") :]):
        return False
    known = [is_given_name(match["one"].split()[0]), is_given_name(match["other"])]
    return all(known) or (any(known) and (len(match["one"]) <= _FEW_WORDS or match["joined"] != "&"))


def _single(name: str) -> tuple[NameKind, float]:
    """Judge one word: people give theirs more often than they give a brand."""
    if is_given_name(name):
        return "person", 0.85
    if _COINED.fullmatch(name) or _INITIALS_ONLY.fullmatch(name) or name.count("-") > 1:
        return "company", 0.6
    return "person", 0.55


_BARE = re.compile(r"[(\w][^\n?!:;=<>\[\]{}|\\$€£%]{1,119}")
_MOST_WORDS = 14
_OPENING_WORDS = "about an at by each every for from im in its last my next no on over this to under with yes"
_FEW_WORDS = 3
_NUMBERED = re.compile(
    r"(?:#|\b(?:local|council|lodge|district|post|lu|unit|ward|store|chapter|market)(?:\s+union)?(?:\s+no\.?)?)\s*#?\s*\d|"
    r"\d+(?:st|nd|rd|th)\s+ward",
    _FLAGS,
)
_NUMERAL = re.compile(r"\s+(?:i{1,3}|iv|vi{0,3})$", _FLAGS)
_NOT_SAID = re.compile(r"(?<!\w)(?:[a-z]\.?\s+){2,}[a-z](?!\w)\.?|\btrade\s+shows?\b")
"""Initials that stand apart, whose "i" is no pronoun, and a show that is no verb."""


def is_bare_name(text: str) -> bool:
    """Tell whether a text may be a name and nothing else: no verb, no question, every word fit for a name."""
    core = text.strip().rstrip(".")
    words = re.findall(r"[\w'.-]+", _NOT_SAID.sub(" ", core.lower())) or [core.lower()]
    if not words or len(words) > _MOST_WORDS or not _BARE.fullmatch(core) or _says_more(core, words):
        return False
    if is_given_name(words[0]) or has_company_suffix(core) or (_is_headed(core) and len(words) > 1):
        return True
    if " " in core and (names_trade(core) or "&" in core):
        return True
    if len(words) > _FEW_WORDS:
        return _PERSON_MARKS.search(core) is not None
    is_initials = _INITIALS_ONLY.fullmatch(core) is not None and core not in _SHORTHAND
    return (is_initials or not is_code(core)) and (
        core.isupper() or not any(word in NOT_NAMES for word in words)
    )


def _says_more(core: str, words: list[str]) -> bool:
    """Tell whether verbs, everyday nouns or figures show that a text is more than a name."""
    has_suffix = has_company_suffix(core)
    if (has_suffix or names_trade(core)) and _NUMERAL.search(core):
        words = words[:-1]
    said = {word.strip(".") for word in words[1:]} & TALK_WORDS
    if words[0] in _OPENERS or (said and not (said == {"am"} and has_suffix)):  # "Apotheke am Markt"
        return True
    if re.search(r"\d", core) and not _NUMBERED.search(core) and not (core[0].isupper() and has_suffix):
        return True
    if has_suffix or _is_headed(core):
        return False
    figures = sum(number.end - number.start for number in find_numbers(core))
    return figures > len(core) // 2 or any(w.strip(".") in CHAT_WORDS or w in TALK_WORDS for w in words)


def _is_headed(core: str) -> bool:
    """Tell whether every longer word begins with a capital."""
    return all(word[0].isupper() for word in re.findall(r"[^\W\d_][\w'.-]*", core) if len(word) > _FEW_WORDS)


def is_code(text: str) -> bool:
    """Tell whether a text looks like the letters of a reference."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return first.islower() and len(first) <= _FEW_WORDS and not is_given_name(first)


def is_chat(text: str) -> bool:
    """Tell whether a text holds everyday words of a chat, which no name is made of."""
    return any(word in CHAT_WORDS or word in TALK_WORDS or word in _OPENERS for word in text.lower().split())


_OPENERS = frozenset(_OPENING_WORDS.split())
