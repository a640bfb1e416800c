"""Who a visitor is: the token with which a site vouches for its own customer, read and checked. Pure.

JSON Web Tokens (RFC 7519), signed with HMAC-SHA-256 (RFC 7515, appendix A.1) and with nothing else: what the token says
about its own algorithm is compared, never obeyed.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.errors import BotError
from bot.domain.mail_address import as_kept

ALGORITHM = "HS256"
LONGEST_TOKEN = 4_096
LONGEST_SUBJECT = 200
LONGEST_LIFE = timedelta(hours=1)
"""How far ahead `exp` may lie: what bounds how long a stolen token can be used again."""
SKEW = timedelta(seconds=60)
"""How far the clocks of the site and of this server may differ."""
_TOKEN = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+")


class IdentityKind(StrEnum):
    """By what somebody is known: the site's own name for them, an e-mail address, a phone number."""

    SUBJECT = "subject"
    EMAIL = "email"
    PHONE = "phone"


class Proof(StrEnum):
    """What an identity rests on. What was only typed is claimed, and opens nothing; the others verify."""

    TYPED = "typed"
    TOKEN = "token"  # noqa: S105 - a kind of proof, no secret
    CODE = "code"

    @property
    def verifies(self) -> bool:
        """Whether it proves who somebody is."""
        return self is not Proof.TYPED


class IdentityRefusedError(BotError):
    """A token that proves nothing; the text tells the site's developer why."""

    code = "identity_refused"


class IdentityExpiredError(IdentityRefusedError):
    """A token that was good once."""

    code = "identity_expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What a token says: the site's own id of the customer, and their address where the site gives it."""

    subject: str = field(repr=False)
    email: str | None = field(repr=False)
    expires_at: datetime


def read_token(token: str, *, secrets: Sequence[bytes], audience: str, now: datetime) -> Vouched:
    """Return what a signed token says.

    Args:
        token: as the page passed it on; hostile until its signature was checked.
        secrets: the site's, the newest first; any of them may have signed. Empty when it has none.
        audience: the site's id, which `aud` must name.
        now: the time to judge `exp`, `nbf` and `iat` by, within `SKEW`.

    Raises:
        IdentityExpiredError: `exp` is past.
        IdentityRefusedError: Anything else is wrong with it.
    """
    if not secrets:
        raise IdentityRefusedError("This site takes no identity tokens: set `identity.secret` in foyer.yaml.")
    parts = _TOKEN.fullmatch(token) if len(token) <= LONGEST_TOKEN else None
    if parts is None:
        raise IdentityRefusedError(
            "The identity token is no JWT: three parts of base64url with dots between."
        )
    header, payload, signature = parts.groups()
    _check_header(_json_of(header, "header"))
    signed = f"{header}.{payload}".encode()
    given = _bytes_of(signature, "signature")
    matching = [hmac.compare_digest(_sign(secret, signed), given) for secret in secrets]
    if not any(matching):
        raise IdentityRefusedError("The identity token is not signed with this site's `identity.secret`.")
    return _vouched(_json_of(payload, "payload"), audience=audience, now=now)


def subject_keys(vouched: Vouched, *, secrets: Sequence[bytes], site_id: str) -> tuple[str, ...]:
    """Return what is kept of the subject, one for each secret: without the secret it leads back to nobody."""
    text = f"foyer subject\0{site_id}\0{vouched.subject}".encode()
    return tuple(_sign(secret, text).hex() for secret in secrets)


AddressKeys = Callable[[str], tuple[str, ...]]
"""What one site keeps of an address that it vouches for: `address_keys` with its secrets."""


def no_keys(address: str) -> tuple[str, ...]:  # noqa: ARG001 - one shape for all sites
    """Vouch for no address."""
    return ()


def address_keys(email: str, *, secrets: Sequence[bytes], site_id: str) -> tuple[str, ...]:
    """Return what is kept of an address that a token names, until its owner agrees to more; one for each secret."""
    text = f"foyer address\0{site_id}\0{as_kept(email)}".encode()
    return tuple(_sign(secret, text).hex() for secret in secrets)


def _sign(secret: bytes, text: bytes) -> bytes:
    return hmac.new(secret, text, hashlib.sha256).digest()


def _bytes_of(text: str, which: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise IdentityRefusedError(f"The identity token's {which} is not base64url.") from None


def _json_of(text: str, which: str) -> dict[str, Any]:
    try:
        read = json.loads(_bytes_of(text, which))
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise IdentityRefusedError(f"The identity token's {which} is no JSON object.")
    return read


def _check_header(header: dict[str, Any]) -> None:
    if header.get("alg") != ALGORITHM:
        raise IdentityRefusedError(f"The identity token must be signed with {ALGORITHM}.")
    if "crit" in header:
        raise IdentityRefusedError("The identity token asks for extensions (`crit`) that Foyer has not.")


def _vouched(claims: dict[str, Any], *, audience: str, now: datetime) -> Vouched:
    named = claims.get("aud")
    if audience not in (named if isinstance(named, list) else [named]):
        raise IdentityRefusedError(f"The identity token is for another site: `aud` must be {audience!r}.")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject.strip() or len(subject) > LONGEST_SUBJECT:
        raise IdentityRefusedError(f"`sub` must be text of 1 to {LONGEST_SUBJECT} characters.")
    expires_at = _expiry(claims, now)
    return Vouched(subject=subject, email=_email(claims), expires_at=expires_at)


def _expiry(claims: dict[str, Any], now: datetime) -> datetime:
    expires_at = _moment(claims, "exp")
    if expires_at is None:
        raise IdentityRefusedError("The identity token must say when it ends (`exp`, seconds since 1970).")
    if expires_at + SKEW <= now:
        raise IdentityExpiredError("The identity token is over (`exp`); sign a new one.")
    if expires_at > now + LONGEST_LIFE + SKEW:
        raise IdentityRefusedError("The identity token lives too long: `exp` may be an hour ahead at most.")
    for name in ("nbf", "iat"):
        begins_at = _moment(claims, name)
        if begins_at is not None and begins_at > now + SKEW:
            raise IdentityRefusedError(f"The identity token is from the future (`{name}`); check the clocks.")
    return expires_at


def _moment(claims: dict[str, Any], name: str) -> datetime | None:
    value = claims.get(name)
    if value is None:
        return None
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        pass
    raise IdentityRefusedError(f"`{name}` must be a number of seconds since 1970.")


def _email(claims: dict[str, Any]) -> str | None:
    address = claims.get("email")
    if address is None or claims.get("email_verified") is False:
        return None
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address) or len(address) > 254:
        raise IdentityRefusedError("`email` must be an e-mail address; leave it out where there is none.")
    return as_kept(address)
