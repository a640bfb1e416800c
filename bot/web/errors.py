"""Errors as the outside sees them: RFC 9457 `application/problem+json` with a stable `code`, never a traceback."""

from collections.abc import Mapping

import orjson
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot.domain.errors import BotError, StorageError
from bot.store import DatabaseAwayError

log = structlog.get_logger(__name__)

STATUS_OF = {
    "not_found": 404,
    "id_conflict": 409,
    "version_conflict": 409,
    "erased": 410,
    "storage": 503,
    "not_ready": 503,
    "export": 422,
    "configuration": 422,
    "unknown_cursor": 422,
    "merge": 409,
    "no_consent": 409,
}
RETRY_AFTER_MS = 2_000
"""After which what could not be answered may be asked again."""
_LATER = {"Retry-After": str(RETRY_AFTER_MS // 1_000)}
CODE_OF = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
}


class Problem(Exception):
    """An answer that is an error: status, code, and a sentence for the person who reads it."""

    def __init__(self, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})


def not_kept(error: StorageError) -> str:
    """Return what a stranger is told of a database that keeps nothing; why not is for the log."""
    if not isinstance(error, DatabaseAwayError):  # that is said once, by who finds it out
        log.warning("storage.refused", reason=str(error))
    return "The service cannot keep anything at the moment. Try again in a few seconds."


def problem_response(
    status: int,
    code: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
    *,
    retry_after_ms: int | None = None,
) -> Response:
    """Return a problem document."""
    body = problem_body(status, code, detail)
    if retry_after_ms is not None:
        body["retry_after_ms"] = retry_after_ms
    return Response(orjson.dumps(body), status, dict(headers or {}), "application/problem+json")


def problem_body(status: int, code: str, detail: str) -> dict[str, str | int]:
    """Return what a problem document says."""
    return {
        "type": f"about:blank#{code}",
        "title": code.replace("_", " "),
        "status": status,
        "code": code,
        "detail": detail,
    }


def too_many(wait_s: float) -> Problem:
    """Return the answer to somebody who asks too often."""
    seconds = max(1, round(wait_s))
    return Problem(
        429, "rate_limited", f"Too many requests. Try again in {seconds} s.", {"Retry-After": str(seconds)}
    )


def install_error_handlers(app: FastAPI) -> None:
    """Make every error of the app a problem document."""

    @app.exception_handler(Problem)
    async def on_problem(_: Request, error: Problem) -> Response:
        return problem_response(error.status, error.code, error.detail, error.headers)

    @app.exception_handler(BotError)
    async def on_bot_error(_: Request, error: BotError) -> Response:
        status = STATUS_OF.get(error.code, 500)
        if isinstance(error, StorageError):
            return problem_response(
                status, error.code, not_kept(error), _LATER, retry_after_ms=RETRY_AFTER_MS
            )
        return problem_response(status, error.code, str(error), _LATER if status == 503 else None)

    @app.exception_handler(RequestValidationError)
    async def on_invalid(_: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return problem_response(422, "invalid", f"{where}: {first['msg']}")

    @app.exception_handler(HTTPException)
    async def on_http(_: Request, error: HTTPException) -> Response:
        code = CODE_OF.get(error.status_code, "error")
        return problem_response(error.status_code, code, str(error.detail), error.headers)

    @app.exception_handler(Exception)
    async def on_crash(request: Request, error: Exception) -> Response:
        log.error("http.crashed", path=request.url.path, exc_info=error)
        return problem_response(500, "internal", "Something went wrong on our side; it is in the log.")
