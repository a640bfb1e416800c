"""The bus: news between those who write and those who watch, and counts of what they do.

It may lose news; the database carries the truth.
"""

from bot.bus.bus import Bus
from bot.bus.counting import Counts, CountsAwayError, LocalCounts, Window
from bot.bus.memory import MemoryBus, Subscription
from bot.bus.news import (
    TURNS,
    BusyNews,
    DeltaNews,
    ErasedNews,
    HeadNews,
    LeadNews,
    MaskedNews,
    News,
    RollCallNews,
    StatusNews,
    TypingNews,
)
from bot.bus.relay import Link, Look, RelayBus, Standing, Wire, WireLostError

__all__ = [
    "TURNS",
    "Bus",
    "BusyNews",
    "Counts",
    "CountsAwayError",
    "DeltaNews",
    "ErasedNews",
    "HeadNews",
    "LeadNews",
    "Link",
    "LocalCounts",
    "Look",
    "MaskedNews",
    "MemoryBus",
    "News",
    "RelayBus",
    "RollCallNews",
    "Standing",
    "StatusNews",
    "Subscription",
    "TypingNews",
    "Window",
    "Wire",
    "WireLostError",
]
