"""For whom something is: "for my daughter", "für unsere Bäckerei", "c'est un cadeau", among a site's own choices."""

import re
from collections.abc import Iterator

from bot.domain.facts import ReadFact
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE
BUSINESS = (
    r"(?:company|business|firm|bakery|caf[ée]|restaurant|hotel|shop|store|office|agency|start-?up|studio|workshop|"
    r"practice|clinic|school|club|association|organi[sz]ation|brewery|farm)"
)
_MINE = r"(?:my|our)\s+(?:(?:own|small|little|new|family|whole)\s+)*"
_KIN = (
    r"(?:(?:grand)?(?:daughter|son|mother|father|child|kid|ma|pa)s?|wife|husband|sister|brother|mum|mom|dad|niece|"
    r"nephew|friend|girlfriend|boyfriend|aunt|uncle|cousin|parents|children)"
)
_MINE_ELSEWHERE = (
    r"(?:f(?:ü|ue)r\s+(?:mein|unser)\w*|pour\s+(?:mon|ma|mes|notre|nos)|para\s+(?:mis?|nuestr[oa]s?))\s+"
)
_OWN_WORDS = r"(?:(?:klein|neu|eigen|petite?s?|nouve(?:au|lle)|propre|pequeñ|nuev|propi)\w*\s+)*"
_KIN_ELSEWHERE = (
    r"(?:t(?:o|ö)chter\w*|s(?:o|ö)hn\w*|mutter|vater|mama|papa|eltern|kind(?:er|es)?|enkel\w*|frau|mann|schwester|"
    r"bruder|freund\w*|nichte|neffen?|tante|onkel|oma|opa|"
    r"(?:petite?[\s-])?(?:fille|fils)|m[èe]re|p[èe]re|maman|enfants?|femme|mari|s(?:œ|oe)ur|fr[èe]re|amie?s?|ni[èe]ce|neveu|"
    r"tante|oncle|parents|hij[oa]s?|niet[oa]s?|madre|padre|espos[oa]|marido|mujer|herman[oa]s?|amig[oa]s?|novi[oa]|"
    r"sobrin[oa]s?|t[íi][oa])"
)
_BUSINESS_ELSEWHERE = (
    r"(?:\w*(?:firma|unternehmen|betrieb|gesch(?:ä|ae)ft|laden|b(?:ä|ae)ckerei|caf[ée]|restaurant|hotel|b(?:ü|ue)ro|agentur|"
    r"werkstatt|praxis|schule|verein|brauerei|dienst|gmbh)|entreprise|soci[ée]t[ée]|boutique|magasin|boulangerie|h[ôo]tel|"
    r"bureau|agence|atelier|cabinet|[ée]cole|association|brasserie|ferme|empresa|compañ[íi]a|negocio|tienda|panader[íi]a|"
    r"restaurante|oficina|agencia|taller|cl[íi]nica|escuela|asociaci[óo]n|cervecer[íi]a|granja)"
)
_FOR = {
    "business": re.compile(
        rf"\bfor\s+{_MINE}(?:\w+\s+)?{BUSINESS}\b|"
        rf"\b(?:we\s+are|we're)\s+an?\s+(?:\w+\s+){{0,2}}(?:company|business|firm|agency|start-?up|{BUSINESS})\b|"
        rf"\b(?:{_MINE_ELSEWHERE}{_OWN_WORDS}|wir\s+sind\s+eine?\s+(?:\w+\s+)?|nous\s+sommes\s+une?\s+|"
        rf"somos\s+una?\s+){_BUSINESS_ELSEWHERE}\b",
        _FLAGS,
    ),
    "gift": re.compile(
        rf"\bfor\s+{_MINE}(?:\d+[\s-]year[\s-]old\s+)?{_KIN}\b(?!['’]s)|\bas\s+a\s+(?:gift|present)\b|"
        rf"\b{_MINE_ELSEWHERE}{_OWN_WORDS}{_KIN_ELSEWHERE}\b|"
        r"\b(?:als|ist\s+ein|wird\s+ein|soll\s+ein)\s+geschenk\b|\bzum\s+verschenken\b|"
        r"\b(?:c'est|comme|en)\s+(?:un\s+)?cadeau\b|\bpour\s+offrir\b|\b(?:es|como|de)\s+(?:un\s+)?regalo\b|\bpara\s+regalar\b",
        _FLAGS,
    ),
    "self": re.compile(
        r"\bfor\s+(?:myself|me(?=\s*(?:$|[.,!]))|my\s+own\s+use)\b|"
        r"\bf(?:ü|ue)r\s+mich(?:\s+selbst|\s+selber|\s+pers(?:ö|oe)nlich|(?=\s*(?:$|[.,!])))|"
        r"\bpour\s+moi(?:-m[êe]me|(?=\s*(?:$|[.,!])))|\bpara\s+m[íi](?:\s+mism[oa]|(?=\s*(?:$|[.,!])))",
        _FLAGS,
    ),
}
_LABEL = {
    "business": re.compile(
        r"\b(?:business|company|firm|work|\w*firma|unternehmen|gewerblich|gesch(?:ä|ae)ftlich|entreprise|soci[ée]t[ée]|"
        r"empresa|negocio)\b",
        _FLAGS,
    ),
    "gift": re.compile(
        r"\b(?:gift|present|some(?:body|one)\s+else|geschenk|jemand\w*\s+ander\w+|cadeau|quelqu['’]un|regalo|otra\s+persona)\b",
        _FLAGS,
    ),
    "self": re.compile(
        r"\b(?:(?:my|your)self|(?:mich|sie)(?:\s+selbst)?|privat|moi|vous|m[íi]|usted)(?!\w)", _FLAGS
    ),
}
_DENIED = re.compile(r"\b(?:not|no|isn'?t|never|nicht|keine?|pas|ni)\s+$", _FLAGS)


def read_recipient(message: MessageText, told: str, slot: Slot) -> Iterator[ReadFact]:
    """Yield the choice that says for whom it is, where the slot's choices tell a business, a gift and oneself apart."""
    choices = {kind: [c for c in slot.choices if label.search(c.label)] for kind, label in _LABEL.items()}
    if sum(len(found) == 1 for found in choices.values()) < 2:
        return
    for kind, pattern in _FOR.items():
        match = pattern.search(told)
        if match is None or len(choices[kind]) != 1:
            continue
        if not _DENIED.search(told[max(0, match.start() - 8) : match.start()]):
            value = choices[kind][0].id
            yield make_fact(message, slot, match.span(), "choice.recipient", value=value, confidence=0.8)
            return
