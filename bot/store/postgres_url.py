"""The URL of a PostgreSQL database as its driver reads it, with the encryption that it asks for."""

import ssl
from typing import Any

from sqlalchemy import URL

from bot.domain.errors import ConfigurationError

DRIVER = "postgresql+asyncpg"
OPTIONS = frozenset({"ssl", "sslrootcert", "host", "port"})
"""What may stand after the `?`: how the connection is encrypted, who vouches for the server, and a socket's folder."""
VERIFYING = frozenset({"verify-ca", "verify-full"})
MODES = frozenset({"disable", "allow", "prefer", "require", *VERIFYING})


def for_driver(url: URL) -> tuple[URL, dict[str, Any]]:
    """Return the URL as the driver reads it, and what it is given beside it.

    `ssl` may be called `sslmode`, as other programs do. Who is verified is verified against `sslrootcert`, or against
    the certificates of the system.

    Raises:
        ConfigurationError: an option or a mode that is not known, or a file that holds no certificates.
    """
    options = {"ssl" if name == "sslmode" else name: str(value) for name, value in url.query.items()}
    if unknown := sorted(options.keys() - OPTIONS):
        known = ", ".join(sorted(OPTIONS))
        raise ConfigurationError(
            f"FOYER_DATABASE_URL: the option {unknown[0]!r} is not known; known are {known}."
        )
    mode, roots = options.pop("ssl", None), options.pop("sslrootcert", None)
    if mode is not None and mode not in MODES:
        raise ConfigurationError(
            f"FOYER_DATABASE_URL: {mode!r} is no way to encrypt; known are {', '.join(sorted(MODES))}."
        )
    if roots is not None and mode not in VERIFYING:
        raise ConfigurationError(
            "FOYER_DATABASE_URL: sslrootcert needs ssl=verify-full or verify-ca beside it."
        )
    given: dict[str, Any] = {}
    if mode in VERIFYING:
        given["ssl"] = _verifying(roots, checks_name=mode == "verify-full")
    elif mode is not None:
        given["ssl"] = mode
    return url.set(drivername=DRIVER, query=options), given


def _verifying(roots: str | None, *, checks_name: bool) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=roots)
    except OSError as error:  # SSLError is one
        raise ConfigurationError(
            f"FOYER_DATABASE_URL: sslrootcert={roots} holds no certificates that can be read: {error}."
        ) from error
    context.check_hostname = checks_name
    return context
