"""Dates and times on the command line."""

from datetime import UTC, datetime

from bot.domain.errors import ConfigurationError


def read_date(text: str | None, option: str) -> datetime | None:
    """Return the moment that `option` says: a date is its midnight, and UTC where no offset is said.

    Raises:
        ConfigurationError: `text` is neither a date nor a time.
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(
            f"{option} {text!r} is not a date like 2027-01-31 or a time like 2027-01-31T09:00:00Z."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
