"""Streets with their numbers, before or behind the name: "221b Baker Street", "12 bis, Rue de la Paix", "Via Roma 5/A".

Read rather too eagerly, for what shall be hidden: English, German, French, Spanish and Italian, in capital letters or
small ones where the words alone tell. Where a postcode and a town follow, they belong to it.
"""

import re
from collections.abc import Iterator

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:['’-][^\W\d_]+)*"
_LETTER = r"(?:/?[A-Za-z](?![^\W_])|[ ][A-Z](?![^\W_]))?"
_BEHIND = (
    r"(?:(?i:n[º°.]{1,2}|n[úu]m(?:ero)?\.?|nr\.?)[ \t]*)?"
    rf"\d{{1,4}}(?:[ ]?[-–/][ ]?\d{{1,4}})?(?:[ ](?i:bis|ter)\b|[ ]?[a-z](?![^\W_])|{_LETTER})(?![^\W_])"
)
_BEFORE = rf"\b\d{{1,5}}(?:[ ]?[-–/][ ]?\d{{1,5}})?(?:[ ]?(?i:bis|ter|quater)\b|{_LETTER})"
_TOWN = rf"(?:,?\s+\d{{4,5}}[ \t]+{_CAPITAL})?"
_GERMAN = r"(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|damm|ufer)"
_ENGLISH = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Boulevard|Blvd|Court|Way|Square|Terrace|Crescent|Close)\b"
)
_FRENCH = r"rue|avenue|boulevard|bd|chemin|allée|impasse|quai|place(?=\s+d)"
_OF = r"(?:(?i:de|du|des|la|le|les|del|della|dei|delle|degli|di|san|santa|los|las|el)[ \t]+|(?i:[dl])['’])"
_CALLED = rf"{_OF}{{0,3}}{_CAPITAL}(?:[ \t]+{_CAPITAL}){{0,2}}"
_STREETS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_CAPITAL}[ -]){{0,3}}(?:[A-ZÄÖÜ][^\W\d_]*{_GERMAN}|(?i:{_GERMAN}))[ \t]+{_BEHIND}{_TOWN}",
        rf"{_BEFORE},?[ \t]+(?:{_CAPITAL}[ \t]+){{1,3}}{_ENGLISH}",
        r"\b\d{1,4}[a-f][ \t]+(?:[^\W\d_]+[ \t]+){1,2}(?:street|avenue|road|lane|drive|square|terrace|crescent)\b",
        rf"{_BEFORE},?[ \t]+(?:{_FRENCH})(?:[ \t]+[^\W\d_]['’\w-]*){{1,3}}{_TOWN}",
        rf"{_BEFORE},?[ \t]+(?i:{_FRENCH})[ \t]+{_CALLED}{_TOWN}",
        rf"\b(?i:{_FRENCH})[ \t]+{_CALLED},?[ \t]*{_BEHIND}{_TOWN}",
        rf"\b(?i:calle|avenida|avda\.?|plaza|paseo|c/)(?:[ \t]+[^\W\d_][^\W\d_-]*){{1,5}},?[ \t]+{_BEHIND}{_TOWN}",
        rf"\b(?:Via|in via|[Vv]iale|[Pp]iazza|[Cc]orso|[Vv]icolo|Rua)[ \t]+{_CALLED},?[ \t]*{_BEHIND}{_TOWN}",
    )
)


def find_streets(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each begins and ends; they may overlap."""
    for street in _STREETS:
        for match in street.finditer(text):
            yield match.span()
