"""What is kept of a password: an Argon2id hash (RFC 9106) with the parameters of OWASP's password storage sheet.

A hash takes some 20 ms of a core and 19 MiB, on purpose: whoever calls these runs them off the event loop, few at once.
"""

import secrets
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MEMORY_KIB = 19_456
PASSES = 2
LANES = 1


def hash_of(password: str) -> str:
    """Return what to keep of the password; salted, so never the same twice."""
    return _hasher().hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether the password is the one whose hash is kept.

    Without one (there is no such person) a hash of nobody is compared, so that the answer takes as long.
    """
    from argon2.exceptions import InvalidHashError, VerificationError

    nobodys = _nobodys()
    try:
        _hasher().verify(kept or nobodys, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's; make it anew at the next login."""
    return _hasher().check_needs_rehash(kept)


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


@cache
def _nobodys() -> str:
    return hash_of(secrets.token_urlsafe(32))
