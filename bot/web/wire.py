"""Frames of `foyer.v1`: parse what clients send, spell what they get. Nothing raises past `parse_frame`.

orjson refuses NaN, huge integers, lone surrogates and deep nesting; pydantic checks the shape; unknown fields are
ignored. See docs/websocket.md for the protocol.
"""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar, cast

import orjson
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from bot.chat.agreement import CONSENT_FIELD
from bot.domain.conversation import Message
from bot.web.limits import Allowance
from bot.web.spelled import message_data

LONGEST_TEXT = 100_000
"""What the shape allows; the configured limit (`Allowance.text_chars`) is checked by `refuse_long_text`."""
ClientMessageId = Annotated[str, StringConstraints(min_length=1, max_length=64)]
ShortText = Annotated[str, StringConstraints(max_length=2_000)]


class Lenient(BaseModel):
    """Unknown fields are ignored; types are not coerced; NUL never passes."""

    model_config = ConfigDict(extra="ignore", strict=True)

    @model_validator(mode="before")
    @classmethod
    def refuse_nul(cls, data: Any) -> Any:
        """Refuse NUL in any string: PostgreSQL can not keep it and nobody types it."""
        if isinstance(data, dict) and any(
            isinstance(value, str) and "\x00" in value for value in data.values()
        ):
            raise ValueError("text may not contain NUL")
        return data


def hint(longest: int) -> BeforeValidator:
    """Cut what is only told beside: the title of the page that the chat stands on is no reason to refuse the chat."""
    return BeforeValidator(lambda value: shortened(value, longest))


def shortened(value: Any, longest: int) -> Any:
    """Return a text without NUL and halves of characters, at most so long; anything else as it is."""
    if not isinstance(value, str):
        return value
    return value.replace("\x00", "").encode(errors="replace").decode()[:longest]


def of_campaign(value: Any) -> Any:
    """Return of a campaign's parameters those that have a known form, the first eight."""
    if not isinstance(value, dict):
        return value
    named = {name: text for name, text in value.items() if isinstance(name, str) and UTM_NAME.fullmatch(name)}
    return {name: shortened(named[name], UTM_CHARS) for name in list(named)[:UTM_PARTS]}


UTM_NAME = re.compile("[a-z_]{1,20}")
UTM_CHARS, UTM_PARTS = 200, 8
Address = Annotated[str, hint(2_000)]


class Page(BaseModel):
    """Where the visitor is; `referrer` and `utm`, where they came from, follow with their consent and count only then.

    `utm` are the `utm_` parameters of the first page's address, without that prefix. What is too long is cut.
    """

    model_config = ConfigDict(extra="ignore", strict=True)

    url: Address | None = None
    title: Annotated[str, hint(500)] | None = None
    referrer: Address | None = None
    utm: Annotated[dict[str, str], BeforeValidator(of_campaign)] | None = None


class Client(BaseModel):
    """What the client says of itself. What is too long is cut."""

    model_config = ConfigDict(extra="ignore", strict=True)

    version: Annotated[str, hint(40)] | None = None
    locale: Annotated[str, hint(35)] | None = None
    page: Page | None = None


class HelloData(Lenient):
    """The first frame's data."""

    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    conversation_id: Annotated[str, StringConstraints(max_length=64)] | None = None
    last_seq: Annotated[int, Field(ge=0, le=2**53)] = 0
    epoch: Annotated[str, StringConstraints(max_length=64)] | None = None
    client: Client | None = None
    identity: Annotated[str, StringConstraints(max_length=8_192)] | None = None


class SayData(Lenient):
    """What a visitor says: exactly one of text, choice, form."""

    client_message_id: ClientMessageId
    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT)] | None = None
    choice: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    form: dict[Annotated[str, StringConstraints(max_length=64)], ShortText] | None = None

    @model_validator(mode="after")
    def has_one_body(self) -> "SayData":
        """Require exactly one of the three bodies, with something in it."""
        given = [body for body in (self.text, self.choice, self.form) if body is not None]
        if len(given) != 1:
            raise ValueError("say exactly one of text, choice, form")
        filled = any(value.strip() for name, value in (self.form or {}).items() if name != CONSENT_FIELD)
        if not (filled or (self.text or self.choice or "").strip()):
            raise ValueError("there is nothing in it")
        if self.form is not None and (
            len(self.form) > 10 or "\x00" in "".join([*self.form, *self.form.values()])
        ):
            raise ValueError("a form has at most 10 fields without NUL")
        return self


class AckData(Lenient):
    """What the visitor has been shown."""

    seq: Annotated[int, Field(ge=0, le=2**53)]


class FeedbackData(Lenient):
    """Whether an answer helped."""

    message_id: Annotated[str, StringConstraints(max_length=64)]
    helpful: bool
    comment: ShortText | None = None


class Hello(Lenient):
    """→ hello."""

    type: Literal["hello"]
    id: str | None = None
    data: HelloData


class Say(Lenient):
    """→ say."""

    type: Literal["say"]
    id: str | None = None
    data: SayData


class Ack(Lenient):
    """→ ack."""

    type: Literal["ack"]
    id: str | None = None
    data: AckData


class Feedback(Lenient):
    """→ feedback."""

    type: Literal["feedback"]
    id: str | None = None
    data: FeedbackData


class Signal(Lenient):
    """→ typing, ping, pong: no data to speak of."""

    type: Literal["typing", "ping", "pong"]
    id: str | None = None


F = TypeVar("F")
ClientFrame = Hello | Say | Ack | Feedback | Signal
FRAME: TypeAdapter[ClientFrame] = TypeAdapter(Annotated[ClientFrame, Field(discriminator="type")])


class FrameError(BaseModel):
    """Why a frame was not understood; `id` is repeated where it could be read."""

    code: str
    message: str
    id: str | None = None


def parse_frame(raw: str | bytes, allowance: Allowance) -> ClientFrame | FrameError:
    """Parse one frame of a visitor; whatever it is, the result is a value."""
    return parse_known(raw, allowance, FRAME)


def parse_known(raw: str | bytes, allowance: Allowance, known: TypeAdapter[F]) -> F | FrameError:
    """Parse one frame of those that are known on a line; whatever it is, the result is a value."""
    if isinstance(raw, bytes):
        return FrameError(code="bad_frame", message="Frames are UTF-8 text, not binary.")
    try:
        encoded = raw.encode()
    except UnicodeEncodeError:
        return FrameError(code="bad_frame", message="The frame is not valid Unicode.")
    if len(encoded) > allowance.frame_bytes:
        text = f"A frame is at most {allowance.frame_bytes} bytes."
        return FrameError(code="too_large", message=text, id=recovered_id(raw))
    try:
        data = orjson.loads(encoded)
    except (orjson.JSONDecodeError, RecursionError):
        return FrameError(code="bad_json", message="The frame is not valid JSON.", id=recovered_id(raw))
    frame_id = repeatable_id(data)
    if not isinstance(data, dict) or not isinstance(data.get("type"), str):
        return FrameError(code="bad_frame", message="A frame is an object with a `type`.", id=frame_id)
    frame = validated(data, frame_id, known)
    return refuse_long_text(frame.data, allowance, frame_id) or frame if isinstance(frame, Say) else frame


def refuse_long_text(say: SayData, allowance: Allowance, frame_id: str | None = None) -> FrameError | None:
    """Return why a text is too long, or None when it is not."""
    if say.text is not None and len(say.text) > allowance.text_chars:
        return FrameError(
            code="too_long", message=f"A text is at most {allowance.text_chars} characters.", id=frame_id
        )
    return None


def validated(data: dict[str, Any], frame_id: str | None, known: TypeAdapter[F]) -> F | FrameError:
    """Check a frame's shape against its type."""
    try:
        return known.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        if first["type"] in {"union_tag_invalid", "union_tag_not_found"}:
            return FrameError(
                code="unknown_type", message="This frame type is not part of foyer.v1.", id=frame_id
            )
        where = ".".join(str(part) for part in first["loc"][1:])
        return FrameError(code="bad_frame", message=f"{where or 'frame'}: {first['msg']}", id=frame_id)


def read_say(body: dict[str, Any], allowance: Allowance, *, client_message_id: str) -> SayData | FrameError:
    """Check what is said without a socket."""
    frame = validated({"type": "say", "data": {**body, "client_message_id": client_message_id}}, None, FRAME)
    if not isinstance(frame, Say):
        return cast("FrameError", frame)
    return refuse_long_text(frame.data, allowance) or frame.data


def repeatable_id(data: Any) -> str | None:
    """Return the client's own frame id where it is a short string."""
    frame_id = data.get("id") if isinstance(data, dict) else None
    return frame_id if isinstance(frame_id, str) and len(frame_id) <= 64 else None


def recovered_id(raw: str) -> str | None:
    """Return the id of a frame that is refused as a whole, where a more patient parser finds one."""
    try:
        frame_id = repeatable_id(json.loads(raw))
    except (ValueError, RecursionError):
        return None
    return frame_id if frame_id is not None and frame_id.isprintable() else None


def spell(kind: str, data: Mapping[str, Any], *, seq: int | None = None, frame_id: str | None = None) -> str:
    """Return a server frame as text."""
    frame: dict[str, Any] = {"type": kind}
    if frame_id is not None:
        frame["id"] = frame_id
    if seq is not None:
        frame["seq"] = seq
    frame["data"] = dict(data)
    return orjson.dumps(frame).decode()


def error_frame(
    code: str, message: str, *, frame_id: str | None = None, retry: bool = False, retry_after_ms: int | None = None
) -> str:  # fmt: skip
    """Return an `error` frame."""
    data: dict[str, Any] = {"code": code, "message": message, "retry": retry}
    if retry_after_ms is not None:
        data["retry_after_ms"] = retry_after_ms
    return spell("error", data, frame_id=frame_id)


def message_frame(message: Message) -> str:
    """Return a stored message as a durable frame."""
    return spell("message", message_data(message), seq=message.seq)
