"""Readable, stable pieces of ids, made from headings and questions."""

import re


def slug(text: str, *, limit: int = 60) -> str:
    """Return lower-case words joined by hyphens, at most `limit` characters; never empty."""
    words = re.findall(r"\w+", text.lower())
    return "-".join(words)[:limit].strip("-") or "untitled"
