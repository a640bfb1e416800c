"""What visitors are after in German, French and Spanish: "wir suchen …", and without the pronoun "suchen …"."""

import re
from collections.abc import Iterator

from bot.domain.facts import ReadFact
from bot.domain.reading.acts import small_act
from bot.domain.reading.goes_ahead import only_goes_ahead
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.reading import Act
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE
_SURE = 0.8
_NEED = re.compile(
    r"(?:\b(?:(?:wir|ich)\s+(?:wollen|möchten?|will|brauchen?|suchen?|benötigen?|müssen|(?:sind|bin)\s+auf\s+der\s+suche\s+nach)|"
    r"nous\s+(?:voulons|souhaitons|cherchons|recherchons|devons|aimerions|avons\s+besoin\s+d[e']|sommes\s+à\s+la\s+recherche\s+d[e'])|"
    r"je\s+(?:veux|voudrais|cherche|recherche|souhaite|suis\s+à\s+la\s+recherche\s+d[e'])|j'ai\s+besoin\s+d[e']|"
    r"on\s+(?:cherche|recherche|veut|voudrait|souhaite|aimerait|a\s+besoin\s+d[e'])|(?:estamos|estoy)\s+buscando|"
    r"queremos|necesitamos|buscamos|quisi[ée]ramos|quiero|necesito|busco)\b|"
    r"(?:^|(?<=[.!?,;:\n])|(?<=\bund)|(?<=\bet))\s*(?:(?:suchen?|brauchen?|br[äa]uchten?|benötigen?|möchten?|wollen)\b"
    r"(?!\s+(?:sie|ihr|du|man|ich|wir|nach)\b)|(?:re)?cherch(?:ons|e)\b|besoin\s+d[e']|en\s+busca\s+de\b))"
    r"\s*(?P<value>[^.!?;\n]{4,200})",
    _FLAGS,
)
_NO_NEED = re.compile(
    r"\b(?:start\w*|beginn\w*|anfang\w*|loslegen|einführ\w*|sprechen|reden|wissen|kündigen|löschen|fragen|commenc\w+|démarr\w+|"
    r"parler|savoir|annuler|demander|empezar|comenzar|hablar|saber|cancelar|preguntar)\b",
    _FLAGS,
)
_OF_US = re.compile(
    r"(?:hilfe|unterstützung|auskunft|beratung|infos?|informationen|angebot\w*|preis\w*|termin\w*|demo|rückruf|zugang|aide|"
    r"renseignements?|informations?|prix|devis|ayuda|información|precios?|cita|sie|vous|usted|"
    r"rechnung|erstattung|menschen|mitarbeiter|facture|remboursement|humain|factura|reembolso|persona|humano|agente)",
    _FLAGS,
)
"""One word that names no purpose, but what is wanted of us."""
_ARTICLE = re.compile(r"(?:eine?[nmrs]?|une?|una?)\s+", _FLAGS)
_NOTHING = re.compile(r"(?:keine?\w*|nichts?|pas|rien|aucune?|nada|ning[uú]n\w*)\b", _FLAGS)
_SHORTEST_THING, _SHORTEST_WITH_ARTICLE = 6, 3
"""Letters of a single word that is believed to name what somebody is after: "Schreibtischlampen", "un CRM"."""


def read_need_elsewhere(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield what the visitor says to be after in German, French or Spanish."""
    if small_act(message.text) is Act.REFUSE:
        return
    for match in _NEED.finditer(message.told):
        value = match["value"].strip(" ,")
        if not (_NO_NEED.search(value) or only_goes_ahead(match.group())) and _names_thing(value):
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield make_fact(
                message, slot, (start, match.end("value")), "need.said", value=value, confidence=_SURE
            )


def _names_thing(value: str) -> bool:
    article = _ARTICLE.match(value)
    thing = value[article.end() :] if article else value
    if " " in thing:
        return re.search(r"[^\W\d_]{3}.*\s.*[^\W\d_]{3}", value) is not None and _NOTHING.match(value) is None
    is_long = len(thing) >= (_SHORTEST_WITH_ARTICLE if article else _SHORTEST_THING)
    return is_long and thing.isalpha() and _OF_US.fullmatch(thing) is None
