"""What is understood of one message: the dialogue act, the facts, and what is to be answered.

Plain values; every span is `[start, end)` in code points of the text that was read.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.facts import ANGRY, SIGNAL_PREFIX, WAVED_OFF, ReadFact


class Act(StrEnum):
    """What a message does in the conversation, apart from the facts in it."""

    QUESTION = "question"
    STATEMENT = "statement"
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    WHO_ARE_YOU = "who_are_you"
    THINKS_OVER = "thinks_over"
    WANTS_PERSON = "wants_person"
    AFFIRM = "affirm"
    DENY = "deny"
    REFUSE = "refuse"
    DONT_KNOW = "dont_know"
    FORGET_ME = "forget_me"
    KEEP_DATA = "keep_data"
    ASKS_WHY = "asks_why"
    OTHERS_CONTACT = "others_contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One message, understood.

    `question` is the part to be answered from documentation, None if nothing is asked. `signals` are
    `(name, quote)` with the names `asked_price`, `ready_to_buy`, `asked_person`, `waved_off`, `no_questions`, `angry`,
    `in_trouble`.
    `corrects` says that a fact replaces one told before, `withdraws` that consent to be contacted is taken back,
    `agrees` that it was given beside other words, by the box of a form or before a question, `leaves` that the visitor
    says goodbye, alone or beside other words.
    """

    act: Act
    facts: tuple[ReadFact, ...] = ()
    question: str | None = None
    signals: tuple[tuple[str, str], ...] = ()
    corrects: bool = False
    withdraws: bool = False
    agrees: bool = False
    leaves: bool = False

    @property
    def waves_off(self) -> bool:
        """Whether the visitor only looks around, has no interest, or wants no more questions."""
        return any(SIGNAL_PREFIX + name == WAVED_OFF for name, _ in self.signals)

    @property
    def is_ready(self) -> bool:
        """Whether the visitor says to be ready to buy."""
        return any(name == "ready_to_buy" for name, _ in self.signals)

    @property
    def is_annoyed(self) -> bool:
        """Whether the visitor vents anger at the bot."""
        return any(SIGNAL_PREFIX + name == ANGRY for name, _ in self.signals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Something named in a text, whether or not it is a fact about the visitor; `value` is plain JSON."""

    kind: str
    value: Any
    text: str
    start: int
    end: int
    confidence: float
