"""How people introduce themselves outside English: "ich heiße …", "je suis … de la société …", "меня зовут …".

Where a sentence might say anything ("je suis content"), only a common given name is believed.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.domain.reading.given_names import is_given_name
from bot.domain.reading.linked_names import AT_FIRM, CAPITALS, comes_from, is_firm, is_place, person_of
from bot.domain.reading.name_words import NOT_COMPANIES
from bot.domain.reading.once_a_message import once_a_message
from bot.domain.reading.people import Named
from bot.domain.reading.roles_elsewhere import find_roles_elsewhere, find_workplace, names_work

_FLAGS = re.IGNORECASE
_SURE = 0.8
_SAYS_NAME = re.compile(
    r"(?<!\w)(?:ich\s+hei(?:ß|ss)e|mein\s+name\s+ist|je\s+m'appelle|mon\s+nom\s+est|me\s+llamo|mi\s+nombre\s+es|"
    r"mi\s+chiamo|il\s+mio\s+nome\s+[èe]|(?:eu\s+)?(?:me\s+chamo|chamo-me)|(?:o\s+)?meu\s+nome\s+[ée]|"
    r"ik\s+heet|mijn\s+naam\s+is|jag\s+heter|mitt\s+namn\s+[äa]r|jeg\s+he(?:dd|t)er|mit\s+navn\s+er|navnet\s+mitt\s+er|"
    r"nimeni\s+on|nazywam\s+si[ęe]|mam\s+na\s+imi[ęe]|jmenuji\s+se|vol[áa]m\s+sa|m[ăa]\s+numesc|a\s+nevem|zovem\s+se|"
    r"(?:benim\s+)?ad[ıi]m|t[ôo]i\s+t[êe]n\s+l[àa]|t[êe]n\s+t[ôo]i\s+l[àa]|nama\s+saya|jina\s+langu\s+ni|"
    r"меня\s+зовут|мене\s+звати|моё\s+имя|мое\s+имя|казвам\s+се|με\s+λένε|ονομάζομαι|το\s+όνομά\s+μου\s+είναι)\s+"
    + CAPITALS,
    _FLAGS,
)
_SAYS_NAME_UNCASED = re.compile(
    r"(?:我叫|我的名字是|我的名字叫|私の名前は|名前は|제\s?이름은|내\s?이름은|저는|اسمي|أنا\s+اسمي|मेरा\s+नाम|שמי|קוראים\s+לי|ฉันชื่อ|ผมชื่อ)\s*"
    r"(?P<value>[^\s.,!?，。！？、A-Za-z]{2,12}?(?:\s[^\s.,!?，。！？、A-Za-z]{2,12}?){0,2}?)"
    r"(?=\s*(?:$|[.,!?，。！？、]|です|と申します|と言います|입니다|이에요|예요|है|हूँ|הוא))"
)
_IS = re.compile(
    r"(?<!\w)(?:(?:ich\s+bin|hier(?:\s+(?:ist|spricht|schreibt))?|je\s+suis|ici|moi\s+c'est|soy|aqu[íi]|io\s+sono|sono|eu\s+sou|ik\s+ben|"
    r"jag\s+[äa]r|jeg\s+er|jestem|я)\s+(?:(?:der|die|le|la|el|o|a|il|de)\s+)?)" + CAPITALS,
    _FLAGS,
)
_SAYS_COMPANY = re.compile(
    r"(?<!\w)(?:(?:ich\s+arbeite|ich\s+bin|wir\s+sind)\s+(?:bei|von|für)|unsere?\s+(?:firma|unternehmen|agentur)\s+(?:hei(?:ß|ss)t|ist)|"
    r"je\s+travaille\s+(?:chez|pour)|nous\s+sommes\s+(?:de|chez)|notre\s+(?:entreprise|soci[ée]t[ée]|agence)\s+(?:est|s'appelle)|"
    r"trabajo\s+(?:en|para)|nuestra\s+(?:empresa|agencia)\s+(?:es|se\s+llama))\s+"
    r"(?:(?:der|dem|den|la|le|l'|el|los)\s+)?(?:(?:firma|soci[ée]t[ée]|entreprise|empresa|compañ[íi]a)\s+)?"
    + CAPITALS,
    _FLAGS,
)
_NAME_THEN_ROLE = re.compile(
    rf"\W*(?:(?:hallo|guten\s+(?:tag|morgen|abend)|bonjour|hola|buen[oa]s\s+\w+|hi)\W+)?{CAPITALS}(?=\s*[,(–-]\s*\w)",
    _FLAGS,
)
_FROM = re.compile(
    rf"(?:\s*,?\s+(?:(?P<said>chez|bei|beim|(?:von|aus)(?=\s+der\s+firma\b)|de(?=\s+la\s+soci[ée]t[ée]\b|\s+l'entreprise\b|\s+la\s+empresa\b)|"
    rf"della(?=\s+ditta\b)|da(?=\s+empresa\b))|(?P<link>von|vom|del?|du|di|da|van))\s+|\s+(?P<elided>d')|\s*[,(]\s*)"
    rf"{AT_FIRM}{CAPITALS}",
    _FLAGS,
)


class Introduction(NamedTuple):
    """Who introduces themselves, with which company, and what they are there."""

    names: tuple[Named, ...]
    companies: tuple[Named, ...]
    roles: tuple[Named, ...]


@once_a_message
def introduced_elsewhere(text: str, *, role_asked: bool = False) -> Introduction:
    """Return by what somebody introduces themselves in another language; with `role_asked`, a bare title counts."""
    names = _names(text)
    roles = find_roles_elsewhere(text, names, asked=role_asked)
    if not names and (match := _NAME_THEN_ROLE.match(text)) and is_given_name(match["value"].split()[0]):
        name = _without_company(match, is_full_name=True)
        roles = find_roles_elsewhere(text, [name])
        names = [name] if roles else []
    companies = [company for match in _SAYS_COMPANY.finditer(text) if (company := _company(match))]
    companies = companies or [company for role in roles for company in find_workplace(text, role)]
    companies = companies or [company for name in names for company in _company_behind(text, name)]
    return Introduction(tuple(names[:1]), tuple(companies[:1]), tuple(roles[:1]))


def _names(text: str) -> list[Named]:
    said = [match for pattern in (_SAYS_NAME, _SAYS_NAME_UNCASED) for match in pattern.finditer(text)]
    if said:
        return [_without_company(match, is_full_name=True) for match in said]
    found = (match for match in _IS.finditer(text) if is_given_name(match["value"].split()[0]))
    return [_without_company(match, is_full_name=False) for match in found]


def _named(match: re.Match[str]) -> Named:
    value = match["value"].rstrip(" .")
    return Named(match.start("value"), match.start("value") + len(value), value, _SURE)


def _without_company(match: re.Match[str], *, is_full_name: bool) -> Named:
    """Cut "Marta Ibáñez de Panadería La Espiga" before the firm; "de la Cruz" stays a surname."""
    named = _named(match)
    value = person_of(named.value, is_full_name=is_full_name)
    return named._replace(end=named.start + len(value), value=value)


def _company_behind(text: str, name: Named) -> Iterator[Named]:
    match = _FROM.match(text, name.end)
    if match is None:
        return
    is_said = (
        match["said"] or match["elided"] or (match["link"] and comes_from(match["link"], match["value"]))
    )
    if (is_said or is_firm(match["value"])) and (company := _company(match)) is not None:
        yield company


def _company(match: re.Match[str]) -> Named | None:
    named = _named(match)
    first = named.value.lower().split()[0]
    is_none = first in NOT_COMPANIES or is_place(named.value) or names_work(named.value)
    return None if is_none else named
