"""Which addresses a document may carry: what a page can safely link to."""

import re

LINKABLE = frozenset({"http", "https", "mailto"})


def web_address(text: str | None) -> str | None:
    """Return an http, https or mailto address or a path; anything else (`javascript:` …) is left out."""
    cleaned = re.sub(r"[\x00-\x20]+", "", text or "")
    scheme, has_scheme, _ = cleaned.partition(":")
    is_linkable = not has_scheme or scheme.lower() in LINKABLE or "/" in scheme
    return cleaned if cleaned and is_linkable else None
