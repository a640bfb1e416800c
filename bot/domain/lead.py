"""A lead: what we learned about a visitor, the score of it, and whether we may and can reach them."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.conversation import MessageId
from bot.domain.facts import Fact
from bot.domain.playbook import Dimension, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One line of why: `points` for `rule`, with the visitor's own words. A cap is a receipt with negative points."""

    rule: str
    points: int
    reason: str
    quote: str | None
    message_id: MessageId | None
    at: datetime
    dimension: Dimension


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The judgement of a set of facts: `score` is the sum of the receipts, clamped to 0–100."""

    score: int
    grade: str
    stage: Stage
    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A lead as sales sees it. `captured` means consent was given and an e-mail or phone is known."""

    lead_id: str
    facts: tuple[Fact, ...]
    assessment: Assessment
    captured: bool
    stopped_at: str | None
