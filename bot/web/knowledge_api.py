"""Look at a site's knowledge and have it indexed again."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from bot.web.auth import ApiAccess
from bot.web.errors import Problem
from bot.web.parts import Front
from bot.web.visitor_http import parts_of

router = APIRouter(prefix="/api/v1/knowledge", tags=["knowledge"])

SiteParameter = Annotated[str, Query(min_length=1, max_length=64)]


def reachable(site: str, request: Request, access: ApiAccess) -> Front:
    """Return the site as far as the key reaches."""
    front = parts_of(request).fronts().get(access.site_or_own(site) or site)
    if front is None:
        raise Problem(404, "unknown_site", f"There is no site {site!r} here.")
    return front


@router.post("/reindex", summary="Index a site's folder now")
async def reindex(
    request: Request, access: ApiAccess, site: SiteParameter, full: Annotated[bool, Query()] = False  # noqa: FBT002
) -> dict[str, Any]:  # fmt: skip
    """Return the same report as `foyer index`; the old version serves until the new one is whole."""
    return await reachable(site, request, access).reindex(full)


@router.get("/sources", summary="The state of each source")
async def sources(request: Request, access: ApiAccess, site: SiteParameter) -> dict[str, Any]:
    """Return the version that serves and each source's state, last success and last error."""
    return await reachable(site, request, access).knowledge()
