"""What people are at work in German, French and Spanish, and where: "Leiterin Einkauf bei …", "directrice chez …".

A title counts where somebody says it of themselves: after "ich bin", or after the name they have just given.
"""

import re
from collections.abc import Iterator

from bot.domain.reading.linked_names import AT_FIRM, CAPITALS, is_firm, is_place
from bot.domain.reading.name_words import NOT_COMPANIES
from bot.domain.reading.people import Named
from bot.domain.reading.roles import ROLE

_FLAGS = re.IGNORECASE
_SURE = 0.92
"""A little surer than an English title: "director" is only the half of "director de ventas"."""
_GERMAN = (
    r"(?:(?:kaufmännisch|technisch|stellvertretend|geschäftsführend|leitend|selbst(?:st)?ändig|angestellt|wissenschaftlich)\w*\s+)?"
    r"[\w-]*(?:gesch(?:ä|ae)ftsf(?:ü|ue)hrer|inhaber|gr(?:ü|ue)nder|eigent(?:ü|ue)mer|betreiber|vorst(?:a|ä)nd|prokurist|leiter|"
    r"leitung|chef|entwickler|ingenieur|berater|verk(?:ä|ae)ufer|eink(?:ä|ae)ufer|assistent|referent|sachbearbeiter|direktor|"
    r"architekt|techniker|unternehmer|h(?:ä|ae)ndler|verantwortliche|beauftragte|student|auszubildende|praktikant|mitarbeiter|"
    r"redakteur|programmierer|administrator|gesellschafter|koordinator|disponent|buchhalter|sekret(?:ä|ae)r|makler|apotheker|"
    r"lehrer|anw(?:a|ä)lt|manager|\w{3}meister)(?:in|r|n)?"
)
_FRENCH = (
    r"(?:co)?(?:direct(?:eur|rice)|responsable|g[ée]rante?|fondat(?:eur|rice)|pdg|daf|dsi|drh|chef(?:fe)?|pr[ée]sidente?|"
    r"propri[ée]taire|patron(?:ne)?|dirigeante?|ing[ée]nieure?|d[ée]veloppeu(?:r|se)|commerciale?|acheteu(?:r|se)|comptable|"
    r"consultante?|assistante?|technicien(?:ne)?|[ée]tudiante?|avocate?|m[ée]decin|associ[ée]e?|entrepreneu(?:r|se)|stagiaire|"
    r"charg[ée]e?|secr[ée]taire|architecte|format(?:eur|rice)|vendeu(?:r|se)|graphiste|artisane?|restaurat(?:eur|rice)|"
    r"enseignante?|pharmacien(?:ne)?|coordinat(?:eur|rice)|administrat(?:eur|rice)|salari[ée]e?|employ[ée]e?)"
)
_SPANISH = (
    r"(?:co)?(?:director[a]?|gerente|jef[ea]|fundador[a]?|dueñ[oa]|propietari[oa]|president[ea]|encargad[oa]|ingenier[oa]|"
    r"desarrollador[a]?|programador[a]?|comercial|comprador[a]?|contable|contador[a]?|consultor[a]?|asistente|técnic[oa]|"
    r"estudiante|abogad[oa]|médic[oa]|soci[oa]|emprendedor[a]?|coordinador[a]?|administrador[a]?|secretari[oa]|arquitect[oa]|"
    r"profesor[a]?|vendedor[a]?|diseñador[a]?|analista|farmacéutic[oa]|emplead[oa]|trabajador[a]?|becari[oa]|supervisor[a]?)"
)
_GERMAN_PART = (
    r"[\w-]*(?:einkaufs?|vertriebs?|verkaufs?|marketings?|it|edv|entwicklung|produktion|logistik|personals?|hr|buchhaltung|"
    r"finanzen|controllings?|kunden(?:service|dienst|betreuung)s?|supports?|technik|verwaltung|forschung|qualität\w*|\w+abteilung|"
    r"abteilung|bereichs?|operations|\w+management|digitalisierung|e-commerce|kommunikation|redaktion|recht|service|teams?|"
    r"export|innovation|sales|leitung|empfangs?|zentrale|presse)(?![\w-])"
)
_PART = (
    r"(?:achats?|ventes?|marketing|communication|ressources\s+humaines|rh|production|produits?|projets?|finances?|informatique|"
    r"qualité|logistique|it|digital|commerciale?|g[ée]n[ée]rale?|ventas|compras|operaciones|recursos\s+humanos|finanzas|sistemas|"
    r"proyectos?|producto|tecnología|comunicación|logística|calidad|producción|contabilidad|support|soporte|service\s+\w+)(?!\w)"
)
_NO_PART = (
    r"(?!(?:chez|bei|en|et|y|e|de|du|des|del|d|à|au|aux|al?|dans|pour|para|por|und|der|die|das|ein\w*|une?|una?|el|la|le|los|las|"
    r"les|qui|que|mais|pero|con|avec|mit|von|vom|im|in|aus|für|is|ist|est|es|at|of|for|from|with|and|but|desde|depuis|seit|sur|"
    r"sobre|je|nous|on|wir|ich|nos|yo|donc|car|puis|así|pues|busco|quiero|necesito|cherche|veux|voudrais|suche|here|aquí|ici|hier)(?!\w))"
)
_SMALL = rf"(?:{_PART}|{_NO_PART}(?-i:[a-zà-ÿ])[\w-]+)"
_OF = r"(?:de\s+(?:la\s+|los\s+|las\s+|l')?|du\s+|des\s+|del\s+|d')"
_ONE_TITLE = (
    rf"(?:(?:{_FRENCH}|{_SPANISH})(?![\w-])(?:\s+{_SMALL}){{0,2}}(?:\s+{_OF}{_SMALL}(?:\s+{_SMALL})?)?|"
    rf"{_GERMAN}(?![\w-])(?:\s+(?:(?:der|des|im|in\s+der|für(?:\s+(?:den|die|das))?)\s+)?{_GERMAN_PART}(?!\s+(?-i:[A-ZÄÖÜ]))"
    rf"(?:\s+(?:und|&)\s+{_GERMAN_PART})?)?|{ROLE})"
)
_TITLE = rf"{_ONE_TITLE}(?:\s+(?:und|et|y|&)\s+{_ONE_TITLE})?"
_SELF = (
    r"(?:(?<!\w)(?:ich\s+bin|ich\s+arbeite\s+als|in\s+meiner\s+(?:funktion|rolle)\s+als|je\s+suis|je\s+travaille\s+comme|"
    r"en\s+tant\s+que|soy|trabajo\s+(?:como|de))|(?:^|[,.!;]\s|und\s)\s*(?:bin|als|arbeite\s+als))\s+(?:hier\s+|dort\s+|auch\s+)?"
    r"(?:(?:der|die|das|ein|eine|le|la|une?|el|una?)\s+|l')?"
)
_SAYS_ROLE = re.compile(rf"{_SELF}(?P<role>{_TITLE})(?!\w)", _FLAGS)
_ROLE_NEXT = re.compile(
    rf"\s*[,(–-]\s*(?:(?:der|die|le|la|el)\s+|l')?(?P<role>{_TITLE})"
    rf"(?=\s*(?:$|[.,;!)\n–-]|(?:bei|beim|der|des|von|vom|einer|eines|in|im|für|aus|und|chez|de|du|des|del|en|à|au|et|y|dans|pour|"
    rf"para|mit|avec|con)\b|d'))",
    _FLAGS,
)
_ROLE_ALONE = re.compile(rf"\W*(?P<role>{_TITLE})(?!\w)", _FLAGS)
_AT = re.compile(
    rf"(?:\s+(?P<at>bei|beim|von|vom|der|des|chez|de|du|del|en)\s+|\s+(?P<elided>d')|\s*[,(|–-]\s*){AT_FIRM}{CAPITALS}",
    _FLAGS,
)
_IS_TITLE = re.compile(
    rf"(?:{_GERMAN}|(?:{_FRENCH}|{_SPANISH})(?:\s+{_SMALL}){{0,2}})(?=\s*(?:$|[,.;(])|\s+(?:bei|de[rs]|von|vom|eine\w|i[nm]|für|und|ist|"
    rf"chez|du|de[ls]?|en|à|une?|una?|est|es|et|y|of|at)\s|\s+d')",
    _FLAGS,
)
_IS_PART = re.compile(rf"(?:{_GERMAN_PART}|{_PART})", _FLAGS)


def find_roles_elsewhere(text: str, names: list[Named], *, asked: bool = False) -> list[Named]:
    """Return what somebody says they are at work, of themselves or right after one of these names of theirs.

    With `asked`, a title with which the text begins counts too.
    """
    found = [match for name in names if (match := _ROLE_NEXT.match(text, name.end))]
    found = found or list(_SAYS_ROLE.finditer(text))
    if not found and asked and (alone := _ROLE_ALONE.match(text)) and _ends(text, alone.end()):
        found = [alone]
    return [Named(match.start("role"), match.end("role"), match["role"], _SURE) for match in found[:1]]


def _ends(text: str, end: int) -> bool:
    return re.match(r"\s*(?:$|[.,!(\n])", text[end:]) is not None or _AT.match(text, end) is not None


def find_workplace(text: str, role: Named) -> Iterator[Named]:
    """Yield the company that stands behind a title: "… bei der Kern GmbH", "… chez Danone"."""
    match = _AT.match(text, role.end)
    if match is None:
        return
    value = match["value"].rstrip(" .")
    is_said = match["at"] is not None or match["elided"] is not None
    is_named = not is_place(value) if is_said else is_firm(value)
    if is_named and not names_work(value) and value.lower().split()[0] not in NOT_COMPANIES:
        yield Named(match.start("value"), match.start("value") + len(value), value, 0.86)


def names_work(text: str) -> bool:
    """Tell whether words begin with what somebody is, or does it for: "Inhaberin einer Bäckerei", "Einkauf"."""
    return is_title(text) or _IS_PART.match(text) is not None


def is_title(text: str) -> bool:
    """Tell whether words begin with what somebody is at work: "Inhaberin einer Bäckerei"."""
    return _IS_TITLE.match(text) is not None
