"""What every greeted socket does with the frames of its client: count them, parse them, refuse what is none."""

import random
from typing import Generic

from pydantic import TypeAdapter

from bot.web.going_away import Why
from bot.web.heart import Heart
from bot.web.limits import Limiter
from bot.web.line import Closed, Line
from bot.web.wire import F, FrameError, Signal, error_frame, parse_known, spell

RECONNECT_SPREAD_MS = 5_000
"""Over how long clients that all have to go come back, so that they do not all come at once."""
GOODBYES = {Why.STOP: (1012, "restart"), Why.NEW_EPOCH: (4010, "epoch changed")}
"""The close code, and what is said beside it."""


class Ear(Generic[F]):
    """Hears one socket's frames of the kinds that are `known` on its line; `key` names the socket among all."""

    __slots__ = ("_heart", "_key", "_known", "_limiter", "_line")

    def __init__(self, line: Line, heart: Heart, limiter: Limiter, key: str, known: TypeAdapter[F]) -> None:
        self._line = line
        self._heart = heart
        self._limiter = limiter
        self._key = key
        self._known = known

    async def hear(self, raw: str | bytes) -> F | None:
        """Return a frame that says something; None where it was answered here.

        Raises:
            Closed: 4008 too many frames, 4501 too many bad ones.
        """
        if await self._limiter.wait_s("frame", self._key) is not None:
            self._line.put(error_frame("rate_limited", "Too many frames.", retry=True, retry_after_ms=60_000))
            raise Closed(4008, "too many frames")
        frame = parse_known(raw, self._limiter.allowance, self._known)
        if isinstance(frame, FrameError):
            await self.refuse(frame)
            return None
        match frame:
            case Signal(type="ping"):
                self._line.put(spell("pong", {}, frame_id=frame.id))
            case Signal(type="pong"):
                self._heart.hear_pong()
            case _:
                return frame
        return None

    async def refuse(self, error: FrameError) -> None:
        """Say what was wrong with a frame; the tenth in a minute ends the socket."""
        self._line.put(error_frame(error.code, error.message, frame_id=error.id))
        if await self._limiter.wait_s("bad_frame", self._key) is not None:
            raise Closed(4501, "too many bad frames")


def send_away(line: Line, why: Why) -> None:
    """Tell the client to come back a little later: to another server, or to load everything afresh."""
    spread_ms = random.randrange(RECONNECT_SPREAD_MS)  # noqa: S311
    line.put_or_end(spell("goaway", {"reconnect_in_ms": spread_ms}))
    line.end_soon(*GOODBYES[why])
