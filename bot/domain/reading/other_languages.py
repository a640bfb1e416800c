"""What visitors tell in German, French and Spanish: the everyday forms, each with its own words for "we".

A figure counts only beside the words of its own language, so that nothing English is read twice.
"""

import re
from collections.abc import Callable, Iterator

from bot.domain.facts import FactState, ReadFact
from bot.domain.reading.corrections import says_correction
from bot.domain.reading.introductions import Introduction, introduced_elsewhere
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.reading.needs_elsewhere import read_need_elsewhere
from bot.domain.reading.number_words import ELSEWHERE
from bot.domain.reading.other_dates import find_other_dates
from bot.domain.reading.others_figures import is_others_number
from bot.domain.reading.people import Named
from bot.domain.reading.ranges import MOST_COUNTED
from bot.domain.reading.said_facts import is_decision_slot
from bot.domain.reading.start_dates import OWN_EVENT
from bot.domain.reading.statements import is_doubted
from bot.domain.reading.timeline import resolve
from bot.domain.slots import Slot, SlotKind

_FLAGS = re.IGNORECASE
_SURE = 0.8
_COUNT = r"(?P<low>\d{1,3}(?:[.\s]\d{3})+|\d{1,6})(?:\s*(?:-|–|bis|und|à|et|a|y)\s*(?P<high>\d{1,6}))?"
_ABOUT = (
    r"(?:(?:etwa|ungefähr|circa|ca\.?|rund|zu|zwischen|so\s+um\s+die|vielleicht|knapp|gut|environ|à\s+peu\s+près|entre|"
    r"peut-être|unas?|unos|alrededor\s+de|más\s+o\s+menos|quizá)\s+)*"
)
_HEADS = (
    r"(?:leuten?|personen|mitarbeiter\w*|kolleg\w+|nutzer\w*|angestellten?|beschäftigten?|köpfen?|personnes|employés?|"
    r"salariés?|collaborat\w+|utilisateurs|personas|emplead[oa]s|trabajador\w+|usuari[oa]s|compañer[oa]s)"
)
_WE = r"(?:wir|unser\w*|ich|nous|notre|nos|j'ai|on\s+est|somos|tenemos|nuestr[oa]s?|tengo)"
_PEOPLE = (
    re.compile(rf"\b{_WE}\b[^.!?\n]{{0,40}}?(?<![\d.,]){_COUNT}\s+(?:\w+\s+)?{_HEADS}(?!\w)", _FLAGS),
    re.compile(
        rf"\b(?:wir\s+sind|nous\s+(?:ne\s+)?sommes|somos)\s+{_ABOUT}{_COUNT}(?=\s*(?:$|[.,!;)]|(?:und|et|y|aber|mais|pero)\b(?!\s*\d)))",
        _FLAGS,
    ),
)
_PEOPLE_ANSWER = re.compile(rf"\W*{_ABOUT}(?<![-−–]){_COUNT}(?:\s+{_HEADS})?[\s.!]*", _FLAGS)
_IN_WORDS = re.compile(
    rf"(?P<we>\b(?:wir\s+sind|nous\s+sommes|on\s+est|somos)\s+)?{_ABOUT}(?:(?:eine?|une?|una?)\s+)?(?P<number>{'|'.join(ELSEWHERE)})"
    rf"(?:\s+(?:de\s+|d')?(?P<heads>{_HEADS}))?(?!\w)",
    _FLAGS,
)
_ALONE = re.compile(
    r"\b(?:nur\s+ich|ich\s+(?:bin\s+)?allein\w*|moi\s+seule?(?:ment)?|je\s+suis\s+seule?|s[óo]lo\s+yo|yo\s+sol[oa])\b",
    _FLAGS,
)
_NOT_BEFORE = re.compile(
    r"\b(?:nicht|keine?|pas|non|no)\s+(?:(?:im|in|en|de|le|el|bis|ab|zu|somos|es|son|tenemos|tengo)\s+){0,2}$",
    _FLAGS,
)
_WERE = re.compile(
    r"\b(?:früher|damals|waren|hatten|werden|[ée]tions|avions|serons|[ée]ramos|ten[íi]amos|seremos)\b[^.!?]{0,40}$",
    _FLAGS,
)
_TO_COME = re.compile(
    r"(?<!\w)(?:embauch\w+|recrut\w+|contrat(?:ar\w*|amos|aremos)|suchen|einstellen|einzustellen|stellen\b[^.,!?]{0,40}\bein)(?!\w)",
    _FLAGS,
)
_NO_BUDGET = re.compile(
    r"\b(?:(?:kein(?:e[nrs]?)?|ohne)\s+(?:\w+\s+)?budget|(?:pas|aucun|sans)\s+(?:encore\s+)?(?:de\s+)?budget|"
    r"(?:(?:no|a[úu]n\s+no)\s+(?:tenemos|hay|tengo)|sin)\s+(?:\w+\s+)?presupuesto)\b",
    _FLAGS,
)
_BUDGET = re.compile(r"\b(?:budget|presupuesto)\b", _FLAGS)
_PLAN = re.compile(
    r"\b(?:start\w*|beginn\w*|anfang\w*|anfäng\w*|loslegen|fertig|laufen|muss|m[üu]ssen|liefern|doi(?:t|ven)t?|prêt\w*|en\s+ligne|faut|livrer|tiene\s+que|debe|"
    r"listo|en\s+marcha|entregar|einführ\w*|live|wollen|möchten|planen|brauchen|commenc\w+|démarr\w+|lanc\w+|"
    r"voulons|souhait\w+|aimerions|prévoyons|empez\w+|empie\w+|comenz\w+|lanz\w+|queremos|necesitamos|quisi[ée]ramos|planeamos)\b",
    _FLAGS,
)
_NO_HURRY = re.compile(
    r"\b(?:keine\s+eile|sin\s+prisas?|eilt\s+nicht|pas\s+d'urgence|rien\s+d'urgent|nicht\s+(?:so\s+|sehr\s+)?(?:eilig|dringend)|pas\s+(?:très\s+)?(?:urgent|press[ée]\w*)|"
    r"rien\s+ne\s+presse|no\s+(?:hay\s+prisa|es\s+urgente|corre\s+prisa|tenemos\s+prisa))\b",
    _FLAGS,
)
_DECIDES_NOT = re.compile(
    r"\b(?:mein\w*\s+(?:chef|chefin|vorgesetzte\w*)\s+entscheidet|(?:das\s+)?entscheide\s+(?:ich\s+)?nicht(?:\s+ich)?|"
    r"ich\s+entscheide\s+(?:das\s+|darüber\s+)?nicht|c'est\s+(?:mon|ma|notre)\s+(?:\w+\s+)?qui\s+décide|"
    r"(?:mon|ma|notre)\s+\w+\s+décide|je\s+ne\s+décide\s+pas|mi\s+jef[ea]\s+decide|lo\s+decide(?:n)?\s+(?:mis?|el|la|nuestr[oa])\s+\w+|das\s+entscheidet\s+(?:die|der|mein\w*|unser\w*)\s+\w+|"
    r"entscheide(?:t|n\s+(?:muss|wird|darf))\s+(?:(?:das|es|darüber|am\s+ende|letztlich|schlussendlich)\s+){0,3}(?:die|der|mein\w*|unser\w*)\s+"
    r"(?:chef\w*|gesch[äa]ftsf[üu]hr\w*|geschäftsleitung|vorstand|vorgesetzte\w*|inhaber\w*|leitung|leiter\w*|direktion)|"
    r"(?:yo\s+)?no\s+decido(?:\s+yo)?)\b",
    _FLAGS,
)
_DECIDES = re.compile(
    r"\b(?:ich\s+entscheide|das\s+entscheide\s+ich|c'est\s+moi\s+qui\s+décide|je\s+décide|(?<!no\s)(?:yo\s+decido|decido\s+yo))\b",
    _FLAGS,
)


def read_other_languages(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield what the message tells about the slot in German, French or Spanish."""
    reader = _READERS.get(slot.kind)
    if reader is not None:
        yield from reader(message, slot)


def _people(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    for match in _ALONE.finditer(message.told):
        yield make_fact(
            message, slot, match.span(), "team_size.alone", value={"min": 1, "max": 1}, confidence=_SURE
        )
    found = [match for pattern in _PEOPLE for match in pattern.finditer(message.told)]
    if not found and message.is_asked(slot) and (answer := _PEOPLE_ANSWER.fullmatch(message.told)):
        found = [answer]
    yield from _people_in_words(message, slot)
    for match in found:
        before = message.told[: match.start("low")]
        if (
            is_doubted(message, match.start("low"))
            or _NOT_BEFORE.search(before)
            or _WERE.search(before)
            or _TO_COME.search(message.told, match.start())
        ):
            continue
        low, high = (int(re.sub(r"\D", "", match[key] or match["low"])) for key in ("low", "high"))
        low, high = sorted((low, high))
        if low > 0 and high < MOST_COUNTED:
            span = (match.start("low"), match.end())
            yield make_fact(
                message, slot, span, "team_size.people", value={"min": low, "max": high}, confidence=_SURE
            )


def _people_in_words(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield "une vingtaine", said of who the visitors are, of people, or as the whole answer."""
    for match in _IN_WORDS.finditer(message.told):
        before, after = message.told[: match.start()], message.told[match.end() :]
        is_answer = message.is_asked(slot) and not re.search(r"\w", before + after)
        if is_others_number(message, match.start("number"), match.end("number")):
            continue
        if (match["we"] or match["heads"] or is_answer) and not _NOT_BEFORE.search(before):
            number = ELSEWHERE[match["number"].lower()]
            span = (match.start("number"), match.end())
            value = {"min": number, "max": number}
            yield make_fact(message, slot, span, "team_size.people", value=value, confidence=_SURE)


def _budget(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    for match in _NO_BUDGET.finditer(message.told):
        yield make_fact(message, slot, match.span(), "money.none", state=FactState.NONE, confidence=_SURE)
    for said in message.sums:
        clause = message.clause_at(said.start)
        if _NOT_BEFORE.search(message.text[: said.outer_start]) or is_doubted(message, said.outer_start):
            continue
        if clause is not None and clause.is_told and _BUDGET.search(clause.text) and (said.low or said.high):
            span = (said.outer_start, said.outer_end)
            yield make_fact(message, slot, span, "budget.sum", value=said.value, confidence=_SURE)


def _timeline(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    for match in _NO_HURRY.finditer(message.told):
        yield make_fact(message, slot, match.span(), "timeline.none", state=FactState.NONE, confidence=_SURE)
    is_expected = message.is_asked(slot) or says_correction(message.text)
    for date in find_other_dates(message.told):
        clause = message.clause_at(date.start)
        is_denied = _NOT_BEFORE.search(message.told[: date.start]) or is_doubted(message, date.start)
        if clause is None or is_denied:
            continue
        is_alone = not re.search(r"\w", message.told[: date.start] + message.told[date.end :])
        if not (is_alone or is_expected or _PLAN.search(clause.text) or OWN_EVENT.search(clause.text)):
            continue
        period = resolve(date.english, now=message.now, region=message.region)
        if period is not None and not period.is_over(message.now.date()):
            span = (date.start, date.end)
            yield make_fact(message, slot, span, "timeline.date", value=period.value, confidence=_SURE)


def _name(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    yield from _introduced(message, slot, _introduction(message).names, "name.introduced")


def _company(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    yield from _introduced(message, slot, _introduction(message).companies, "company.said")


def _role(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    yield from _introduced(message, slot, _introduction(message).roles, "role.said")


def _introduction(message: MessageText) -> Introduction:
    is_role_asked = message.asked is not None and message.asked.kind is SlotKind.ROLE
    return introduced_elsewhere(message.told, role_asked=is_role_asked)


def _introduced(
    message: MessageText, slot: Slot, found: tuple[Named, ...], extractor: str
) -> Iterator[ReadFact]:
    for named in found:
        span = (named.start, named.end)
        yield make_fact(message, slot, span, extractor, value=named.value, confidence=named.confidence)


def _decision(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    if not is_decision_slot(slot):
        return
    for pattern, decides in ((_DECIDES, True), (_DECIDES_NOT, False)):
        for match in pattern.finditer(message.text):
            clause = message.clause_at(match.start())
            if clause is not None and not clause.is_question and not clause.is_hypothetical:
                yield make_fact(
                    message, slot, match.span(), "decision_maker.said", value=decides, confidence=_SURE
                )


_READERS: dict[SlotKind, Callable[[MessageText, Slot], Iterator[ReadFact]]] = {
    SlotKind.QUANTITY: _people,
    SlotKind.MONEY: _budget,
    SlotKind.TIMELINE: _timeline,
    SlotKind.NAME: _name,
    SlotKind.COMPANY: _company,
    SlotKind.ROLE: _role,
    SlotKind.NEED: read_need_elsewhere,
    SlotKind.BOOLEAN: _decision,
}
