"""What the readers of team size, budget and timeline share: who is counted, and how absence is said."""

import re
from collections.abc import Iterator

from bot.domain.facts import FactState, ReadFact
from bot.domain.reading.clauses import Clause
from bot.domain.reading.dates import DateSpan
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.ranges import Range
from bot.domain.slots import Slot, SlotKind

_FLAGS = re.IGNORECASE

PEOPLE = (
    r"(?:people|persons?|peeps|employees?|users?|seats?|staff(?:ers)?|developers?|devs?|engineers?|"
    r"agents?|(?:sales\s?)?reps?|salespeople|licen[cs]es?|members?|heads?|colleagues|co-?workers|"
    r"workers|folks|of\s+us|"
    r"ftes?|team\s?mates|participants|students|teachers|consultants|technicians|operators|accounts|"
    r"admins|guys|humans|employes|partners|lawyers|nurses|doctors|freelancers|contractors|managers|"
    r"designers|analysts)"
)
COUNTED_PEOPLE = re.compile(
    rf"\s*-?\s*(?:(?!(?:of|and|or|to|for|per|in)\b)[a-z][a-z-]*\s+){{0,2}}?{PEOPLE}\b(?!\s*(?:limit|"
    rf"plan|tier|cap|package|minimum|maximum|license\s+plan|subscription|model)\b)",
    _FLAGS,
)
FIRST_PERSON = re.compile(r"\b(?:we|we're|we'?ve|we'd|we'll|i|i'm|i'?ve|i'd|i'll|our|my|us|me)\b", _FLAGS)
NOT_BEFORE = re.compile(
    r"\b(?:not|never|isn'?t|aren'?t|no\s+longer|nowhere\s+near|far\s+from|instead\s+of|rather\s+than|nicht|keine?|pas|"
    r"no\s+(?:somos|es|son|tenemos|tengo|hay))\s+(?:\w+\s+)?$",
    _FLAGS,
)
_DENIED = re.compile(
    r"\b(?:don'?t|do\s+not|doesn'?t|does\s+not|haven'?t|have\s+not|can'?t|cannot|can\s+not|couldn'?t|won'?t|will\s+not|no\s+longer)\s+"
    r"(?:\w+\s+){0,2}?(?:have|had|got|spend|afford|pay|invest|be|employ)\s+(?:\w+\s+){0,3}$",
    _FLAGS,
)
_REACH = 90
_RATE = re.compile(r"\s*(?:/|(?:an?|per|each|every)\b)", _FLAGS)
HAVING_NO = (
    r"(?:(?:have|has|got|there'?s|there\s+is|with|is|are|we)\s+)?(?:no|zero|without(?:\s+an?|\s+any)?|"
    r"lack(?:ing|s)?(?:\s+an?|\s+the|\s+any)?|(?:don'?t|do\s+not|doesn'?t|haven'?t|have\s+not|"
    r"didn'?t)\s+(?:\w+\s+)?(?:have|got)\s+(?:an?|any|the|much)|haven'?t\s+(?:an?|any))\s+(?:\w+\s+)??"
)


_DOUBTED = re.compile(
    r"\b(?:(?<!no\s)(?<!without\s)(?<!without\sa\s)doubt|(?:don'?t|do\s+not)\s+(?:really\s+)?(?:think|believe|expect|suppose)|"
    r"unlikely|bezweif\w+|(?:glaube|denke)\s+(?:ich\s+)?nicht|(?<!sans\s)(?<!aucun\s)doute|ne\s+(?:pense|crois)\s+pas|dudo|"
    r"no\s+(?:creo|pienso))\s*(?:,?\s*(?:that|if|whether|dass|que|qu')(?!\w)\s*)?[^.,;:!?\n]{0,60}$",
    _FLAGS,
)


def is_denied(message: MessageText, position: int, clause: Clause) -> bool:
    """Tell whether the words before a figure take it back: "not 50", "we don't have 50", "I doubt we have 50"."""
    before = message.before(position, clause)
    is_not = NOT_BEFORE.search(before) is not None or _DENIED.search(before) is not None
    return is_not or is_doubted(message, position)


def is_doubted(message: MessageText, position: int) -> bool:
    """Tell whether the visitor doubts what follows: "I doubt we have 50", "ich glaube nicht, dass wir 50 sind"."""
    return _DOUBTED.search(message.text[max(0, position - _REACH) : position]) is not None


def as_meant(message: MessageText, figures: Range, clause: Clause) -> Range | None:
    """Return a figure as it is meant: none where it is denied, and "we don't have more than 50" as a ceiling."""
    if not is_denied(message, figures.outer_start, clause):
        return figures
    is_floor = figures.low is not None and figures.high is None
    return figures._replace(low=None, high=figures.low) if is_floor else None


def is_rate(message: MessageText, span: DateSpan) -> bool:
    """Tell whether a span of time only says per what a figure counts: "500 a month"."""
    ends = [item.end for item in message.figures] + [item.end for item in message.sums]
    return any(0 <= span.start - end <= 1 and _RATE.match(message.text, end) for end in ends) or any(
        money.start < span.end and span.start < money.outer_end for money in message.sums
    )


def read_absence(
    message: MessageText, slot: Slot, pattern: re.Pattern[str], state: FactState
) -> Iterator[ReadFact]:
    """Yield a fact in that state wherever the pattern is told."""
    for match in pattern.finditer(message.told):
        yield make_fact(message, slot, match.span(), f"{slot.kind}.{state}", state=state)


_HAS_NONE = re.compile(
    r"\W*(?:sorry\W+)?(?:i|we)\s+(?:don'?t|do\s+not|haven'?t)\s+(?:really\s+|currently\s+)?(?:have|got|use)\s+"
    r"(?:an?|any|one|that|it)(?:\s+\w+){0,3}\W*",
    _FLAGS,
)
_ALONE = re.compile(
    r"\W*(?:(?:i'm|i\s+am|im|just|only|an?|as|it'?s|none|no|nope|nein|non|ich\s+bin|bin|je\s+suis|soy|un|une|als)\W+)*"
    r"(?:self[\s-]?employed|free-?lanc(?:e|er|ing)|private(?:\s+(?:person|individual|customer|buyer))?|individual|hobby\w*|"
    r"sole\s+trader|(?:no|keine?|pas\s+d'|aucune|sin|ninguna)\s*(?:company|firma|entreprise|empresa)(?:\s+yet)?|retired|unemployed|between\s+jobs|for\s+myself|me|myself|selbst(?:st)?(?:ä|ae)ndig|"
    r"privat(?:person|kunde|kundin)?|freiberufl\w+|ind[ée]pendante?|particuli(?:er|ère)|"
    r"aut[óo]nom[oa]|particular|por\s+mi\s+cuenta)\W*",
    _FLAGS,
)
"""Nobody's company: "self-employed", "no company yet", "privat"."""


_NONE = re.compile(
    r"\W*(?:(?:wir\s+haben|ich\s+habe|gibt\s+es|hay|tenemos|on\s+n'en\s+a)\s+)?(?:gar\s+|leider\s+|noch\s+|bisher\s+|actuellement\s+|"
    r"de\s+momento\s+)*(?:keine?[srnm]?|nichts|none|nothing|aucune?|rien|ningun[oa]|ning[úu]n|nada)(?:\s+(?:yet|noch|bisher|"
    r"encore|pour\s+l'instant|todav[íi]a|a[úu]n|de\s+momento|at\s+the\s+moment|so\s+far|right\s+now))?\W*",
    _FLAGS,
)
_ALIKE = re.compile(
    r"\W*(?:(?:das\s+)?(?:ist|wäre)\s+(?:mir|uns)\s+|(?:mir|uns)\s+(?:ist(?:\s+das)?\s+)?|c'est\s+|ça\s+m'est\s+|me\s+|nos\s+)?"
    r"(?:(?:ganz\s+|v[öo]llig\s+|eigentlich\s+)?(?:egal|wurs?ch?t|gleich(?:g[üu]ltig)?)|peu\s+importe|[ée]gal|n'importe(?:\s+quand)?|"
    r"(?:da|es)\s+(?:igual|lo\s+mismo)|no\s+importa|cuando\s+sea|spielt\s+keine\s+rolle|"
    r"(?:it\s+)?(?:doesn'?t|does\s+not|don'?t)\s+(?:really\s+)?matter|(?:i|we)\s+don'?t\s+(?:really\s+)?(?:mind|care)|"
    r"all\s+the\s+same(?:\s+to\s+(?:me|us))?|no\s+preference|any\s?time(?:\s+(?:is\s+fine|works))?|whenever)\W*",
    _FLAGS,
)


def says_it_is_alike(text: str) -> bool:
    """Tell whether a whole answer says that it does not matter: "egal", "any time"."""
    return _ALIKE.fullmatch(text) is not None


_NAMED = {
    SlotKind.EMAIL: r"e-?mails?|mail|address",
    SlotKind.PHONE: r"(?:tele)?phone|number|mobile|cell|landline",
    SlotKind.URL: r"website|(?:web)?site|web\s?page|homepage|domain",
    SlotKind.COMPANY: r"company|business|firm|employer",
    SlotKind.ROLE: r"(?:job\s+)?title|role|position|job",
    SlotKind.QUANTITY: r"team|employees?|staff|people|users?|colleagues?",
    SlotKind.MONEY: r"budget|money|funds|funding",
    SlotKind.TIMELINE: r"deadline|timeline|dates?|schedule|time\s?frame",
}
"""What there is none of, by the kind of slot it would stand in."""


def says_none(text: str, kind: SlotKind) -> bool:
    """Tell whether a whole answer says that there is none: "we don't have one", "self-employed"."""
    if kind is SlotKind.COMPANY and _ALONE.fullmatch(text):
        return True
    named = {one for one, words in _NAMED.items() if re.search(rf"\b(?:{words})\b", text, _FLAGS)}
    is_of_this = not named or kind in named
    return _NONE.fullmatch(text) is not None or (is_of_this and _HAS_NONE.fullmatch(text) is not None)
