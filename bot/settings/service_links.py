"""Variables that Kubernetes puts into every pod for each service of its namespace.

A service called `foyer`, or `foyer-…`, gives names that begin like our settings; nobody wrote them, and one of them
is even called like a setting: `FOYER_PORT=tcp://10.1.2.3:80`.
https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
"""

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

_PROTOCOL = "(?:TCP|UDP|SCTP)"
_HOST = re.compile(r"\w+_SERVICE_HOST")
_NUMBER = re.compile(rf"\w+_SERVICE_PORT(?:_\w+)?|\w+_PORT_\d+_{_PROTOCOL}_PORT")
_ADDRESS = re.compile(rf"\w+_PORT(?:_\d+_{_PROTOCOL})?")
_PART = re.compile(rf"\w+_PORT_\d+_{_PROTOCOL}_(?:PROTO|ADDR)")


def service_links(environ: Mapping[str, str], *, prefix: str) -> frozenset[str]:
    """Return the names, of those that begin with `prefix`, that are such variables by name and by value."""
    return frozenset(
        name for name, value in environ.items() if name.startswith(prefix) and _is_link(name, value.strip())
    )


def _is_link(name: str, value: str) -> bool:
    return (
        (_HOST.fullmatch(name) is not None and _is_ip(value))
        or (_NUMBER.fullmatch(name) is not None and value.isdecimal())
        or (_ADDRESS.fullmatch(name) is not None and _is_address(value))
        or (_PART.fullmatch(name) is not None)
    )


def _is_address(value: str) -> bool:
    """Whether this is an address like tcp://10.1.2.3:80 or udp://[fd00::1]:53."""
    try:
        parts = urlsplit(value)
        return (
            parts.scheme in {"tcp", "udp", "sctp"} and parts.port is not None and _is_ip(parts.hostname or "")
        )
    except ValueError:
        return False


def _is_ip(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True
