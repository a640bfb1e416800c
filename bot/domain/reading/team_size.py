"""How many people the visitor speaks for: a figure, and words that make it people of theirs."""

import re
from collections.abc import Iterator

from bot.domain.facts import ReadFact
from bot.domain.reading.clauses import Clause
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.ranges import Range
from bot.domain.reading.statements import COUNTED_PEOPLE, FIRST_PERSON, NOT_BEFORE, PEOPLE
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE

_TEAM_OF = re.compile(
    r"\b(?:(?:team|staff|company|group|crew|department|workforce|head\s?count|business|agency|"
    r"start-?up|firm|office|organi[sz]ation|(?:number|amount)\s+of\s+"
    + PEOPLE
    + r")(?:\s+(?:size|count|strength))?\s*"
    r"(?:(?:of|is|are|has|have|with|counts|currently|about|around|:|=|-)\s*)*|(?:team|company|"
    r"staff)\s*size\s*(?:of|is|:|=)?\s*)$",
    _FLAGS,
)
_WE_ARE = re.compile(
    r"\b(?:we're|we\s+are|there\s+are|there're|we\s+have|we've\s+got|we\s+employ|we\s+number|"
    r"we\s+count)(?:\s+(?:currently|now|only|just|around|about|roughly|already|like|a\s+team\s+of|"
    r"still))*\s*$",
    _FLAGS,
)
_ENDS_HERE = re.compile(
    r"\s*(?:$|[.,;!?)]|(?:now|currently|in\s+(?:total|all)|at\s+the\s+moment|right\s+now|today|here|"
    r"altogether|so\s+far|strong|and|but|or\s+so)\b)",
    _FLAGS,
)
_PLANS = re.compile(r"\b(?:your|the|this|that|any|a)\s+$", _FLAGS)
_OUR_PEOPLE = re.compile(
    r"\b(?:(?:our|my)\s+(?:\w+\s+){0,2}(?:team|staff|company|group|crew|department)\s+of|(?:our|"
    r"my)(?=\s*$))\s*$",
    _FLAGS,
)
_PAST = re.compile(
    r"\b(?:had|used\s+to|were|was|lost|fired|laid\s+off|ago|until\s+recently|last\s+year|hiring|recruiting|will\s+be|going\s+to\s+be|(?:plan(?:ning)?|looking|want)\s+to\s+(?:be|hire|grow))\b",
    _FLAGS,
)
_ALONE = re.compile(
    r"\b(?:(?:just|only|it's)\s+(?:me|myself)\b(?!\s+(?:and|or|\+|who|asking|think))|one[\s-](?:man|"
    r"woman|person)\b|solo(?:preneur)?\b|by\s+myself\b|(?:i'm|i\s+am)\s+(?:alone|on\s+my\s+own|"
    r"self-employed|a\s+freelancer|the\s+only\s+one|a\s+sole\s+trader|a\s+one))",
    _FLAGS,
)
_TEAM_AFTER = re.compile(
    r"\s*-?\s*(?:person|people|man|member|employee|strong)\s+(?:\w+\s+)?"
    r"(?:team|company|agency|firm|business|start-?up|shop|office|studio|department|group|organi[sz]ation)\b",
    _FLAGS,
)
_MAX_PEOPLE = 10_000_000


def read_team_size(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield how many people the visitor says there are."""
    for match in _ALONE.finditer(message.told):
        yield make_fact(
            message, slot, match.span(), "team_size.alone", value={"min": 1, "max": 1}, confidence=0.85
        )
    for figures in message.figures:
        clause = message.clause_at(figures.start)
        if clause is None or not _is_count(message, figures):
            continue
        end = _people_end(message, figures, clause)
        if end is not None:
            value = {"min": figures.low, "max": figures.high}
            yield make_fact(message, slot, (figures.outer_start, end), "team_size.people", value=value)


def _is_count(message: MessageText, figures: Range) -> bool:
    values = [value for value in (figures.low, figures.high) if value is not None]
    if any(value != int(value) or not 0 < value < _MAX_PEOPLE for value in values):
        return False
    taken = [(item.start, item.end) for item in message.sums] + [
        (item.start, item.end)
        for item in message.dates
        if item.end > figures.end or item.start < figures.start
    ]
    if any(start < figures.end and figures.start < end for start, end in taken):
        return False
    return not NOT_BEFORE.search(message.text[max(0, figures.outer_start - 30) : figures.outer_start])


def _people_end(message: MessageText, figures: Range, clause: Clause) -> int | None:
    """Return where the statement of a number of people ends, None if it is none."""
    before = message.before(figures.outer_start, clause)
    after = message.after(figures.outer_end, clause)
    people = COUNTED_PEOPLE.match(after)
    if clause.is_question and not clause.is_hypothetical and _OUR_PEOPLE.search(before):
        return figures.outer_end + (people.end() if people else 0)
    if not clause.is_told or _PAST.search(before):
        return None
    if people:
        is_ours = FIRST_PERSON.search(clause.text) is not None or len(clause.text.split()) <= 7
        is_plan = _PLANS.search(before) is not None and not _TEAM_AFTER.match(after)
        if not is_ours or is_plan or re.search(r"\bof\s+(?:our|my|the)\s*$", before, _FLAGS):
            return None
        return figures.outer_end + people.end()
    if _TEAM_OF.search(before) or (_WE_ARE.search(before) and _ENDS_HERE.match(after)):
        return figures.outer_end
    return None
