"""What stands in the gaps of a fact: prices, times, numbers and words, each in the ways it may be written.

`fact_wordings/LANGUAGE_words.txt` holds the words, a kind a line; `a/b` are opposites, which are mostly drawn together.
"""

import random
from dataclasses import dataclass
from pathlib import Path

FACTS = Path(__file__).parent / "fact_wordings"
PAIRED_SHARE = 0.8
NUMBER_WORDS = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
}
DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
UNITS = {
    "en": "minutes hours days weeks months years",
    "de": "Minuten Stunden Tage Wochen Monate Jahre",
    "fr": "minutes heures jours semaines mois ans",
    "es": "minutos horas días semanas meses años",
}
PRICES = {
    "en": (("€{}", "{} euros", "EUR {}"), ("£{}", "{} pounds"), ("${}", "{} dollars")),
    "de": (("{} €", "{} Euro", "EUR {}"), ("{} Franken", "CHF {}")),
    "fr": (("{} €", "{} euros"), ("{} francs", "CHF {}")),
    "es": (("{} €", "{} euros"), ("{} dólares", "{} USD")),
}
TIMES = {
    "en": ("{hour}:{minute:02}", "{twelve}:{minute:02} {half}", "{twelve}.{minute:02} {half}"),
    "de": ("{hour}:{minute:02} Uhr", "{hour}.{minute:02} Uhr"),
    "fr": ("{hour}h{minute:02}", "{hour} h {minute:02}", "{hour} heures {minute}"),
    "es": ("{hour}:{minute:02}", "{hour}.{minute:02} h"),
}
PERCENTS = {"en": ("{}%", "{} %", "{} percent"), "de": ("{} %", "{} Prozent"), "fr": ("{} %", "{}%")}

Value = tuple[str, ...]  # the ways in which one thing may be written


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A language's words by kind; prices of one draw share a currency."""

    code: str
    words: dict[str, tuple[tuple[str, ...], ...]]

    def draw(self, kinds: list[str], chance: random.Random) -> list[Value]:
        """Draw a value for each kind; those of one kind are different."""
        currency = chance.choice(PRICES[self.code])
        unit = chance.randrange(len(UNITS[self.code].split()))
        drawn: list[Value] = []
        for kind in kinds:
            mates = [value for value, other in zip(drawn, kinds, strict=False) if other == kind]
            value = self._opposite(kind, mates, chance)
            while value is None or value in mates:
                value = self._value(kind, currency, unit, chance)
            drawn.append(value)
        return drawn

    def _opposite(self, kind: str, mates: list[Value], chance: random.Random) -> Value | None:
        if len(mates) != 1 or chance.random() > PAIRED_SHARE:
            return None
        pairs = [entry for entry in self.words.get(kind, ()) if len(entry) > 1 and mates[0][0] in entry]
        return next(((one,) for pair in pairs for one in pair if one != mates[0][0]), None)

    def _value(self, kind: str, currency: Value, unit: int, chance: random.Random) -> Value:
        match kind:
            case "price":
                return _price(self.code, currency, chance)
            case "duration":
                return _duration(self.code, unit, chance)
        if kind in DRAWN:
            return DRAWN[kind](self.code, chance)
        return (chance.choice([one for entry in self.words[kind] for one in entry]),)


def load_vocabulary(code: str, name: str) -> Vocabulary:
    """Read the words of a language."""
    lines = (FACTS / f"{name}_words.txt").read_text(encoding="utf-8").splitlines()
    words = {}
    for line in lines:
        kind, listed = line.split(": ", 1)
        entries = listed.replace("\\,", "\0").split(", ")
        words[kind] = tuple(tuple(entry.replace("\0", ",").split("/")) for entry in entries)
    return Vocabulary(code, words)


def _price(code: str, currency: Value, chance: random.Random) -> Value:
    amount = str(
        chance.choice((chance.randint(2, 60) * 5, chance.randint(3, 99), chance.randint(1, 30) * 50))
    )
    if chance.random() < 0.15:
        amount += ("." if code == "en" else ",") + chance.choice(("50", "90", "20", "80"))
    return tuple(form.format(amount) for form in currency)


def _time(code: str, chance: random.Random) -> Value:
    hour, minute = chance.randint(6, 22), chance.choice((0, 0, 15, 30, 30, 45))
    twelve, half = (hour - 1) % 12 + 1, "am" if hour < 12 else "pm"
    forms = [form.format(hour=hour, minute=minute, twelve=twelve, half=half) for form in TIMES[code]]
    whole = {"en": f"{twelve} {half}", "de": f"{hour} Uhr", "fr": f"{hour} h", "es": f"{hour} h"}
    return (*forms, whole[code]) if minute == 0 else tuple(forms)


def _number(code: str, chance: random.Random) -> Value:
    number = chance.randint(2, 12)
    return str(number), NUMBER_WORDS[code].split()[number - 2]


def _duration(code: str, unit: int, chance: random.Random) -> Value:
    return tuple(f"{number} {UNITS[code].split()[unit]}" for number in _number(code, chance))


def _big(_: str, chance: random.Random) -> Value:
    return (str(chance.choice((chance.randint(2, 90) * 10, chance.randint(13, 400)))),)


def _year(_: str, chance: random.Random) -> Value:
    return (str(chance.randint(1895, 2029)),)


def _percent(code: str, chance: random.Random) -> Value:
    percent = chance.choice((5, 8, 10, 12, 15, 20, 25, 30, 40))
    return tuple(form.format(percent) for form in PERCENTS.get(code, PERCENTS["fr"]))


def _day(code: str, chance: random.Random) -> Value:
    return (chance.choice(DAYS[code].split()),)


def _month(code: str, chance: random.Random) -> Value:
    return (chance.choice(MONTHS[code].split()),)


DRAWN = {
    "time": _time,
    "n": _number,
    "big": _big,
    "year": _year,
    "percent": _percent,
    "day": _day,
    "month": _month,
}
