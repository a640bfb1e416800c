"""What the bot took of what a visitor told, slot by slot: right, missed, wrong, or invented. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.conversation import Consent
from bot.domain.facts import Fact, FactState, holds_detail
from bot.domain.playbook import Playbook
from bot.domain.slots import SlotKind
from bot.personas.visitor import Told

FREE_KINDS = frozenset({SlotKind.ROLE, SlotKind.NEED, SlotKind.TEXT})
"""Kinds whose value is the visitor's wording: right when either contains the other."""


class Outcome(StrEnum):
    """What became of one slot; `withheld` is a personal detail that consent does not cover, as it should be."""

    RIGHT = "right"
    MISSED = "missed"
    WRONG = "wrong"
    INVENTED = "invented"
    WITHHELD = "withheld"
    LEAKED = "leaked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One slot's outcome, with what was told last and what is held to be a fact."""

    slot: str
    outcome: Outcome
    told: Told | None
    fact: Fact | None


def judge(
    told: Mapping[str, Told], facts: Mapping[str, Fact], *, playbook: Playbook, consent: Consent
) -> Iterator[Verdict]:
    """Compare the current facts with what was told last about each slot of the playbook."""
    for slot in playbook.slots:
        said, fact = told.get(slot.id), facts.get(slot.id)
        if slot.is_personal and consent is not Consent.GIVEN:
            outcome = _without_consent(said, fact)
        else:
            outcome = _outcome(said, fact, slot.kind)
        if outcome is not None:
            yield Verdict(slot=slot.id, outcome=outcome, told=said, fact=fact)


def _without_consent(said: Told | None, fact: Fact | None) -> Outcome | None:
    if fact is not None and holds_detail(fact):
        return Outcome.LEAKED
    return Outcome.WITHHELD if said is not None else None


def _outcome(said: Told | None, fact: Fact | None, kind: SlotKind) -> Outcome | None:
    is_known = fact is not None and fact.state is FactState.KNOWN
    if said is None:
        return Outcome.INVENTED if is_known else None
    if said.state is FactState.KNOWN and said.value is None:
        return None
    if fact is None or (said.state is FactState.KNOWN and not is_known):
        return Outcome.MISSED
    if said.state is not fact.state:
        return Outcome.WRONG if is_known else Outcome.MISSED
    is_right = said.state is not FactState.KNOWN or _is_same(kind, said.value, fact.value)
    return Outcome.RIGHT if is_right else Outcome.WRONG


def _is_same(kind: SlotKind, told: Any, value: Any) -> bool:
    if isinstance(told, dict):
        return isinstance(value, dict) and all(value.get(key) == part for key, part in told.items())
    if isinstance(told, str) and isinstance(value, str):
        mine, its = told.casefold(), value.casefold()
        if kind is SlotKind.PHONE:
            return re.sub(r"\D", "", its).endswith(re.sub(r"\D", "", mine))
        return mine == its or (kind in FREE_KINDS and (mine in its or its in mine))
    return bool(told == value)
