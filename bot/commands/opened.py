"""The store of this FOYER_HOME, opened for one command. Works beside a running server."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Environment
    from bot.store import Database


def log_beside() -> None:
    """Have the log go beside what is printed, never into it: what is printed may be JSON."""
    import structlog

    structlog.configure(logger_factory=lambda *_: structlog.WriteLogger(sys.stderr))


@asynccontextmanager
async def open_store() -> "AsyncIterator[tuple[Environment, Database]]":
    """Open the database that the environment names."""
    from bot.assemble import load_environment, open_database

    log_beside()
    environment = load_environment()
    async with open_database(environment) as db:
        yield environment, db
