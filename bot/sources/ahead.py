"""A pipeline's joint: the next item is made while the last one is used, and no more than that is held."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import TypeVar

Item = TypeVar("Item")


async def ahead(items: AsyncIterator[Item]) -> AsyncIterator[Item]:
    """Yield the items, one of them made ahead; what is under way ends when the consumer stops."""
    coming = asyncio.ensure_future(anext(items, None))
    try:
        while (item := await coming) is not None:
            coming = asyncio.ensure_future(anext(items, None))
            yield item
    finally:
        coming.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await coming
