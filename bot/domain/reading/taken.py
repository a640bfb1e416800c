"""Whether the words of an answer already say something else: "I'm Sam" after "which company?"."""

import re
from collections.abc import Mapping, Sequence

from bot.domain.facts import FactState, ReadFact
from bot.domain.reading.linked_names import is_place
from bot.domain.reading.start_dates import OWN_EVENT
from bot.domain.slots import Slot, SlotKind

_FOR = re.compile(r"\b(?:for|für|pour|para)\b", re.IGNORECASE)
"""What it is for is said in one word, too: "for our wedding"."""
WORDS_OF_AN_ANSWER = 2
"""Words of its own that a free answer must hold beside other facts."""
_SMALL = """
about actually address and are around but call can contact email for have mail our people phone reach seats team the
there they this users was were with write writing you your begin beginning budget employees from here hope launch
like live plan planning ready spend start starting want work working would wir sind etwa rund knapp ungefähr die
leute personen mitarbeiter mitarbeiterinnen unser unsere wollen möchten starten beginnen anfangen nous sommes avons
environ personnes salariés notre voulons commencer démarrer somos tenemos unos unas personas empleados nuestra
nuestro queremos empezar comenzar ich bin mein name ist heiße heisse hier bei der des dem von vom als arbeite eine
einer eines suis appelle chez nom est les des dans une soy llamo nombre trabajo una con del las los para
"""
_SMALL_WORDS = frozenset(_SMALL.split())
_OFTEN_TOLD = (
    Slot(id="a budget", kind=SlotKind.MONEY, label=""),
    Slot(id="a time", kind=SlotKind.TIMELINE, label=""),
    Slot(id="the decision", kind=SlotKind.BOOLEAN, label=""),
)


def slots_beside(asked: Slot, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Return what is often told instead of a free answer and what no slot of the playbook takes."""
    if asked.kind not in (SlotKind.NEED, SlotKind.TEXT):
        return ()
    kinds = {slot.kind for slot in slots}
    return tuple(slot for slot in _OFTEN_TOLD if slot.kind not in kinds)


def is_taken(answer: ReadFact, others: Mapping[str, ReadFact], asked: Slot) -> bool:
    """Tell whether the words of an answer already say something else ("I'm Sam" after "which company?")."""
    if answer.state is not FactState.KNOWN:
        return answer.state is FactState.UNCLEAR and answer.extractor.endswith(".unclear") and bool(others)
    if asked.kind in (SlotKind.NEED, SlotKind.TEXT):
        return _is_said_otherwise(answer, [other for other in others.values() if other.slot != asked.id])
    return any(
        other.slot != asked.id and other.start < answer.end and answer.start < other.end
        for other in others.values()
    )


def _is_said_otherwise(answer: ReadFact, others: Sequence[ReadFact]) -> bool:
    """Whether hardly a word of a free answer is left once the other facts are taken out of it."""
    if not others:
        return False
    rest = list(answer.text)
    for other in others:
        start, end = max(other.start - answer.start, 0), max(other.end - answer.start, 0)
        rest[start:end] = " " * len(rest[start:end])
    words = re.findall(r"[^\W\d_]{3,}", "".join(rest).lower())
    says_role = any(other.extractor.startswith("role.") for other in others)
    own = [word for word in words if not (word in _SMALL_WORDS or (says_role and is_place(word)))]
    return len(own) < WORDS_OF_AN_ANSWER and not (_FOR.search(answer.text) and OWN_EVENT.search(answer.text))
