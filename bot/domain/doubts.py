"""Contacts that can not stand as written: what looks mistyped is asked about once, what can be none each time. Pure."""

from collections.abc import Sequence

from bot.domain.conversation import Author, Message
from bot.domain.facts import ReadFact
from bot.domain.moves import Move
from bot.domain.questions import CHECK
from bot.domain.reading import BROKEN_EMAIL, INVALID_PHONE


def doubtful_email(new_facts: Sequence[ReadFact], history: Sequence[Message]) -> ReadFact | None:
    """Return an address that looks mistyped, unless we have asked about one already."""
    if any(m.asked == CHECK for m in history if m.author is Author.BOT):
        return None
    return next((fact for fact in new_facts if fact.extractor.startswith("email.typo:")), None)


def unreadable_contact(new_facts: Sequence[ReadFact]) -> tuple[Move, str] | None:
    """Return the reply that asks again for what was meant for a contact and can be none, and its slot."""
    asks = {BROKEN_EMAIL: Move.EMAIL_AGAIN, INVALID_PHONE: Move.PHONE_AGAIN}
    return next(((asks[fact.extractor], fact.slot) for fact in new_facts if fact.extractor in asks), None)
