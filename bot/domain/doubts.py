"""Addresses that can not stand as written: one looks mistyped, one can be none. Each is asked about once. Pure."""

from collections.abc import Sequence

from bot.domain.conversation import Author, Message
from bot.domain.facts import ReadFact
from bot.domain.questions import CHECK, EMAIL_AGAIN
from bot.domain.reading import BROKEN_EMAIL


def doubtful_email(new_facts: Sequence[ReadFact], history: Sequence[Message]) -> ReadFact | None:
    """Return an address that looks mistyped, unless we have asked about one already."""
    if any(m.asked == CHECK for m in history if m.author is Author.BOT):
        return None
    return next((fact for fact in new_facts if fact.extractor.startswith("email.typo:")), None)


def broken_email(new_facts: Sequence[ReadFact], history: Sequence[Message]) -> ReadFact | None:
    """Return what was meant for an address and can be none, unless we have asked for it again already."""
    if any(m.kind == EMAIL_AGAIN for m in history if m.author is Author.BOT):
        return None
    return next((fact for fact in new_facts if fact.extractor == BROKEN_EMAIL), None)
