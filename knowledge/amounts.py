"""Numbers with what they count: "up to 5 users" as a range, "under $100" as a budget, "5 people" as a quantity.

Promises: pure; the words of English, German, French and Spanish; who may use something (people, users, seats,
employees …) is counted as one kind, and what is measured in one unit a kind. "More than 100" begins with the next
number after 100.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.units import UNITS, common_unit, in_common

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "fifty": 50, "hundred": 100,
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "zwölf": 12,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "douze": 12,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12,
}  # fmt: skip
PEOPLE = frozenset({
    "people", "person", "persons", "user", "users", "seat", "seats", "employee", "employees", "colleague", "colleagues",
    "member", "members", "staff", "guest", "guests", "adults", "teammates", "developers", "agents", "workers",
    "personen", "leute", "nutzer", "nutzern", "benutzer", "mitarbeiter", "mitarbeitern", "mitarbeitende", "kollegen",
    "gäste", "plätze", "personne", "personnes", "utilisateur", "utilisateurs", "employés", "salariés", "invités",
    "collaborateurs", "persona", "personas", "usuario", "usuarios", "empleado", "empleados", "invitados",
})  # fmt: skip
CURRENCIES = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "usd": "USD", "us$": "USD", "dollar": "USD",
    "dollars": "USD", "bucks": "USD", "£": "GBP", "gbp": "GBP", "pounds": "GBP", "chf": "CHF", "franken": "CHF",
}  # fmt: skip
DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"})
NUMBER = r"(?:\d+(?:[.,]\d+)*|\b(?:" + "|".join(WORDS) + r")\b)"
MONEY_MARK = r"(?:us\$|[€$£]|\b(?:eur|euros?|usd|dollars?|bucks|gbp|pounds|chf|franken)\b)"
BELOW = (
    r"\b(?:(?:fewer|less|cheaper|lighter|shorter|smaller|narrower|younger|slower) than|under|below"
    r"|(?:weniger|leichter|kürzer|kleiner|schmaler|jünger|billiger|günstiger) als|unter"
    r"|moins de|(?:plus (?:léger|petit|court)|moins cher)e?s? que|menos de|por debajo de"
    r"|más (?:ligero|pequeño|corto|barato|ligera|pequeña|corta|barata)s? que)"
)
ABOVE = (
    r"\b(?:over|above|(?:more|heavier|taller|longer|larger|bigger|wider|older|faster) than"
    r"|über|(?:mehr|schwerer|länger|größer|höher|breiter|älter|schneller) als"
    r"|plus de|plus (?:lourd|grand|long|haut)e?s? que|más de|más (?:pesado|grande|largo|alto|pesada|larga|alta)s? que)"
)
AMOUNT = re.compile(rf"{MONEY_MARK}\s?\d|\d\s?{MONEY_MARK}", re.IGNORECASE)
"""An amount of money, by its mark."""
MOST = (
    rf"(?:\b(?:up to|at most|no more than|not more than|max(?:imum|imal)?\.?(?: of)?|within|bis zu|bis|höchstens"
    rf"|nicht mehr als|jusqu'à|jusqu’à|au plus|pas plus de|hasta|máximo|no más de)|{BELOW})"
)
LEAST = (
    rf"(?:\b(?:from|at least|no less than|not less than|min(?:imum|destens)?\.?|starting at|ab|nicht weniger als"
    rf"|à partir de|au moins|dès|desde|al menos|a partir de)|{ABOVE})"
)
UNIT = rf"(?:{'|'.join(sorted(UNITS, key=len, reverse=True))})"
MEASURED = (
    r"(?:tall|high|long|wide|deep|heavy|hoch|lang|breit|tief|schwer|de (?:haut|long|large|hauteur|longueur|largeur)"
    r"|de (?:alto|largo|ancho))"
)
AFTER = r"(?P<after>(?:\s+[^\W\d]+){0,3})"
TO = r"(?:[-–—à]|\b(?:to|and|bis|und|et|a|y)\b)"
CROWD = (
    r"\b(?:(?:team|family|group|crew|office|company|famille|groupe|équipe|equipo|familia|grupo) (?:of|von|mit|de)"
    r"|we are|wir sind|nous sommes|somos)"
)
RANGES = (
    rf"{CROWD}\s+(?:about\s+)?(?P<crowd>{NUMBER}){AFTER}",
    rf"(?:(?:between|from|von|zwischen|entre|de)\s+)?(?P<least>{NUMBER})\s*{TO}\s*(?P<most>{NUMBER}){AFTER}",
    rf"{MOST}\s+(?P<most>{NUMBER}){AFTER}",
    rf"{LEAST}\s+(?P<least>{NUMBER}){AFTER}",
    rf"(?P<least>{NUMBER})\s*(?:\+|or more\b|and more\b|oder mehr\b|ou plus\b|o más\b){AFTER}",
    rf"(?P<both>{NUMBER}){AFTER}",
)
RANGE = tuple(re.compile(pattern, re.IGNORECASE) for pattern in RANGES)
STRICT = re.compile(rf"{BELOW}|{ABOVE}", re.IGNORECASE)
MONEY = rf"(?:(?P<mark{{n}}>{MONEY_MARK})\s*)?(?P<number{{n}}>{NUMBER})\s*(?P<unit{{n}}>{MONEY_MARK})?"
BUDGETS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:between|zwischen|entre)\s+{MONEY.format(n=1)}\s+(?:and|und|et|y)\s+{MONEY.format(n=2)}"
        r"(?P<after>\s*[^\W\d]+)?",
        rf"{MOST}\s+{MONEY.format(n=2)}(?P<after>\s*[^\W\d]+)?",
        rf"{LEAST}\s+{MONEY.format(n=1)}(?P<after>\s*[^\W\d]+)?",
        rf"\b(?:budget|presupuesto)\b\D{{0,20}}?{MONEY.format(n=2)}",
        rf"{MONEY.format(n=2)}\s+budget\b",
    )
)
PER = frozenset({
    "per", "a", "an", "each", "please", "and", "or", "for", "pro", "im", "und", "oder", "für", "par", "et", "ou",
    "pour", "por", "al", "y", "o", "para",
})  # fmt: skip

COUNTED = re.compile(r"\b(\d+)\s+[^\W\d]+")
GLUED = re.compile(rf"(?<=\d)-?(?={UNIT}\b)|(?<=\d )-(?={UNIT}\b)", re.IGNORECASE)
NOT_MATTER = re.compile(
    rf"{MOST}|{LEAST}|{NUMBER}\+?(?:[\s-]*{UNIT}\b(?:\s+{MEASURED}\b)?)?|{MONEY_MARK}|{CROWD}|\b(?:between|zwischen|entre|budget)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Range:
    """From `least` to `most`, open where None; `noun` is "people" or the word that follows, "" where none does."""

    least: float | None
    most: float | None
    noun: str

    def covers(self, number: float) -> bool:
        """Say whether a number lies within."""
        return (self.least is None or self.least <= number) and (self.most is None or number <= self.most)

    def measured(self, unit: str) -> "Range":
        """Return the range of so many of a unit, in the common unit of its kind."""
        least, most = (None if end is None else in_common(end, unit) for end in (self.least, self.most))
        return Range(least, most, common_unit(unit))


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be paid; `currency` is an ISO 4217 code, None when none was named."""

    least: float | None
    most: float | None
    currency: str | None

    def allows(self, price: float, currency: str | None) -> bool:
        """Say whether a price lies within; another currency can not be compared."""
        is_same = None in {self.currency, currency} or currency == self.currency
        is_same |= self.currency == "USD" and currency in DOLLARS
        return is_same and Range(self.least, self.most, "").covers(price)


def find_ranges(text: str) -> list[Range]:
    """Return the ranges a text names: "2-10 people", "up to 5 users", "20+", "for one person", "21kg"."""
    return list(_ranges(GLUED.sub(" ", text)))


def steps_holding(question: str, text: str) -> frozenset[str]:
    """Return the numbers of a question, as they are written, that a range in a table's row covers: 35 in "20-60 km"."""
    rows = " ; ".join(line.strip("| ").partition("|")[0] for line in text.split("\n") if line.startswith("|"))
    steps = [step for step in find_ranges(rows) if step.least != step.most]
    return frozenset(
        found.group(1)
        for found in COUNTED.finditer(question)
        for count in find_ranges(found.group())
        if any(step.noun == count.noun and step.covers(count.least or 0.0) for step in steps)
    )


def find_budget(question: str) -> Budget | None:
    """Return the budget a question names, None when it names none."""
    for pattern in BUDGETS:
        found = pattern.search(question)
        if found is None:
            continue
        parts = found.groupdict()
        marks = [parts.get(name) for name in ("mark1", "unit1", "mark2", "unit2") if parts.get(name)]
        after = (parts.get("after") or "").strip().lower()
        if not marks and after and after not in PER:
            continue  # it counts something else: "up to 5 users"
        least, most = (number_of(parts[name]) if parts.get(name) else None for name in ("number1", "number2"))
        if STRICT.match(found.group()):
            least, most = _beyond(least, most)
        return Budget(least, most, currency_of(marks[0]) if marks else None)
    return None


def without_amounts(text: str) -> str:
    """Return a text without its numbers, what bounds them, and whom they count."""
    words = (word for word in NOT_MATTER.sub(" ", text).split() if word.lower().strip(".,;:?!") not in PEOPLE)
    return " ".join(words)


def currency_of(text: str | None) -> str | None:
    """Return the ISO 4217 code of a currency's sign, name or code, None for none."""
    mark = (text or "").strip()
    return CURRENCIES.get(mark.lower(), mark.upper() if re.fullmatch("[A-Za-z]{3}", mark) else None)


def price_of(text: str) -> float | None:
    """Return the one number of a price ("29", "€1,200.50 / month"), None when it has none or several."""
    numbers = re.findall(r"\d+(?:[.,]\d+)*", text)
    return number_of(numbers[0]) if len(numbers) == 1 else None


def number_of(text: str) -> float:
    """Return a number written in digits (either way of grouping) or as a word."""
    if text.lower() in WORDS:
        return float(WORDS[text.lower()])
    whole, mark, rest = re.sub(r"[.,](?=\d{3}(?:[.,]|$))", "", text).replace(",", ".").rpartition(".")
    return float(f"{whole.replace('.', '')}{mark}{rest}")


def _ranges(text: str) -> Iterator[Range]:
    for pattern in RANGE:
        for found in pattern.finditer(text):
            parts = found.groupdict()
            exactly = parts.get("both") or parts.get("crowd")
            least, most = parts.get("least") or exactly, parts.get("most") or exactly
            noun = "people" if parts.get("crowd") else _noun(parts["after"])
            told = Range(number_of(least) if least else None, number_of(most) if most else None, noun)
            told = told.measured(noun)
            yield Range(*_beyond(told.least, told.most), told.noun) if STRICT.match(found.group()) else told
        text = pattern.sub(" ; ", text)


def _beyond(least: float | None, most: float | None) -> tuple[float | None, float | None]:
    """Return the ends without the numbers themselves."""
    return (
        None if least is None else math.nextafter(least, math.inf),
        None if most is None else math.nextafter(most, -math.inf),
    )


def _noun(after: str) -> str:
    words = [word for word in after.lower().split() if word not in CURRENCIES]
    first = words[0] if words else ""
    return "people" if PEOPLE.intersection(words) else UNITS.get(first, first)
