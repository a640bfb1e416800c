"""Bodies read as frames are: what no JSON document may hold is refused, also in fields that nobody reads."""

from collections.abc import Callable, Coroutine
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.routing import APIRoute


class StrictRequest(Request):
    """A request whose JSON is read by orjson: no NaN, no Infinity, no lone surrogate, no depth without end."""

    async def json(self) -> Any:
        """Return what the body says.

        Raises:
            json.JSONDecodeError: it is no JSON (RFC 8259).
        """
        return orjson.loads(await self.body())


class StrictRoute(APIRoute):
    """A route that takes such requests."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the framework's handler, with the body read here."""
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return handle_strictly
