"""Whether the service lives, whether it can answer, and what it counts."""

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.web.visitor_http import parts_of

router = APIRouter(tags=["operation"])


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", summary="Alive")
async def healthz() -> dict[str, str]:
    """Answer as long as the process runs."""
    return {"status": "alive"}


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz", summary="Ready, part by part")
async def readyz(request: Request) -> Response:
    """Name each part; 503 until all of them can do their work, and again from the moment the server is stopping."""
    parts = parts_of(request).readiness()
    is_ready = all(state == "ready" or state.startswith("degraded") for state in parts.values())
    body = {"status": "ready" if is_ready else "not ready", "parts": dict(parts)}
    return Response(orjson.dumps(body), 200 if is_ready else 503, media_type="application/json")
