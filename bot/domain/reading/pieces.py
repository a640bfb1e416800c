"""How many pieces a visitor wants: a figure before one of the slot's own words, or before what they want so many of."""

import re
from collections.abc import Iterator

from bot.domain.facts import ReadFact
from bot.domain.reading.clauses import Clause
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.ranges import Range
from bot.domain.reading.statements import COUNTED_PEOPLE, is_denied
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE
_WANTS = re.compile(
    r"\b(?:need|want|order|buy|buying|ordering|purchase|require|take|looking\s+for|interested\s+in|"
    r"would\s+like|i'd\s+like|we'd\s+like|brauche[n]?|m[öo]chten?|bestellen?|kaufen?|h[äa]tten?\s+gern(?:e)?|suchen?|"
    r"besoin\s+de|voulons|voudr(?:ais|ions)|veux|cherch(?:e|ons)|necesit(?:o|amos)|quer(?:emos|[íi]amos)|quiero|"
    r"busc(?:o|amos))(?:\s+(?:to\s+(?:order|buy|get|purchase)|about|around|roughly|at\s+least|up\s+to|maybe|another|"
    r"etwa|rund|environ|unos|unas))*\s*$",
    _FLAGS,
)
_NO_PIECES = re.compile(
    r"\s*[-–]?\s*(?:%|percent\b|prozent\b|years?\b|months?\b|weeks?\b|days?\b|hours?\b|minutes?\b|h\b|min\b|"
    r"(?:cm|mm|m|km|kg|g|l|ml|inch(?:es)?|feet|miles?|pounds?|dollars?|euros?|bucks|usd|eur|gbp|k|m)\b|"
    r"(?:jahre?|monate?|wochen?|tage?|stunden?|ans?|mois|semaines?|jours?|heures?|a[ñn]os?|meses|mes|d[íi]as?|horas?)\b)",
    _FLAGS,
)
_NOUN = re.compile(
    r"(?:\s+(?!(?:and|or|to|for|of|if|but|by|in|on|with|from|until|before|next|this|that|please|thanks|today|tomorrow|"
    r"now|und|oder|bis|f[üu]r|mit|bitte|pour|avec|avant|para|con|por)\b)[^\W\d_]{3,}){1,2}",
    _FLAGS,
)
_POLITELY = re.compile(r"\s*,?\s*(?:please|pls|bitte|s'il\s+(?:vous|te)\s+pla[iî]t|por\s+favor)\W*$", _FLAGS)


def read_pieces(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield how many of the slot's things the visitor wants."""
    counted = re.compile(rf"\s*x?\s*(?:{'|'.join(re.escape(word) for word in slot.words)})(?!\w)", _FLAGS)
    for figures in message.figures:
        clause = message.clause_at(figures.start)
        if clause is None or not clause.is_told or not figures.may_count() or _is_taken(message, figures):
            continue
        end = _end_of_count(message, figures, clause, counted)
        if end is not None:
            value = {"min": figures.low, "max": figures.high}
            yield make_fact(message, slot, (figures.outer_start, end), "quantity.pieces", value=value)


def _is_taken(message: MessageText, figures: Range) -> bool:
    """Whether the figure belongs to a sum or a date."""
    others = [(one.start, one.end) for one in message.sums] + [(one.start, one.end) for one in message.dates]
    return any(start < figures.end and figures.start < end for start, end in others)


def _end_of_count(
    message: MessageText, figures: Range, clause: Clause, counted: re.Pattern[str]
) -> int | None:
    before = message.before(figures.outer_start, clause)
    after = message.after(figures.outer_end, clause)
    if is_denied(message, figures.outer_start, clause):
        return None
    named = counted.match(after)
    if named is not None:
        return figures.outer_end + named.end()
    is_other = _NO_PIECES.match(after) or COUNTED_PEOPLE.match(after)
    noun = None if is_other else _NOUN.match(after)
    if noun is None:
        return None
    is_order = not before.strip() and _POLITELY.match(message.text, figures.outer_end + noun.end())
    return figures.outer_end + noun.end() if is_order or _WANTS.search(before) else None
