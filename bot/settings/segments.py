"""Read `segments` of foyer.yaml against the playbook, so that no test asks what no lead can answer."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from bot.domain.conversation import Consent
from bot.domain.playbook import Playbook
from bot.domain.segment import LEAD_CHOICES, LEAD_FIELDS, LEAD_TEXTS, LEAD_TIMES, Segment, Test, Value
from bot.domain.slots import Slot, SlotKind
from bot.settings.problems import FilesError
from bot.settings.segment_model import SegmentSection, Tests, TestSection
from bot.settings.validation import did_you_mean
from bot.settings.yaml_file import Place, YamlFile

OF_NUMBERS = ("at_least", "at_most", "is", "is_not")
OF_CHOICES = ("is", "is_not")
OF_TEXTS = ("is", "is_not", "contains")
OF_TIMES = ("before", "after", "within")
OF_MAIL = (*OF_TEXTS, "mail")
OF_KINDS: Mapping[SlotKind, tuple[str, ...]] = {
    SlotKind.QUANTITY: OF_NUMBERS,
    SlotKind.MONEY: OF_NUMBERS,
    SlotKind.TIMELINE: OF_TIMES,
    SlotKind.BOOLEAN: OF_CHOICES,
    SlotKind.CHOICE: OF_CHOICES,
    SlotKind.EMAIL: OF_MAIL,
}
OF_FIELDS: Mapping[str, tuple[str, ...]] = {
    "score": OF_NUMBERS,
    **dict.fromkeys(LEAD_CHOICES, OF_CHOICES),
    **dict.fromkeys(("gate", "source", *LEAD_TEXTS), OF_TEXTS),
    **dict.fromkeys(LEAD_TIMES, OF_TIMES),
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "stage": ("visitor", "lead", "mql", "sql", "disqualified"),
    "grade": tuple(f"{fit}{interest}" for fit in "ABCD" for interest in "123"),
    "consent": tuple(consent.value for consent in Consent),
}
UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def read_segments(
    sections: Mapping[str, SegmentSection], file: YamlFile, playbook: Playbook
) -> dict[str, Segment]:
    """Return the segments by name.

    Raises:
        FilesError: A test names no slot and no field, or asks something that it cannot be asked.
    """
    slots = {slot.id: slot for slot in playbook.slots}
    problems = []
    for name, section in sections.items():
        for place, tests in _places(section, ("segments", name)):
            for field, test in tests.items():
                at, key = (*place, field), field
                what = _complaint(test, key, slots)
                problems += [file.problem(at, what)] if what else []
        if not section.where and not section.any_of:
            what = f"`{name}` has no `where` and no `any`; say which leads are in it"
            problems.append(file.problem(("segments", name), what))
    if problems:
        raise FilesError(sorted(problems, key=lambda problem: problem.line or 0))
    return {name: _segment(name, section, slots) for name, section in sections.items()}


def _places(section: SegmentSection, place: Place) -> Iterator[tuple[Place, Tests]]:
    yield (*place, "where"), section.where
    for position, tests in enumerate(section.any_of):
        yield (*place, "any", position), tests


def _complaint(test: TestSection, field: str, slots: Mapping[str, Slot]) -> str | None:
    """Say why the test cannot be asked of that field, None when it can."""
    slot = slots.get(field)
    if slot is None and field not in LEAD_FIELDS:
        return f"`{field}` is no slot and no field of a lead{did_you_mean(field, [*slots, *LEAD_FIELDS])}"
    asked = [
        key
        for key in ("is", "is_not", "at_least", "at_most", *OF_TIMES, "contains", "mail")
        if _given(test, key)
    ]
    allowed = OF_KINDS.get(slot.kind, OF_TEXTS) if slot else OF_FIELDS[field]
    foreign = next((key for key in asked if key not in allowed), None)
    if foreign is not None:
        return f"`{foreign}` cannot be asked of `{field}`; it takes {', '.join(allowed)}"
    if not asked and not test.state:
        return f"`{field}` asks nothing; it takes {', '.join(allowed)}"
    return _wrong_state(test, field, slot) or _wrong_value(test, field, slot)


def _given(test: TestSection, key: str) -> bool:
    value = {"is": test.is_one_of, "is_not": test.is_none_of}.get(key, getattr(test, key, None))
    return value not in (None, [])


def _wrong_state(test: TestSection, field: str, slot: Slot | None) -> str | None:
    if slot is not None:
        return f"`{field}` is a slot: write not_asked instead of unknown" if "unknown" in test.state else None
    if field in CHOICES or not test.state:
        return None
    if (
        field in {"score", "gate", "source"}
        or len(test.state) != 1
        or test.state[0] not in {"known", "unknown"}
    ):
        takes = "" if field in {"score", "gate", "source"} else ", or known or unknown"
        return f"`{field}` has no such state; it takes {', '.join(OF_FIELDS[field])}{takes}"
    return "say either a state or a value" if test.is_one_of or test.contains else None


def _wrong_value(test: TestSection, field: str, slot: Slot | None) -> str | None:
    values = [*test.is_one_of, *test.is_none_of]
    if slot is None and field in CHOICES:
        known = CHOICES[field]
        wrong = next((value for value in (*values, *test.state) if value not in known), None)
        return None if wrong is None else f"{wrong!r} is no {field}; it is one of {', '.join(known)}"
    kind = slot.kind if slot else SlotKind.QUANTITY if field == "score" else SlotKind.TEXT
    wanted: type = {SlotKind.BOOLEAN: bool, SlotKind.QUANTITY: float, SlotKind.MONEY: float}.get(kind, str)
    wrong = next((value for value in values if type(value) is not wanted), None)
    if wrong is not None:
        names = {bool: "true or false", float: "numbers", str: "text in quotes"}
        return f"`{field}` is compared with {names[wanted]}, not with {wrong!r}"
    if kind is SlotKind.CHOICE and slot is not None:
        ids = [choice.id for choice in slot.choices]
        wrong = next((value for value in values if value not in ids), None)
        return None if wrong is None else f"{wrong!r} is no choice of `{field}`; known are {', '.join(ids)}"
    return None


def _segment(name: str, section: SegmentSection, slots: Mapping[str, Slot]) -> Segment:
    return Segment(
        name=name,
        label=section.label or name,
        every=tuple(_test(field, test, slots) for field, test in section.where.items()),
        some=tuple(
            tuple(_test(field, test, slots) for field, test in tests.items()) for tests in section.any_of
        ),
    )


def _test(field: str, section: TestSection, slots: Mapping[str, Slot]) -> Test:
    slot = slots.get(field)
    is_choice = slot is None and field in CHOICES
    values: tuple[Value, ...] = (*section.is_one_of, *(section.state if is_choice else ()))
    heads = next((other.id for other in slots.values() if other.kind is SlotKind.QUANTITY), None)
    return Test(
        field=field,
        kind=slot.kind if slot else None,
        heads_slot=heads,
        states=() if is_choice else tuple(section.state),
        is_one_of=values,
        is_none_of=tuple(section.is_none_of),
        at_least=section.at_least,
        at_most=section.at_most,
        before=_day(section.before),
        after=_day(section.after),
        within=timedelta(**{UNITS[section.within[-1]]: int(section.within[:-1])}) if section.within else None,
        contains=tuple(section.contains),
        mail=tuple(section.mail),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
