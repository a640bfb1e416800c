"""Addresses of the servers that Foyer works with, as `FOYER_…_URL` give them: checked before anything is connected.

Promises: what is refused says why and how to mend it, and never shows a user or a password.
"""

import re
from urllib.parse import quote, urlsplit

from pydantic import SecretStr

BREAK_POSTGRES, BREAK_REDIS = "@", "/#?[]"
"""Signs that end a password early, as the drivers read an address."""
_ALL = ["@", "/", "#", "?", "[", "]", "%"]
_ENCODED = ", ".join(f"{sign} as {quote(sign, safe='')}" for sign in _ALL)
_ONLY_A_PLACE = re.compile(r"[^:/?#@]*:\d+(?:/[^?@]*)?(?:\?.*)?")
_WITH_PASSWORD = re.compile(r"[^:/?#]*:(?P<password>.*)@")


def check_database_url(url: SecretStr) -> SecretStr:
    """Refuse an address whose password is not written as addresses are."""
    _refuse_bare(url.get_secret_value(), BREAK_POSTGRES)
    return url


def check_redis_url(url: SecretStr) -> SecretStr:
    """Refuse what is no address of a Redis server."""
    _refuse_bare(url.get_secret_value(), BREAK_REDIS)
    parsed = urlsplit(url.get_secret_value())
    if parsed.scheme not in {"redis", "rediss"} or not parsed.hostname:
        raise ValueError("is no address of a Redis server like redis://127.0.0.1:6379/0")
    return url


def check_chroma_url(url: str) -> str:
    """Refuse what is no address of a Chroma server, and one with a user or password, which it has not."""
    if "@" in url:
        raise ValueError("takes no user or password; FOYER_CHROMA_TOKEN is what its proxy asks for")
    parsed = urlsplit(url)
    if parsed.scheme not in {"http", "https"} or not parsed.hostname or parsed.path.strip("/"):
        raise ValueError(f"{url!r} is no address of a Chroma server like http://127.0.0.1:8000")
    return url.rstrip("/")


def _refuse_bare(url: str, signs: str) -> None:
    rest = url.partition("://")[2]
    before_options = rest.partition("?")[0]
    place = before_options if "@" in before_options else rest
    found = None if _ONLY_A_PLACE.fullmatch(rest) else _WITH_PASSWORD.match(place)
    for sign in signs:
        if found is not None and sign in found["password"]:
            raise ValueError(
                f"there is a {sign} in the password, which ends it there; write {quote(sign, safe='')} instead."
                f" In a user or password of an address, write {_ENCODED}."
            )
