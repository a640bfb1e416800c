"""When, in German, French and Spanish: a phrase of time is put into English, and the calendar reads that."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.domain.reading.date_hints import searchable

_FLAGS = re.IGNORECASE
_MONTHS = (
    ("january", "januar|jänner|janvier|enero"),
    ("february", "februar|f[ée]vrier|febrero"),
    ("march", "m(?:ä|ae)rz|mars|marzo"),
    ("april", "april|avril|abril"),
    ("may", "mai|mayo"),
    ("june", "juni|juin|junio"),
    ("july", "juli|juillet|julio"),
    ("august", "august|ao[ûu]t|agosto"),
    ("september", "september|septembre|sep?tiembre"),
    ("october", "oktober|octobre|octubre"),
    ("november", "november|novembre|noviembre"),
    ("december", "dezember|d[ée]cembre|diciembre"),
)
_FEASTS = (
    ("easter", r"ostern|p[âa]ques|pascua"),
    ("holy week", r"(?:la\s+)?semana\s+santa|karwoche"),
    ("pentecost", r"pfingsten|pentec[ôo]te|pentecost[ée]s"),
    ("christmas", r"weihnachten|no[ëe]l|navidad(?:es)?"),
    ("new year's eve", r"silvester|la\s+saint[\s-]sylvestre|nochevieja"),
    ("new year", r"neujahr|nouvel\s+an|año\s+nuevo"),
    ("the holidays", r"feiertage?n?|f[êe]tes|fiestas"),
    ("spring", r"fr[üu]e?h(?:ling|jahr)|printemps|primavera"),
    ("summer", r"sommer(?:pause|ferien)?|[ée]t[ée]|verano"),
    ("autumn", r"herbst|automne|otoño"),
    ("winter", r"winter|hiver|invierno"),
)
_NAMED = (*_MONTHS, *_FEASTS)
_NAME = "|".join(f"(?P<named{index}>{words})" for index, (_, words) in enumerate(_NAMED))
_RELATIONS = (
    (
        "not before",
        r"(?:nicht|nichts|nie)\s+vor|fr[üu]hestens(?:\s+(?:im|zu|ab))?|erst\s+(?:ab|nach)|(?:pas|rien)\s+avant|"
        r"(?:no|nada)\s+antes\s+del?",
    ),
    ("before", r"vor|avant|antes\s+del?"),
    ("after", r"nach|apr[èe]s|despu[ée]s\s+del?|tras"),
    ("by", r"bis(?:\s+zum?)?|d'ici(?:\s+[àa])?|jusqu'[àae]n?|hasta|para"),
    ("from", r"ab|seit|[àa]\s+partir\s+d[e']|a\s+partir\s+de|desde"),
)
_PARTS = (
    ("early", r"anfang|d[ée]but|principios\s+del?|inicios\s+del?"),
    ("mid", r"mitte|mi-|mediados\s+del?"),
    ("end of", r"ende|fin|finales\s+del?"),
)
_UNITS = (
    ("days", r"tage?n?|jours?|d[íi]as?"),
    ("weeks", r"wochen?|semaines?|semanas?"),
    ("months", r"monate?n?|mois|mes(?:es)?"),
    ("years", r"jahre?n?|an(?:s|n[ée]es?)|años?"),
    ("quarters", r"quartale?n?|trimestres?"),
)
_NUMBERS = {
    **dict.fromkeys(("ein", "eine", "einem", "einer", "un", "une", "una"), "1"),
    **dict.fromkeys(("zwei", "deux", "dos"), "2"),
    **dict.fromkeys(("drei", "trois", "tres"), "3"),
    **dict.fromkeys(("vier", "quatre", "cuatro"), "4"),
    **dict.fromkeys(("sechs", "six", "seis"), "6"),
}
_FIXED = (
    ("tomorrow", r"(?<!guten )morgen|demain|(?<!la )mañana"),
    ("this week", r"(?:in\s+)?diese[rn]?\s+woche|cette\s+semaine|esta\s+semana"),
    ("end of the month", r"(?:zum\s+)?(?:ende\s+des\s+monats|monatsende)|"
                         r"(?:[àa]\s+la\s+)?fin\s+du\s+mois|(?:a\s+)?fin(?:ales)?\s+de\s+mes"),
    ("end of the year", r"(?:bis\s+)?(?:zum\s+)?(?:ende\s+(?:des|dieses)\s+jahres|jahresende)|"
                        r"(?:[àa]\s+la\s+|d'ici\s+(?:la\s+)?)?fin\s+(?:d'|de\s+l')ann[ée]e|(?:a\s+)?fin(?:ales)?\s+de(?:l)?\s+año"),
    ("q1", r"(?:im\s+)?ersten\s+quartal|(?:au\s+)?premier\s+trimestre|(?:en\s+el\s+)?primer\s+trimestre"),
    ("q2", r"(?:im\s+)?zweiten\s+quartal|(?:au\s+)?deuxi[èe]me\s+trimestre|(?:en\s+el\s+)?segundo\s+trimestre"),
    ("q3", r"(?:im\s+)?dritten\s+quartal|(?:au\s+)?troisi[èe]me\s+trimestre|(?:en\s+el\s+)?tercer\s+trimestre"),
    ("q4", r"(?:im\s+)?vierten\s+quartal|(?:au\s+)?quatri[èe]me\s+trimestre|(?:en\s+el\s+)?cuarto\s+trimestre"),
    ("asap", r"so\s+(?:bald|schnell)\s+wie\s+m[öo]glich|schnellstm[öo]glich|sofort|d[èe]s\s+que\s+possible|"
             r"au\s+plus\s+vite|tout\s+de\s+suite|lo\s+antes\s+posible|cuanto\s+antes|de\s+inmediato"),
    ("next week", r"n[äa]chste\s+woche|la\s+semaine\s+prochaine|la\s+(?:pr[óo]xima\s+semana|semana\s+que\s+viene)"),
    ("next month",
     r"(?:im\s+)?n[äa]chste[nrm]?\s+monat|le\s+mois\s+prochain|el\s+(?:pr[óo]ximo\s+mes|mes\s+que\s+viene)"),
    ("next quarter", r"(?:im\s+)?n[äa]chste[nsm]?\s+quartal|(?:le|au)\s+(?:trimestre\s+prochain|prochain\s+trimestre)|"
                     r"(?:el\s+)?pr[óo]ximo\s+trimestre"),
    ("next year",
     r"(?:im\s+)?n[äa]chste[nsm]?\s+jahr|l'ann[ée]e\s+prochaine|el\s+(?:pr[óo]ximo\s+año|año\s+que\s+viene)"),
    ("in spring", r"im\s+fr[üu]e?h(?:ling|jahr)|au\s+printemps|en\s+primavera"),
    ("in summer", r"im\s+sommer|(?:en|cet)\s+[ée]t[ée]|en\s+verano"),
    ("in autumn", r"im\s+herbst|(?:en|à\s+l')\s*automne|en\s+otoño"),
    ("in winter", r"im\s+winter|en\s+hiver|en\s+invierno"),
    ("this month", r"(?:in\s+)?diese[nm]\s+monat|ce\s+mois(?:-ci)?|este\s+mes"),
    ("this year", r"(?:in\s+)?diese[sm]\s+jahr|cette\s+ann[ée]e|este\s+año"),
)  # fmt: skip


def _any(pairs: tuple[tuple[str, str], ...]) -> str:
    return "|".join(words for _, words in pairs)


_PHRASE = re.compile(
    rf"(?<![\w-])(?:(?P<relation>{_any(_RELATIONS)})\s+)?(?:(?:im|in|zu|an|en|au|[àa])\s+)?(?:(?:de[mnr]|les?|la|el|los|las)\s+|l')?"
    rf"(?:(?P<part>{_any(_PARTS)})\s*)?(?:(?:des|du|de|der|d')\s*)?"
    rf"(?:(?P<day>[12]\d|3[01]|0?[1-9])\.?\s*(?:de\s+)?(?={'|'.join(words for _, words in _MONTHS)}))?"
    rf"(?:{_NAME})(?:\s+(?:de\s+)?(?P<year>20\d\d))?(?![\w-])",
    _FLAGS,
)
_YEARS = (
    ("next year", r"(?:de[sr]\s+)?(?:n[äa]chste[nrs]?|kommende[nrs]?)\s+jahr(?:es)?|"
     r"(?:de\s+)?l'an(?:n[ée]e)?\s+prochaine?|(?:del?\s+)?(?:pr[óo]ximo\s+año|año\s+que\s+viene)"),
    ("this year", r"(?:de[sr]\s+)?dieses\s+jahres|(?:de\s+)?cette\s+ann[ée]e|de\s+este\s+año"),
)  # fmt: skip
_PART_OF_YEAR = re.compile(
    rf"(?<![\w-])(?:(?P<relation>{_any(_RELATIONS)})\s+)?(?:(?:im|in|zu|an|en|au|[àa])\s+)?(?P<part>{_any(_PARTS)})\s*"
    rf"(?:(?:de\s+l'ann[ée]e|del?\s+(?:año)?|des\s+jahres)\s+)?(?P<year>20\d\d|{_any(_YEARS)})(?!\w)",
    _FLAGS,
)
_AHEAD = re.compile(
    rf"(?<![\w-])(?:in|dans|en)\s+(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?P<unit>{_any(_UNITS)})(?!\w)",
    _FLAGS,
)
_WITHIN = re.compile(
    rf"(?<![\w-])(?:in\s+den\s+n[äa]chsten|innerhalb\s+(?:von|der\s+n[äa]chsten)|dans\s+les|d'ici|en\s+los\s+pr[óo]ximos|"
    rf"dentro\s+de)\s+(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?:prochaine?s\s+)?(?P<unit>{_any(_UNITS)})(?!\w)",
    _FLAGS,
)
_SAID = tuple((english, re.compile(rf"(?<![\w-])(?:{words})(?!\w)", _FLAGS)) for english, words in _FIXED)

_HINTS_TEXT = """
januar jänner janvier enero februar fevrier février febrero märz maerz mars marzo april avril abril mai mayo
juni juin julio juli juil august aout août agosto septemb setiemb septiemb oktober octobre octubre novemb
noviemb dezember decembre décembre diciembre ostern paques pâques pascua santa karwoche pfingst pentec
weihnacht noel noël navidad silvester sylvestre nochevieja neujahr nouvel año feiertag fetes fêtes fiestas
fruh früh frueh früeh printemps primavera sommer ete eté éte été verano herbst automne otoño winter hiver
invierno tag jour dia día woche semaine semana monat mois mes jahr ans ann quartal trimestr morgen demain
mañana moglich möglich sofort possible vite suite posible cuanto inmediato 20 l'an
"""
_HINTS = tuple(_HINTS_TEXT.split())
"""Pieces of words: a text that has none of them speaks of no time in these languages."""

_ALONE_AMBIGUOUS = frozenset({"été", "ete", "winter", "fiestas", "tras"})
"""Other words too: "j'ai été", and what is English."""


class OtherDate(NamedTuple):
    """A stretch `[start, end)` that speaks of time, and the same in English."""

    start: int
    end: int
    english: str


def find_other_dates(text: str) -> Iterator[OtherDate]:
    """Yield the phrases of time of a text that is not English."""
    searched = searchable(text)
    if not any(hint in searched for hint in _HINTS):
        return
    yield from _phrases(text)
    years = list(_parts_of_years(text))
    yield from years
    for word, pattern in (("within", _WITHIN), ("in", _AHEAD)):
        for match in pattern.finditer(text):
            count = _NUMBERS.get(match["count"].lower(), match["count"])
            yield OtherDate(match.start(), match.end(), f"{word} {count} {_named(_UNITS, match['unit'])}")
    for english, pattern in _SAID:
        for match in pattern.finditer(text):
            if not any(year.start < match.end() and match.start() < year.end for year in years):
                yield OtherDate(match.start(), match.end(), english)


def _phrases(text: str) -> Iterator[OtherDate]:
    """Yield months, seasons and feasts with what stands about them."""
    for match in _PHRASE.finditer(text):
        named = next(name for index, (name, _) in enumerate(_NAMED) if match[f"named{index}"])
        relation = _named(_RELATIONS, match["relation"])
        if relation is None and match.group().lower() in _ALONE_AMBIGUOUS:
            continue
        parts = (relation, _named(_PARTS, match["part"]), match["day"], named, match["year"])
        yield OtherDate(match.start(), match.end(), " ".join(part for part in parts if part))


def _parts_of_years(text: str) -> Iterator[OtherDate]:
    """Yield "Anfang 2027", "début de l'année prochaine"."""
    for match in _PART_OF_YEAR.finditer(text):
        year = _named(_YEARS, match["year"]) or match["year"]
        parts = (_named(_RELATIONS, match["relation"]), _named(_PARTS, match["part"]), year)
        yield OtherDate(match.start(), match.end(), " ".join(part for part in parts if part))


def _named(pairs: tuple[tuple[str, str], ...], said: str | None) -> str | None:
    if said is None:
        return None
    return next((name for name, words in pairs if re.fullmatch(words, said.strip(), _FLAGS)), None)
