"""The API as it describes itself: what FastAPI reads off the routes, with the errors that every route may answer.

Promises: an operation names each status it can answer; every error is a problem document; strings hold no NUL.
"""

from collections.abc import Callable, Iterator
from typing import Any

from fastapi import FastAPI

PROBLEM = {
    "title": "Problem",
    "description": "RFC 9457; `code` is stable, `detail` is for people.",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
    },
    "examples": [
        {
            "type": "about:blank#rate_limited",
            "title": "rate limited",
            "status": 429,
            "code": "rate_limited",
            "detail": "Too many requests. Try again in 60 s.",
        }
    ],
}
MEANINGS = {
    "400": "It can not be read.",
    "401": "A token or key is needed, or this one is none.",
    "403": "Not from this page.",
    "404": "There is no such thing here.",
    "409": "It contradicts what is there.",
    "410": "It was erased.",
    "413": "The body is too large.",
    "422": "A value is not valid.",
    "429": "Too often; `Retry-After` says when again.",
    "503": "Not ready yet, or the storage is away; try again.",
}
ALWAYS = ("400", "422", "503")
WITH_BODY = ("413",)
WITH_KEY = ("401", "403", "404", "409", "429")
OF_VISITORS = ("401", "403", "404", "409", "410", "429")
OF_OPERATORS = ("401", "403", "429")
OF_SITES = ("403", "404", "429")
REASONS = {"visitor": OF_VISITORS, "operator": OF_OPERATORS}
OUTSIDE = {"/readyz": ("503",), "/metrics": ("403",)}
KEY_HEADERS = frozenset({"authorization", "x-api-key", "x-csrf-token"})
SCHEMES = {
    "key": {"type": "http", "scheme": "bearer", "description": "An API key: `foyer key add`."},
    "keyHeader": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "visitor": {"type": "http", "scheme": "bearer", "description": "A `visitor_token`."},
    "login": {"type": "apiKey", "in": "cookie", "name": "foyer", "description": "`__Host-foyer` over https."},
    "formToken": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
}
NO_NUL = r"^[^\x00]*$"


def described(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """Return what takes the place of `app.openapi`: the same description, completed once."""
    plain = app.openapi

    def complete() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = completed(plain())
        return app.openapi_schema

    return complete


def completed(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the description with its errors, its ways to authorise and its texts without NUL."""
    components = schema["components"]
    components["schemas"] = {
        name: one for name, one in components["schemas"].items() if "ValidationError" not in name
    } | {"Problem": PROBLEM}
    components["securitySchemes"] = SCHEMES
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            complete_operation(path, operation)
    for text in texts_in([schema["paths"], components["schemas"]]):
        text.setdefault("pattern", NO_NUL)
    return schema


def complete_operation(path: str, operation: dict[str, Any]) -> None:
    """Add to one operation who may call it and what it answers when it fails."""
    if not path.startswith("/api/"):
        operation["responses"] |= {status: problem(status) for status in OUTSIDE.get(path, ())}
        return
    parameters = operation.get("parameters", [])
    is_keyed = any(one["name"] == "x-api-key" for one in parameters)
    is_visitors = "visitor" in operation["tags"]
    operation["parameters"] = [one for one in parameters if one["name"].lower() not in KEY_HEADERS]
    if is_keyed:
        operation["security"] = [{"key": []}, {"keyHeader": []}]
    elif is_visitors:
        operation["security"] = [{"visitor": []}] + ([{}] if path == "/api/v1/sessions" else [])
    elif "operator" in operation["tags"]:
        operation["security"] = [{"login": [], "formToken": []}]
    reasons = next((of for tag, of in REASONS.items() if tag in operation["tags"]), OF_SITES)
    reasons = WITH_KEY if is_keyed else reasons
    body = WITH_BODY if "requestBody" in operation else ()
    operation["responses"] |= {status: problem(status) for status in sorted({*ALWAYS, *reasons, *body})}


def problem(status: str) -> dict[str, Any]:
    """Return the description of an error."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": MEANINGS[status], "content": content}


def texts_in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the schema of every free text that a caller may send."""
    if isinstance(value, list):
        for one in value:
            yield from texts_in(one)
    elif isinstance(value, dict):
        if value.get("type") == "string" and not value.keys() & {"enum", "const", "format", "pattern"}:
            yield value
        for name, one in value.items():
            if name not in {"responses", "examples", "Problem"}:
                yield from texts_in(one)
