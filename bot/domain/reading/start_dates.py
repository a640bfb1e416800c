"""When the visitor wants to start or be done: a date, and words that make it a plan; or that there is no hurry."""

import re
from collections.abc import Iterator

from bot.domain.facts import FactState, ReadFact
from bot.domain.reading.clauses import Clause
from bot.domain.reading.dates import DateSpan
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.periods import Period
from bot.domain.reading.statements import HAVING_NO, NOT_BEFORE, is_doubted, read_absence
from bot.domain.reading.timeline import resolve
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE

_START = re.compile(
    r"\b(?:start(?:ing|s)?|begin(?:ning)?|launch(?:ing|es)?|go(?:ing)?[\s-]live|live|"
    r"roll(?:ing)?[\s-]?out|implement\w*|deploy\w*|migrat\w+|switch(?:ing)?|sign(?:ing)?|decid(?:e|"
    r"ing)|decision|deadline|time\s?line|time\s?frame|due|in\s+place|up\s+and\s+running|"
    r"kick(?:ing)?[\s-]?off|"
    r"onboard\w*|contract\s+(?:ends|expires|runs\s+out|renewal)|renewal|(?:need|want|have)\s+(?:it|"
    r"this|that|something|a\s+\w+|an?\s+solution)|(?:we|we're|we'd)\s+(?:\w+\s+){0,3}?(?:need|want|"
    r"plan(?:ning)?|like|aim(?:ing)?|target(?:ing)?|hop(?:e|ing)|looking|go|buy|purchase|decide|"
    r"ready)|\b(?:i'd\s+like|i\s+(?:want|need|would\s+like))\s+(?:an?|the|some|\d+)\b|^\W*need\s+\d+|"
    r"(?:ready|needed|done|finished|completed|operational|running|available)\b|goal|target)",
    _FLAGS,
)
_TERM = re.compile(r"\b(?:time\s?line|time\s?frame|deadline|time\s?scale|schedule|lead\s?time)\b", _FLAGS)
_IS_PAST = re.compile(
    r"\b(?:ago|since|was|were|had|did|didn'?t|yesterday|ordered|bought|received|waited|waiting|been|"
    r"already|happened|made|tried|sent|paid|lost|started|signed\s+up|expired|opened|closed|arrived|"
    r"last)\b",
    _FLAGS,
)
_NO_HURRY = re.compile(
    rf"{HAVING_NO}(?:rush|hurry|deadlines?|time\s?lines?|time\s?frames?|urgency|time\s+pressure|schedule|"
    rf"(?:start|target)\s+date)\b|"
    r"\b(?:not|isn'?t|nothing)\s+(?:\w+\s+)?urgent\b|\bnot\s+in\s+(?:a|any)\s+(?:\w+\s+)?(?:rush|"
    r"hurry)\b|\btake\s+your\s+time\b|(?:time\s?line|deadline)\s*(?:is|:|=|-)\s*(?:none|no|n/a|"
    r"nothing)\b|\bno\s+time\s?(?:line|frame)\b|\bthere\s+is\s+no\s+rush\b|\bwhenever\b",
    _FLAGS,
)
_UNCLEAR_TIME = re.compile(
    r"\b(?:time\s?line|time\s?frame|deadline|start(?:ing)?\s+date)\s*(?:is|isn'?t|is\s+not|:|=|"
    r"-)?\s*(?:still\s+|yet\s+|not\s+|to\s+be\s+)*(?:unknown|tbd|unclear|open|undecided|flexible|"
    r"decided|fixed|set|defined|determined|known)\b|"
    r"(?:don'?t|do\s+not|not\s+sure|unsure|no\s+idea|can'?t\s+say)\s+(?:\w+\s+){0,2}?(?:when|"
    r"time\s?line|time\s?frame|deadline)\b",
    _FLAGS,
)


def read_timeline(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield when the visitor wants to start or be done, or that there is no hurry."""
    today = message.now.date()
    for span in message.dates:
        clause = message.clause_at(span.start)
        if clause is None or span.kind in ("time", "part", "set"):
            continue
        sure = _SURE if clause.is_told and _is_plan(message, clause, span) else _is_wanted(clause)
        period = period_meant(message, clause, span) if sure else None
        if period and not period.is_over(today):
            where = (span.start, span.end)
            yield make_fact(message, slot, where, "timeline.date", value=period.value, confidence=sure)
    yield from read_absence(message, slot, _UNCLEAR_TIME, FactState.UNCLEAR)
    yield from read_absence(message, slot, _NO_HURRY, FactState.NONE)


_NOT_THEN = re.compile(
    r"\b(?:don'?t|do\s+not|won'?t|will\s+not|wouldn'?t|can'?t|cannot|can\s+not|aren'?t|not|(?:gave|given|giving)\s+up)\s+(?!wait\b)(?:[^\W\d_]+\s+){0,4}$",
    _FLAGS,
)
_UP_TO = re.compile(r"(?:before|until|till?)\s", _FLAGS)


def period_meant(message: MessageText, clause: Clause, span: DateSpan) -> Period | None:
    """Return the period of a date, from then on where nothing happens before it: "we can't start before March"."""
    phrase = message.text[span.start : span.end]
    if _NOT_THEN.search(message.before(span.start, clause)) or is_doubted(message, span.start):
        if not _UP_TO.match(phrase):
            return None
        phrase = f"not {phrase}"
    return resolve(phrase, now=message.now, region=message.region)


_MUST_BE = re.compile(
    r"\s*(?:(?:and|but|so)\s+)?(?:it|this|that|everything|the\s+\w+)\s+(?:(?:has|have|needs?|ought|is\s+supposed)\s+to|must|should|"
    r"would\s+have\s+to)\s+(?:be\s+(?:\w+\s+)?(?:live|ready|done|finished|completed?|running|online|in\s+place|up|installed|"
    r"delivered|set\s+up|available|operational|here|there|working|launched|shipped)|go\s+live|work|run|launch|start|arrive)\b",
    _FLAGS,
)
"""What is said of the thing, and wanted by the visitor: "it has to be live before Black Friday"."""
_CAN_YOU_BY = re.compile(
    r"\s*(?:(?:and|but|so|also|hi|hello|hey|please)\b[,!.\s]*)*(?:can|could|would|will)\s+(?:you|it|this|that|we|i)\s+(?:\w+\s+)?"
    r"(?:deliver(?:ed)?|ship(?:ped)?|install|arrive|finish|launch|implement|deploy|onboard|start|begin|"
    r"be\s+(?:able\s+to\s+\w+|ready|live|done|delivered|installed|here|there|running)|"
    r"have\s+(?:it|this|that|us|everything)|get\s+(?:it|this|that|us|started)|set\s+(?:it|this|us|everything)?\s*up|go\s+live)\b"
    r"[^.;!?\n]*?\b(?:before|by|until|in\s+time\s+for)\s",
    _FLAGS,
)
"""Whoever asks whether something is done by a date wants it by then: "can you deliver before Christmas"."""


def _is_wanted(clause: Clause) -> float:
    """Return how sure we are that a clause tells a wish of the visitor's, though it is no statement about them."""
    if clause.is_hypothetical:
        return 0
    if clause.is_question:
        return _WANTED_BY if _CAN_YOU_BY.match(clause.text) else 0
    return _SURE if _MUST_BE.match(clause.text) else 0


_SURE, _WANTED_BY = 0.9, 0.6
OWN_EVENT = re.compile(
    r"\b(?:(?:our|my)\s+|for\s+(?:an?|the)\s+)(?:[\w-]+\s+){0,2}?(?:wedding|party|birthday|anniversary|conference|event|ceremony|reception|"
    r"festival|launch|opening|off-?site|retreat|reunion|trade\s+fair|concert|christening|engagement|graduation|summit|workshop)\b|"
    r"\b(?:unser\w*|mein\w*|f[üu]r\s+(?:eine?n?|das|die|den)|zu[rm]?)\s+(?:\w+\s+)?(?:hochzeit|feier|\w+feier|party|geburtstag|jubil[äa]um|konferenz|"
    r"tagung|veranstaltung|event|fest|\w+fest|er[öo]ffnung|taufe|messe|betriebsausflug)\b|"
    r"\b(?:notre|mon|ma|pour\s+(?:une?|le|la))\s+(?:\w+\s+)?(?:mariage|f[êe]te|anniversaire|conf[ée]rence|[ée]v[ée]nement|s[ée]minaire|salon|"
    r"bapt[êe]me|inauguration)\b|"
    r"\b(?:nuestr[oa]|mi|para\s+(?:una?|el|la))\s+(?:\w+\s+)?(?:boda|fiesta|cumplea[ñn]os|aniversario|conferencia|evento|congreso|feria|bautizo|"
    r"inauguraci[óo]n)(?!\w)",
    _FLAGS,
)
"""Whose day stands fast: "it's for our wedding on 12 June"."""


def _is_plan(message: MessageText, clause: Clause, span: DateSpan) -> bool:
    before, after = message.before(span.start, clause), message.after(span.end, clause)
    if NOT_BEFORE.search(before):
        return False
    around = re.sub(
        r"\b(?:probably|maybe|hopefully|ideally|around|about|sometime|some\s+time|in|on|at|by|the|within|"
        r"for|from|and|or|next|also|our|my|please|ok|so|is|it'?s|that\s+is)\b",
        " ",
        before + " " + after,
        flags=_FLAGS,
    )
    if not re.search(r"[^\W_]", around):
        return True
    if _IS_PAST.search(around):
        return False
    if span.kind not in ("duration", "year") and OWN_EVENT.search(before + after):
        return True
    context = _TERM if span.kind == "duration" else _START
    return context.search(around) is not None
