"""What went wrong with one call, from whatever the libraries below raised: foreign errors end here.

No sentence repeats what a provider wrote: it may quote the prompt, or a part of the key.
"""

import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.errors import BotError
from bot.llm.words import FailureCode

OURS: Mapping[str, FailureCode] = {
    "forbidden_address": "forbidden",
    "unresolved_name": "unresolved",
    "answer_too_large": "too_large",
    "encoded_answer": "malformed",
}
"""What the connections' own refusals (`BotError.code`) are called here."""
UNUSED: frozenset[FailureCode] = frozenset(
    {
        "unreachable",
        "unresolved",
        "tls",
        "forbidden",
        "unauthorised",
        "rate_limited",
        "provider",
        "busy",
        "open",
    }
)
"""After these no provider counts a token."""
MAY_PASS = frozenset({500, 502, 503, 504, 520, 529})
MAX_RETRY_AFTER_S = 3600.0
_CODE = re.compile(r"[a-z]{1,24}(?:_[a-z]{1,24}){0,5}")
"""Words: a key or a sentence is none."""
_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One call that gave no whole reply.

    `may_pass` says that the same call may go well in a moment, after `retry_after_s` where the provider said
    so; `is_prompts` that another prompt would have gone well, which says nothing about the model; `is_form` that
    the model answered, but not in the form that was asked for; `is_hurried` that it was given less than its own
    time; `status` is the HTTP status, None without one.
    """

    code: FailureCode
    message: str
    may_pass: bool = False
    is_prompts: bool = False
    is_form: bool = False
    is_hurried: bool = False
    retry_after_s: float | None = None
    status: int | None = None

    @property
    def is_about_the_model(self) -> bool:
        """Return whether it says that the model, or the way to it, is not well."""
        return not (self.is_prompts or self.is_form or self.is_hurried or self.code == "busy")


class TroubleError(Exception):
    """Carries a trouble of our own finding out of a block; never leaves this room."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.message)
        self.trouble = trouble


def trouble_of(error: BaseException, model: str) -> Trouble:
    """Return what an error of a provider's library means."""
    if isinstance(error, TroubleError):
        return error.trouble
    if isinstance(error, TimeoutError):
        return Trouble(code="timeout", message=f"{model}: it did not write in time.")
    chain = tuple(_chain(error))
    for cause in chain:
        if isinstance(cause, BotError) and cause.code in OURS:
            return Trouble(code=OURS[cause.code], message=f"{model}: {cause}")
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _of_status(status, error, model)
    if any(isinstance(cause, ssl.SSLError) for cause in chain):
        return Trouble(code="tls", message=f"{model}: the server has no certificate to trust.")
    return _of_connection(chain, model) or _of_content(error, chain, model)


def _of_status(status: int, error: BaseException, model: str) -> Trouble:
    named = _code_in(getattr(error, "body", None))
    said = f"{model} answered {status}{f' ({named})' if named else ''}"
    if status in {401, 403}:
        message = f"{said}: the key is not accepted; check the variable that `key` names."
        return Trouble(code="unauthorised", message=message, status=status)
    if status == 429:
        return Trouble(
            code="rate_limited",
            message=f"{said}: too much was asked of it, or its credit is used up.",
            may_pass=named != "insufficient_quota",
            retry_after_s=_retry_after(error),
            status=status,
        )
    if status < 400:
        may_pass = named == "overloaded_error"
        return Trouble(
            code="provider", message=f"{said}, with an error in it.", may_pass=may_pass, status=status
        )
    if status in MAY_PASS:
        wait_s = _retry_after(error)
        return Trouble(
            code="provider", message=f"{said}.", may_pass=True, retry_after_s=wait_s, status=status
        )
    is_prompts = status in {400, 413, 422}
    return Trouble(code="provider", message=f"{said}.", is_prompts=is_prompts, status=status)


def _of_connection(chain: tuple[BaseException, ...], model: str) -> Trouble | None:
    import httpx2

    for cause in chain:
        if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout):
            return Trouble(code="unreachable", message=f"{model}: no connection to the server.")
        if isinstance(cause, httpx2.TimeoutException | TimeoutError):
            return Trouble(code="timeout", message=f"{model}: the server did not answer in time.")
        if isinstance(cause, httpx2.DecodingError):
            return Trouble(code="malformed", message=f"{model}: the reply can not be read.")
        if isinstance(cause, httpx2.TransportError | ConnectionError):
            return Trouble(code="unreachable", message=f"{model}: the connection broke.", may_pass=True)
    return None


def _of_content(error: BaseException, chain: tuple[BaseException, ...], model: str) -> Trouble:
    body = getattr(error, "body", None)
    if hasattr(error, "request") and body is not None:
        named = _code_in(body)
        sentence = f"{model} sent an error{f' ({named})' if named else ''} in its reply."
        return Trouble(code="provider", message=sentence, may_pass=named == "overloaded_error")
    if isinstance(error, ValueError) and error.args and isinstance(error.args[0], dict):
        return Trouble(code="provider", message=f"{model} sent an error in its reply.")
    if any("No generation" in str(cause) for cause in chain if isinstance(cause, ValueError)):
        return Trouble(code="empty", message=f"{model}: the reply is empty.")
    kind = type(chain[-1]).__name__
    return Trouble(code="malformed", message=f"{model}: the reply can not be read ({kind}).")


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it came from, the nearest first."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _code_in(body: Any) -> str | None:
    """Return the provider's name for an error, where it is a name and not a text."""
    for _ in range(2):  # Anthropic has {"error": {…}}, OpenAI's library unwraps it
        if not isinstance(body, Mapping):
            return None
        for key in ("code", "type"):
            value = body.get(key)
            if isinstance(value, str) and value != "error" and _CODE.fullmatch(value):
                return value
        body = body.get("error")
    return None


def _retry_after(error: BaseException) -> float | None:
    """Return the seconds of a Retry-After header; dates, which providers do not send, count as none."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    value = str(headers.get("retry-after", "")).strip()
    return min(float(value), MAX_RETRY_AFTER_S) if _SECONDS.fullmatch(value) else None
