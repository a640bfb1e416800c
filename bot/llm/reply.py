"""One reply as a provider's library hands it over: its text, how it ended, what was counted."""

import re
from collections.abc import Mapping
from typing import Any

import orjson

from bot.llm.unsaid import Unsaid, said

NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of characters: no database keeps them, no page shows them."""
WHOLE = frozenset({"stop", "end_turn", "stop_sequence", "eos"})
RUN_OUT = frozenset({"length", "max_tokens"})
REFUSED = frozenset({"content_filter", "refusal", "tool_calls", "tool_use", "function_call"})


class Reply:
    """Gathers the chunks of one reply. Only what is said counts: tool calls, thoughts, pictures, refusals do not."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._unsaid = Unsaid()
        self._written: list[str] = []
        self.counted: Mapping[str, Any] | None = None
        self._ended: str | None = None
        self._is_other = False

    def take(self, chunk: Any) -> str:
        """Return what the next chunk says, without what is before the first word of all."""
        counted = getattr(chunk, "usage_metadata", None)
        self.counted = counted or self.counted
        about = chunk.response_metadata
        ended = about.get("finish_reason") or about.get("stop_reason")
        self._ended = ended if isinstance(ended, str) else self._ended
        self._is_other = self._is_other or bool(chunk.tool_calls or chunk.additional_kwargs)
        text = NOT_TEXT.sub("", str(chunk.text))
        self._written.append(text)
        return self._kept(self._unsaid.feed(text))

    def finish(self) -> str:
        """Return what was held back as long as more could come."""
        return self._kept(self._unsaid.finish())

    @property
    def text(self) -> str:
        """Return what was said until now."""
        return "".join(self._pieces)

    @property
    def written(self) -> str:
        """Return all that was written as text, thoughts included: that is what is paid for."""
        return "".join(self._written).strip()

    @property
    def has_ended(self) -> bool:
        """Return whether there is text and the model said that it is all."""
        return bool(self._pieces) and (self._ended is not None or self._unsaid.has_ended)

    @property
    def is_cut(self) -> bool:
        """Return whether the model was stopped before its own end, or never said that it had come to it."""
        return not self._unsaid.has_ended and (self._ended not in WHOLE or self._unsaid.is_thinking)

    @property
    def has_run_out(self) -> bool:
        """Return whether the tokens that it may write were used up, or spent on a thought without end."""
        return self._ended in RUN_OUT or self._unsaid.is_thinking

    @property
    def is_refusal(self) -> bool:
        """Return whether the model did something else than to write, which is no fault of the service."""
        return self._is_other or self._ended in REFUSED

    def _kept(self, text: str) -> str:
        text = text if self._pieces else text.lstrip()
        if text:
            self._pieces.append(text)
        return text


def find_object(message: Any) -> dict[str, Any] | None:
    """Return the JSON object that a reply holds: of its first tool call, else the first in its text."""
    for call in message.tool_calls[:1]:
        return _strict(call["args"])
    text = said(str(message.text))
    begin, end = text.find("{"), text.rfind("}")
    return _strict(text[begin : end + 1]) if 0 <= begin < end else None


def _strict(written: Any) -> dict[str, Any] | None:
    """Parse JSON; None for what is no object, nested without end, or holds halves of characters."""
    try:
        value = orjson.loads(written if isinstance(written, str) else orjson.dumps(written))
    except (ValueError, TypeError):
        return None
    return value if isinstance(value, dict) else None
