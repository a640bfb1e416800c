"""Units of measure by their names, and the nouns that are counted."""

import re
from dataclasses import dataclass

_NAMES = {
    # Seconds: a month counts 30 days; `differ` in `bot.sources.review` allows for that.
    ("time", 1.0): "second seconds sec secs s Sekunde Sekunden seconde secondes segundo segundos",
    ("time", 60.0): "minute minutes min mins Minuten minuto minutos",
    ("time", 3600.0): "hour hours hr hrs h Stunde Stunden heure heures hora horas",
    ("time", 86400.0): "day days Tag Tage Tagen jour jours día días",
    ("time", 604800.0): "week weeks Woche Wochen semaine semaines semana semanas",
    ("time", 2592000.0): "month months Monat Monate Monaten mois mes meses",
    ("time", 31536000.0): "year years Jahr Jahre Jahren an ans année années año años",
    ("working time", 1.0): "working_days business_days workdays working_day business_day Werktage Werktagen",
    ("working time", 1 / 8): "working_hours business_hours",
    ("share", 1.0): "% percent per_cent Prozent",
    ("size", 1e3): "KB kB kilobyte kilobytes",
    ("size", 1e6): "MB megabyte megabytes",
    ("size", 1e9): "GB gigabyte gigabytes",
    ("size", 1e12): "TB terabyte terabytes",
    ("speed", 1e6): "Mbps Mbit/s Mb/s",
    ("speed", 1e9): "Gbps Gbit/s Gb/s",
    ("length", 1e-3): "mm millimetre millimetres millimeters",
    ("length", 1e-2): "cm centimetre centimetres centimeters",
    ("length", 1.0): "m metre metres meter meters",
    ("length", 1e3): "km kilometre kilometres kilometer kilometers",
    ("length", 1609.344): "mile miles mi",
    ("length", 0.3048): "foot feet ft",
    ("length", 0.0254): "inch inches",
    ("weight", 1e-3): "g gram grams",
    ("weight", 1.0): "kg kilo kilos kilogram kilograms",
    ("weight", 0.45359237): "lb lbs pound pounds",
    ("power", 1.0): "W watt watts",
    ("power", 1e3): "kW kilowatt kilowatts",
    ("energy", 1.0): "Wh",
    ("energy", 1e3): "kWh",
    ("volume", 1.0): "l L litre litres liter liters",
    ("volume", 1e-3): "ml mL",
    ("temperature", 1.0): "°C degrees",
    ("pixels", 1.0): "px pixels",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit measures, and how many of the kind's base unit it is."""

    name: str
    kind: str
    factor: float

    @classmethod
    def named(cls, text: str) -> "Unit":
        """Return the unit of that name; the text must be one that `UNITS` matched."""
        kind, factor, name = _BY_NAME.get(text) or _BY_NAME[" ".join(text.lower().split())]
        return cls(name, kind, factor)


_BY_NAME: dict[str, tuple[str, float, str]] = {}
for (_kind, _factor), _names in _NAMES.items():
    _first = _names.split()[0]
    for _name in _names.split():
        _plain = _name.replace("_", " ")
        _BY_NAME[_plain] = (_kind, _factor, _first)
        if len(_plain) > 3:
            _BY_NAME.setdefault(_plain.lower(), (_kind, _factor, _first))

_LONG = "|".join(
    re.escape(name).replace(r"\ ", r"\s+")
    for name in sorted(_BY_NAME, key=len, reverse=True)
    if len(name) > 3
)
_SHORT = "|".join(re.escape(name) for name in sorted(_BY_NAME, key=len, reverse=True) if len(name) <= 3)
UNITS = re.compile(rf"[\s-]{{0,2}}(?P<unit>(?i:{_LONG})|{_SHORT})(?![\w/])(?!\s+(?:old|ago)\b)")
"""A unit after a number, as in `10 MB` or `14-day`."""

_WORD = re.compile(r"\s*-?\s*([^\W\d_]+)")
_NOT_PLURAL = re.compile(r"(?:ss|us|is)$|^(?:is|was|has|its|this|does|as|always|plus|yes)$", re.IGNORECASE)
_COUNTED = {
    "people": "person", "staff": "person", "personen": "person", "mitarbeiter": "person", "mitarbeitern": "person",
    "nutzer": "user", "nutzern": "user", "benutzer": "user", "benutzern": "user", "projekte": "project",
    "projekten": "project",
}  # fmt: skip
_NEVER = frozenset({"times", "percent"})
NOUN_WITHIN = 3
"""Words after a number in which the counted noun must stand."""


def counted_noun(text: str, end: int) -> tuple[str, int] | None:
    """Return the plural noun that a number ending at `end` counts, in the singular, and where it ends."""
    at = end
    for _ in range(NOUN_WITHIN):
        found = _WORD.match(text, at)
        if found is None:
            return None
        word, at = found.group(1).lower(), found.end()
        if word in {"of", "and", "or", "to", "for", "in", "is", "on", "at", "a", "the", "with", "by"}:
            return None
        if word in _COUNTED:
            return _COUNTED[word], at
        if word.endswith("s") and len(word) > 3 and not _NOT_PLURAL.search(word) and word not in _NEVER:
            return singular(word), at
    return None


def singular(word: str) -> str:
    """Return a plural English noun as one of them."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
