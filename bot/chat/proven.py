"""Addresses that a site vouched for, until their owner agrees that we keep them: in memory alone.

Nothing personal may be written down before consent, so that what a token tells of an address waits here. It is lost
with the process, harmlessly: the page sends a token with every session.
"""

from collections import OrderedDict

from bot.domain.conversation import VisitorId

KEPT = 10_000


class ProvenAddresses:
    """The newest addresses by visitor; the oldest give way."""

    def __init__(self) -> None:
        self._by_visitor: OrderedDict[VisitorId, str] = OrderedDict()

    def remember(self, visitor_id: VisitorId, email: str) -> None:
        """Note that the address is the visitor's own."""
        self._by_visitor[visitor_id] = email
        self._by_visitor.move_to_end(visitor_id)
        while len(self._by_visitor) > KEPT:
            self._by_visitor.popitem(last=False)

    def find(self, visitor_id: VisitorId) -> str | None:
        """Return the visitor's proven address, in small letters, as far as it is still known."""
        return self._by_visitor.get(visitor_id)
