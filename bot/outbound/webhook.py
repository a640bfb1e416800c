"""Webhooks as Standard Webhooks 1.0.0 (https://www.standardwebhooks.com) has them: signed, at least once.

The signature is an HMAC-SHA256 over `id.timestamp.body`, over exactly the bytes that are sent. Only 2xx is
success; a redirect is a failure; 410 says that the receiver wants no more.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import orjson

from bot.domain.errors import ConfigurationError
from bot.outbound.guard import Call, Failure, Guard, Response
from bot.outbound.parcel import Outcome, Parcel

SECRET_PREFIX = "whsec_"  # noqa: S105 - the public prefix, no secret
MIN_SECRET_BYTES = 24
MAX_SECRET_BYTES = 64
MAX_BODY_BYTES = 20_000
TIMEOUT_S = 20.0

SecretsOf = Callable[[str, str], Sequence[str]]
"""(site id, URL) -> the secrets to sign with, newest first; two during a rotation; none: not configured."""


def parse_secret(secret: str) -> bytes:
    """Return the key in `whsec_…`.

    Raises:
        ConfigurationError: it is not `whsec_` and base64 of 24 to 64 bytes.
    """
    try:
        key = base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(SECRET_PREFIX) or not MIN_SECRET_BYTES <= len(key) <= MAX_SECRET_BYTES:
        raise ConfigurationError(
            "A webhook's secret must be 'whsec_' followed by the base64 of 24 to 64 random bytes; "
            "make one with: echo whsec_$(openssl rand -base64 32)"
        )
    return key


def sign(body: bytes, *, message_id: str, timestamp: int, secrets: Sequence[str]) -> str:
    """Return the `webhook-signature` header: one `v1,<base64>` per secret, space separated."""
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    return " ".join(
        "v1," + base64.b64encode(hmac.new(parse_secret(secret), signed, hashlib.sha256).digest()).decode()
        for secret in secrets
    )


class WebhookSender:
    """Posts a parcel to its URL, signed with the secrets that the site's configuration names for it."""

    def __init__(self, guard: Guard, secrets_of: SecretsOf, *, timeout_s: float = TIMEOUT_S) -> None:
        """`secrets_of` is asked at each attempt: secrets are never stored with a delivery."""
        self._guard = guard
        self._secrets_of = secrets_of
        self._timeout_s = timeout_s

    async def send(self, parcel: Parcel, *, now: datetime) -> Outcome:
        """Post once."""
        secrets = self._secrets_of(parcel.site_id, parcel.address)
        if not secrets:
            return Outcome(kind="refused", detail="The site's foyer.yaml no longer names this webhook.")
        body = orjson.dumps(parcel.payload)
        if len(body) > MAX_BODY_BYTES:
            return Outcome(
                kind="refused", detail=f"The body has {len(body)} bytes; the limit is {MAX_BODY_BYTES}."
            )
        timestamp = int(now.timestamp())
        signature = sign(body, message_id=parcel.parcel_id, timestamp=timestamp, secrets=secrets)
        answer = await self._guard.call(
            Call(
                method="POST",
                url=parcel.address,
                headers={
                    "content-type": "application/json",
                    "user-agent": "Foyer",
                    "webhook-id": parcel.parcel_id,
                    "webhook-timestamp": str(timestamp),
                    "webhook-signature": signature,
                },
                content=body,
                timeout_s=self._timeout_s,
            )
        )
        return _judge(answer, now)


def _judge(answer: Response | Failure, now: datetime) -> Outcome:
    if isinstance(answer, Failure):
        return Outcome(kind="failed", detail=f"{answer.code}: {answer.message}")
    if 200 <= answer.status < 300:
        return Outcome(kind="delivered", detail=f"HTTP {answer.status}")
    if answer.status == 410:
        return Outcome(kind="gone", detail="HTTP 410: the receiver wants no more of these.")
    detail = f"HTTP {answer.status}"
    if 300 <= answer.status < 400:
        detail += ": a redirect is not followed; put its target in foyer.yaml."
    wait_s = read_retry_after(answer.headers.get("retry-after"), now)
    return Outcome(kind="failed", detail=detail, retry_after_s=wait_s)


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds a Retry-After header (RFC 9110 §10.2.3: seconds or a date) asks for, if it does."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds())
