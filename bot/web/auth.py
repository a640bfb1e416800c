"""Who may read leads: an API key, hashed at rest, bound to a site or to all."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request

from bot.store import keys
from bot.web.errors import Problem, too_many
from bot.web.parts import Parts
from bot.web.visitor_http import bearer_token, parts_of


@dataclass(frozen=True, slots=True)
class Access:
    """What the caller may see; `site_id` None means every site of this server."""

    name: str
    site_id: str | None

    def site_or_own(self, site_id: str | None) -> str | None:
        """Return the site to show: the asked one, as far as the key reaches.

        Raises:
            Problem: 404 when the key belongs to another site.
        """
        if self.site_id is None:
            return site_id
        if site_id not in {None, self.site_id}:
            raise Problem(404, "unknown_site", f"There is no site {site_id!r} here.")
        return self.site_id


async def access_api(
    request: Request,
    authorization: Annotated[str | None, Header()] = None,
    x_api_key: Annotated[str | None, Header()] = None,
) -> Access:
    """Return what the presented API key opens.

    Raises:
        Problem: 401 without a valid key.
    """
    parts = parts_of(request)
    secret = bearer_token(authorization) or x_api_key
    if secret and is_control(secret, parts):
        return Access("this machine", None)
    if secret:
        digest = hashlib.sha256(secret.encode("utf-8", "replace")).digest()
        async with parts.db.read() as connection:
            key = await keys.find(connection, digest)
        if key is not None:
            wait_s = await parts.limiter.wait_s("api", key.key_id)
            if wait_s is not None:
                raise too_many(wait_s)
            return Access(key.name, key.site_id)
    raise Problem(
        401,
        "unauthorized",
        "An API key is needed: `foyer key add`, then send `Authorization: Bearer <key>`.",
        {"WWW-Authenticate": "Bearer"},
    )


def is_control(secret: str, parts: Parts) -> bool:
    """Whether this is the command line of the same machine: it read the token from the server's own folder."""
    return hmac.compare_digest(secret.encode("utf-8", "replace"), parts.control_token.encode())


ApiAccess = Annotated[Access, Depends(access_api)]
