"""Team size, budget and timeline as the visitor states them; and their absence ("no budget", "no rush").

A figure alone says nothing: the clause must speak of the visitor, and of people, money to spend or a start.
"""

import re
from collections.abc import Iterator

from bot.domain.facts import FactState, ReadFact
from bot.domain.reading.clauses import Clause
from bot.domain.reading.dates import DateSpan
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.money import Money, read_sum
from bot.domain.reading.ranges import Range
from bot.domain.reading.timeline import Period, resolve
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE

_PEOPLE = (
    r"(?:people|persons?|peeps|employees?|users?|seats?|staff(?:ers)?|developers?|devs?|engineers?|"
    r"agents?|(?:sales\s?)?reps?|salespeople|licen[cs]es?|members?|heads?|colleagues|co-?workers|"
    r"workers|folks|of\s+us|"
    r"ftes?|team\s?mates|participants|students|teachers|consultants|technicians|operators|accounts|"
    r"admins|guys|humans|employes|partners|lawyers|nurses|doctors|freelancers|contractors|managers|"
    r"designers|analysts)"
)
_COUNTED_PEOPLE = re.compile(
    rf"\s*-?\s*(?:(?!(?:of|and|or|to|for|per|in)\b)[a-z][a-z-]*\s+){{0,2}}?{_PEOPLE}\b(?!\s*(?:limit|"
    rf"plan|tier|cap|package|minimum|maximum|license\s+plan|subscription|model)\b)",
    _FLAGS,
)
_TEAM_OF = re.compile(
    r"\b(?:(?:team|staff|company|group|crew|department|workforce|head\s?count|business|agency|"
    r"start-?up|firm|office|organi[sz]ation|(?:number|amount)\s+of\s+"
    + _PEOPLE
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
_FIRST_PERSON = re.compile(r"\b(?:we|we're|we've|we'd|we'll|i|i'm|i've|i'd|i'll|our|my|us|me)\b", _FLAGS)
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
    r"\b(?:had|used\s+to|were|was|lost|fired|laid\s+off|ago|until\s+recently|last\s+year)\b", _FLAGS
)
_ALONE = re.compile(
    r"\b(?:(?:just|only|it's)\s+(?:me|myself)\b(?!\s+(?:and|or|\+|who|asking|think))|one[\s-](?:man|"
    r"woman|person)\b|solo(?:preneur)?\b|by\s+myself\b|(?:i'm|i\s+am)\s+(?:alone|on\s+my\s+own|"
    r"self-employed|a\s+freelancer|the\s+only\s+one|a\s+sole\s+trader|a\s+one))",
    _FLAGS,
)
_NOT_BEFORE = re.compile(
    r"\b(?:not|never|isn't|aren't|no\s+longer|instead\s+of|rather\s+than)\s+(?:\w+\s+)?$", _FLAGS
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
    return not _NOT_BEFORE.search(message.text[max(0, figures.outer_start - 30) : figures.outer_start])


def _people_end(message: MessageText, figures: Range, clause: Clause) -> int | None:
    """Return where the statement of a number of people ends, None if it is none."""
    before = message.before(figures.outer_start, clause)
    after = message.after(figures.outer_end, clause)
    people = _COUNTED_PEOPLE.match(after)
    if clause.is_question and not clause.is_hypothetical and _OUR_PEOPLE.search(before):
        return figures.outer_end + (people.end() if people else 0)
    if not clause.is_told or _PAST.search(before):
        return None
    if people:
        is_ours = _FIRST_PERSON.search(clause.text) is not None or len(clause.text.split()) <= 7
        if not is_ours or _PLANS.search(before) or re.search(r"\bof\s+(?:our|my|the)\s*$", before, _FLAGS):
            return None
        return figures.outer_end + people.end()
    if _TEAM_OF.search(before) or (_WE_ARE.search(before) and _ENDS_HERE.match(after)):
        return figures.outer_end
    return None


_BUDGET = re.compile(
    r"\b(?:budget(?:ed|s)?|approved|allocated|set\s+aside|earmarked|(?:can|could|to|willing\s+to|"
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
    r"flight|hotel|rent|loan|credit|debit|tax|tip|found|saw|heard|losing|lost|lose)\b",
    _FLAGS,
)
_NO = (
    r"(?:(?:have|has|got|there's|there\s+is|with|is|are|we)\s+)?(?:no|zero|without(?:\s+an?|\s+any)?|"
    r"lack(?:ing|s)?(?:\s+an?|\s+the|\s+any)?|(?:don't|do\s+not|doesn't|haven't|have\s+not|"
    r"didn't)\s+(?:\w+\s+)?(?:have|got)\s+(?:an?|any|the|much)|haven't\s+(?:an?|any))\s+(?:\w+\s+)??"
)
_NO_BUDGET = re.compile(
    rf"{_NO}(?:budget|money|funds|funding)\b(?!\s+(?:limit|constraint|issue|problem|restriction|"
    rf"cap\b|concern|ceiling))(?:\s+(?:yet|for\s+(?:this|it|that)|at\s+all))?|\bbudget\s*(?:is|:|=|"
    rf"-)?\s*(?:zero|none|nil|nothing|non-?existent|no\b|n/a|[$€£]?0\b(?![.,]?\d))",
    _FLAGS,
)
_UNCLEAR_BUDGET = re.compile(
    r"\bno\s+budget\s+(?:limit|constraint|issue|problem|restriction|cap|concern|ceiling)\w*|"
    r"budget\s+(?:is|isn't|is\s+not|has\s+not|hasn't|not|:|=)?\s*(?:yet\s+|been\s+|still\s+|not\s+|"
    r"really\s+|to\s+be\s+)*(?:unknown|tbd|unclear|open|flexible|undecided|unlimited|decided|"
    r"approved|set|defined|fixed|determined|an\s+issue|a\s+problem|a\s+concern|tight|limited|"
    r"small)\b|"
    r"(?:don't|do\s+not|not\s+sure|unsure|no\s+idea|can't|cannot)\s+(?:\w+\s+){0,3}budget\b|"
    r"money\s+is\s+(?:no\s+object|not\s+an?\s+(?:issue|problem))",
    _FLAGS,
)


def read_budget(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield what the visitor can spend, or that there is nothing to spend."""
    spans = [(s, s.currency is not None) for s in _sums(message)]
    for money, has_currency in spans:
        clause = message.clause_at(money.start)
        if clause and clause.is_told and _is_budget(message, money, clause, has_currency=has_currency):
            span = (money.outer_start, money.outer_end)
            confidence = 0.95 if _STRONG_BUDGET.search(clause.text) else 0.9 if has_currency else 0.8
            yield make_fact(message, slot, span, "budget.sum", value=money.value, confidence=confidence)
    yield from _absence(message, slot, _UNCLEAR_BUDGET, FactState.UNCLEAR, "budget.unclear")
    yield from _absence(message, slot, _NO_BUDGET, FactState.NONE, "budget.none", unless=_UNCLEAR_BUDGET)


def _sums(message: MessageText) -> Iterator[Money]:
    yield from message.sums
    for figures in message.figures:
        if not any(
            item.start < figures.end and figures.start < item.end for item in (*message.sums, *message.dates)
        ):
            yield read_sum(message.text, figures)


def _is_budget(message: MessageText, money: Money, clause: Clause, *, has_currency: bool) -> bool:
    before = message.before(money.outer_start, clause)
    after = message.after(money.outer_end, clause)
    if _NOT_BEFORE.search(before) or (money.low or money.high or 0) <= 0:
        return False
    is_money = has_currency or _THOUSANDS.search(message.text, money.start, money.end) is not None
    if not has_currency and (_COUNTED_PEOPLE.match(after) or not (_near_budget(before, after) or is_money)):
        return False
    if _STRONG_BUDGET.search(clause.text):
        return True
    if _NOT_BUDGET.search(clause.text):
        return False
    is_fragment = not re.search(
        r"[^\W\d_]{3,}",
        re.sub(
            r"\b(?:about|around|say|maybe|like|roughly|something|total|range|ballpark|the|per|year|month|"
            r"user|each)\b",
            "",
            before + " " + after,
            flags=_FLAGS,
        ),
    )
    return is_fragment or (
        (has_currency or _near_budget(before, after))
        and _BUDGET.search(clause.text) is not None
        and _FIRST_PERSON.search(clause.text) is not None
    )


_THOUSANDS = re.compile(r"\bgrand\b|\d\s?k\b", _FLAGS)


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


_START = re.compile(
    r"\b(?:start(?:ing|s)?|begin(?:ning)?|launch(?:ing|es)?|go(?:ing)?[\s-]live|live|"
    r"roll(?:ing)?[\s-]?out|implement\w*|deploy\w*|migrat\w+|switch(?:ing)?|sign(?:ing)?|decid(?:e|"
    r"ing)|decision|deadline|time\s?line|time\s?frame|due|in\s+place|up\s+and\s+running|"
    r"kick(?:ing)?[\s-]?off|"
    r"onboard\w*|contract\s+(?:ends|expires|runs\s+out|renewal)|renewal|(?:need|want|have)\s+(?:it|"
    r"this|that|something|a\s+\w+|an?\s+solution)|(?:we|we're|we'd)\s+(?:\w+\s+){0,3}?(?:need|want|"
    r"plan(?:ning)?|like|aim(?:ing)?|target(?:ing)?|hop(?:e|ing)|looking|go|buy|purchase|decide|"
    r"ready)|"
    r"(?:ready|needed|done|finished|completed|operational|running|available)\b|goal|target)",
    _FLAGS,
)
_TERM = re.compile(r"\b(?:time\s?line|time\s?frame|deadline|time\s?scale|schedule|lead\s?time)\b", _FLAGS)
_IS_PAST = re.compile(
    r"\b(?:ago|since|was|were|had|did|didn't|yesterday|ordered|bought|received|waited|waiting|been|"
    r"already|happened|made|tried|sent|paid|lost|started|signed\s+up|expired|opened|closed|arrived|"
    r"last)\b",
    _FLAGS,
)
_NO_HURRY = re.compile(
    rf"{_NO}(?:rush|hurry|deadlines?|time\s?lines?|time\s?frames?|urgency|time\s+pressure|schedule|"
    rf"(?:start|target)\s+date)\b|"
    r"\b(?:not|isn't|nothing)\s+(?:\w+\s+)?urgent\b|\bnot\s+in\s+(?:a|any)\s+(?:\w+\s+)?(?:rush|"
    r"hurry)\b|\btake\s+your\s+time\b|(?:time\s?line|deadline)\s*(?:is|:|=|-)\s*(?:none|no|n/a|"
    r"nothing)\b|\bno\s+time\s?(?:line|frame)\b|\bthere\s+is\s+no\s+rush\b|\bwhenever\b",
    _FLAGS,
)
_UNCLEAR_TIME = re.compile(
    r"\b(?:time\s?line|time\s?frame|deadline|start(?:ing)?\s+date)\s*(?:is|isn't|is\s+not|:|=|"
    r"-)?\s*(?:still\s+|yet\s+|not\s+|to\s+be\s+)*(?:unknown|tbd|unclear|open|undecided|flexible|"
    r"decided|fixed|set|defined|determined|known)\b|"
    r"(?:don't|do\s+not|not\s+sure|unsure|no\s+idea|can't\s+say)\s+(?:\w+\s+){0,2}?(?:when|"
    r"time\s?line|time\s?frame|deadline)\b",
    _FLAGS,
)


def read_timeline(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield when the visitor wants to start or be done, or that there is no hurry."""
    today = message.now.date()
    for span in message.dates:
        clause = message.clause_at(span.start)
        if clause is None or not clause.is_told or span.kind in ("time", "part", "set"):
            continue
        if not _is_plan(message, clause, span):
            continue
        period = resolve(message.text[span.start : span.end], now=message.now, region=message.region)
        if period and not _is_over(period, today.isoformat()):
            yield make_fact(message, slot, (span.start, span.end), "timeline.date", value=period.value)
    yield from _absence(message, slot, _UNCLEAR_TIME, FactState.UNCLEAR, "timeline.unclear")
    yield from _absence(message, slot, _NO_HURRY, FactState.NONE, "timeline.none")


def _is_plan(message: MessageText, clause: Clause, span: DateSpan) -> bool:
    before, after = message.before(span.start, clause), message.after(span.end, clause)
    if _NOT_BEFORE.search(before):
        return False
    around = re.sub(
        r"\b(?:probably|maybe|hopefully|ideally|around|about|sometime|some\s+time|in|on|at|by|the|within|"
        r"for|from|and|or|next|also|our|my|please|ok|so|is|it's|that\s+is)\b",
        " ",
        before + " " + after,
        flags=_FLAGS,
    )
    if not re.search(r"[^\W_]", around):
        return True
    context = _TERM if span.kind == "duration" else _START
    return context.search(around) is not None and not _IS_PAST.search(around)


def _is_over(period: Period, today: str) -> bool:
    last = period.value["to"]
    return last is not None and last < today


def _absence(
    message: MessageText, slot: Slot, pattern: re.Pattern[str], state: FactState, extractor: str, *, unless: re.Pattern[str] | None = None
) -> Iterator[ReadFact]:  # fmt: skip
    for match in pattern.finditer(message.told):
        if unless is None or not unless.match(message.told, match.start()):
            yield make_fact(message, slot, match.span(), extractor, state=state)
