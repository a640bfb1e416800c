"""The campaign that led a visitor here, as marketing names its parts: `utm_source`, `utm_medium`, `utm_campaign`."""

from functools import lru_cache
from urllib.parse import parse_qs

PARTS = ("source", "medium", "campaign")
UTM = tuple(f"utm_{part}" for part in PARTS)
_UNKNOWN = ("", "", "")
CAMPAIGNS_REMEMBERED = 1_000


@lru_cache(CAMPAIGNS_REMEMBERED)
def utm_of(campaign: str | None) -> tuple[str, str, str]:
    """Return source, medium and campaign of a kept campaign (`source=newsletter&medium=email`); "" where not said."""
    if not campaign:
        return _UNKNOWN
    said = parse_qs(campaign)
    source, medium, name = (said.get(part, [""])[0] for part in PARTS)
    return source, medium, name


def utm_in_words(campaign: str | None) -> str:
    """Return it for people: `newsletter, email, spring`; "" where nothing is known."""
    return ", ".join(part for part in utm_of(campaign) if part)
