"""The application: every route in one place. `create_app` takes what `bot.assemble` put together."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI

from bot.telemetry import Numbers, Traces
from bot.web import (
    console,
    faq_api,
    feedback_api,
    health,
    knowledge_api,
    leads_api,
    merges_api,
    operator_api,
    pages,
    proactive_api,
    visitor_events,
    visitor_http,
    widget_files,
)
from bot.web.described import described
from bot.web.errors import install_error_handlers
from bot.web.faq_memory import FaqMemory, FromMemory
from bot.web.measured import Measured
from bot.web.middleware import BodyLimit, Cors, NoNul, SafeHeaders
from bot.web.origins import Origins
from bot.web.parts import Parts
from bot.web.sockets import Sockets

DESCRIPTION = """Chat, FAQ and leads of a website's documentation.

Visitors' routes take a visitor token (`POST /api/v1/sessions`), leads and knowledge an API key (`foyer key add`).
Errors are `application/problem+json` with a stable `code`. The websocket `/api/v1/ws` speaks `foyer.v1`.
"""


# Fixed paths before those with an id in them.
ROUTERS = (
    health.router,
    visitor_http.router,
    proactive_api.router,
    visitor_events.router,
    faq_api.router,
    merges_api.router,
    feedback_api.router,
    leads_api.router,
    knowledge_api.router,
    operator_api.router,
    widget_files.router,
    pages.router,
    console.router,
    faq_api.json_ld,
)


def create_app(
    start: Callable[[], AbstractAsyncContextManager[Parts]],
    *,
    origins: Callable[[], Origins],
    body_bytes: int,
    numbers: Callable[[], Numbers | None] = lambda: None,
    traces: Traces | None = None,
) -> FastAPI:
    """Return the application; `start` opens everything it works with while it runs."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with start() as parts:
            app.state.parts = parts
            yield

    app = FastAPI(
        title="Foyer",
        version="1",
        description=DESCRIPTION,
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    install_error_handlers(app)
    app.state.faq_memory = FaqMemory()
    app.add_middleware(Cors, origins=origins)
    app.add_middleware(NoNul)
    app.add_middleware(SafeHeaders)
    app.add_middleware(BodyLimit, limit_bytes=body_bytes)
    app.add_middleware(FromMemory, memory=app.state.faq_memory)
    app.add_middleware(Sockets)
    app.add_middleware(Measured, numbers=numbers, traces=traces or Traces())
    for router in ROUTERS:
        app.include_router(router)
    app.openapi = described(app)  # type: ignore[method-assign] # FastAPI's own way to extend it
    return app
