"""Identity tokens as a site's own server makes them, and as somebody else would like to."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

SECRET = "a secret of a shop that is long enough"
NEXT_SECRET = "the secret that the shop changes over to"


def signed(claims: dict[str, Any], *, secret: str = SECRET, header: dict[str, Any] | None = None) -> str:
    """Return a JWT with these claims."""
    head = encoded({"alg": "HS256", "typ": "JWT"} if header is None else header)
    text = f"{head}.{encoded(claims)}"
    return f"{text}.{packed(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest())}"


def claims_for(
    subject: str = "customer-7", *, now: datetime, site: str = "harbour", **more: Any
) -> dict[str, Any]:
    """Return claims that hold, but for what `more` changes; None leaves one out."""
    claims = {"sub": subject, "aud": site, "exp": int((now + timedelta(minutes=30)).timestamp())}
    return {name: value for name, value in (claims | more).items() if value is not None}


def encoded(value: Any) -> str:
    """Return JSON as a part of a token."""
    return packed(json.dumps(value).encode())


def packed(raw: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
