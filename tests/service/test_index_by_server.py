"""One process owns a home: the command line asks the running server to index, and never touches its index itself."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.service.running_server import ROOT, RunningServer, environment_of, until, write_site
from tests.service.visitor_client import Visitor, http_client

pytestmark = pytest.mark.slow


def foyer(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line beside the server."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        cwd=ROOT,
        env=environment_of(home),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def active_version(server: RunningServer) -> int:
    return int(server.rows("SELECT version FROM active_versions WHERE site_id = 'harbour'")[0]["version"])


async def faq(server: RunningServer, question: str) -> str | None:
    async with http_client(server) as client:
        answer = (await client.get("/api/v1/faq", params={"site": "harbour", "q": question})).json()
    text: str | None = answer["answer"]["text"]
    return text


def test_index_on_a_home_in_use_is_done_by_its_server(own_server: RunningServer) -> None:
    before = active_version(own_server)

    result = foyer(own_server.home, "index", own_server.site, "--full", "--json")

    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    assert report["index_version"] > before
    assert report["documents"]["unchanged"] == 8
    assert active_version(own_server) == report["index_version"]
    assert own_server.rows("SELECT count(*) AS n FROM index_versions")[0]["n"] >= 1


async def test_a_saved_change_serves_without_a_restart(own_server: RunningServer) -> None:
    question = "Which colour is the harbour bell?"
    assert await faq(own_server, question) is None

    (own_server.site / "knowledge" / "bell.md").write_text(
        "# The harbour bell\n\nThe harbour bell is green.\n"
    )
    before = active_version(own_server)
    await asyncio.to_thread(until, lambda: active_version(own_server) > before, within_s=90)

    text = None
    async with asyncio.timeout(15):
        while text is None:
            text = await faq(own_server, question)
    assert "green" in text


def test_a_home_in_use_is_refused_to_a_second_server_in_one_sentence(own_server: RunningServer) -> None:
    result = foyer(own_server.home, "serve", own_server.site, "--port", "0")

    assert result.returncode == 2
    assert "in use by another Foyer process" in result.stderr
    assert "Traceback" not in result.stderr


def test_another_site_cannot_be_indexed_into_a_home_in_use(own_server: RunningServer, tmp_path: Path) -> None:
    other = write_site(tmp_path / "other")
    (other / "foyer.yaml").write_text("id: other\nname: Other\n")

    result = foyer(own_server.home, "index", other)

    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "FOYER_HOME" in result.stderr


def test_ask_answers_beside_a_running_server(own_server: RunningServer) -> None:
    result = foyer(own_server.home, "ask", own_server.site, "Do you ship to France?", "--json")

    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["kind"] == "faq"


async def test_answers_are_whole_while_the_index_is_rebuilt_again_and_again(
    own_server: RunningServer,
) -> None:
    visitor = await Visitor.arrive(own_server)
    socket, _ = await visitor.connect()
    rebuilding = asyncio.create_task(rebuild(own_server, times=4))

    answers = []
    while not rebuilding.done():
        answers.append((await socket.ask("Do you ship to France?"))["text"])
    await rebuilding
    await socket.close()

    assert answers
    assert all("12 euros" in answer for answer in answers)


async def rebuild(server: RunningServer, *, times: int) -> None:
    """Have the server build its index anew, as `foyer index --full` would."""
    token = json.loads((server.home / "server.json").read_text())["control_token"]
    async with http_client(server, headers={"Authorization": f"Bearer {token}"}) as client:
        for _ in range(times):
            response = await client.post(
                "/api/v1/knowledge/reindex", params={"site": "harbour", "full": "true"}
            )
            assert response.status_code == 200, response.text
