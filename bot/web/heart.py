"""Whether a socket's client is still there: pings and the wait for their answers, with one timer of the loop.

A socket's frames are answered one after another, so a pong may stand behind messages that wait for the database. The
time in which nobody listens is the server's, and is not counted against the client.
"""

import asyncio
import contextlib
from collections.abc import Iterator

from bot.web.line import Line
from bot.web.wire import spell

HEARTBEAT_S = 25.0
PONG_WITHIN_S = 8.0
CALLED_WITHIN_S = 3.0
"""How long a client has to show that it is there when its place is wanted."""
LOOK_AGAIN_S = 0.05


class Heart:
    """Pings a client every `HEARTBEAT_S` seconds, and closes the socket of one that does not answer."""

    __slots__ = ("_deaf_s", "_deaf_since", "_is_answered", "_line", "_loop", "_timer")

    def __init__(self, line: Line) -> None:
        self._line = line
        self._loop = asyncio.get_running_loop()
        self._is_answered = True
        self._deaf_since: float | None = None
        self._deaf_s = 0.0
        self._timer = self._loop.call_later(HEARTBEAT_S, self._beat, PONG_WITHIN_S)

    def call(self) -> None:
        """Have the client show soon that it is there; a ping under way is enough."""
        if self._is_answered:
            self._timer.cancel()
            self._beat(CALLED_WITHIN_S)
        else:
            due = min(self._timer.when(), self._loop.time() + CALLED_WITHIN_S)
            self._timer.cancel()
            self._timer = self._loop.call_at(due, self._check_pong, self._loop.time())

    def hear_pong(self) -> None:
        """Note that the client is there."""
        self._is_answered = True

    @contextlib.contextmanager
    def not_listening(self) -> Iterator[None]:
        """Count no time against the client while one of its frames is answered."""
        self._deaf_since = self._loop.time()
        try:
            yield
        finally:
            self._deaf_s += self._loop.time() - self._deaf_since
            self._deaf_since = None

    def stop(self) -> None:
        """Ask no more."""
        self._timer.cancel()

    def _beat(self, within_s: float) -> None:
        """Ping, and look for the answer when it is due."""
        self._is_answered = False
        self._take_deaf_s()
        self._line.put_or_end(spell("ping", {}))
        self._timer = self._loop.call_later(within_s, self._check_pong, self._loop.time())

    def _check_pong(self, pinged_at: float) -> None:
        """Close a socket that did not answer while it was listened to, else ping it again when it is time."""
        if self._is_answered:
            self._timer = self._loop.call_at(pinged_at + HEARTBEAT_S, self._beat, PONG_WITHIN_S)
        elif deaf_s := self._take_deaf_s():
            self._timer = self._loop.call_later(max(deaf_s, LOOK_AGAIN_S), self._check_pong, pinged_at)
        else:
            self._line.end_soon(4004, "no pong")

    def _take_deaf_s(self) -> float:
        """Return for how long nobody listened since this was asked last."""
        taken, self._deaf_s = self._deaf_s, 0.0
        if self._deaf_since is not None:
            now = self._loop.time()
            taken, self._deaf_since = taken + now - self._deaf_since, now
        return taken
