"""How many people the visitor speaks for: a figure, and words that make it people of theirs."""

import re
from collections.abc import Iterator

from bot.domain.facts import ReadFact
from bot.domain.reading.clauses import Clause
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.money import has_thousands
from bot.domain.reading.oneself import counts_others, read_oneself
from bot.domain.reading.ranges import Range
from bot.domain.reading.statements import COUNTED_PEOPLE, FIRST_PERSON, PEOPLE, as_meant
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
    r"\b(?:we're|we\s+are|there\s+are|there're|we\s+have|we'?ve\s+got|we\s+employ|we\s+number|"
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
    r"\b(?:had|used\s+to|were|was|lost|fired|laid\s+off|ago|until\s+recently|last\s+year|hir(?:e[ds]?|ing)|"
    r"recruit\w*|will\s+be|going\s+to\s+be|(?:plan(?:ning)?|looking|want)\s+to\s+(?:be|grow)|"
    r"(?:will|may|might|could|should|shall|would|going\s+to|plan(?:ning)?\s+to|want\s+to|hop(?:e|ing)\s+to|'ll)\s+(?:\w+\s+)?"
    r"(?:add|grow|expand|become|reach))\b",
    _FLAGS,
)
_TEAM_AFTER = re.compile(
    r"\s*-?\s*(?:person|people|man|member|employee|strong)\s+(?:\w+\s+)?"
    r"(?:team|company|agency|firm|business|start-?up|shop|office|studio|department|group|organi[sz]ation)\b",
    _FLAGS,
)
_TO_COME = re.compile(
    r"\s*(?:will|may|might|are\s+(?:going|about)\s+to)\s+(?:soon\s+)?(?:join|come|be\s+hired)|\s*are\s+(?:joining|coming)\b",
    _FLAGS,
)
_HEADS_FIRST = re.compile(rf"{PEOPLE}\W*$", _FLAGS)
_LABEL = re.compile(rf"\W*(?:we\W+|our\s+team\W+)?{PEOPLE}\W*", _FLAGS)
"""What is counted, named before the figure: "users: 50"."""


def read_team_size(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield how many people the visitor says there are."""
    yield from read_oneself(message, slot)
    for said in message.figures:
        clause = message.clause_at(said.start)
        figures = as_meant(message, said, clause) if clause else None
        if clause is None or figures is None or not _is_count(message, figures):
            continue
        end = _people_end(message, figures, clause)
        if end is not None:
            value = {"min": figures.low, "max": figures.high}
            yield make_fact(message, slot, (figures.outer_start, end), "team_size.people", value=value)


def _is_count(message: MessageText, figures: Range) -> bool:
    if not figures.may_count():
        return False
    taken = [(item.start, item.end) for item in message.sums] + [
        (item.start, item.end)
        for item in message.dates
        if item.end > figures.end or item.start < figures.start
    ]
    if any(start < figures.end and figures.start < end for start, end in taken):
        return False
    return not counts_others(message, figures)


def _people_end(message: MessageText, figures: Range, clause: Clause) -> int | None:
    """Return where the statement of a number of people ends, None if it is none."""
    before = message.before(figures.outer_start, clause)
    after = message.after(figures.outer_end, clause)
    if _LABEL.fullmatch(before) and not (clause.is_question or clause.is_hypothetical):
        return figures.outer_end
    people = COUNTED_PEOPLE.match(after)
    if clause.is_question and not clause.is_hypothetical and _OUR_PEOPLE.search(before):
        return figures.outer_end + (people.end() if people else 0)
    if not clause.is_told or _PAST.search(before):
        return None
    if not people:
        return figures.outer_end if _is_size(message, figures, before, after) else None
    is_ours = FIRST_PERSON.search(clause.text) is not None or len(clause.text.split()) <= 7
    is_plan = _PLANS.search(before) is not None and not _TEAM_AFTER.match(after)
    is_some = re.search(r"\bof\s+(?:our|my|the)\s*$", before, _FLAGS) or _TO_COME.match(after, people.end())
    return None if not is_ours or is_plan or is_some else figures.outer_end + people.end()


def _is_size(message: MessageText, figures: Range, before: str, after: str) -> bool:
    """Whether a figure that counts nothing is said of who the visitors are: "we are 50", "our team is about 50"."""
    if has_thousands(message.text, figures):
        return False
    rest = _HEADS_FIRST.sub("", before)
    is_ours = _WE_ARE.search(rest) is not None and _ENDS_HERE.match(after) is not None
    return is_ours or _TEAM_OF.search(rest) is not None
