"""Whether a message lets its own words stand, for words that were pointed at and not found by patterns."""

from datetime import datetime

from bot.domain.reading.message_text import prepare
from bot.domain.reading.once_a_message import forget_message
from bot.domain.reading.others_figures import own_figures
from bot.domain.reading.second_thoughts import without_second_thoughts


def stands(written: str, start: int, end: int, *, now: datetime, region: str, company: str | None) -> bool:
    """Tell whether `[start, end)` of a message is neither taken back in it nor somebody else's figure.

    Args:
        written: the whole message.
        start: where the words begin.
        end: where they end.
        now: the visitor's clock, aware.
        region: ISO country for the order of dates.
        company: the visitor's own company, if known.
    """
    try:
        message = prepare(written, now=now, region=region, asked=None)
        kept = without_second_thoughts(own_figures(message, company=company))
    finally:
        forget_message()
    return not message.told[start:end].strip() or bool(kept.told[start:end].strip())
