"""Notice saved changes of a site's folder, gently: a burst of saves is one change."""

from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import DefaultFilter, awatch

DEBOUNCE_MS = 1_600


async def watch_folder(*folders: Path) -> AsyncIterator[None]:
    """Yield once for each burst of changes below the folders."""
    unique = {folder.resolve() for folder in folders if folder.exists()}
    tops = [folder for folder in unique if not any(other in folder.parents for other in unique)]
    async for _ in awatch(
        *tops,
        watch_filter=DefaultFilter(ignore_dirs=(*DefaultFilter.ignore_dirs, ".foyer")),
        debounce=DEBOUNCE_MS,
    ):
        yield None
