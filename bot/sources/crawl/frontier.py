"""The addresses still to be visited, nearest first, each once; traps of endless addresses are left."""

from collections import Counter, deque
from dataclasses import dataclass

from bot.sources.crawl.addresses import is_promising

MOST_QUERIES = 200
"""Addresses of one path that differ in their query only."""
MOST_HOPS = 5


@dataclass(frozen=True, slots=True)
class Step:
    """An address, its links away from where the crawl begins, and the redirects that led to it."""

    url: str
    depth: int = 0
    hops: int = 0


class Frontier:
    """First in, first out, so that pages near the start come before those that a trap offers."""

    def __init__(self, *, max_depth: int, most: int) -> None:
        """`most` bounds the addresses taken up in all; `is_full` says that there were more."""
        self._max_depth = max_depth
        self._most = most
        self.is_full = False
        self._waiting: deque[Step] = deque()
        self._seen: set[str] = set()
        self._queries: Counter[str] = Counter()
        self.crowded: dict[str, None] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, step: Step) -> bool:
        """Take an address up; False when it is known, too far, or looks like a trap."""
        if step.url in self._seen or step.depth > self._max_depth or not is_promising(step.url):
            return False
        if len(self._seen) >= self._most:
            self.is_full = True
            return False
        path, has_query, _ = step.url.partition("?")
        if has_query and self._queries[path] >= MOST_QUERIES:
            self.crowded.setdefault(path)
            return False
        self._queries[path] += 1 if has_query else 0
        self._seen.add(step.url)
        self._waiting.append(step)
        return True

    def next(self) -> Step | None:
        """Return the next address to visit, None at the end."""
        return self._waiting.popleft() if self._waiting else None
