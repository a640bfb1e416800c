"""How many and how much, read as the answer to that question: "about 40", "15k", "no more than 200"."""

import re

from bot.domain.facts import FactState, ReadFact
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.money import find_free, has_thousands, read_sum
from bot.domain.reading.oneself import counts_others
from bot.domain.reading.statements import as_meant, is_denied
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE
_DIGITS = re.compile(r"[\s-]+(?:figures?|digits?)\b", _FLAGS)
"""Of "five figures" the five is no sum."""
_PHONE_NUMBER = re.compile(r"\d{10,}")
_TOO_MUCH = re.compile(
    r"\b(?:too\s+(?:high|much|expensive)|(?:is|are|that'?s|it'?s|seems?|sounds?)\s+(?:quite\s+|rather\s+|very\s+|"
    r"pretty\s+)?(?:a\s+lot|expensive|steep|pric(?:e)?y))\b",
    _FLAGS,
)


def answered_quantity(message: MessageText, slot: Slot) -> ReadFact | None:
    """Return the number told in a message that answers how many, None where none is."""
    for said in message.figures:
        clause = message.clause_at(said.start)
        figures = as_meant(message, said, clause) if clause and clause.is_told else None
        if figures is None or counts_others(message, figures):
            continue
        if any(sum_.start < figures.end and figures.start < sum_.end for sum_ in message.sums):
            continue
        if not figures.may_count(least=0):
            continue
        value = {"min": figures.low, "max": figures.high}
        return make_fact(
            message, slot, (figures.outer_start, figures.outer_end), "quantity.answer", value=value
        )
    return None


def answered_money(message: MessageText, slot: Slot) -> ReadFact | None:
    """Return the sum told in a message that answers how much, "none" for free, None where there is neither."""
    if free := find_free(message.text):
        return make_fact(message, slot, free.span("free"), "answer.none", state=FactState.NONE)
    bare = [read_sum(message.text, figures) for figures in message.figures]
    # "About 40, and we have 15k": of several figures the one that is written as money is the money.
    marked = [said for said in bare if has_thousands(message.text, said)]
    for said in [*message.sums, *marked, *bare]:
        clause = message.clause_at(said.start)
        money = said
        if not clause or not clause.is_told:
            continue
        if is_denied(message, said.outer_start, clause):
            if not said.is_floor:
                continue
            money = said.as_ceiling()
        if (
            (money.low or money.high or 0) <= 0
            or _TOO_MUCH.search(clause.text)
            or _DIGITS.match(message.text, money.end)
            or _PHONE_NUMBER.fullmatch(message.text, money.start, money.end)
        ):
            continue
        return make_fact(
            message, slot, (money.outer_start, money.outer_end), "money.answer", value=money.value
        )
    return None
