"""Names of several words linked by "von", "de", "y": where the person's name ends and their company's begins.

"Ursula von der Leyen" and "María de la Cruz" are called so; "Jörg Weber von der Allianz" is with the Allianz.
"""

import re

from bot.domain.reading.company_forms import has_company_form, names_kind_of_firm
from bot.domain.reading.name_words import COMPANY_SUFFIX
from bot.domain.reading.places import COUNTRIES, PLACES, TOWNS

CAPITAL = r"(?-i:[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯЁІЇЄ0-9])[\w&'’-]*(?:\.\w[\w&'’-]*)*"
_LINK = (
    r"(?:&|und|et|y|e|van(?:\s+de[rn]?)?|von(?:\s+(?:der|dem|den))?|vom|zu[mr]?|de(?:\s+las?|\s+los|l)?|du|des|der|di|da|"
    r"dos|bin|al)"
)
CAPITALS = rf"(?P<value>{CAPITAL}(?:[^\S\n]+(?:{_LINK}[^\S\n]+)?{CAPITAL}){{0,4}})"
"""Words with capitals and what links them."""
AT_FIRM = (
    r"(?:(?:(?:der|dem|den|die|la|le|les|el|los|las)\s+|l')?(?:firma|soci[ée]t[ée]|entreprise|empresa|compañ[íi]a|ditta)\s+|"
    r"(?:der|dem|den|die|la|le|les|el|los|las)\s+)?"
)
"""What may stand before a company's name."""
_LINKS = re.compile(rf"\s+(?P<link>{_LINK})\s+", re.IGNORECASE)
_FROM = re.compile(r"von(?:\s+de[rmn])?|vom|de(?:\s+las?|\s+los|l)?|du", re.IGNORECASE)
_SURNAMES_TEXT = """
leyen heydt heyden heide osten schulenburg recke goltz marwitz ahe lippe burg linde decken gabelentz mosel weiden
höh bülow arnim goethe humboldt weizsäcker richthofen stauffenberg bismarck storch schwerin kleist hohenzollern
habsburg thun wedel moltke trotha berg oertzen westphalen alvensleben bredow hirschhausen schirach stein bruch
gaulle villiers villepin balzac rothschild beauvoir maupassant montaigne funès lattre bruyn vries niro palma castro
león leon torres jesús jesus dios andrés andres miguel paz vega haro pablo blas santiago lucas frutos diego mena
gracia armas oliveira souza sousa almeida lima melo carvalho freitas moraes morais andrade araújo azevedo barros
paula assis matos moura medeiros queiroz faria campos abreu toledo guzmán guzman ávila arce aragón córdoba ribera
mesa pedro marcos juan cruz fuente fuentes torre serna rosa peña cierva calle hoz rúa mata iglesia concha morena
puente hoya rivera río rio valle pozo castillo campo olmo moral barrio rey toro hoyo bosque monte águila amo pino
caño álamo corral prado salto ángeles santos reyes ríos heras casas vallée cour fontaine rochefoucauld santa san
"""
_SURNAMES = frozenset(_SURNAMES_TEXT.split())
"""What many people are called after "de" or "von"; of anything else the firm is likelier than the name."""


def person_of(value: str, *, is_full_name: bool = False) -> str:
    """Return the name without the firm or place behind it; with `is_full_name`, "Ana de Haan" is not cut."""
    person = value
    for found in reversed(list(_LINKS.finditer(value))):
        before, behind = value[: found.start()], value[found.end() : len(person)]
        is_cut = comes_from(found["link"], behind) and (" " in before or not is_full_name)
        person = before if is_cut or is_firm(behind) else person
    return person


def comes_from(link: str, behind: str) -> bool:
    """Tell whether a link says where somebody is from, since hardly anybody is called so."""
    return _FROM.fullmatch(link) is not None and behind.lower().split()[0] not in _SURNAMES


def is_firm(value: str) -> bool:
    """Tell whether a name holds what firms are called by."""
    return has_company_form(value) or COMPANY_SUFFIX.search(value) is not None


def is_place(value: str) -> bool:
    """Tell whether a name is a town or a country, or tells what kind of a firm and not which."""
    name = value.lower()
    is_kind = names_kind_of_firm(name) or COMPANY_SUFFIX.fullmatch(name) is not None
    return is_kind or name in PLACES or name in TOWNS or name in COUNTRIES
