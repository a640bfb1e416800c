"""A running service for all tests of a worker, and visitors who come to it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.service.running_server import RunningServer, write_site
from tests.service.visitor_client import Frame, Socket, Visitor

GENEROUS = {
    "FOYER_LIMIT_SESSIONS_PER_HOUR": "100000",
    "FOYER_LIMIT_MESSAGES_PER_MINUTE": "100000",
    "FOYER_LIMIT_MESSAGE_BURST": "100000",
    "FOYER_LIMIT_FAQ_PER_MINUTE": "100000",
}
"""Rates that no test reaches; every other limit is as it comes. tests/service/test_limits.py has a strict server."""

Connect = Callable[..., Awaitable[tuple[Socket, Frame]]]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("service")
    running = RunningServer(write_site(folder / "site"), folder / "home", GENEROUS).start()
    yield running
    log = running.log
    running.stop()
    assert "Traceback" not in log, log[log.index("Traceback") - 500 :][:3000]


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[RunningServer]:
    """A server that a test may stop, kill and start again, and talk to without a pause."""
    settings = GENEROUS | {"FOYER_LIMIT_FRAMES_PER_MINUTE": "100000"}
    running = RunningServer(write_site(tmp_path / "site"), tmp_path / "home", settings).start()
    yield running
    running.kill()


@pytest.fixture
async def visitor(server: RunningServer) -> Visitor:
    return await Visitor.arrive(server)


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Return what connects a visitor; the sockets are closed after the test."""
    async with AsyncExitStack() as stack:

        async def open_socket(visitor: Visitor, **hello: Any) -> tuple[Socket, Frame]:
            socket, welcome = await visitor.connect(**hello)
            stack.push_async_callback(socket.close)
            return socket, welcome

        yield open_socket


@pytest.fixture
async def socket(visitor: Visitor, connect: Connect) -> Socket:
    """A greeted socket of a new visitor."""
    return (await connect(visitor))[0]
