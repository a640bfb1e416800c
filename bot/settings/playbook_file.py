"""Reads playbook.yaml into the values of `bot.domain.playbook`. What it returns works as it reads."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from bot.domain.errors import ConfigurationError
from bot.domain.facts import FactState
from bot.domain.languages import ANY_LANGUAGE
from bot.domain.playbook import Condition, EngagementRule, Grades, Playbook, Question, Rule, Stages
from bot.domain.slots import Slot, SlotKind
from bot.settings.choices import choices_of
from bot.settings.hours_model import hours_of, meeting_of
from bot.settings.playbook_check import find_problems
from bot.settings.playbook_model import (
    ConditionSection,
    PlaybookFile,
    SlotSection,
    StagesSection,
)
from bot.settings.problems import FilesError
from bot.settings.validation import check_file
from bot.settings.yaml_file import Place, YamlFile, read_yaml

BUNDLED_PLAYBOOKS = ("bant", "champ", "meddic", "shop", "simple")
ENGLISH = "en"
T = TypeVar("T")


def load_playbook(path: Path, *, locale: str = ENGLISH) -> Playbook:
    """Read a playbook, its questions in the locale's language where it has them, else in its first.

    Raises:
        FilesError: something can not work; every problem is named with its line.
    """
    file = read_yaml(path)
    parsed = check_file(file, PlaybookFile)
    problems = [file.problem(place, what) for place, what in find_problems(parsed)]
    if problems:
        raise FilesError(sorted(problems, key=lambda problem: problem.line or 0))
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return _playbook(parsed, file, version=version, language=locale.partition("-")[0].lower())


def bundled_playbook(name: str, *, locale: str = ENGLISH) -> Playbook:
    """Return a bundled playbook. See `bundled_playbook_file`."""
    return load_playbook(bundled_playbook_file(name), locale=locale)


def bundled_playbook_file(name: str) -> Path:
    """Return where a bundled playbook stands.

    Raises:
        ConfigurationError: there is none of that name.
    """
    if name not in BUNDLED_PLAYBOOKS:
        names = ", ".join(BUNDLED_PLAYBOOKS[:-1])
        raise ConfigurationError(f"There is no playbook {name!r}. Choose {names} or {BUNDLED_PLAYBOOKS[-1]}.")
    return Path(__file__).resolve().parent.parent / "playbooks" / f"{name}.yaml"


def _playbook(parsed: PlaybookFile, file: YamlFile, *, version: str, language: str) -> Playbook:
    slots = enumerate(parsed.slots)
    return Playbook(
        id=parsed.id,
        version=version,
        slots=tuple(_slot(slot, file, position) for position, slot in slots),
        questions=tuple(
            question
            for position, slot in enumerate(parsed.slots)
            if (question := _question(slot, file, position, language=language)) is not None
        ),
        rules=tuple(rule for slot in parsed.slots for rule in _rules(slot)),
        engagement=tuple(EngagementRule(**rule.model_dump()) for rule in parsed.engagement),
        caps=tuple(parsed.caps.items()),
        stages=_stages(parsed.stages),
        grades=Grades(fit=_three(parsed.grades.fit), interest=_two(parsed.grades.interest)),
        handoff_at=parsed.handoff_at,
        max_questions=parsed.max_questions,
        max_questions_a_day=parsed.max_questions_a_day,
        meeting=meeting_of(parsed.meeting),
        hours=hours_of(parsed.hours),
    )


def _slot(section: SlotSection, file: YamlFile, position: int) -> Slot:
    place: Place = ("slots", position, "choices")
    return Slot(
        id=section.id,
        kind=SlotKind(section.kind),
        label=section.label,
        choices=choices_of(section.choices, file=file, place=place),
        words=tuple(section.words),
    )


def _question(section: SlotSection, file: YamlFile, position: int, *, language: str) -> Question | None:
    """Return how a slot is asked for; a choice slot offers its own choices unless others are given.

    A quick reply is read by its label in the first language, whatever language it is shown in.
    """
    ask = section.ask
    if ask is None:
        return None
    place: Place = ("slots", position, "ask", "choices")
    first = choices_of(_first(ask.choices, section.choices), file=file, place=place)
    shown = choices_of(variant(ask.choices, language, section.choices), file=file, place=place)
    return Question(
        slot=section.id,
        texts=tuple(variant(ask.texts, language, [])),
        label=section.label,
        choices=tuple(replace(choice, id=same.id) for choice, same in zip(shown, first, strict=True)),
        meanings=first,
        after_answers=ask.after_answers,
        priority=ask.priority,
        is_required=ask.required,
        after_signals=tuple(ask.after_signals),
        when=_lines(ask.when),
        bother=ask.bother,
    )


def variant(variants: Mapping[str, T], language: str, otherwise: T) -> T:
    """Return what is said in the language, else what is said in any, else what is said first."""
    return variants.get(language, variants.get(ANY_LANGUAGE, _first(variants, otherwise)))


def _first(variants: Mapping[str, T], otherwise: T) -> T:
    return next(iter(variants.values()), otherwise)


def _rules(section: SlotSection) -> list[Rule]:
    return [
        Rule(
            slot=section.id,
            name=rule.name,
            when=_condition(rule.when),
            points=rule.points,
            reason=rule.reason,
            dimension=rule.dimension,
            group=rule.group,
            half_life_days=rule.half_life_days,
        )
        for rule in section.rules
    ]


def _condition(section: ConditionSection) -> Condition:
    return Condition(
        state=FactState(section.state),
        at_least=section.at_least,
        at_most=section.at_most,
        within_days=section.within_days,
        is_one_of=tuple(section.is_one_of),
        mail=section.mail,
        mentions=tuple(section.mentions),
    )


def _stages(section: StagesSection) -> Stages:
    return Stages(
        lead=section.lead,
        mql=section.mql,
        sql=section.sql,
        disqualified_when=_lines(section.disqualified_when),
    )


def _lines(lines: list[dict[str, ConditionSection]]) -> tuple[tuple[tuple[str, Condition], ...], ...]:
    return tuple(
        tuple((slot, _condition(condition)) for slot, condition in together.items()) for together in lines
    )


def _three(numbers: list[int]) -> tuple[int, int, int]:
    first, second, third = numbers
    return first, second, third


def _two(numbers: list[int]) -> tuple[int, int]:
    first, second = numbers
    return first, second
