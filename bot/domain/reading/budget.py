"""What the visitor can spend: a sum, and words that make it theirs to spend; or that there is none."""

import re
from collections.abc import Iterator

from bot.domain.facts import FactState, ReadFact
from bot.domain.reading.clauses import Clause
from bot.domain.reading.dates import DateSpan
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.money import Money, has_thousands, read_sum
from bot.domain.reading.statements import COUNTED_PEOPLE, FIRST_PERSON, HAVING_NO, is_denied, read_absence
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE

_BUDGET = re.compile(
    r"\b(?:budget(?:ed|s)?|approved|allocated|set\s+aside|earmarked|(?:can(?:'t|not)?|could(?:n'?t)?|don'?t|won'?t|to|willing\s+to|"
    r"prepared\s+to|ready\s+to|able\s+to|want\s+to|plan(?:ning)?\s+to|looking\s+to|going\s+to|"
    r"we)\s+(?:spend|invest|pay|afford)|spending|afford|price\s+range|ceiling|"
    r"at\s+our\s+disposal|funding\s+of|to\s+spend|(?:we|i)(?:'ve|\s+have|\s+got|"
    r"'ve\s+got)\s+(?:got\s+)?(?:about|around|up\s+to|roughly|approximately)?\s*(?=\S*\d)|"
    r"not\s+more\s+than|no\s+more\s+than|max(?:imum)?|up\s+to)",
    _FLAGS,
)
_STRONG_BUDGET = re.compile(r"\b(?:budget(?:ed)?|approved|allocated|earmarked|set\s+aside)\b", _FLAGS)
_NOT_BUDGET = re.compile(
    r"\b(?:costs?|charg(?:e|es|ed|ing)|price[sd]?|fees?|paid|refund\w*|invoice\w*|bill\w*|owe[sd]?|"
    r"transfer\w*|sent|send|withdr\w+|deposit\w*|balance|earn\w*|salary|revenue|turnover|[am]rr|"
    r"raised?|worth|sav(?:e|es|ed|ing)|expensive|"
    r"too\s+(?:high|much|low)|transaction\w*|account|top(?:ped)?[\s-]?up|gift|limit|insurance|car|"
    r"(?:we|i)\s+(?:currently\s+|already\s+|now\s+)?(?:spend|pay|invest)|flight|hotel|rent|loan|"
    r"credit|debit|tax|tip|found|saw|heard|losing|lost|lose)\b",
    _FLAGS,
)
_NO_BUDGET = re.compile(
    rf"{HAVING_NO}(?:budget|money|funds|funding)\b(?!\s+(?:limit|constraint|issue|problem|restriction|"
    rf"cap\b|concern|ceiling))(?!\s+(?:of|for|over|above|like|as)\s+\D{{0,12}}\d)(?:\s+(?:yet|for\s+(?:this|it|that)|at\s+all))?|\bbudget\s*(?:is|:|=|"
    rf"-)?\s*(?:zero|none|nil|nothing|non-?existent|no\b|n/a|[$€£]?0\b(?![.,]?\d))",
    _FLAGS,
)
_UNCLEAR_BUDGET = re.compile(
    r"\bno\s+budget\s+(?:limit|constraint|issue|problem|restriction|cap|concern|ceiling)\w*|"
    r"budget\s+(?:is|isn'?t|is\s+not|has\s+not|hasn'?t|not|:|=)?\s*(?:yet\s+|been\s+|still\s+|not\s+|"
    r"really\s+|to\s+be\s+)*(?:unknown|tbd|unclear|open|flexible|undecided|unlimited|decided|"
    r"approved|set|defined|fixed|determined|an\s+issue|a\s+problem|a\s+concern|tight|limited|"
    r"small)\b|"
    r"(?:(?:don'?t|do\s+not|can'?t|cannot)\s+(?:\w+\s+)?(?:know|say|tell)|not\s+sure|unsure|"
    r"no\s+idea)\s+(?:\w+\s+){0,3}budget\b|"
    r"money\s+is\s+(?:no\s+object|not\s+an?\s+(?:issue|problem))",
    _FLAGS,
)


def read_budget(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield what the visitor can spend, or that there is nothing to spend."""
    spans = [(s, s.currency is not None) for s in _sums(message)]
    for said, has_currency in spans:
        clause = message.clause_at(said.start)
        money = said
        if clause and said.is_floor and is_denied(message, said.outer_start, clause):
            money = said.as_ceiling()
        if clause and clause.is_told and _is_budget(message, money, clause, has_currency=has_currency):
            span = (money.outer_start, money.outer_end)
            confidence = 0.95 if _STRONG_BUDGET.search(clause.text) else 0.9 if has_currency else 0.8
            yield make_fact(message, slot, span, "budget.sum", value=money.value, confidence=confidence)
    yield from read_absence(message, slot, _UNCLEAR_BUDGET, FactState.UNCLEAR)
    if not _UNCLEAR_BUDGET.search(message.told):
        yield from read_absence(message, slot, _NO_BUDGET, FactState.NONE)


def _sums(message: MessageText) -> Iterator[Money]:
    yield from message.sums
    taken = [(item.start, item.end) for item in message.sums] + [
        (item.start, item.end) for item in message.dates if not _is_sum(message, item)
    ]
    for figures in message.figures:
        if not any(start < figures.end and figures.start < end for start, end in taken):
            yield read_sum(message.text, figures)


_OF_YEAR = re.compile(r"\b(?:for|in|by|until|since|from|during|next|year)\s+$", _FLAGS)
_YEARS_AHEAD = 10


def _is_sum(message: MessageText, span: DateSpan) -> bool:
    """Whether a figure that could be a year is none that anybody plans for: "budget about 1500"."""
    if span.kind != "year" or not (figures := message.text[span.start : span.end]).isdigit():
        return False
    is_ahead = -1 <= int(figures) - message.now.year <= _YEARS_AHEAD
    return not is_ahead and not _OF_YEAR.search(message.text, 0, span.start)


def _is_budget(message: MessageText, money: Money, clause: Clause, *, has_currency: bool) -> bool:
    before = message.before(money.outer_start, clause)
    after = message.after(money.outer_end, clause)
    is_ceiling = money.low is None
    if (is_denied(message, money.outer_start, clause) and not is_ceiling) or (
        money.low or money.high or 0
    ) <= 0:
        return False
    is_money = has_currency or has_thousands(message.text, money)
    if not has_currency and (COUNTED_PEOPLE.match(after) or not (_near_budget(before, after) or is_money)):
        return False
    if _STRONG_BUDGET.search(clause.text):
        return True
    if _NOT_BUDGET.search(clause.text):
        return False
    is_fragment = not re.search(
        r"[^\W\d_]{3,}",
        re.sub(
            r"\b(?:more|rather|but|about|around|say|maybe|like|roughly|something|total|range|ballpark|the|per|year|month|"
            r"user|each|please|not|than|bitte|merci|por|favor|tops|etwa|ungefähr|circa|rund|maximal|höchstens|insgesamt|environ|maximum|unos|unas|aproximadamente|"
            r"alrededor|hasta|máximo)\b",
            "",
            before + " " + after,
            flags=_FLAGS,
        ),
    )
    return is_fragment or (
        (has_currency or _near_budget(before, after) or (is_money and _FOR_IT.match(after) is not None))
        and _BUDGET.search(clause.text) is not None
        and (FIRST_PERSON.search(clause.text) or _UNSAID_WE.match(clause.text)) is not None
    )


_UNSAID_WE = re.compile(
    r"\s*(?:can|could|willing\s+to|able\s+to|ready\s+to|prepared\s+to)\s+(?:spend|invest|afford)\b", _FLAGS
)
_FOR_IT = re.compile(r"\s*for\s+(?:it|this|that|the\s+project)\b", _FLAGS)


def _near_budget(before: str, after: str) -> bool:
    """Require plain figures to stand right beside the word that makes them money."""
    return (
        re.search(
            r"\b(?:budget(?:ed|\s+range)?|spend(?:ing)?|afford|allocated|invest|pay)\s*(?:(?:is|of|was|has|"
            r"be|would|will|us|for|this|it|:|=|-|about|around|roughly|approximately|up|to|at|some|currently|"
            r"set|between|from|approved|are|we|have|can|like)\s*)*$",
            before,
            _FLAGS,
        )
        or re.match(
            r"\s*(?:is\s+|was\s+|has\s+been\s+|have\s+been\s+|already\s+)*(?:approved|budget(?:ed)?|"
            r"allocated|set\s+aside|earmarked|to\s+spend|to\s+invest|in\s+(?:the\s+)?budget|for\s+(?:the|"
            r"this)\s+(?:project|year))\b",
            after,
            _FLAGS,
        )
    ) is not None
