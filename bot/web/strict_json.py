"""Bodies are JSON as RFC 8259 has it: NaN and Infinity are refused, also in fields that nobody reads."""

import json
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn

from fastapi import Request, Response
from fastapi.routing import APIRoute


class StrictRequest(Request):
    """A request whose body holds no NaN and no Infinity. Half a character stays: a page's title may be cut so."""

    async def json(self) -> Any:
        """Return what the body says.

        Raises:
            json.JSONDecodeError: it is no JSON.
        """
        return json.loads(await self.body(), parse_constant=refuse)


def refuse(constant: str) -> NoReturn:
    """Refuse what Python takes for a number, and nobody else does."""
    raise json.JSONDecodeError(f"{constant} is no JSON", constant, 0)


class StrictRoute(APIRoute):
    """A route that takes such requests."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the framework's handler, with the body read here."""
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return handle_strictly
