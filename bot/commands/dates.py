"""Dates on the command line."""

from datetime import UTC, datetime

from bot.domain.errors import ConfigurationError


def read_date(text: str | None) -> datetime | None:
    """Read `--since`: a date, or a time with or without a zone; without one it is UTC.

    Raises:
        ConfigurationError: it is neither.
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(
            f"--since {text!r} is not a date like 2027-01-31 or a time like 2027-01-31T09:00:00Z."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
