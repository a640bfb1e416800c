"""Results that are kept because the same is asked again.

Promises: at most so many, those used last; what was asked is kept as a digest only, so that no visitor's words stay in
memory; safe from several threads. Only for what gives the same result whenever it is asked the same.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from hashlib import blake2b
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")

DIGEST_BYTES = 16


def asked(question: str, history: Iterable[Iterable[str]], scope: object) -> bytes:
    """Return what stands for a question with all that its answer depends on, beside the version."""
    said = (text for turn in history for text in turn)
    return digest_of((" ".join(question.split()), repr(scope), *said))


class Remembered(Generic[T]):
    """The latest results of one function."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._results: OrderedDict[bytes, T] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Count what is kept."""
        return len(self._results)

    def of(self, *asked: str, make: Callable[..., T]) -> T:
        """Return the result for these texts, made now if it is not kept."""
        key = digest_of(asked)
        found = self.find(key)
        if found is None:
            found = make(*asked)
            self.keep(key, found)
        return found

    def find(self, key: bytes) -> T | None:
        """Return what is kept under a key (see `digest_of`)."""
        with self._lock:
            found = self._results.get(key)
            if found is not None:
                self._results.move_to_end(key)
            return found

    def keep(self, key: bytes, result: T) -> None:
        """Keep a result, in the place of the one that was not used for longest."""
        with self._lock:
            self._results[key] = result
            self._results.move_to_end(key)
            if len(self._results) > self._at_most:
                self._results.popitem(last=False)


def digest_of(texts: tuple[str, ...]) -> bytes:
    """Return what stands for some texts; other texts give another."""
    digest = blake2b(digest_size=DIGEST_BYTES)
    for text in texts:
        content = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(content))
        digest.update(content)
    return digest.digest()
