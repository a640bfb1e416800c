"""What the visitor says they are at work."""

import re

from bot.domain.reading.once_a_message import once_a_message
from bot.domain.reading.people import Named
from bot.domain.reading.roles import ROLE

_FLAGS = re.IGNORECASE

_ROLE_SAID = re.compile(
    rf"(?:(?<!\w)(?:i'?m|i\s+am|im|i\s+work\s+as|working\s+as|i\s+work\s+here\s+as|my\s+(?:role|title|"
    rf"job(?:\s+title)?|position)\s*(?:is|:|here\s+is)|role\s*[:=]|title\s*[:=]|as)\s+(?:also\s+|"
    rf"currently\s+|just\s+)?(?:the\s+|an?\s+|our\s+|their\s+)?|(?<=\w),\s+(?:the\s+|"
    rf"an?\s+)?)(?P<role>{ROLE})",
    _FLAGS,
)
_ROLE_FIRST = re.compile(rf"\s*(?P<role>{ROLE})\s+(?:at|of|for|@|here)\b", _FLAGS)
_ROLE_BARE = re.compile(rf"(?P<role>{ROLE})", _FLAGS)

_ROLE_SIGNED = re.compile(rf"\w[^\S\n]*\n[^\S\n]*(?P<role>{ROLE})[^\S\n]*(?=$|[,|@\n]|at\b)", _FLAGS)

_OF_ANOTHER = re.compile(
    r"\b(?:my|our|his|her|their)\s+(?:\w+\s+)?(?:boss|manager|supervisor|colleague|co-?worker|assistant|partner|"
    r"co-?founder|director|friend|wife|husband|brother|sister|mother|father|son|daughter|clients?|customers?)\b"
    r"(?:(?!\b(?:i|i'm|me|we|us)\b)[^.!?\n]){0,40}$",
    _FLAGS,
)
"""Who was named last is somebody else: of "my boss Sarah, the CEO" nothing is the visitor's."""


@once_a_message
def find_roles(text: str, *, asked: bool = False) -> list[Named]:
    """Return the role the visitor gives; with `asked`, a bare title counts."""
    said = (found for found in _ROLE_SAID.finditer(text) if not _OF_ANOTHER.search(text, 0, found.start()))
    match = next(said, None) or (_ROLE_BARE.search(text) if asked else None)
    match = match or _ROLE_FIRST.match(text) or _ROLE_SIGNED.search(text)
    if not match:
        return []
    raw = match.group("role").rstrip(" ,.")
    return [Named(match.start("role"), match.start("role") + len(raw), raw, 0.9)]
