"""What is to be worded, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.generation.prompting import BARE, Mask
from bot.domain.answer import Answer
from bot.domain.conversation import VisitorId


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What is to be worded: the visitor's question, what was found, and what the program says afterwards.

    `history` is what was said before, oldest first, as (author, text), empty for a question that stands alone;
    `standalone` the question completed from it; `ask` what is asked afterwards.
    """

    question: str
    answer: Answer
    visitor_id: VisitorId
    at: datetime
    history: Sequence[tuple[str, str]] = ()
    standalone: str | None = None
    ask: str = ""
    mask: Mask = BARE
