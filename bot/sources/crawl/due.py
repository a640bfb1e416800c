"""When a source is crawled next: on its schedule, later after failures, never all at the same moment. Pure."""

from datetime import datetime, timedelta

from bot.domain.crawl_plan import CrawlPlan
from bot.sources.crawl.state import CrawlState

FIRST_RETRY_S = 300.0
JITTER = 0.1


def next_at(plan: CrawlPlan, state: CrawlState | None, *, now: datetime, chance: float) -> datetime | None:
    """Return when the plan is due; None when it waits to be asked for.

    Args:
        plan: its `every_s` is the rhythm.
        state: how the source is doing; now is for one that was never crawled, or by another plan.
        now: the time.
        chance: 0 to 1, the same for a source each time it is asked until the source was crawled again.
    """
    if state is None or state.checked_at is None:
        return now
    if state.fingerprint != plan.fingerprint:
        return now
    if plan.every_s is None:
        return None
    wait_s = plan.every_s
    if state.failures_in_a_row:
        wait_s = min(wait_s, FIRST_RETRY_S * 2 ** min(state.failures_in_a_row - 1, 16))
    return state.checked_at + timedelta(seconds=wait_s * (1 + JITTER * chance))
