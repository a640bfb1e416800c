"""The two worlds that the tests run in: SQLite, and a PostgreSQL of their own."""

from collections.abc import Iterator

import pytest

from tests.postgres import PostgresServer, needed


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """One server for all tests of a worker."""
    needed()
    server = PostgresServer(tmp_path_factory.mktemp("postgres") / "data").start()
    yield server
    server.end()
