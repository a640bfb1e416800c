"""What a visitor shows by doing rather than saying: coming back, the pages they write from, how often they ask. Pure.

Nothing is kept of who merely reads; of who has written, `bot.leads.visits` adds the pages on which their chat is open.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from urllib.parse import urlsplit, urlunsplit

from bot.domain.conversation import Author, Message
from bot.domain.playbook import Signal
from bot.domain.reading import asks_something

AWAY = timedelta(hours=6)
"""A visitor who was silent for so long has come back."""
PAGES_OF_INTEREST = 3
QUESTIONS_OF_INTEREST = 3
"""A visitor who asks this often is looking into it."""
LOOKED_UP = frozenset({"faq", "extracted", "generated", "none"})
"""The kinds of reply to a question that was put to the documentation."""
_PRICES = re.compile(
    r"(?:^|[/_.-])(?:pric(?:es?|ing)|plans?|preise?|tarif[es]?s?|prix|precios?)(?:$|[/_.-])", re.IGNORECASE
)


def page_without_query(url: str | None) -> str | None:
    """Return the page's address without query and fragment, where campaigns and people put personal things."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))


def deeds(
    message: Message, history: Sequence[Message], *, question: str | None
) -> Iterator[tuple[Signal, str]]:
    """Yield what this message shows for the first time in the conversation, with words that say so.

    Args:
        message: what the visitor writes now.
        history: all before it.
        question: what the message asks of the documentation, None when nothing.
    """
    if question is not None and is_third_question(message, history):
        yield "three_questions", question
    mine = [earlier for earlier in history if earlier.author is Author.VISITOR]
    if mine and message.at - mine[-1].at >= AWAY:
        yield "came_back", message.text
    seen = {page for earlier in mine if (page := page_without_query(earlier.page_url))}
    page = page_without_query(message.page_url)
    if page is None or page in seen:
        return
    if len(seen) == PAGES_OF_INTEREST - 1:
        yield "three_pages", message.text
    if shows_prices(page) and not any(shows_prices(one) for one in seen):
        yield "saw_pricing", message.text


def is_third_question(message: Message, history: Sequence[Message]) -> bool:
    """Whether this is the third question put to the documentation; words that were only looked up are none."""
    if not asks_something(message.text):
        return False
    earlier = (text for text in looked_up(history) if asks_something(text))
    return len(list(islice(earlier, QUESTIONS_OF_INTEREST))) == QUESTIONS_OF_INTEREST - 1


def looked_up(history: Sequence[Message]) -> Iterator[str]:
    """Yield the messages that the documentation was asked about, oldest first."""
    texts = {message.message_id: message.text for message in history}
    latest = ""
    for message in history:
        if message.author is Author.VISITOR:
            latest = message.text
        elif message.kind in LOOKED_UP:
            yield latest if message.in_reply_to is None else texts.get(message.in_reply_to, latest)


def shows_prices(page: str) -> bool:
    """Whether the address is that of a page with prices."""
    return _PRICES.search(urlsplit(page).path) is not None
