"""A running service for all tests of a worker, and visitors who come to it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.postgres import PostgresServer, in_thread
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


@pytest.fixture
def server(world: str, request: pytest.FixtureRequest) -> RunningServer:
    running: RunningServer = request.getfixturevalue(f"{world}_server")
    return running


@pytest.fixture(scope="session")
def sqlite_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    yield from shared_server(tmp_path_factory.mktemp("service"), {})


@pytest.fixture(scope="session")
def postgres_server(
    tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer
) -> Iterator[RunningServer]:
    settings = {"FOYER_DATABASE_URL": in_thread(postgres.new_database())}
    yield from shared_server(tmp_path_factory.mktemp("service"), settings)


def shared_server(folder: Path, settings: dict[str, str]) -> Iterator[RunningServer]:
    running = RunningServer(write_site(folder / "site"), folder / "home", GENEROUS | settings).start()
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
def own_server(world: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[RunningServer]:
    """A server that a test may stop, kill and start again, and talk to without a pause."""
    settings = GENEROUS | {"FOYER_LIMIT_FRAMES_PER_MINUTE": "100000"}
    if world == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        settings["FOYER_DATABASE_URL"] = in_thread(server.new_database())
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
