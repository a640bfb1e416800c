"""What a figure is counted or paid for: "30 litres a minute", "twice a year", "10 at once", "a day costs €40".

Promises: pure; English, German, French and Spanish.
"""

import re

from knowledge.support.calendar_words import PERIODS

AT_ONCE = "at once"
"""The period of what holds at one time: "10 at once", "4 gleichzeitig"."""

_NAMES = "|".join(sorted(PERIODS, key=len, reverse=True))
_SECOND = r"(?:(?:per|pro|par|por)\s+|/\s?)(?P<second>second|sekunde|seconde|segundo)\b"
# A word that begins something else, so that what follows it is not what the figure is counted for.
_APART = (
    r"(?!(?:and|or|but|with|for|within|in|on|after|before|until|during|once|than|half|by|und|oder|aber|mit|für|"
    r"innerhalb|nach|vor|bis|seit|während|et|ou|mais|avec|pour|pendant|dans|après|avant|o|y|pero|con|para|durante|"
    r"después|antes|hasta)\b)"
)
_NO_DATE = (
    r"(?!\s+(?:before|ahead|earlier|later|after|in advance|of|der|des|vorher|später|davor|zuvor|du|suivante?|avant|"
    r"après|siguiente|antes|después|\d))"
)
_AFTER = re.compile(
    rf"(?:\s+{_APART}[^\W\d_][\w'’-]*){{0,4}}?\s*(?:(?:\b(?:an?|per|each|every|pro|je|jede[rns]?|im|am|in der|"
    rf"in einer|par|chaque|à la|por|cada|al|a la)\s+|/\s?|\bà l['’])(?P<period>{_NAMES})\b{_NO_DATE}|{_SECOND})",
    re.IGNORECASE,
)
_ADVERB = re.compile(
    rf"(?:\s+{_APART}[^\W\d_][\w'’-]*){{0,2}}?\s+(?P<period>hourly|daily|weekly|monthly|yearly|annually|täglich|"
    r"wöchentlich|monatlich|jährlich)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(
    rf"(?:\s+{_APART}[^\W\d_][\w'’-]*){{0,4}}?\s+(?:at once|at the same time|at a time|at any one time|"
    r"simultaneously|concurrently|in parallel|gleichzeitig|zugleich|auf einmal|en même temps|à la fois|simultanément|"
    r"a la vez|al mismo tiempo|simultáneamente)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:^|[.;:,]\s)(?:every|each|per|pro|jede[rns]?|in der|in einer|im|am|par|chaque|por|cada|al)\s+"
    rf"(?P<period>{_NAMES})\b(?!\s*$)[^;.:\d]{{0,60}}$",
    re.IGNORECASE,
)
_PRICED_AFTER = re.compile(
    r"\s*(?:/\s?|(?:for an?|für eine[nr]?|pour une?|por una?|para una?|a|an|per|each|every|pro|im|in der|je|par|al|"
    r"a la|por|la|le|die)\s+)?([^\W\d_]+)",
    re.IGNORECASE,
)
_COLUMN = re.compile(r"([^\W\d_]+)\W{0,3}$")
_CLAUSE = re.compile(r"[,;.:]\s|\b(?:and|und|et|y|but|aber|mais|pero|while|während)\b", re.IGNORECASE)
_PRICED = re.compile(
    r"(?P<before>[^\W\d_]*)\s*\b(?:(?:an?|one|per|each|every|the|eine?[nrms]?|die|der|den|jede[rns]?|pro|je|une?|la|le|"
    rf"chaque|par|una|un|el|cada|por)\s+|l['’])(?P<period>{_NAMES})\b{_NO_DATE}",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:in|of|on|during|within|after|before|since|im|unter|während|nach|vor|seit|pendant|dans|de|du|après|avant|"
    r"depuis|en|durante|después|antes|desde|half|halbe[nr]?|demie?|media)",
    re.IGNORECASE,
)
_PER_HEAD = re.compile(
    r"\b(?:(?:per|a|each|every|pro|je|für jede|par|chaque|por|cada)\s+"
    r"(?:person|head|adult|guest|kopf|gast|erwachsene\w*|personne|tête|adulte|persona|cabeza|adulto)|each|chacune?|"
    r"cada un[oa])\b",
    re.IGNORECASE,
)
_FOR_ALL_OF_THEM = re.compile(
    r"\b(?:(?:per|pro|je|par|por)\s+(?:team|group|room|booking|table|apartment|flat|house|gruppe|zimmer|buchung|"
    r"wohnung|unterkunft|haus|tisch|équipe|groupe|chambre|logement|réservation|equipo|grupo|habitación|reserva)|"
    r"(?:for|für) (?:the|die|das|den) (?:whole|ganze[ns]?)|pour (?:toute la|tout le)|para (?:toda la|todo el))\b",
    re.IGNORECASE,
)
_NOT_PER_HEAD = re.compile(r"\b(?:not|nicht|pas|no)\s+(?:per|pro|je|par|por)\s+\w+", re.IGNORECASE)


def is_wrongly_per_head(sentence: str, held: str) -> bool:
    """Say whether a sentence prices by the person what its sources price for all of them together."""
    plain = _NOT_PER_HEAD.sub(" ", held)
    is_for_all = bool(_FOR_ALL_OF_THEM.search(held))
    said = _PER_HEAD.search(_NOT_PER_HEAD.sub(" ", sentence))
    return bool(said) and is_for_all and not _PER_HEAD.search(plain)


def rate_of(text: str, start: int, end: int) -> str | None:
    """Return what the number from `start` to `end` is counted for: "minute", `AT_ONCE`, or None."""
    found = [
        one for one in (_AFTER.match(text, end), _ONCE.match(text, end), _ADVERB.match(text, end)) if one
    ]
    if found:
        nearest = min(found, key=lambda one: one.end()).groupdict()
        return PERIODS[nearest["period"].lower()] if nearest.get("period") else _of_no_period(nearest)
    before = _BEFORE.search(text[:start])
    return PERIODS[before["period"].lower()] if before else None


def paid_for(text: str, start: int, end: int) -> str | None:
    """Return what the price from `start` to `end` is paid for: "49 a month", "Per month: 49", "a month costs 49"."""
    after = _PRICED_AFTER.match(text, end)
    if after and after[1].lower() in PERIODS:
        return PERIODS[after[1].lower()]
    column = _COLUMN.search(text, max(0, start - 20), start)
    if column and ":" in text[column.end(1) : start]:
        return PERIODS.get(column[1].lower())
    clause = _CLAUSE.split(text[:start])[-1]
    subjects = [one for one in _PRICED.finditer(clause) if not _WITHIN.fullmatch(one["before"])]
    has_figure = bool(re.search(r"\d", clause))
    return PERIODS[subjects[-1]["period"].lower()] if subjects and not has_figure else None


def _of_no_period(found: dict[str, str | None]) -> str:
    return "second" if found.get("second") else AT_ONCE
