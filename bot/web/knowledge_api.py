"""Look at a site's knowledge and its gaps, and have it indexed again."""

import base64
import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from bot.sources import Gap, gap_json, shown_gaps
from bot.store import UnknownCursorError
from bot.web.auth import ApiAccess
from bot.web.errors import Problem
from bot.web.moment import Moment
from bot.web.parts import Front
from bot.web.visitor_http import parts_of

router = APIRouter(prefix="/api/v1/knowledge", tags=["knowledge"])

SiteParameter = Annotated[str, Query(min_length=1, max_length=64)]
Everything = Annotated[
    bool, Query(alias="all", description="Also what is answered by now, and what asks for nothing.")
]


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


@router.get("/gaps", summary="Questions that were not answered")
async def gaps(
    request: Request,
    access: ApiAccess,
    site: SiteParameter,
    since: Annotated[Moment | None, Query(description="Only questions asked at or after this time.")] = None,
    at_least: Annotated[int, Query(alias="min", ge=1, description="Only what was asked so often.")] = 1,
    everything: Everything = False,  # noqa: FBT002
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """Return a page of gaps, the most asked first; who asked is named only where they agreed to be contacted."""
    front = reachable(site, request, access)
    if not front.is_answering():
        raise Problem(503, "starting", f"The knowledge of {site!r} is not ready yet.", {"Retry-After": "2"})
    found = shown_gaps(await front.gaps(since), everything=everything, at_least=at_least)
    rest = [gap for gap in found if cursor is None or gap.order > read_cursor(cursor)]
    more = len(rest) > limit
    return {
        "gaps": [gap_json(gap) for gap in rest[:limit]],
        "next_cursor": write_cursor(rest[limit - 1]) if more else None,
    }


def write_cursor(gap: Gap) -> str:
    """Return where a page ends: the place of its last gap in the order of the list."""
    return base64.urlsafe_b64encode(json.dumps(gap.order).encode()).decode()


def read_cursor(cursor: str) -> tuple[bool, bool, int, float, str]:
    """Return the place that `write_cursor` named.

    Raises:
        UnknownCursorError: it is not one of ours.
    """
    try:
        is_empty, is_answered, count, last, name = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return bool(is_empty), bool(is_answered), int(count), float(last), str(name)
    except (ValueError, TypeError) as error:
        remedy = "begin at the first page, without one."
        raise UnknownCursorError(f"{cursor!r} is no cursor of ours; {remedy}") from error
