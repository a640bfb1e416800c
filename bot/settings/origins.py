"""Origins as browsers send them: scheme, host and port, compared exactly. No path, no wildcard."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from bot.domain.errors import ConfigurationError

_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
_DEFAULT_PORTS = {"http": 80, "https": 443}
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def check_origin(text: str) -> str:
    """Return the origin as browsers spell it: lower case, no default port, an international name in ASCII.

    Raises:
        ConfigurationError: it is not exactly one origin; the message shows what to write.
    """
    if "*" in text:
        raise ConfigurationError(
            f"{text!r} has a wildcard; list each origin, such as https://www.example.com"
        )
    parts = _split(text)
    if parts is None or parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise ConfigurationError(f"{text!r} is not an origin; write scheme and host: https://www.example.com")
    origin = _spell(text, parts)
    if "@" in parts.netloc:
        raise ConfigurationError(f"{text!r} has a user name in it; write {origin}")
    if parts.path or parts.query or parts.fragment or text.endswith(("?", "#")):
        raise ConfigurationError(f"{text!r} has a path; an origin is only scheme, host and port: {origin}")
    return origin


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine only."""
    if host.lower() == "localhost" or host.lower().endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_open_http(origin: str) -> bool:
    """Whether an origin is unencrypted and not on this machine."""
    parts = urlsplit(origin)
    return parts.scheme == "http" and not is_loopback(parts.hostname or "")


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    # urlsplit drops tabs and line breaks silently: what it read must be what was written.
    return parts if text.isprintable() and " " not in text else None


def _spell(text: str, parts: SplitResult) -> str:
    host = _spell_host(text, parts.hostname or "")
    port = parts.port
    suffix = "" if port in {None, _DEFAULT_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{host}{suffix}"


def _spell_host(text: str, host: str) -> str:
    if ":" in host:
        try:
            return f"[{ipaddress.IPv6Address(host).compressed}]"
        except ValueError:
            raise ConfigurationError(f"{text!r} has no valid host; write https://www.example.com") from None
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        name = ""
    if not _HOST.fullmatch(name):
        raise ConfigurationError(f"{text!r} has no valid host; write https://www.example.com")
    return name
