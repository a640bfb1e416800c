"""A running service for all tests of a worker, and visitors who come to it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
from aiosmtpd.controller import Controller

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


class Letters:
    """A real SMTP server that keeps what it is sent."""

    def __init__(self) -> None:
        self.letters: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.letters.append(f"{envelope.rcpt_tos} {envelope.content.decode()}")
        return "250 kept"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("service")
    running = RunningServer(write_site(folder / "site"), folder / "home", GENEROUS).start()
    yield running
    log = running.log
    running.stop()
    for sign in ("Traceback", "Fatal Python error"):
        assert sign not in log, log[max(log.index(sign) - 500, 0) :][:3000]


@pytest.fixture(scope="module")
def letters() -> Iterator[tuple[Letters, int]]:
    letters = Letters()
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(letters, hostname="127.0.0.1", port=port)
    controller.start()
    yield letters, port
    controller.stop()


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
