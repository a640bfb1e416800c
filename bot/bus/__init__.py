"""The bus: news between those who write and those who watch. It may lose news; the database carries the truth."""

from bot.bus.memory import Bus, MemoryBus, Subscription
from bot.bus.news import DeltaNews, ErasedNews, HeadNews, News, StatusNews, TypingNews

__all__ = [
    "Bus",
    "DeltaNews",
    "ErasedNews",
    "HeadNews",
    "MemoryBus",
    "News",
    "StatusNews",
    "Subscription",
    "TypingNews",
]
