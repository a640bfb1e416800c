"""Whether the service lives, whether it can answer, and what it counts."""

import ipaddress
import secrets

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from bot.telemetry.numbers import CONTENT_TYPE
from bot.web.errors import Problem
from bot.web.parts import Parts
from bot.web.visitor_http import parts_of

router = APIRouter(tags=["operation"])

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""What a proxy adds: its own address says nothing about who asks."""


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", summary="Alive")
async def healthz() -> dict[str, str]:
    """Answer as long as the process runs."""
    return {"status": "alive"}


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz", summary="Ready, part by part")
async def readyz(request: Request) -> Response:
    """Name each part, and how long it took to look at those that can be looked at.

    503 while one is starting or failed, and again from the moment the server is stopping; degraded works all the same.
    """
    parts = parts_of(request)
    checks = await parts.checks()
    states = dict(parts.readiness()) | {name: check.state for name, check in checks.items()}
    is_ready = all(state == "ready" or state.startswith("degraded") for state in states.values())
    body = {
        "status": "ready" if is_ready else "not ready",
        "parts": states,
        "took_ms": {name: round(check.took_ms, 1) for name, check in checks.items()},
    }
    return Response(orjson.dumps(body), 200 if is_ready else 503, media_type="application/json")


@router.get("/metrics", summary="Numbers for Prometheus", response_class=PlainTextResponse)
async def metrics(request: Request) -> Response:
    """Return what is counted, to this machine, or to who sends `FOYER_METRICS_TOKEN` as a bearer where it is set."""
    parts = parts_of(request)
    if not may_read_metrics(request, parts):
        raise Problem(
            403, "forbidden", "Only this machine may read /metrics; set FOYER_METRICS_TOKEN for others."
        )
    checks = await parts.checks()
    states = dict(parts.readiness()) | {name: check.state for name, check in checks.items()}
    backlog = checks["outbox"].waiting or 0
    text = parts.numbers.render(backlog=backlog, parts={name: s == "ready" for name, s in states.items()})
    return Response(text, media_type=CONTENT_TYPE)


def may_read_metrics(request: Request, parts: Parts) -> bool:
    """Say whether the caller may: by the token where there is one, else as somebody on this machine."""
    if parts.metrics_token is not None:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(given.encode(), parts.metrics_token.encode())
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    return ipaddress.ip_address(request.client.host).is_loopback
