"""Whether the visitor decides, and which of a site's own choices they name."""

import re
from collections.abc import Iterator

from bot.domain.conversation import Choice
from bot.domain.facts import ReadFact
from bot.domain.reading.deciders import names_somebody_else
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.recipients import read_recipient
from bot.domain.reading.titles import find_roles
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE

_DECIDES_NOT = re.compile(
    r"\b(?:(?:i'?m|i\s+am|im)\s+not\s+(?:an?\s+|the\s+)?(?:(?:final\s+|main\s+|"
    r"real\s+)?decision[\s-]?maker|(?:one|person|guy)\s+(?:who|that|to|in\s+charge|making|deciding|"
    r"responsible)\b.{0,30}|deciding|in\s+charge|authorized|authorised|responsible)|"
    r"i\s+(?:don'?t|do\s+not|can'?t|cannot|won'?t|will\s+not|am\s+not\s+(?:allowed|"
    r"able)\s+to)\s+(?:make\s+(?:the|this|that|any|purchas\w+|final|these)?\s*(?:final\s+|"
    r"purchas\w+\s+|buying\s+)?(?:decisions?|call)|decide|sign\s+(?:(?:it|this|that|anything)\s+)?off|approve)|"
    r"not\s+my\s+(?:decision|call|choice)\b|not\s+up\s+to\s+me\b|not\s+(?:an?|the)\s+decision[\s-]?maker|"
    r"(?:my|our|the)\s+(?:boss|manager|director|ceo|cto|cfo|coo|cmo|owner|board|management|"
    r"supervisor|team\s+lead|head\s+of\s+\w+|vp|founder|wife|husband|partner)\s+(?:decides|"
    r"makes\s+(?:the|that|those|all|these)\s+(?:\w+\s+)?(?:decisions?|calls?)|signs\s+off|"
    r"has\s+(?:the\s+)?(?:final|last)\s+(?:say|word)|has\s+to\s+(?:decide|approve|sign|agree)|"
    r"will\s+(?:decide|have\s+to)|needs\s+to\s+(?:decide|approve|sign|agree)|must\s+(?:decide|"
    r"approve))|"
    r"i(?:'d)?\s+need\s+(?:the\s+|an?\s+)?(?:approval|permission|sign-?off|ok(?:ay)?|"
    r"go-ahead)\s+(?:from|of)\s+(?:my|our|the)\s+\w+|"
    r"i\s+(?:need|have|would\s+need|'ll\s+have|will\s+have)\s+to\s+(?:ask|check\s+with|talk\s+to|"
    r"run\s+(?:it|this)\s+by|consult|convince|get\s+(?:approval|sign-?off)\s+from)\s+(?:my|our|"
    r"the)\s+\w+|someone\s+else\s+(?:decides|makes)|(?:the\s+)?decision\s+(?:is|lies|"
    r"rests)\s+(?:not\s+(?:mine|with\s+me)|(?:up\s+to|with)\s+(?:my|our|the)\s+\w+))",
    _FLAGS,
)
_DECIDES = re.compile(
    r"\b(?:(?:i'?m|i\s+am|im)\s+(?:indeed\s+|also\s+)?(?:an?\s+|the\s+)?(?:(?:final\s+|main\s+|"
    r"sole\s+|only\s+)?decision[\s-]?maker|(?:one|person|guy)\s+(?:who\s+(?:decides|makes|signs|"
    r"approves)|making\s+the|in\s+charge)|deciding|authorized|authorised)|"
    r"i\s+(?:can\s+|will\s+|personally\s+|alone\s+)?(?:decide|sign\s+(?:(?:it|this|that|these|things)\s+)?off|make\s+(?:the|this|that|all|"
    r"final|these|purchas\w+)\s*(?:final\s+|purchas\w+\s+|buying\s+)?(?:decisions?|call)|"
    r"approve\s+(?:the|this|it|budgets?|purchases?))(?:\s+(?:by\s+)?myself)?|(?:it'?s|it\s+is|that'?s|that\s+is|"
    r"this\s+is)\s+(?:my|entirely\s+my)\s+(?:decision|call|choice)|"
    r"i\s+have\s+(?:the\s+)?(?:final\s+(?:say|word)|(?:signing|purchas\w+|buying|"
    r"budget)\s+(?:authority|power))|(?:the\s+)?decision\s+is\s+(?:mine|up\s+to\s+me)|up\s+to\s+me\b)",
    _FLAGS,
)
_OWNERS = re.compile(
    r"(?:co-?)?(?:founder|owner)|ceo|president|managing\s+director|chief\s+executive\s+officer|"
    r"sole\s+proprietor",
    _FLAGS,
)


def is_decision_slot(slot: Slot) -> bool:
    """Tell whether a yes-or-no slot asks who decides."""
    return "decision" in slot.id or "decides" in slot.label.lower() or "decision" in slot.label.lower()


def read_who_else_decides(message: MessageText, slot: Slot) -> ReadFact | None:
    """Return a no to who decides where all of the answer is who does: whoever is named there is not the visitor."""
    if not is_decision_slot(slot) or not names_somebody_else(message.text):
        return None
    return make_fact(message, slot, (0, len(message.text.rstrip())), "answer.yes_no", value=False)


def read_decision_maker(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield whether the visitor decides."""
    if not is_decision_slot(slot):
        return
    # "My boss decides" speaks of the boss and tells us about the visitor all the same.
    spoken = _spoken(message)
    denials = list(_DECIDES_NOT.finditer(spoken))
    for match in denials:
        yield make_fact(message, slot, match.span(), "decision_maker.no", value=False)
    for match in _DECIDES.finditer(message.told):
        if not any(no.start() < match.end() and match.start() < no.end() for no in denials):
            yield make_fact(message, slot, match.span(), "decision_maker.yes", value=True)
    if not denials:
        for role in find_roles(message.told):
            if _OWNERS.match(role.value) and not re.search(
                r"\bnot\s+(?:the|an?)?\s*$", message.told[max(0, role.start - 20) : role.start], _FLAGS
            ):
                yield make_fact(
                    message, slot, (role.start, role.end), "decision_maker.role", value=True, confidence=0.7
                )


def _spoken(message: MessageText) -> str:
    kept = [" "] * len(message.text)
    for clause in message.clauses:
        if not (clause.is_question or clause.is_hypothetical):
            kept[clause.start : clause.end] = clause.text
    return "".join(kept)


_SHORTEST_LABEL = 4


def read_choice(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield the choice whose label the visitor writes, unless they negate it, or that says for whom it is."""
    yield from read_recipient(message, _with_what_it_is(message), slot)
    for choice in slot.choices:
        label = choice.label.strip()
        if len(label) < _SHORTEST_LABEL:
            continue
        told = _with_what_it_is(message)
        match = re.search(rf"(?<!\w){re.escape(label)}(?!\w)", told, _FLAGS)
        if match and not re.search(
            r"\b(?:not|no|never|don'?t|isn'?t|without)\s+(?:\w+\s+){0,2}$",
            told[max(0, match.start() - 40) : match.start()],
            _FLAGS,
        ):
            yield make_fact(message, slot, match.span(), "choice.label", value=choice.id, confidence=0.85)


_IT_IS = re.compile(
    r"\W*(?:it|this|that|they|these)(?:'s|'re|\s+is|\s+are|\s+will\s+be|\s+would\s+be)\s", _FLAGS
)


def _with_what_it_is(message: MessageText) -> str:
    """Return what is told, with "it is …" too: said of a product it is hearsay, of a choice it is the visitor's."""
    told = message.told
    for clause in message.clauses:
        if not (clause.is_question or clause.is_hypothetical) and _IT_IS.match(clause.text):
            told = told[: clause.start] + clause.text + told[clause.end :]
    return told


_ORDINALS = {
    "first": 0,
    "second": 1,
    "third": 2,
    "fourth": 3,
    "fifth": 4,
    "last": -1,
    "former": 0,
    "latter": -1,
}
_CUT_OFF = 82


def match_choice(text: str, choices: tuple[Choice, ...]) -> Choice | None:
    """Return the choice an answer means: by id or label, by place ("the second"), or nearly spelled."""
    core = text.strip(" \t\n.!?,;:\"'()").lower()
    if not core or not choices:
        return None
    for choice in choices:
        if core in (choice.id.lower(), choice.label.strip().lower()):
            return choice
    if (
        place := re.fullmatch(
            r"(?:the\s+)?(first|second|third|fourth|fifth|last|former|latter)(?:\s+(?:one|option|choice))?",
            core,
        )
    ) and (index := _ORDINALS[place.group(1)]) < len(choices):
        return choices[index]
    if (number := re.fullmatch(r"(?:(?:option|number|no\.?|#)\s*)?(\d)", core)) and 0 < int(
        number.group(1)
    ) <= len(choices):
        return choices[int(number.group(1)) - 1]
    contained = [
        c
        for c in choices
        if re.search(rf"(?<!\w){re.escape(c.label.strip().lower())}(?!\w)", core) and c.label.strip()
    ]
    if len(contained) == 1:
        return contained[0]
    return _nearly(core, choices)


def _nearly(core: str, choices: tuple[Choice, ...]) -> Choice | None:
    from rapidfuzz import fuzz, process
    from rapidfuzz.utils import default_process

    labels = {index: choice.label for index, choice in enumerate(choices)}
    best = process.extract(
        core, labels, scorer=fuzz.WRatio, processor=default_process, score_cutoff=_CUT_OFF, limit=2
    )
    if not best or (len(best) > 1 and best[0][1] - best[1][1] < 3) or len(core) < 3:
        return None
    return choices[best[0][2]]
