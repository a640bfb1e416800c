"""Who may read leads: an API key, hashed at rest, or somebody who is logged in; bound to a site or to all."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request

from bot.store import keys
from bot.web.errors import Problem, too_many
from bot.web.operator_session import find_operator, is_form_token, is_from_elsewhere
from bot.web.parts import Parts
from bot.web.visitor_http import bearer_token, parts_of

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


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
    x_csrf_token: Annotated[str | None, Header()] = None,
) -> Access:
    """Return what the presented API key opens, or without one the login of the browser.

    Raises:
        Problem: 401 without either, 403 for a change that does not carry the login's form token.
    """
    parts = parts_of(request)
    secret = bearer_token(authorization) or x_api_key
    if secret and is_control(secret, parts):
        return Access("this machine", None)
    found = await access_by_key(secret, parts) if secret else await access_by_login(request, x_csrf_token)
    if found is not None:
        name, access = found
        wait_s = await parts.limiter.wait_s("api", name)
        if wait_s is not None:
            raise too_many(wait_s)
        return access
    raise Problem(
        401,
        "unauthorized",
        "An API key is needed: `foyer key add`, then send `Authorization: Bearer <key>`.",
        {"WWW-Authenticate": "Bearer"},
    )


async def access_by_key(secret: str, parts: Parts) -> tuple[str, Access] | None:
    """Return the id of a key and what it opens; None when it is no valid one."""
    digest = hashlib.sha256(secret.encode("utf-8", "replace")).digest()
    async with parts.db.read() as connection:
        key = await keys.find(connection, digest)
    return None if key is None else (key.key_id, Access(key.name, key.site_id))


async def access_by_login(request: Request, form_token: str | None) -> tuple[str, Access] | None:
    """Return the id of who is logged in and what they see; None when nobody is.

    Raises:
        Problem: 403 for a change that another page could have made the browser ask for.
    """
    parts = parts_of(request)
    operator = await find_operator(request, parts)
    if operator is None:
        return None
    if request.method not in SAFE_METHODS and (
        is_from_elsewhere(request, parts) or not is_form_token(form_token or "", operator.form_token)
    ):
        raise Problem(
            403, "csrf", "A change by a logged-in browser needs the header X-CSRF-Token; or use an API key."
        )
    return operator.operator_id, Access(operator.name, operator.site_id)


def is_control(secret: str, parts: Parts) -> bool:
    """Whether this is the command line of the same machine: it read the token from the server's own folder."""
    return hmac.compare_digest(secret.encode("utf-8", "replace"), parts.control_token.encode())


ApiAccess = Annotated[Access, Depends(access_api)]
