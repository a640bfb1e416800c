"""Path patterns of RFC 9309 §2.2.3: a prefix, in which `*` stands for anything and a last `$` for the end."""

import re
from urllib.parse import quote

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT = "/%:@!$&'()*+,;=~?-._"


def matches(pattern: str, path: str) -> bool:
    """Return whether the pattern covers the path with its query; both normalised. Takes linear time."""
    is_whole = pattern.endswith("$")
    first, *others = (pattern[:-1] if is_whole else pattern).split("*")
    if not path.startswith(first):
        return False
    if not others:
        return not is_whole or path == first
    position = len(first)
    *middle, last = others
    for part in middle:
        found = path.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    if is_whole:
        return path.endswith(last) and len(path) - len(last) >= position
    return path.find(last, position) >= 0


def normalise(path: str) -> str:
    """Return a path, query or pattern with each character written in one way (RFC 3986 §6.2.2)."""

    def one_way(match: re.Match[str]) -> str:
        byte = int(match.group(1), 16)
        return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"

    return quote(_ESCAPE.sub(one_way, path), safe=_KEPT)
