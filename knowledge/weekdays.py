"""A day that is asked for and not spelt out: Wednesday, where "Tuesday to Friday" is written.

Promises: pure; only a text that names two days, or says of all which are meant, tells of days it does not name.
English, German, French and Spanish.
"""

import re

DAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b"
    r"|\b(?:(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|sonnabends?)\b"
    r"|\b(?:(?:lun|mar|mercre|jeu|vendre|same)dis?|dimanches?)\b"
    r"|\b(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?|domingos?)\b"
    r"|\b(?:weekends?|wochenendes?|week-ends?|fin(?:es)? de semana)\b",
    re.IGNORECASE,
)
SHORT = (
    r"(?:mon?|tue?s?|wed?|thu(?:rs?)?|fri?|sat?|sun?|di|mi|do|so|lun|mar|mer|mi[eé]|jeu|jue|ven|vie|sam|s[aá]b"
    r"|dim|dom)\.?"
)
RANGE = re.compile(
    rf"\b{SHORT}\s*(?:[-–—/&+]|to|bis|until|till|through|und|and|au?|et|y)\s*{SHORT}(?!\w)", re.IGNORECASE
)
ALL_DAYS = re.compile(
    r"\b(?:daily|every ?day|(?:7|seven) days|24/7|week ?days|t[aä]glich|werktags|jeden tag|tous les jours|en semaine"
    r"|todos los d[ií]as|d[ií]as laborables|a diario)\b",
    re.IGNORECASE,
)
FEWEST = 2


def days_told(question: str, text: str) -> frozenset[str]:
    """Return the words of a question, in small letters, that are days which a text tells about."""
    asked = frozenset(found.group().lower() for found in DAY.finditer(question))
    return asked if asked and tells_days(text) else frozenset()


def tells_days(text: str) -> bool:
    """Say whether a text tells of days that it may not name."""
    named = {found.group().lower() for found in DAY.finditer(text)}
    return len(named) >= FEWEST or bool(RANGE.search(text) or ALL_DAYS.search(text))


def days_in(text: str) -> frozenset[str]:
    """Return the days that a text names, one or many of each alike."""
    return frozenset(found.group().lower().rstrip("s") for found in DAY.finditer(text))


def names_other_days(question: str, other: str) -> bool:
    """Say whether a question names a day that another one does not."""
    return not days_in(question) <= days_in(other)
