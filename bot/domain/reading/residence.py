"""Where a visitor says they live, sit, or want something sent: a country known by name, and no wish."""

import re
from collections.abc import Iterator

from bot.domain.facts import ReadFact
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.places import COUNTRIES, PLACES
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE
_COUNTRY_WORDS = frozenset({"country", "land", "pays", "país", "pais"})
_COUNTRY = "|".join(re.escape(place) for place in sorted(COUNTRIES, key=len, reverse=True))
_PLACE = "|".join(re.escape(place) for place in sorted(PLACES | COUNTRIES, key=len, reverse=True))
_LIVES = (
    r"(?:i|we)(?:'m|'re|\s+am|\s+are)?\s+(?:currently\s+|all\s+|both\s+)?(?:live|living|based|located|situated|sit|"
    r"reside|come)?\s*(?:in|from|near)|(?:ich|wir)\s+(?:wohnen?|leben?|lebe|sitzen?|komme[n]?|bin|sind)\s+(?:in|aus)|"
    r"(?:j'habite|nous\s+habitons|je\s+vis|nous\s+vivons|je\s+suis|nous\s+sommes)\s+(?:en|au|aux|[àa]|de)|"
    r"(?:vivo|vivimos|estoy|estamos|soy|somos)\s+(?:en|de)"
)
_SENT = (
    r"(?:ship(?:ped)?|deliver(?:ed|y)?|sen[dt]|goes|going)\s+(?:it\s+|them\s+|this\s+)?to|(?:geliefert|gesendet|geht|lieferung)\s+"
    r"nach|livr(?:er|[ée]e?|aison)\s+(?:en|au|aux|[àa])|(?:entregar|entrega|enviar|env[íi]o)\s+(?:en|a)"
)
_RESIDES = re.compile(
    rf"(?<!\w)(?:{_LIVES}|{_SENT})\s+(?:[^\W\d_]+,?\s+(?:in\s+)?)?(?P<place>{_COUNTRY})(?!\w)", _FLAGS
)
_ONLY = re.compile(rf"\W*(?:{_LIVES})\s+(?:[^\W\d_]+,?\s+(?:in\s+)?)?(?:{_PLACE})\W*", _FLAGS)


def read_country(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield the place that the visitor names as theirs, where the slot's words say that a country is wanted."""
    if not _COUNTRY_WORDS.intersection(word.lower() for word in slot.words):
        return
    for found in _RESIDES.finditer(message.told):
        span = found.span("place")
        yield make_fact(
            message, slot, span, "country.said", value=message.written[slice(*span)], confidence=0.85
        )


def only_says_where(text: str) -> bool:
    """Whether a text says where somebody lives and nothing else."""
    return _ONLY.fullmatch(text) is not None
