"""A figure that is taken back: "25, not 12", "nicht 12, sondern 25", "12 was wrong, it is 25".

It is known by the fact that holds it, so that no other "not 12" counts; the words that take it back tell nothing else.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.domain.facts import Fact, FactState
from bot.domain.reading.message_text import MessageText, blanked
from bot.domain.reading.money import Money
from bot.domain.reading.ranges import Range
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE
_LEAD = re.compile(
    r"(?<!\w)(?:not|isn'?t|aren'?t|instead\s+of|rather\s+than|nicht|keine|(?:an)?statt|anstelle\s+von|pas|et\s+non|non|"
    r"au\s+lieu\s+de|plut[ôo]t\s+que|y\s+no|no|en\s+(?:vez|lugar)\s+de)\s+"
    r"(?:(?:the|about|by|in|just|only|with|mit|bei|um|de|des|los|las)\s+){0,2}$",
    _FLAGS,
)
_WRONG = re.compile(
    r"(?:\s+[^\W\d_]+)?\s+(?:(?:was|is|were|are)\s+(?:an?\s+)?(?:wrong|typo|mistake|incorrect)|"
    r"(?:war(?:en)?|ist|sind)\s+(?:falsch|ein\s+(?:fehler|tippfehler|irrtum))|"
    r"(?:était|est|c'était)\s+(?:faux|une\s+(?:erreur|faute))|(?:era|es|fue)\s+(?:un\s+error|incorrecto|err[óo]neo))\b",
    _FLAGS,
)
_REACH = 40
_THOUSAND = 1_000

Figure = tuple[int, int, frozenset[float]]


def find_taken_back(
    message: MessageText, slots: Sequence[Slot], known: Mapping[str, Fact]
) -> tuple[Slot | None, MessageText]:
    """Return the slot whose figure the message takes back, and the message without it.

    No slot and the message as it is where no other figure takes its place, or where it is asked and not told.
    """
    figures = list(_figures(message))
    for start, end, values in figures:
        clause = message.clause_at(start)
        span = _words_of(message.text, start, end)
        if span is None or clause is None or clause.is_question:
            continue
        has_another = any(first >= span[1] or last <= span[0] for first, last, _ in figures)
        slot = next((slot for slot in slots if _holds(known.get(slot.id), values)), None)
        if has_another and slot is not None:
            return slot, blanked(message, span)
    return None, message


def _figures(message: MessageText) -> Iterator[Figure]:
    findings: tuple[Money | Range, ...] = (*message.sums, *message.figures)
    for found in findings:
        values = [value for value in (found.low, found.high) if value is not None]
        scaled = frozenset([*values, *(value * _THOUSAND for value in values)])
        yield found.start, found.end, scaled


def _words_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the words stand that take the figure back."""
    if lead := _LEAD.search(text[max(0, start - _REACH) : start]):
        return start - len(lead.group()), end
    wrong = _WRONG.match(text, end)
    return (start, wrong.end()) if wrong else None


def _holds(fact: Fact | None, values: frozenset[float]) -> bool:
    if fact is None or fact.state is not FactState.KNOWN or not isinstance(fact.value, dict):
        return False
    return any(fact.value.get(end) in values for end in ("min", "max"))
