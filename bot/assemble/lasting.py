"""Work that goes on for as long as the service runs, whatever happens to it."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 30.0
FORGIVEN_AFTER_S = 60.0
"""A fault after so long is the first of its kind again."""


async def see_through(name: str, work: Callable[[], Awaitable[object]]) -> None:
    """Do the work; when it stumbles over a fault, log that and begin anew, after a pause that grows."""
    loop, wait_s = asyncio.get_running_loop(), FIRST_WAIT_S
    while True:
        begun_s = loop.time()
        try:
            await work()
        except Exception:  # one of the outermost loops: a fault of one part must not end it, nor the others
            log.exception("work.stumbled", work=name)
        else:
            return
        if loop.time() - begun_s > FORGIVEN_AFTER_S:
            wait_s = FIRST_WAIT_S
        await asyncio.sleep(wait_s)
        wait_s = min(2 * wait_s, LONGEST_WAIT_S)
