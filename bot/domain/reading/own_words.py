"""A free answer without what stands at its end for other slots: a goodbye, an address, a date, the company's name."""

import re
from collections.abc import Iterator

from bot.domain.reading.acts import says_goodbye
from bot.domain.reading.companies import find_companies
from bot.domain.reading.contacts import find_phones
from bot.domain.reading.email_addresses import find_emails
from bot.domain.reading.message_text import MessageText

_BETWEEN = re.compile(r"(?:[\s,.;:!]|\b(?:and|by|until|before|in|on|for|from|at)\b)*\Z", re.IGNORECASE)


def end_of_own_words(message: MessageText, start: int, end: int) -> int:
    """Return where an answer that begins at `start` ends once other facts are cut from its end; else `end`."""
    cut = end
    for first, last in sorted(_of_other_slots(message), reverse=True):
        is_at_end = not re.search(r"\w", message.text[last:cut])
        if start < first < cut and (last >= cut or is_at_end):
            cut = _BETWEEN.search(message.text, start, first).start()  # type: ignore[union-attr]
    return cut if re.search(r"[^\W\d_]{3}", message.text[start:cut]) else end


def _of_other_slots(message: MessageText) -> Iterator[tuple[int, int]]:
    contacts = [*find_emails(message.text), *find_phones(message.text, region=message.region)]
    for clause in message.clauses:
        reaches = any(clause.start <= contact.start < clause.end for contact in contacts)
        if reaches or says_goodbye(clause.text):
            yield clause.start, clause.end
    yield from ((span.start, span.end) for span in message.dates)
    yield from ((named.start, named.end) for named in find_companies(message.told_with_addresses()))
