"""What a sum is for: "per user per month", "pro Monat", "par an", "al mes"."""

import re

_PER_UNIT = (
    r"(?P<{0}>users?|seats?|agents?|persons?|people|employees?|heads?|licen[cs]es?|members?|months?|"
    r"mo|mth|years?|yr|annum|"
    r"weeks?|wk|days?|hours?|hr|h|quarters?|"
    r"nutzer(?:in)?|person|mitarbeiter(?:in)?|kopf|monat|jahr|woche|tag|stunde|"
    r"utilisateur|personne|employé|mois|an(?:née)?|semaine|jour|heure|"
    r"usuario|persona|empleado|mes|año|semana|día|hora)"
)
_PER_WORD = r"(?:per|an?|each|every|for\s+each|pro|im|je(?:de[nr]?)?|par|chaque|por|al?|cada|und|et|y)"
_PER = re.compile(
    rf"\s*(?:(?:/|\b{_PER_WORD}\b)\s*" + _PER_UNIT.format("one") + r"(?!\w)\.?"
    rf"(?:\s*(?:/|,?\s*\b{_PER_WORD}\b)\s*(?:{_PER_WORD}\s+)?" + _PER_UNIT.format("two") + r"(?!\w)\.?)?"
    r"|\s*(?P<adverb>monthly|yearly|annually|weekly|daily|hourly|quarterly|monatlich|jährlich|wöchentlich|mensuels?|"
    r"mensual(?:es)?|annuels?|anual(?:es)?|p\.?m\.?|p\.?a\.?|p\.?/?m\.?)(?!\w))",
    re.IGNORECASE,
)
_WORDS_OF = {
    "month": "mo mth monthly pm monat monatlich mois mensuel mes mensual mensuales",
    "year": "yr annum yearly annually pa jahr jährlich an année annuel año anual anuales",
    "week": "wk weekly woche wöchentlich semaine semana",
    "day": "daily tag jour día",
    "hour": "hr h hourly stunde heure hora",
    "quarter": "quarterly",
    "user": "person people employee head member license licence nutzer nutzerin mitarbeiter mitarbeiterin kopf "
    "utilisateur personne employé usuario persona empleado",
}
_NAMES = {word: name for name, words in _WORDS_OF.items() for word in words.split()}
_TIME_UNITS = frozenset({"month", "year", "week", "day", "hour", "quarter"})


def read_per(text: str, end: int) -> tuple[str | None, int]:
    """Return what a sum is for (`month`, `user`, `user/month`) and where that ends."""
    match = _PER.match(text, end)
    if not match:
        return None, end
    if adverb := match.group("adverb"):
        return _name(adverb.replace(".", "").replace("/", "")), match.end()
    parts = [_name(part) for part in (match.group("one"), match.group("two")) if part]
    parts.sort(key=lambda part: part in _TIME_UNITS)
    return "/".join(dict.fromkeys(parts)), match.end()


def _name(word: str) -> str:
    word = word.lower()
    singular = word.removesuffix("s") if word not in _NAMES else word
    return _NAMES.get(singular, singular)
