"""How people introduce themselves outside English: "ich heiße …", "je suis … de la société …", "меня зовут …".

Where a sentence might say anything ("je suis content"), only a common given name is believed.
"""

import re
from collections.abc import Iterator

from bot.domain.reading.company_forms import has_company_form
from bot.domain.reading.given_names import is_given_name
from bot.domain.reading.name_words import COMPANY_SUFFIX, NOT_COMPANIES
from bot.domain.reading.once_a_message import once_a_message
from bot.domain.reading.people import Named
from bot.domain.reading.places import PLACES

_FLAGS = re.IGNORECASE
_SURE = 0.8
_CAPITAL = r"(?-i:[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯЁІЇЄ0-9])[\w&'’-]*(?:\.\w[\w&'’-]*)*"
_LINK = r"(?:&|und|et|y|e|van(?:\s+de[rn]?)?|von|de(?:\s+la|l)?|der|di|da|dos|bin|al)"
_CAPITALS = rf"(?P<value>{_CAPITAL}(?:[^\S\n]+(?:{_LINK}[^\S\n]+)?{_CAPITAL}){{0,4}})"
_SAYS_NAME = re.compile(
    r"(?<!\w)(?:ich\s+hei(?:ß|ss)e|mein\s+name\s+ist|je\s+m'appelle|mon\s+nom\s+est|me\s+llamo|mi\s+nombre\s+es|"
    r"mi\s+chiamo|il\s+mio\s+nome\s+[èe]|(?:eu\s+)?(?:me\s+chamo|chamo-me)|(?:o\s+)?meu\s+nome\s+[ée]|"
    r"ik\s+heet|mijn\s+naam\s+is|jag\s+heter|mitt\s+namn\s+[äa]r|jeg\s+he(?:dd|t)er|mit\s+navn\s+er|navnet\s+mitt\s+er|"
    r"nimeni\s+on|nazywam\s+si[ęe]|mam\s+na\s+imi[ęe]|jmenuji\s+se|vol[áa]m\s+sa|m[ăa]\s+numesc|a\s+nevem|zovem\s+se|"
    r"(?:benim\s+)?ad[ıi]m|t[ôo]i\s+t[êe]n\s+l[àa]|t[êe]n\s+t[ôo]i\s+l[àa]|nama\s+saya|jina\s+langu\s+ni|"
    r"меня\s+зовут|мене\s+звати|моё\s+имя|мое\s+имя|казвам\s+се|με\s+λένε|ονομάζομαι|το\s+όνομά\s+μου\s+είναι)\s+"
    + _CAPITALS,
    _FLAGS,
)
_SAYS_NAME_UNCASED = re.compile(
    r"(?:我叫|我的名字是|我的名字叫|私の名前は|名前は|제\s?이름은|내\s?이름은|저는|اسمي|أنا\s+اسمي|मेरा\s+नाम|שמי|קוראים\s+לי|ฉันชื่อ|ผมชื่อ)\s*"
    r"(?P<value>[^\s.,!?，。！？、A-Za-z]{2,12}?(?:\s[^\s.,!?，。！？、A-Za-z]{2,12}?){0,2}?)"
    r"(?=\s*(?:$|[.,!?，。！？、]|です|と申します|と言います|입니다|이에요|예요|है|हूँ|הוא))"
)
_IS = re.compile(
    r"(?<!\w)(?:(?:ich\s+bin|hier\s+(?:ist|spricht)|je\s+suis|ici|moi\s+c'est|soy|aqu[íi]|io\s+sono|sono|eu\s+sou|ik\s+ben|"
    r"jag\s+[äa]r|jeg\s+er|jestem|я)\s+(?:(?:der|die|le|la|el|o|a|il|de)\s+)?)" + _CAPITALS,
    _FLAGS,
)
_SAYS_COMPANY = re.compile(
    r"(?<!\w)(?:(?:ich\s+arbeite|ich\s+bin|wir\s+sind)\s+(?:bei|von|für)|unsere?\s+(?:firma|unternehmen|agentur)\s+(?:hei(?:ß|ss)t|ist)|"
    r"je\s+travaille\s+(?:chez|pour)|nous\s+sommes\s+(?:de|chez)|notre\s+(?:entreprise|soci[ée]t[ée]|agence)\s+(?:est|s'appelle)|"
    r"trabajo\s+(?:en|para)|nuestra\s+(?:empresa|agencia)\s+(?:es|se\s+llama))\s+"
    r"(?:(?:der|dem|den|la|le|l'|el|los)\s+)?(?:(?:firma|soci[ée]t[ée]|entreprise|empresa|compañ[íi]a)\s+)?"
    + _CAPITALS,
    _FLAGS,
)
_HEADS = re.compile(
    r"(?<!\w)(?:ich\s+bin|je\s+suis|soy)\s+(?:(?:der|die|le|la|el)\s+)?(?:geschäftsführer|inhaber|gründer|\w*leiter|\w*chef|direct(?:eur|rice)|"
    r"gérante?|fondat(?:eur|rice)|director[a]?|gerente|fundador[a]?|dueñ[oa]|jef[ea])(?:in)?\s+(?:der|des|von|bei|de(?:\s+la)?|du|del?|chez)\s+"
    + _CAPITALS,
    _FLAGS,
)
"""Who heads it: "Geschäftsführerin der Kern GmbH"."""
_FROM = re.compile(
    r"\s*,?\s+(?:(?P<said>(?:von|aus|bei)\s+(?:der\s+)?firma|(?:de\s+la|de\s+l'|chez(?:\s+la)?)\s*(?:soci[ée]t[ée]|entreprise)|"
    r"de\s+la\s+empresa|chez|bei|della\s+ditta|da\s+empresa)|(?:von|vom|de|de\s+la|du|di|da|van)(?:\s+(?:der|dem|la|el))?)\s+"
    + _CAPITALS,
    _FLAGS,
)


@once_a_message
def introduced_elsewhere(text: str) -> tuple[list[Named], list[Named]]:
    """Return the names and the companies by which somebody introduces themselves in another language."""
    names = [
        _without_company(match)
        for pattern in (_SAYS_NAME, _SAYS_NAME_UNCASED)
        for match in pattern.finditer(text)
    ]
    if not names:
        said = (match for match in _IS.finditer(text) if is_given_name(match["value"].split()[0]))
        names = [_without_company(match) for match in said]
    companies = [company for match in _SAYS_COMPANY.finditer(text) if (company := _company(match))]
    if not companies:
        companies = [
            company
            for match in _HEADS.finditer(text)
            if _is_firm(match["value"]) and (company := _company(match))
        ]
    if not companies:
        companies = [company for name in names for company in _company_behind(text, name)]
    return names[:1], companies[:1]


def _named(match: re.Match[str]) -> Named:
    value = match["value"].rstrip(" .")
    return Named(match.start("value"), match.start("value") + len(value), value, _SURE)


def _without_company(match: re.Match[str]) -> Named:
    """Cut "Marta Ibáñez de Panadería La Espiga" before the firm; "de la Cruz" stays a surname."""
    named = _named(match)
    for link in reversed(list(re.finditer(rf"\s+{_LINK}\s+", named.value))):
        behind = named.value[link.end() :]
        if _is_firm(behind):
            return Named(named.start, named.start + link.start(), named.value[: link.start()], _SURE)
    return named


def _company_behind(text: str, name: Named) -> Iterator[Named]:
    match = _FROM.match(text, name.end)
    if match and (match["said"] or _is_firm(match["value"])):
        company = _company(match)
        if company is not None:
            yield company


def _is_firm(value: str) -> bool:
    return has_company_form(value) or COMPANY_SUFFIX.search(value) is not None


def _company(match: re.Match[str]) -> Named | None:
    named = _named(match)
    first = named.value.lower().split()[0]
    return None if named.value.lower() in PLACES or first in NOT_COMPANIES else named
