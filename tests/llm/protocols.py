"""The two protocols in which stand-in providers answer: https://platform.openai.com/docs/api-reference/chat and
https://docs.anthropic.com/en/api/messages."""

import json
from collections.abc import Iterator
from typing import Any, Protocol

from tests.llm.script import Request, Script, text_of


class Wire(Protocol):
    """How one provider's protocol puts a script."""

    path: str

    def events(self, request: Request, script: Script) -> Iterator[tuple[bytes, bool]]:
        """Yield a stream's events, and of each whether it is a piece of the text."""
        ...

    def whole(self, request: Request, script: Script) -> dict[str, Any]:
        """Return the answer where no stream is asked for."""
        ...

    def error(self, name: str) -> dict[str, Any]:
        """Return an error."""
        ...

    def error_event(self, name: str) -> bytes:
        """Return an error inside of a stream."""
        ...


class OpenAIWire:
    path = "/v1/chat/completions"

    def events(self, request: Request, script: Script) -> Iterator[tuple[bytes, bool]]:
        yield self._chunk({"role": "assistant", "content": ""}), False
        for extra in script.extra:
            yield self._chunk(extra), False
        for piece in script.pieces:
            yield self._chunk({"content": piece}), True
        if script.reason is not None:
            yield self._chunk({}, reason=script.reason), False
        if script.counts is not None and (request.body.get("stream_options") or {}).get("include_usage"):
            yield (
                _data(self._frame("chat.completion.chunk") | {"choices": [], "usage": _counted(script)}),
                False,
            )
        yield b"data: [DONE]\n\n", False

    def whole(self, request: Request, script: Script) -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": text_of(script)}
        if request.way == "tool" and script.value is not None:
            name = request.body["tools"][0]["function"]["name"]
            call = {"name": name, "arguments": text_of(script)}
            message |= {"content": None, "tool_calls": [{"id": "c1", "type": "function", "function": call}]}
        choice = {"index": 0, "message": message, "finish_reason": script.reason}
        counted = {"usage": _counted(script)} if script.counts is not None else {}
        return self._frame("chat.completion") | {"choices": [choice]} | counted

    def error(self, name: str) -> dict[str, Any]:
        return {
            "error": {"message": "A sentence of the provider's.", "type": name, "param": None, "code": name}
        }

    def error_event(self, name: str) -> bytes:
        return _data(self.error(name))

    def _chunk(self, delta: Any, *, reason: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        return _data(self._frame("chat.completion.chunk") | {"choices": [choice]})

    def _frame(self, kind: str) -> dict[str, Any]:
        return {"id": "chatcmpl-1", "object": kind, "created": 1_790_000_000, "model": "stand-in"}


class AnthropicWire:
    path = "/v1/messages"

    def events(self, request: Request, script: Script) -> Iterator[tuple[bytes, bool]]:
        yield _event("message_start", {"message": self._frame(script) | {"content": []}}), False
        yield (
            _event("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}}),
            False,
        )
        for extra in script.extra:
            yield _event("content_block_delta", {"index": 0, "delta": extra}), False
        for piece in script.pieces:
            delta = {"type": "text_delta", "text": piece}
            yield _event("content_block_delta", {"index": 0, "delta": delta}), True
        yield _event("content_block_stop", {"index": 0}), False
        delta = {"stop_reason": _stop_reason(script), "stop_sequence": None}
        yield _event("message_delta", {"delta": delta, "usage": self._frame(script)["usage"]}), False
        yield _event("message_stop", {}), False

    def whole(self, request: Request, script: Script) -> dict[str, Any]:
        content: dict[str, Any] = {"type": "text", "text": text_of(script)}
        if request.way == "tool" and script.value is not None:
            name = request.body["tools"][0]["name"]
            content = {"type": "tool_use", "id": "toolu_1", "name": name, "input": script.value}
        return self._frame(script) | {"content": [content], "stop_reason": _stop_reason(script)}

    def error(self, name: str) -> dict[str, Any]:
        return {"type": "error", "error": {"type": name, "message": "A sentence of the provider's."}}

    def error_event(self, name: str) -> bytes:
        return _event("error", self.error(name))

    def _frame(self, script: Script) -> dict[str, Any]:
        counts = script.counts or (0, 0, 0)
        usage = {
            "input_tokens": counts[0] - counts[2],
            "output_tokens": counts[1],
            "cache_read_input_tokens": counts[2],
            "cache_creation_input_tokens": 0,
        }
        frame: dict[str, Any] = {"id": "msg_1", "type": "message", "role": "assistant", "model": "stand-in"}
        return frame | {"stop_reason": None, "stop_sequence": None, "usage": usage}


def _counted(script: Script) -> dict[str, Any]:
    asked, written, cached = script.counts or (0, 0, 0)
    return {
        "prompt_tokens": asked,
        "completion_tokens": written,
        "total_tokens": asked + written,
        "prompt_tokens_details": {"cached_tokens": cached},
    }


def _stop_reason(script: Script) -> str | None:
    return {"stop": "end_turn", "length": "max_tokens", None: None}.get(script.reason, script.reason)


def _data(value: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"


def _event(kind: str, value: dict[str, Any]) -> bytes:
    return f"event: {kind}\n".encode() + _data({"type": kind, **value})
