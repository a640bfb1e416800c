"""What `FOYER_TEST_MODEL` sets up works: every site that a test writes has the model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.model import everywhere
from tests.service.conftest import GENEROUS
from tests.service.running_server import ANSWER, QUESTION, RunningServer, write_site
from tests.service.visitor_client import Visitor


@pytest.fixture
def quoting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(everywhere.VARIABLE, "quoting")
    everywhere.provider_of_all.cache_clear()
    yield
    everywhere.provider_of_all.cache_clear()


@pytest.mark.usefixtures("quoting")
async def test_every_site_has_the_model(tmp_path: Path) -> None:
    server = RunningServer(write_site(tmp_path / "site"), tmp_path / "home", GENEROUS).start()
    try:
        socket, _ = await (await Visitor.arrive(server)).connect()
        reply = await socket.ask(QUESTION)
        await socket.close()
    finally:
        server.kill()

    assert reply["kind"] == "generated"
    assert ANSWER in reply["text"]
