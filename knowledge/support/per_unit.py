"""What a price is for each of: "€12 per person" where its source has "€12", whomever that is for.

Promises: pure; English, German, French and Spanish. Times ("a month") are told of in `rates`.
"""

import re
from collections.abc import Iterator

from knowledge.support.agreement import agrees
from knowledge.support.calendar_words import PERIODS
from knowledge.support.evidence import Evidence, Unit
from knowledge.support.figures import Figure, FigureKind, find_figures
from knowledge.support.matter import is_held, stems_of

_EACH = (
    r"(?:\b(?:per|pro|je|par|por|for each|for every|für jede[nrs]?|pour chaque|por cada|para cada)\s|/\s?)"
    r"(?P<unit>[^\W\d_]{2,})"
)
_JOINED = re.compile(rf"\s*(?:,|\b(?:and|und|et|y)\b)?\s*{_EACH}", re.IGNORECASE)
# Who pays is called many things: "€14 per guest" is said of people, and a guest's price is one's "per person".
_SOMEBODY = frozenset({"person", "head", "kopf", "nase", "personne", "tête", "persona", "cabeza"})
_PEOPLE = re.compile(
    r"\b(?:persons?|people|heads?|adults?|guests?|visitors?|participants?|attendees?|travell?ers?|passengers?|pupils?|"
    r"students?|learners?|customers?|members?|users?|seats?|places?|person(?:en)?|kopf|erwachsene\w*|g[aä]st\w*|"
    r"besucher\w*|teilnehm\w*|reisende\w*|schüler\w*|mitglied\w*|nutzer\w*|personnes?|têtes?|adultes?|invités?|"
    r"visiteurs?|élèves?|voyageurs?|membres?|utilisateurs?|personas?|adultos?|invitados?|huésped\w*|visitantes?|"
    r"alumn\w*|viajeros?|miembros?|usuarios?|each|jede[rs]?|chacune?|cada un[oa])\b",
    re.IGNORECASE,
)


def find_added_units(sentence: str, evidence: Evidence) -> Iterator[str]:
    """Yield the prices that a sentence says to be for each of something which their sources do not name there."""
    for said in find_figures(sentence):
        if said.kind is FigureKind.PRICE:
            units = list(_units_of(sentence, said.end))
            bearing = [unit for unit in evidence.units if _bears(unit, said)]
            told = [*bearing, *_priced_by(evidence)]
            if bearing and any(not any(_names(unit, one) for unit in told) for one in units):
                yield said.text


def _units_of(text: str, at: int) -> Iterator[str]:
    """Yield what follows a price as "per …", times left out: "€9 per user and month" is for each user."""
    while found := _JOINED.match(text, at):
        if found["unit"].lower() not in PERIODS:
            yield found["unit"].lower()
        at = found.end()


def _priced_by(evidence: Evidence) -> list[Unit]:
    """Return the units that count by something and have no price of their own: "All prices are per team"."""
    return [
        unit
        for unit in evidence.units
        if re.search(_EACH, unit.text, re.IGNORECASE)
        and not any(one.kind is FigureKind.PRICE for one in find_figures(unit.text))
    ]


def _bears(unit: Unit, said: Figure) -> bool:
    return any(agrees(said, one) for one in find_figures(unit.text))


def _names(unit: Unit, counted: str) -> bool:
    """Say whether a unit of a source, or what it stands under, has the word that a price is counted by."""
    if counted in _SOMEBODY and _PEOPLE.search(f"{unit.context} {unit.text}"):
        return True
    stems = stems_of(counted, unit.language)
    return all(is_held(stem, unit.all_stems) for stem in stems)
