"""What the columns of a table measure, and how a question asks for it: "how heavy", "lightest", "12 kg", "7 years".

Promises: pure; the words of English, German, French and Spanish. What no dimension knows is still asked for by
the words of its own column: "longest travel", "how many gears".
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.units import UNITS

LABEL_WORD = re.compile(r"[^\W_]+")


class Dimension(StrEnum):
    """What a column measures."""

    PRICE = "price"
    WEIGHT = "weight"
    RANGE = "range"
    AGE = "age"
    SPEED = "speed"
    SIZE = "size"


# A column's label or a question's word.
NAMED = {
    Dimension.PRICE: (
        r"prices?|priced|pricing|costs?|how much (?:is|are|for)|preise?|kostet|kosten|prix|co[ûu]te(?:nt)?"
        r"|precios?|cuestan?"
    ),
    Dimension.WEIGHT: r"weights?|weigh(?:s|ing)?|heavy|mass|gewicht|wiegt|schwer|poids|p[eè]se|lourde?|peso|pesa",
    Dimension.RANGE: r"range|reach|reichweite|autonomie|autonom[ií]a|how far|wie weit",
    Dimension.AGE: r"ages?|aged|years?[ -]olds?|how old|alter|alt|[âa]ge|edad",
    Dimension.SPEED: r"(?:top )?speed|how fast|wie schnell|geschwindigkeit|vitesse|velocidad",
    Dimension.SIZE: (
        r"sizes?|dimensions?|length|width|height|gr[öo](?:ß|ss)e|maße"
        r"|how (?:long(?! (?:do|does|did|will|can|until|have|has|is it (?:valid|open)))|wide|tall|high|big|large)"
        r"|wie (?:lang|breit|hoch|groß)|länge|breite|höhe|tailles?|dimensions|longueur|largeur|hauteur"
        r"|tamaños?|medidas|largo|ancho|alto"
    ),
}
GREATEST = {
    Dimension.PRICE: r"most expensive|priciest|teuerste[nrms]?|(?:le|la) plus ch[eè]re?|más car[oa]s?",
    Dimension.WEIGHT: r"heaviest|schwerste[nrms]?|plus lourde?s?|más pesad[oa]s?",
    Dimension.RANGE: r"furthest|farthest|am weitesten|plus loin|más lejos",
    Dimension.AGE: r"oldest|älteste[nrms]?",
    Dimension.SPEED: r"fastest|schnellste[nrms]?|plus rapides?|más rápid[oa]s?",
    Dimension.SIZE: r"biggest|largest|tallest|widest|größte[nrms]?|plus grande?s?|más grandes?",
}
LEAST = {
    Dimension.PRICE: (
        r"cheapest|least expensive|lowest.priced?|most affordable|(?:günstigste|billigste|preiswerteste)[nrms]?"
        r"|(?:le|la|les) moins ch[eè]re?s?|más (?:barat[oa]s?|económic[oa]s?)"
    ),
    Dimension.WEIGHT: r"lightest|leichteste[nrms]?|plus l[ée]g(?:er|[eè]re)s?|más liger[oa]s?",
    Dimension.AGE: r"youngest|jüngste[nrms]?",
    Dimension.SPEED: r"slowest|langsamste[nrms]?",
    Dimension.SIZE: r"smallest|narrowest|kleinste[nrms]?|plus petite?s?|más pequeñ[oa]s?",
}
MORE = {
    Dimension.PRICE: r"more expensive|dearer|pricier|teurer(?:e[nrms]?)?|plus ch[eè]re?s?|más car[oa]s?",
    Dimension.WEIGHT: r"heavier|schwerer(?:e[nrms]?)?|plus lourde?s?|más pesad[oa]s?",
    Dimension.RANGE: r"further|farther|weiter|plus loin|más lejos",
    Dimension.AGE: r"older|älter(?:e[nrms]?)?",
    Dimension.SPEED: r"faster|quicker|schneller(?:e[nrms]?)?|plus rapides?|más rápid[oa]s?",
    Dimension.SIZE: r"bigger|larger|taller|wider|größer(?:e[nrms]?)?|plus grande?s?|más grandes?",
}
LESS = {
    Dimension.PRICE: (
        r"cheaper|less expensive|more affordable|(?:günstiger|billiger|preiswerter)(?:e[nrms]?)?|moins ch[eè]re?s?"
        r"|más (?:barat[oa]s?|económic[oa]s?)"
    ),
    Dimension.WEIGHT: r"lighter|leichter(?:e[nrms]?)?|plus l[ée]g(?:er|[eè]re)s?|más liger[oa]s?",
    Dimension.AGE: r"younger|jünger(?:e[nrms]?)?",
    Dimension.SPEED: r"slower|langsamer(?:e[nrms]?)?",
    Dimension.SIZE: r"smaller|narrower|kleiner(?:e[nrms]?)?|plus petite?s?|más pequeñ[oa]s?",
}
# "the most gears", "longest range": of the column that is named beside it.
MOST_OF = re.compile(
    r"\b(?:most|highest|greatest|longest|largest|biggest|maximum|best|höchste[nrms]?|größte[nrms]?|längste[nrms]?"
    r"|meisten|(?:plus|mayor|más) (?:grande?|longue?|haute?|larg[oa]|alt[oa])|mayor)\b",
    re.IGNORECASE,
)
LEAST_OF = re.compile(
    r"\b(?:least|lowest|fewest|shortest|smallest|minimum|niedrigste[nrms]?|kleinste[nrms]?|kürzeste[nrms]?|wenigsten"
    r"|(?:plus|más) (?:petite?|court[e]?|basse?|pequeñ[oa]|cort[oa]|baj[oa])|menor)\b",
    re.IGNORECASE,
)


def _compiled(patterns: dict[Dimension, str]) -> dict[Dimension, re.Pattern[str]]:
    return {one: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for one, words in patterns.items()}


NAMING, RISING, FALLING = _compiled(NAMED), _compiled(GREATEST), _compiled(LEAST)
MORE_THAN, LESS_THAN = _compiled(MORE), _compiled(LESS)


@dataclass(frozen=True, slots=True)
class Superlative:
    """The greatest or least; of a dimension, or of the column that the question names (None)."""

    dimension: Dimension | None
    is_greatest: bool
    word: str


def dimension_of(label: str) -> Dimension | None:
    """Return what a column of this label measures, None when it is none of the known."""
    text = plain_label(label)
    return next((one for one, pattern in NAMING.items() if pattern.search(text)), None)


def dimensions_in(question: str) -> frozenset[Dimension]:
    """Return the dimensions that a question names."""
    return frozenset(one for one, pattern in NAMING.items() if pattern.search(question))


def unit_of(label: str) -> str:
    """Return the unit a column's label says ("Weight (kg)"), that of an age where it says none, else ""."""
    words = plain_label(label).lower().split()
    # A unit follows what it measures: "Min people" is not counted in minutes.
    said = next((UNITS[word] for word in words[1:] or words if word in UNITS), "")
    return said or ("year" if dimension_of(label) is Dimension.AGE else "")


def with_unit(label: str, cell: str) -> str:
    """Return a cell that is a mere number with the unit that its column's label says, or the label; else as it is."""
    if any(map(str.isalpha, cell)):
        return cell
    unit = unit_of(label)
    return f"{cell} {unit}" if unit else f"{plain_label(label)}: {cell}"


def find_superlative(question: str) -> Superlative | None:
    """Return the superlative in a question, None when there is none."""
    for patterns, is_greatest in ((RISING, True), (FALLING, False)):
        for dimension, pattern in patterns.items():
            if found := pattern.search(question):
                return Superlative(dimension, is_greatest, found.group())
    for pattern, is_greatest in ((MOST_OF, True), (LEAST_OF, False)):
        if found := pattern.search(question):
            return Superlative(None, is_greatest, found.group())
    return None


def find_comparative(question: str) -> Superlative | None:
    """Return what a question wants more or less of ("anything lighter", "cheaper than that"), None when nothing."""
    for patterns, is_greatest in ((MORE_THAN, True), (LESS_THAN, False)):
        for dimension, pattern in patterns.items():
            if found := pattern.search(question):
                return Superlative(dimension, is_greatest, found.group())
    return None


def without_dimensions(text: str) -> str:
    """Return a text without the words that name a dimension."""
    for pattern in (*RISING.values(), *FALLING.values(), *NAMING.values(), MOST_OF, LEAST_OF):
        text = pattern.sub(" ", text)
    return text


def plain_label(label: str) -> str:
    """Return a column's label in words: "range_km" is "range km"."""
    return " ".join(LABEL_WORD.findall(label))
