"""Facts: what a visitor told us, each with the words that say so. No quote, no fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.conversation import MessageId


class FactState(StrEnum):
    """What we know about a slot. A slot that was never spoken of has no fact at all (`not_asked` in exports)."""

    KNOWN = "known"
    NONE = "none"
    DECLINED = "declined"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFact:
    """A fact as read from one text: `text` is the verbatim span `[start, end)` in code points.

    `value` has the slot kind's shape (see `bot.domain.slots`) and is None unless the state is KNOWN.
    """

    slot: str
    state: FactState
    value: Any
    text: str
    start: int
    end: int
    confidence: float
    extractor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact kept with its evidence: the quote, the message it stands in, and when it was said."""

    slot: str
    state: FactState
    value: Any
    quote: str
    message_id: MessageId
    extractor: str
    confidence: float
    at: datetime


EVADED = "answer.unclear"
"""The extractor of "I don't know yet" and "it depends" as the whole answer: its words hold nothing that was asked."""
CONFIRMED = "email.confirmed"
"""The extractor of an address that the visitor chose of two, or kept as it was; its quote may be a mere yes."""
BY_MODEL = "model"
"""The extractor of what a language model pointed at and a slot's reader then read."""

SIGNAL_PREFIX = "signal."
"""What a visitor showed by doing (asked the price, is ready to buy) is kept as evidence like any fact,
in a slot of its own under this prefix; no playbook slot may start with it."""
WAVED_OFF = SIGNAL_PREFIX + "waved_off"
"""Where it is kept that the visitor only looks around or wants no more questions; worth no points."""
NO_QUESTIONS = SIGNAL_PREFIX + "no_questions"
"""Where it is kept beside that the visitor wants no more questions."""
ANGRY = SIGNAL_PREFIX + "angry"
"""Where it is kept beside that the visitor vented anger at the bot."""
IN_TROUBLE = SIGNAL_PREFIX + "in_trouble"
"""Where it is kept that the visitor has trouble with what they bought here, which makes no lead; worth no points."""


def holds_detail(fact: Fact | ReadFact) -> bool:
    """Whether its words hold what was asked for, be it badly; that somebody can not or will not say holds nothing."""
    return fact.state is FactState.KNOWN or (fact.state is FactState.UNCLEAR and fact.extractor != EVADED)


def current_facts(history: Iterable[Fact]) -> Mapping[str, Fact]:
    """Return the latest fact of each slot; earlier ones stay in the history."""
    latest: dict[str, Fact] = {}
    for fact in sorted(history, key=lambda fact: fact.at):
        latest[fact.slot] = fact
    return latest
