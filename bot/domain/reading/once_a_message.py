"""What several rules ask of the same words is worked out once a message, and forgotten with it."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_MOST = 128
"""Different texts that are remembered of one message: more are asked of nothing but a flood."""
_forgetting: list[Callable[[], None]] = []


def once_a_message(function: Callable[P, T]) -> Callable[P, T]:
    """Have a pure function of a text remember what it found until the message is read; nobody may change that."""
    remembered = lru_cache(maxsize=_MOST)(function)
    _forgetting.append(remembered.cache_clear)
    return remembered  # type: ignore[return-value]  # its own type forgets the parameters


def forget_message() -> None:
    """Forget every text: no visitor's words stay in memory."""
    for forget in _forgetting:
        forget()
