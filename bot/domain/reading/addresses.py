"""Text whose e-mail and web addresses are made illegible, so that nothing else is read within them.

"solo@solo.io" is nobody alone, and "dozen.io/team-of-40" no team of forty.
"""

import re
from collections.abc import Iterator

from bot.domain.reading.contacts import find_urls
from bot.domain.reading.email_addresses import find_emails

_MAY_HOLD_URL = re.compile(r"[^\W_]\.[a-z]{2}|://|localhost", re.IGNORECASE)
_LETTER = re.compile(r"[^@\s]")
_SENTENCE_WORDS_TEXT = "am an as at be by de es in is it la me mi my no now so to us"
_SENTENCE_WORDS = frozenset(_SENTENCE_WORDS_TEXT.split())
_GLUED = re.compile(r"(?:[\d.,]+[km€$£%]?|[a-z]+)\.(?P<next>[a-z]{2,3})", re.IGNORECASE)


def without_addresses(text: str) -> str:
    """Return the text with every address in it made of underscores, at unchanged offsets; its @ stays."""
    for start, end in _addresses(text):
        text = text[:start] + _LETTER.sub("_", text[start:end]) + text[end:]
    return text


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    for email in find_emails(text):
        yield email.start, email.end
    if _MAY_HOLD_URL.search(text):
        for url in find_urls(text):
            if not _is_two_sentences(text, url.start, url.end):
                yield url.start, url.end


def _is_two_sentences(text: str, start: int, end: int) -> bool:
    """Tell the missing space of "we are 50.it is urgent" from an address."""
    glued = _GLUED.fullmatch(text, start, end)
    if glued is None:
        return False
    is_figure = text[start].isdigit() and not re.search(r"[^\W\d_]{2}\.", text[start:end])
    goes_on = re.match(r"\s+[a-z]", text[end:]) is not None
    return is_figure or (goes_on and glued["next"].lower() in _SENTENCE_WORDS)
