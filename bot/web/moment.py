"""A time in a query, as RFC 3339 writes it."""

from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator


def _no_number(value: Any) -> Any:
    if isinstance(value, str) and not value.lstrip("-+").replace(".", "", 1).isdecimal():
        return value
    raise ValueError("write a time as 2026-03-02T10:00:00Z")


Moment = Annotated[AwareDatetime, BeforeValidator(_no_number)]
"""A time with its zone; a bare number would be read as seconds since 1970, and nobody means that."""
