"""How sure a visitor is of what they tell: "not sure, maybe 20k" is a guess, told and kept as one."""

import re
from dataclasses import replace

from bot.domain.facts import FactState, ReadFact
from bot.domain.reading.acts import small_act
from bot.domain.reading.clauses import Clause
from bot.domain.reading.message_text import MessageText
from bot.domain.reading.reading import Act
from bot.domain.slots import Slot, SlotKind

_FLAGS = re.IGNORECASE
GUESSED = 0.5
"""The most that is believed of a guess (0–1)."""
GUESSED_KINDS = (SlotKind.QUANTITY, SlotKind.MONEY, SlotKind.TIMELINE)
_HEDGE = re.compile(
    r"\b(?:maybe|perhaps|possibly|probably|presumably|(?:not|never)\s+(?:\w+\s+)?(?:sure|certain)|unsure|"
    r"(?:i|we)(?:'d|\s+would)?\s+(?:guess|suppose|imagine|reckon|assume)|i\s+(?:think|believe)|my\s+guess|at\s+a\s+guess|"
    r"might\s+be|could\s+be|off\s+the\s+top|no\s+(?:idea|clue)|don'?t\s+(?:really\s+)?know|dunno|hard\s+to\s+say|"
    r"vielleicht|wahrscheinlich|vermutlich|eventuell|ich\s+(?:glaube|denke|schätze|vermute)|schätzungsweise|keine\s+ahnung|"
    r"nicht\s+(?:\w+\s+)?sicher|wei(?:ß|ss)\s+(?:\w+\s+)?nicht|peut[\s-]être|probablement|sans\s+doute|je\s+(?:pense|crois|suppose)|"
    r"pas\s+(?:\w+\s+)?s[ûu]re?|aucune\s+idée|sais\s+pas|quiz[áa]s?|tal\s+vez|a\s+lo\s+mejor|probablemente|creo|supongo|"
    r"no\s+(?:\w+\s+)?segur[oa]|ni\s+idea|no\s+(?:lo\s+)?s[ée])\b",
    _FLAGS,
)
_AROUND_TEXT = """
a about all almost alrededor among an and approx approximately around at be between bit by ca circa could de
die en entre environ es est etwa euro euros exactly for gefühlt give grand guess höchstens i i'd i'll imagine
in is ish it it's just k least less leute like likely maybe menos mindestens mitarbeiter month more most más
máximo near o oder of ok or people per percent perhaps personas personen personnes peut possibly probably
quizá quizás rather right roughly rund say serait sería seríamos si sind so so'n some something somewhere
sowas sure tal than the think to total two um una unas und ungefähr uno unos up us users vez vielleicht we
would wäre wären year yes zirka à être
"""
_AROUND = frozenset(_AROUND_TEXT.split())
"""Words that may stand around a figure that is nothing but a guess."""


def as_guess(message: MessageText, slot: Slot, fact: ReadFact) -> ReadFact:
    """Return the fact, believed less where the words around it are unsure."""
    clause = message.clause_at(fact.start)
    if fact.state is not FactState.KNOWN or slot.kind not in GUESSED_KINDS or clause is None:
        return fact
    if _HEDGE.search(clause.text) or any(_is_doubt(other) for other in _neighbours(message, clause)):
        return replace(fact, confidence=min(fact.confidence, GUESSED))
    return fact


def is_bare_guess(message: MessageText, fact: ReadFact) -> bool:
    """Tell whether a figure after "I don't know" is the guess, and not "depends on 3 things"."""
    clause = message.clause_at(fact.start)
    if clause is None or small_act(clause.text) is Act.DONT_KNOW:
        return False
    around = message.text[clause.start : fact.start] + " " + message.text[fact.end : clause.end]
    words = re.findall(r"[^\W\d_][\w']*", _HEDGE.sub(" ", around).lower())
    return all(word in _AROUND for word in words)


def _neighbours(message: MessageText, clause: Clause) -> list[Clause]:
    index = message.clauses.index(clause)
    return [*message.clauses[max(0, index - 1) : index], *message.clauses[index + 1 : index + 2]]


def _is_doubt(clause: Clause) -> bool:
    """Tell "not sure" and "I think" from "not sure about the colour"."""
    if re.search(r"\b(?:about|über|sobre|sur)\b", clause.text, _FLAGS):
        return False
    return small_act(clause.text) is Act.DONT_KNOW or not re.search(r"\w", _HEDGE.sub(" ", clause.text))
