"""When the widget may speak first: the rules of a site, for pages that ask for them."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from bot.web.visitor_http import front_for, parts_of

KEPT_S = 60
router = APIRouter(prefix="/api/v1", tags=["widget"])


@router.get("/proactive", summary="When the widget may speak first")
async def proactive(
    site: Annotated[str, Query(min_length=1, max_length=64, examples=["demo"])],
    request: Request,
    response: Response,
) -> dict[str, Any]:
    """Return the rules that may hold at this hour. Which of them does is decided in the browser: nothing is told."""
    front = front_for(site, request)
    response.headers["Cache-Control"] = f"public, max-age={KEPT_S}"
    return {"rules": list(front.proactive(parts_of(request).clock()))}
