"""A country that is asked for where only its region is written: "do you ship to France?", "we ship to all of the EU".

Promises: a question is said with the smallest region that holds the country and that the knowledge names; a country
that the knowledge names itself stays, and so does one of no region that is written. Country names are those of CLDR.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

# ISO 3166-1 alpha-2.
EU = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
    "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
EUROPE = EU | {
    "AD", "AL", "BA", "BY", "CH", "GB", "IS", "LI", "MC", "MD", "ME", "MK", "NO", "RS", "SM", "UA", "VA", "XK",
}  # fmt: skip
NAMED_IN = ("en", "de", "fr", "es")
NICKNAMES = {
    "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB", "britain": "GB",
    "großbritannien": "GB", "holland": "NL", "hollande": "NL", "holanda": "NL", "usa": "US", "america": "US",
    "amerika": "US", "czech republic": "CZ", "tschechische republik": "CZ",
}  # fmt: skip


BEFORE = r"(?:to|in|into|from|for|within|nach|aus|für|innerhalb|en|au|aux|vers|depuis|a|al|de|desde|para)"
WORD = re.compile(r"\w+")
FRENCH_HAD = ("fr", "EU")  # "eu" is a common word there


class Region(NamedTuple):
    """A region by what it is called, and the countries in it; None for all there are."""

    names: tuple[str, ...]
    countries: frozenset[str] | None


REGIONS = (
    Region(("DACH",), frozenset({"DE", "AT", "CH"})),
    Region(("Benelux",), frozenset({"BE", "NL", "LU"})),
    Region(("Baltics", "Baltikum"), frozenset({"EE", "LV", "LT"})),
    Region(("Scandinavia", "Skandinavien", "Scandinavie", "Escandinavia"), frozenset({"DK", "SE", "NO"})),
    Region(
        ("EU", "European Union", "Europäische Union", "UE", "Union européenne", "Unión Europea"),
        EU,
    ),
    Region(("Europe", "Europa", "europaweit"), EUROPE),
    Region(
        ("worldwide", "weltweit", "monde entier", "todo el mundo", "every country", "internationally"), None
    ),
)


def say_by_region(question: str, is_unknown: Callable[[str], bool], *, language: str | None = None) -> str:
    """Return a question with each country that is written nowhere as the smallest region of it that is.

    Args:
        question: what is asked.
        is_unknown: says of words whether one of them stands nowhere in the knowledge.
        language: the knowledge's, ISO 639-1.
    """
    if _first_words().isdisjoint(WORD.findall(question.lower())):
        return question

    def said(found: re.Match[str]) -> str:
        country = found["country"]
        is_named = country[0].isupper() or found["before"]
        if not is_named or not is_unknown(country):
            return found.group()
        code = _countries()[country.lower()]
        written = (
            name
            for region in REGIONS
            if region.countries is None or code in region.countries
            for name in region.names
            if (language, name) != FRENCH_HAD and not is_unknown(name)
        )
        return f"{found['before'] or ''}{next(written, country)}"

    return _pattern().sub(said, question)


def are_different_countries(word: str, other: str) -> bool:
    """Say whether two words are the names of two countries: "Schweden" is no misspelt "Schweiz"."""
    one, two = (_countries().get(name.lower()) for name in (word, other))
    return None not in (one, two) and one != two


def speaks_of_others(answer: str, told: str) -> bool:
    """Say whether an answer is about countries, and none of them is one that was told of before the question."""
    mine = countries_in(told)
    if not mine:
        return False
    theirs = countries_in(answer)
    regions = [
        region for region in REGIONS if any(re.search(rf"\b{name}\b", answer) for name in region.names)
    ]
    held = [region for region in regions if region.countries is None or mine & region.countries]
    return bool(theirs or regions) and not (held or mine & theirs)


def countries_in(text: str) -> frozenset[str]:
    """Return the ISO 3166-1 codes of the countries that a text names with a capital letter."""
    found = _pattern().finditer(text)
    return frozenset(_countries()[one["country"].lower()] for one in found if one["country"][0].isupper())


@cache
def _countries() -> dict[str, str]:
    """Return the code of each country by its names in small letters."""
    from babel import Locale

    named = {
        name.lower(): code
        for language in NAMED_IN
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "QO")
    }
    return named | NICKNAMES


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_countries(), key=len, reverse=True)
    names = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?P<before>\b{BEFORE}\s+(?:the\s+)?)?\b(?P<country>{names})\b", re.IGNORECASE)


@cache
def _first_words() -> frozenset[str]:
    return frozenset(WORD.findall(name)[0] for name in _countries())
