"""The two worlds that the tests run in: SQLite, and a PostgreSQL of their own.

A test has SQLite; a module whose tests shall have both says so with `pytestmark = BOTH_WORLDS` (tests/worlds.py).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.needed import needed
from tests.postgres import PostgresServer, find_tool, in_thread


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for all tests of a worker."""
    needed("PostgreSQL", find_tool("initdb") and find_tool("postgres"), "apt install postgresql")
    server = PostgresServer().start()
    yield server
    server.remove()


@pytest.fixture
def world(request: pytest.FixtureRequest) -> str:
    """Return which database a test works with."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def url(world: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Return the URL of a database of the test's own."""
    if world == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'foyer.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return in_thread(server.new_database())
