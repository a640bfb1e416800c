"""When a failed delivery is tried again: the schedule of Standard Webhooks, with jitter. Pure."""

from collections.abc import Callable
from datetime import datetime, timedelta

DELAYS_S = (0, 5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
"""Seconds before the 1st, 2nd, … attempt, each from the attempt before it: a bit over three days in all."""

JITTER = 0.1
"""Share by which a delay is longer or shorter, so that what failed together does not come again together."""

MAX_RETRY_AFTER_S = 24 * 3600
"""A receiver may ask for a pause; not for one that outlives the schedule's longest."""


def next_attempt_at(
    attempts: int, *, now: datetime, retry_after_s: float | None, random: Callable[[], float]
) -> datetime | None:
    """Return when to try again after `attempts` failed ones, or None when it was the last.

    Args:
        attempts: How many attempts have failed, at least 1.
        now: The time of the last one.
        retry_after_s: What the receiver asked for; it is waited at least so long.
        random: Returns numbers in [0, 1).
    """
    if attempts >= len(DELAYS_S):
        return None
    delay_s = DELAYS_S[attempts] * (1 + JITTER * (2 * random() - 1))
    if retry_after_s is not None:
        delay_s = max(delay_s, min(retry_after_s, MAX_RETRY_AFTER_S))
    return now + timedelta(seconds=delay_s)
