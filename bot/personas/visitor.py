"""One made-up visitor: what is true of them, and the lines they can say about it, each with what it tells."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.dialogue import CHECK, CONSENT, FORGET, OFFER
from bot.domain.facts import FactState
from bot.domain.playbook import Playbook
from bot.domain.slots import Slot, SlotKind
from bot.personas.language import Language, Templates
from bot.personas.truth import Detail, draw_detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a line tells about a slot. A `value` of None with state known is not compared: a quick reply was pressed."""

    slot: str
    state: FactState = FactState.KNOWN
    value: Any = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a visitor does next: writes `text`, or presses the quick reply `press`."""

    text: str = ""
    press: str | None = None
    tells: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """All that a visitor hears of a reply: what was asked for, and the quick replies under it."""

    asked: str | None
    choices: tuple[str, ...] = ()


class Visitor:
    """A visitor with a truth of their own. Every choice comes from `chance`: the same seed says the same lines."""

    def __init__(
        self,
        playbook: Playbook,
        language: Language,
        chance: random.Random,
        *,
        questions: Sequence[str],
        today: date,
    ) -> None:
        self.playbook = playbook
        self.language = language
        self.chance = chance
        self._questions = list(questions)
        self._today = today
        chance.shuffle(self._questions)
        self.truth: dict[str, Detail] = {
            slot.id: detail for slot in playbook.slots if (detail := self.made_up(slot)) is not None
        }
        self.told: set[str] = set()

    def made_up(self, slot: Slot) -> Detail | None:
        """Make up a detail for the slot, true or not."""
        return draw_detail(slot, self.playbook, self.language, self.chance, today=self._today)

    def one_of(self, texts: Sequence[str]) -> Line:
        """Say one of these."""
        return Line(text=self.chance.choice(texts))

    def question(self) -> Line:
        """Ask what the site answers, each thing once while there are any."""
        if self._questions:
            return Line(text=self._questions.pop())
        return self.one_of(self.language.off_topic)

    def answer(self, slot_id: str, detail: Detail | None = None) -> Line:
        """Answer the question for a slot with the truth, or with `detail`; what can not be told is evaded."""
        return self._tell(slot_id, self.language.answers, detail) or self.evade(slot_id)

    def hedge(self, slot_id: str) -> Line:
        """Answer vaguely, but with something in it; evade where there is nothing to hedge."""
        return self._tell(slot_id, self.language.hedges, None) or self.evade(slot_id)

    def evade(self, slot_id: str) -> Line:
        """Answer with nothing."""
        text = self.chance.choice(self.language.evasions)
        return Line(text=text, tells=(Told(slot=slot_id, state=FactState.UNCLEAR, words=text),))

    def go_along(self) -> Line:
        """Say "ok" to a question that it does not answer."""
        return self.one_of(self.language.assents)

    def name_others(self, slot_id: str) -> Line:
        """Answer who decides by naming who does, and is not the visitor."""
        text = self.chance.choice(self.language.others_decide)
        self.told.add(slot_id)
        return Line(text=text, tells=(Told(slot=slot_id, value=False, words=text),))

    def refuse(self, slot_id: str) -> Line:
        """Decline to answer."""
        text = self.chance.choice(self.language.refusals)
        return Line(text=text, tells=(Told(slot=slot_id, state=FactState.DECLINED, words=text),))

    def has_no_budget(self, slot_id: str) -> Line:
        """Say that there is no money for it."""
        text = self.language.no_budget
        return Line(text=text, tells=(Told(slot=slot_id, state=FactState.NONE, words=text),))

    def press(self, slot_id: str, label: str) -> Line:
        """Press a quick reply of a slot's question."""
        return Line(text=label, tells=(Told(slot=slot_id, words=label),))

    def state(self, kinds: Iterable[SlotKind], *, between: str = ". ") -> Line:
        """Volunteer what is true of the first slot of each kind, in one message."""
        lines = [
            line
            for kind in kinds
            if (slot := self.first_of(kind)) is not None
            if (line := self._tell(slot.id, self.language.statements, None)) is not None
        ]
        return Line(
            text=between.join(line.text for line in lines),
            tells=tuple(told for line in lines for told in line.tells),
        )

    def correct(self, slot_id: str, old: Detail) -> Line | None:
        """Take back what was told before and say the truth; None where the language has no words for it."""
        return self._tell(slot_id, self.language.corrections, None, old=old)

    def first_of(self, kind: SlotKind) -> Slot | None:
        """Return the slot that a volunteered detail of this kind goes to."""
        return next((slot for slot in self.playbook.slots if slot.kind is kind), None)

    def untold(self, kinds: Iterable[SlotKind]) -> list[SlotKind]:
        """Return those kinds that the playbook has and of which nothing was told yet."""
        slots = {kind: self.first_of(kind) for kind in kinds}
        return [kind for kind, slot in slots.items() if slot is not None and slot.id not in self.told]

    def decides(self) -> Line | None:
        """Say who decides, where the playbook wants to know it."""
        slot = next(
            (s for s in self.playbook.slots if s.kind is SlotKind.BOOLEAN and "decision" in s.id), None
        )
        if slot is None:
            return None
        is_so = bool(self.truth[slot.id].value)
        text = self.language.decides if is_so else self.language.decides_not
        self.told.add(slot.id)
        return Line(text=text, tells=(Told(slot=slot.id, value=is_so, words=text),))

    def speak(self, language: Language) -> None:
        """Go on in another language; what is true stays true, in that language's words."""
        self.language = language
        for slot in self.playbook.slots:
            if slot.id not in self.told and (detail := self.made_up(slot)) is not None:
                self.truth[slot.id] = detail

    def is_slot(self, asked: str | None) -> bool:
        """Whether what was asked for is one of the playbook's slots."""
        return asked is not None and asked not in {CONSENT, CHECK, FORGET, OFFER}

    def _tell(
        self, slot_id: str, templates: Templates, detail: Detail | None, *, old: Detail | None = None
    ) -> Line | None:
        slot = self.playbook.slot(slot_id)
        detail = detail or self.truth.get(slot_id)
        if slot is None or detail is None:
            return None
        forms = templates.get(slot.kind) or self._bare(slot.kind, templates)
        if not forms:
            return None
        form = self.chance.choice(forms)
        text = form.format(
            value=detail.text, low=detail.low, high=detail.high, old=old.text if old is not None else ""
        )
        value = detail.range_value if "{low}" in form else detail.value
        self.told.add(slot_id)
        return Line(text=text, tells=(Told(slot=slot_id, value=value, words=text),))

    def _bare(self, kind: SlotKind, templates: Templates) -> tuple[str, ...]:
        is_answer = templates is self.language.answers
        return ("{value}",) if is_answer and kind in {SlotKind.BOOLEAN, SlotKind.CHOICE} else ()
