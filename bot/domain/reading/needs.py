"""What the visitor is after: said of their own accord, or answered when asked."""

import re
from collections.abc import Iterator

from bot.domain.facts import FactState, ReadFact
from bot.domain.reading.acts import says_goodbye, skip_lead_in, small_act
from bot.domain.reading.clauses import asks_something
from bot.domain.reading.fillers import is_filler, skip_fillers
from bot.domain.reading.goes_ahead import only_goes_ahead
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.own_words import end_of_own_words
from bot.domain.reading.pains import tells_pain
from bot.domain.reading.residence import only_says_where
from bot.domain.reading.wave_off import waves_off
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE

_WE = (
    r"(?:we|i)(?:'?re|'?m|'d|\s+are|\s+am|\s+would)?\s+(?:(?:really|currently|also|just|actively|"
    r"urgently|desperately|now|mainly|mostly|actually|definitely|both|all|basically|primarily|simply|"
    r"still|only|both|already)\s+)*"
)
_NEED = re.compile(
    rf"(?:\s*(?:and|but|so|because|since|well|right\s+now|currently|basically)\b[,\s]*)?(?:{_WE}"
    r"(?:need|require|want|like(?=\s+to\b)|looking\s+(?:for|to|into|at)|searching\s+for|seeking|"
    r"trying\s+to|hoping\s+to|planning\s+to|struggl(?:e|ing)\s+(?:with|to)|suffer(?:ing)?\s+from|"
    r"interested\s+in|evaluating|"
    r"in\s+(?:the\s+)?(?:market|need)\s+(?:for|of)|having?\s+(?:trouble|problems?|issues?|"
    r"difficult\w*)\s+(?:with|in)?|have\s+an?\s+(?:\w+\s+)?(?:problem|issue|challenge)\s+(?:with|in)|"
    r"can'?t\s+(?:keep\s+up\s+with|manage|handle|find\s+time)|"
    r"(?:receive|get)\s+(?:too\s+many|so\s+many|a\s+lot\s+of|lots\s+of)|losing|spend\s+too\s+much\s+time)"
    r"|(?:our|my|the)\s+(?:\w+\s+)?(?:problem|challenge|pain(?:\s+point)?|issue|goal|need|use\s+case|"
    r"objective|aim|requirement)s?\s*(?:is|are|:|=)\s*(?:that\s+|to\s+)?"
    r"|(?:looking|searching)\s+for|need\s*[:=]|in\s+need\s+of|seeking|want(?:ing)?(?=\s+to\b)|need(?=\s+(?:an?|some|"
    r"help\s+with|\d+(?=\s+\w+\s+\w))\b))\s+(?P<need>\S.*)",
    _FLAGS | re.DOTALL,
)
_AND_NEED = re.compile(
    r"\s*(?:we|i)\b[^.!?\n]{2,80}?\s+and\s+(?:also\s+)?(?P<said>(?:need|want|hope|would\s+like)\s+(?P<need>to\s+[a-z].*))",
    _FLAGS | re.DOTALL,
)
"""After another statement, whose subject it shares: "we are 40 people and need to plan shifts"."""
_NO_NEED_OBJECT = re.compile(
    r"(?:(?:the\s+|an?\s+)?(?:approval|permission|sign-?off)\b|it|this|that|them|these|those|one|you|"
    r"your|him|her|more|some\s+more|info\w*|help\s*$|"
    r"to\s+(?:know|ask|understand|learn|see|hear|find\s+out|talk|speak|chat|be\s+(?:called|"
    r"contacted)|get\s+back|cancel|unsubscribe|return|start\s+(?:on|in)|decide|sign|meet|"
    r"book\s+a\s+(?:call|demo))|"
    r"an?\s+(?:quote|demo|call(?:back)?|human|person|real|price|live|agent)|pricing|prices?|"
    r"to\s+\w+\s+(?:it|by|in|on)\b.{0,14}$|\w+\s+people\b|(?:about\s+|around\s+|"
    r"up\s+to\s+)?\d+\s*\w*\s*$)",
    _FLAGS,
)
_NO_NEED = re.compile(
    r"\b(?:(?:have|has|got|having|there'?s|there\s+is|there\s+are|see|with)\s+(?:no\s+\w+\s*(?:,|"
    r",?\s*and|,?\s*or|nor)\s*){0,3}(?P<none>no\s+(?:\w+\s+)?(?:problems?|needs?|pain(?:\s+points?)?|"
    r"challenges?|use\s+case|requirements?))\b(?!\s+(?:with|to|paying|doing|using|in|of|for|getting))"
    r"|(?:don'?t|do\s+not)\s+(?:really\s+|actually\s+|currently\s+)?need\s+anything(?:\s+\w+){0,3}|"
    r"just\s+(?:browsing|looking(?:\s+around)?(?!\s+(?:for|at|into|to))|curious)\b"
    r"|(?:don'?t|do\s+not)\s+have\s+(?:an?|any)\s+(?:\w+\s+)?(?:problems?|needs?|"
    r"pain(?:\s+points?)?)\b(?!\s+(?:with|to)))",
    _FLAGS,
)
_TAIL = re.compile(r"\s*[.!?,;:]+\s*$")


def read_need(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield what the visitor is after, in their words, or that there is nothing."""
    for clause in message.clauses:
        text = clause.text if clause.is_told and not only_goes_ahead(clause.text) else ""
        match = _NEED.match(text) or _AND_NEED.match(text)
        if match and not _NO_NEED_OBJECT.match(match.group("need")):
            end = clause.start + len(_TAIL.sub("", clause.text))
            need = _TAIL.sub("", match.group("need"))
            only_begins = _only_begins(message, clause.start + match.start("need"), end)
            if re.search(r"[^\W\d_]{2}", need) and not only_begins:
                start = clause.start + (match.start("said") if match.re is _AND_NEED else 0)
                yield make_fact(message, slot, (start, end), "need.said", value=need, confidence=0.8)
        elif tells_pain(clause, _WORK):
            end = clause.start + len(_TAIL.sub("", clause.text))
            said = message.written[clause.start : end]
            yield make_fact(message, slot, (clause.start, end), "need.said", value=said, confidence=0.75)
    for match in _NO_NEED.finditer(message.told):
        span = match.span("none") if match.group("none") else match.span()
        yield make_fact(message, slot, span, "need.none", state=FactState.NONE)


_BEGINS = re.compile(
    rf"(?:{_WE}(?:need|want|like|looking|hoping|planning|aiming)\s+)?"
    r"(?:to\s+)?(?:be(?:\s+(?:able\s+to|ready\s+to))?\s+)?(?:have\s+(?:it|this|that|everything)\s+)?"
    r"(?:start(?:ed)?|begin|launch(?:ed)?|go(?:\s+|-)live|get\s+(?:started|going)|kick\s*-?off|roll\s*-?(?:this\s+|it\s+)?out|live|"
    r"ready|done|up\s+and\s+running|running|in\s+place|operational|online|starting|beginning|launching|going\s+live|switch|"
    r"decide|implement|deploy)\W*"
    r"(?:(?:with|on|in|at|by|from|the|it|this|that|you|your|using|as|soon|around|about|sometime|maybe|some\s?time|please|of|for|"
    r"before|after|until|within|next|early|late|latest|now|asap|immediately|possible)\W*)*",
    _FLAGS,
)
"""That it begins, and nothing of what."""


def _only_begins(message: MessageText, start: int, end: int) -> bool:
    """Whether nothing but a beginning and a date is wanted: "to start next quarter"."""
    rest = message.text[start:end]
    for span in message.dates:
        first, last = max(span.start - start, 0), max(span.end - start, 0)
        rest = rest[:first] + " " * len(rest[first:last]) + rest[last:]
    return _BEGINS.fullmatch(rest) is not None


_ASKS = re.compile(r"\W*(?:can|could|does|do|is|are)\s+(?!you\b)(?!\w+ing\b)\w+\s+\w", _FLAGS)
"""A question without its mark: "can visitors upload files"."""
_WHO_IS_WHO = re.compile(
    r"\W*(?:my|our|the)\s+(?:\w+\s+){0,2}?(?:boss|manager|chief|director|owner|founder|ce?o|c[tfm]o|colleague|partner|"
    r"husband|wife|friend|assistant|supervisor|name|company)\s*(?:is|are|:|=|'s)\s+(?:called\s+|named\s+)?(?-i:[A-Z])",
    _FLAGS,
)
_EMPTY_WORDS = frozenset(
    {
        *("about", "actually", "and", "around", "correction", "for", "from", "make", "mean", "meant", "more"),
        *("less", "not", "over", "per", "rather", "sorry", "than", "that", "the", "under", "wait"),
    }
)
_LONGEST_PHRASE = 6
_CLAIM = re.compile(
    r"\b(?:i|we|i'm|we're|i'd|we'd|you|they|it|he|she|is|are|was|were|has|have|had|does|do|don'?t|can|can'?t|will|wir|"
    r"ich|nous|je|on|(?-i:[a-z]{3,}(?:amos|emos|imos)))\b",
    _FLAGS,
)
_PURPOSE = re.compile(
    r"^\W*(?:to|for|an?|our|my|some|more|less|fewer|better|faster|quicker|easier|automat\w+|"
    r"(?:cheap|simpl|quick|eas|strong|great|high|low|clean|clear|safe|smart|smooth|friendl|warm)i?er|günstigere\w*|billigere\w*|"
    r"schnellere\w*|einfachere\w*|bessere\w*|sicherere\w*|meilleure?s?|mejor(?:es)?|"
    r"stop|reduce|cut|save|avoid|improve|increase|replace|simplify|speed\s+up|streamline|organi[sz]e|manage|plan|track|"
    r"(?!(?:pric|shipp|bill|open|park|dur|meet|noth|anyth|someth|everyth|clean|hous|cloth|train)ing\b)[a-z]{3,}ing|um|"
    r"zum|zur|f[üu]r|pour|para|une?|eine?n?|mehr|weniger|plus|moins|m[áa]s|menos)\b\s*\w"
    r"|\b(?:my|our|unser\w*|mein\w*|notre|nos|nuestr[oa]s?)\b"
    r"|\b(?:moins\s+ch[eè]re?s?|plus\s+(?:rapides?|simples?|efficaces?|fiables?|s[ûu]re?s?)|m[áa]s\s+(?:barat|r[áa]pid|sencill|"
    r"segur|fiable|eficient)\w*)(?!\w)",
    _FLAGS,
)
_TO_DO = re.compile(
    r"\W*(?:to|um|pour|para)\s+(?!(?:the|an?|my|our|your|den|dem|die|das|le|la|el)\b)\w+\s+\w", _FLAGS
)
"""An aim in so many words: it answers, nobody searches like that."""
_WORK = re.compile(
    r"\b(?:support|help\s?-?desk|service\s+desk|(?:customer|client|guest|self)[\s-]service|tickets?|questions?|"
    r"faqs?|(?:in|en)quir(?:y|ies)|requests?|e?-?mails?|calls|chats?|(?:chat|ro)?bots?|assistants?|leads?|sales|"
    r"customers?|clients?|guests?|visitors?|patients?|tenants|applicants|bookings?|reservations?|appointments?|"
    r"onboarding|repl(?:y|ies)|answers?|responses?|conversions?|automations?|crm|website|web\s?shop|"
    r"knowledge\s+base|marketing|qualification|feedback|complaints|workload|outreach|recruiting|"
    r"kunden\w*|\w*anfragen|fragen|termine?|\w*buchung(?:en)?|g[äa]ste|vertrieb|verkauf|demandes?|r[ée]servations?|"
    r"clientes|consultas|preguntas|reservas|ventas)\b",
    _FLAGS,
)


def read_need_answer(message: MessageText, slot: Slot) -> ReadFact | None:
    """Return the answer to the need question; words as typed into a search ("oat milk") name no purpose.

    A purpose in a few words ("support tickets") may be searched for as well: its extractor is `need.phrase`.
    """
    if _ASKS.match(message.text) or _WHO_IS_WHO.match(message.text) or small_act(message.text):
        return None
    if only_says_where(message.text) or waves_off(message.clauses) or _only_leaves(message):
        return None
    if all(only_goes_ahead(clause.text) or small_act(clause.text) for clause in message.clauses):
        return None
    start = skip_fillers(message.text, skip_lead_in(message.text))
    end = end_of_own_words(message, start, len(message.text.rstrip()))
    raw = message.written[start:end].strip().rstrip(" .!;,")
    if (
        not raw
        or _only_begins(message, start, end)
        or any(clause.is_question for clause in message.clauses)
        or not _says_more_than_figures(message, start)
    ):
        return None
    is_phrase = (
        len(raw.split()) <= _LONGEST_PHRASE and not _CLAIM.search(raw) and not re.search(r"[.,;:]\s", raw)
    )
    if is_phrase and not (_PURPOSE.search(raw) or _WORK.search(raw) or _names_need(raw, slot)):
        return None
    extractor = NEED_PHRASE if is_phrase and not _TO_DO.match(raw) else "need.answer"
    return make_fact(message, slot, (start, end), extractor, value=raw, confidence=0.75)


def asks_in_effect(text: str) -> bool:
    """Tell whether a message asks, with its mark or without: "can visitors upload files"."""
    return "?" in text or _ASKS.match(text) is not None or asks_something(text)


def is_bare_need(text: str) -> bool:
    """Tell whether words without a statement name a thing to be had or done: "oat milk", "20 mugs"; no name alone."""
    if _CLAIM.search(text) or only_says_where(text) or len(text.split()) > _LONGEST_PHRASE:
        return False
    words = re.findall(r"(?-i:\b[a-zà-ÿ][\w-]{2,})", text)
    return any(word not in _EMPTY_WORDS for word in words)


def _only_leaves(message: MessageText) -> bool:
    """Whether a goodbye is said and nothing but small talk beside it."""
    is_small = all(small_act(clause.text) is not None or is_filler(clause.text) for clause in message.clauses)
    return is_small and any(says_goodbye(clause.text) for clause in message.clauses)


NEED_PHRASE = "need.phrase"


def _says_more_than_figures(message: MessageText, start: int) -> bool:
    rest = list(message.text)
    spans = [(item.start, item.end) for item in message.figures]
    spans += [(item.start, item.end) for item in message.sums]
    spans += [(item.start, item.end) for item in message.dates]
    for first, last in spans:
        rest[first:last] = " " * (last - first)
    words = re.findall(r"[^\W\d_]{3,}", "".join(rest[start:]).lower())
    return any(word not in _EMPTY_WORDS for word in words)


def _names_need(raw: str, slot: Slot) -> bool:
    """Whether the site's own words for the need stand in it."""
    return any(
        re.search(rf"(?<!\w){re.escape(word)}(?!\w)", raw, _FLAGS) for word in slot.words if word.strip()
    )
