"""Which words of replies being written a socket may still be sent.

A turn may run in another process: its words come over a wire that loses some, after its reply was read from the
database, or from two processes when one took a turn over. Promises: for each reply an unbroken beginning, each part
once, and nothing after the reply itself.
"""

from bot.bus import DeltaNews
from bot.domain.conversation import MessageId

REPLIES_REMEMBERED = 64


class Deltas:
    """What one socket was sent of replies being written."""

    __slots__ = ("_next",)

    def __init__(self) -> None:
        self._next: dict[MessageId, int | None] = {}

    def take(self, item: DeltaNews) -> bool:
        """Whether to pass it on: it is the next part of a reply that is not there yet."""
        expected = self._next.get(item.in_reply_to, 0)
        if item.n != expected:
            return False
        self._note(item.in_reply_to, item.n + 1)
        return True

    def finish(self, in_reply_to: MessageId) -> None:
        """Pass on nothing more of a reply: it was delivered whole."""
        self._note(in_reply_to, None)

    def _note(self, in_reply_to: MessageId, expected: int | None) -> None:
        self._next.pop(in_reply_to, None)
        self._next[in_reply_to] = expected
        while len(self._next) > REPLIES_REMEMBERED:
            del self._next[next(iter(self._next))]
