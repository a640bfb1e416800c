"""What tells who somebody is without their saying so: "Frau Schneider", a firm's legal form, a street.

Read rather too eagerly, as all that is hidden; nothing of it becomes a fact. Not read: first names in running text,
towns by themselves, and what only the context tells.
"""

import re
from collections.abc import Iterator
from typing import Literal

from bot.domain.reading.given_names import is_given_name
from bot.domain.reading.identity_numbers import find_identity_numbers
from bot.domain.reading.linked_names import is_firm, is_place
from bot.domain.reading.name_words import NOT_NAMES
from bot.domain.reading.roles_elsewhere import is_title
from bot.domain.reading.street_addresses import find_streets

Called = tuple[int, int, Literal["name", "company"]]
Detail = tuple[int, int, Literal["address", "id", "birthday"]]
"""Where it begins and ends, and its kind."""

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:['’-][^\W\d_]+)*"
_NAME = rf"(?P<name>{_CAPITAL}(?:[ \t]+(?:(?:van|von|zu|de|del|della|di|da|le|la)[ \t]+){{0,2}}{_CAPITAL}){{0,2}})"
_TITLED = re.compile(
    rf"\b(?:Herrn?|Frau|Mr|Mrs|Ms|Miss|Mme|Mlle|Monsieur|Madame|Señora?|Sra?|Dr|Prof)\b\.?[ \t]+"
    rf"(?:(?:Dr|Prof)\.?[ \t]+){{0,2}}{_NAME}"
)
_HERE = re.compile(
    rf"\b(?i:hier (?:ist|spricht|schreibt)(?: (?:die|der))?|ich bin(?: (?:die|der))?|je suis|ici|moi,? c['’]est|"
    rf"(?P<it>c['’]est)|soy(?: (?:el|la))?|aquí)[ \t]+{_NAME}"
)
_RELATED = re.compile(
    r"\b(?i:my|our|meine?[mnr]?|unsere?[mnr]?|mon|ma|notre|mi|nuestr[oa])[ \t]+(?:[^\W\d_]+[ \t]+)?"
    r"(?i:boss|manager|supervisor|colleague|co-?worker|assistant|secretary|partner|co-?founder|director|friend|wife|husband|"
    r"brother|sister|mother|father|son|daughter|chef(?:in|fe)?|vorgesetzter?|kolleg(?:in|en?)|assistent(?:in|e)?|sekretärin|"
    r"mann|freund(?:in)?|bruder|schwester|mutter|vater|sohn|tochter|patron(?:ne)?|collègue|associée?|directeur|directrice|"
    r"amie?|mari|femme|frère|sœur|jef[ea]|compañer[oa]|soci[oa]|asistente|director[a]|amig[oa]|marido|esposa|mujer|"
    rf"herman[oa])[ \t]*[,:(]?[ \t]*(?:(?i:is|called|named|heißt|ist|s['’]appelle|se llama|es|est)[ \t]+)?{_NAME}"
)
"""Somebody else, by what they are to the writer: "my boss Ada Marsh", "unsere Kollegin Petra"."""
_NOBODY_TEXT = "kunde kundin kunden mitglied nummer staatsbürger cliente client radio"
_NOBODY = frozenset(_NOBODY_TEXT.split())
_FORM = (
    r"(?:GmbH(?:[ \t]*&[ \t]*Co\.?[ \t]*KG)?|gGmbH|mbH|AG|KG|OHG|UG|eG|e\.K\.|e\.V\.|Inc\b\.?|Ltd\b\.?|LLC|LLP|PLC|"
    r"Corp\b\.?|SARL|S\.A\.R\.L\.|SAS|SASU|S\.A\.|S\.L\.|SL|SpA|S\.p\.A\.|Srl|BV|B\.V\.|NV|Oy|AB|A/S|ApS)(?!\w)"
)
_FIRM = re.compile(
    rf"\b(?!(?:Die|Der|Das|The|La|Le|El|Una?|Eine?)\b)"
    rf"(?:[A-Z0-9À-ÖØ-Þ][\w&.’'-]*[ \t]+(?:(?:&|und|and|et|y)[ \t]+)?){{1,4}}{_FORM}"
)
_DATE = (
    r"(?P<it>\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}(?:st|nd|rd|th|\.)?[ \t]+(?:of[ \t]+|de[ \t]+)?[^\W\d_]{3,10}"
    r"[ \t,]+(?:de[ \t]+)?\d{4}|[^\W\d_]{3,10}[ \t]+\d{1,2}(?:st|nd|rd|th)?,?[ \t]+\d{4})"
)
_DETAILS: tuple[tuple[Literal["id", "birthday"], str], ...] = (
    ("id", r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])"),
    (
        "birthday",
        r"(?i:born(?: on)?|birthday|date of birth|\bdob|geboren(?: am)?|\bgeb\.|geburtstag|geburtsdatum|\bnée?(?: le)?|"
        r"date de naissance|nac[ií](?:d[oa])?(?: el)?|fecha de nacimiento)\W{0,3}"
        rf"(?:(?:is|ist|est|es|on|am|le|el)\W{{1,2}}){{0,2}}{_DATE}",
    ),
)
_FOUND = tuple((kind, re.compile(pattern)) for kind, pattern in _DETAILS)


def find_details(text: str) -> Iterator[Detail]:
    """Yield streets with their numbers, identity numbers and dates of birth."""
    if not any(map(str.isdigit, text)):
        return
    for start, end in find_identity_numbers(text):
        yield start, end, "id"
    for start, end in find_streets(text):
        yield start, end, "address"
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start, end = match.span("it") if "it" in pattern.groupindex else match.span()
            yield start, end, kind


def find_called(text: str) -> Iterator[Called]:
    """Yield names after a title or "Hier ist", and companies by their legal form."""
    for match in (*_TITLED.finditer(text), *_RELATED.finditer(text)):
        if match.group("name").split()[0].lower() not in NOT_NAMES:
            yield *match.span("name"), "name"
    for match in _HERE.finditer(text):
        if _is_called(match.group("name"), is_known=match.group("it") is not None):
            yield *match.span("name"), "name"
    for match in _FIRM.finditer(text):
        yield *match.span(), "company"


def _is_called(name: str, *, is_known: bool) -> bool:
    """Whether somebody may be called so: their given name is known, or two words mean nothing else.

    With `is_known` only the first will do: "c'est" is said of anything.
    """
    words = name.split()
    if is_given_name(words[0].split("-")[0].lower()):
        return True
    is_other = any(word.lower() in NOT_NAMES | _NOBODY or is_place(word) or is_title(word) for word in words)
    return len(words) > 1 and not (is_known or is_other or is_firm(name) or is_title(name))
