"""What operators see of a running service: numbers, lines of log, the state of each part, and nothing of a visitor."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.service.conftest import GENEROUS
from tests.service.running_server import QUESTION, RunningServer, until, write_site
from tests.service.visitor_client import Visitor

PERSONAL = (
    "wilhelmina.okafor@harbour-mail.example",
    "+44 7700 900 417",
    "7700900417",
    "Wilhelmina",
    "Okafor",
)
SAYS = [
    QUESTION,
    "I am Wilhelmina Okafor, please write to wilhelmina.okafor@harbour-mail.example or call +44 7700 900 417.",
    "Yes, you may keep that.",
    "Do you teach Okafor juggling at wilhelmina.okafor@harbour-mail.example?",
]
TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("watched")
    settings = GENEROUS | {"FOYER_LOG_FORMAT": "json", "FOYER_LOG_LEVEL": "debug"}
    running = RunningServer(write_site(folder / "site"), folder / "home", settings).start()
    yield running
    running.stop()


async def get(server: RunningServer, path: str, **headers: str) -> httpx2.Response:
    async with httpx2.AsyncClient() as client:
        return await client.get(server.url + path, headers=headers)


def lines_of(server: RunningServer) -> list[dict[str, Any]]:
    return [json.loads(line) for line in server.log.splitlines() if not line.startswith("Foyer is ready")]


async def test_a_conversation_is_counted_and_logged_without_what_was_said(watched: RunningServer) -> None:
    visitor = await Visitor.arrive(watched)
    socket = await visitor.dial(additional_headers={"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"})
    await socket.send("hello", {"token": visitor.token, "last_seq": 0})
    for text in SAYS:
        await socket.ask(text)
    await socket.send("nonsense", {})
    await socket.until("error")
    numbers = (await get(watched, "/metrics")).text
    await socket.close()

    kinds = ("faq", "generated")  # the latter with FOYER_TEST_MODEL
    assert any(f'foyer_replies_total{{kind="{kind}",site="harbour"}} 1.0' in numbers for kind in kinds)
    assert 'foyer_frames_total{direction="in",type="say"} 4.0' in numbers
    assert 'foyer_turn_seconds_count{stage="keep"} 4.0' in numbers
    assert "foyer_sockets_open 1.0" in numbers
    assert "foyer_outbox_pending 0.0" in numbers
    assert 'foyer_ready{part="knowledge.harbour"} 1.0' in numbers
    assert "foyer_errors_total{code=" in numbers
    kept = [line for line in lines_of(watched) if line["event"] == "turn.kept"]
    assert len(kept) == len(SAYS)
    assert {line["trace_id"] for line in kept} == {TRACE}
    assert all(line["conversation_id"] and line["kind"] for line in kept)
    for personal in PERSONAL:
        assert personal not in numbers
        assert personal not in watched.log


async def test_each_part_is_named_with_its_state_and_how_long_a_look_took(watched: RunningServer) -> None:
    ready = (await get(watched, "/readyz")).json()

    assert ready["status"] == "ready"
    assert {"database", "embedding", "knowledge.harbour", "disk", "outbox"} <= set(ready["parts"])
    assert {"database", "disk", "outbox"} == set(ready["took_ms"])


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
async def test_numbers_are_for_this_machine_also_behind_a_proxy(watched: RunningServer, name: str) -> None:
    assert (await get(watched, "/metrics", **{name: "127.0.0.1"})).status_code == 403


async def test_a_token_opens_the_numbers_to_others_and_closes_them_to_all_else(tmp_path: Path) -> None:
    token = "a-token-of-32-characters-or-more"
    server = RunningServer(write_site(tmp_path / "site"), tmp_path / "home", {"FOYER_METRICS_TOKEN": token})
    server.start()
    try:
        given = [{"Authorization": f"Bearer {token}", "X-Forwarded-For": "203.0.113.9"}, {}]
        given += [{"Authorization": "Bearer another-token-of-32-characters"}]

        assert [(await get(server, "/metrics", **headers)).status_code for headers in given] == [
            200,
            403,
            403,
        ]
        assert token not in server.log
    finally:
        server.kill()


def test_serving_loads_neither_torch_nor_what_only_indexing_needs(watched: RunningServer) -> None:
    until(lambda: "server.ready" in watched.log)
    loaded = Path(f"/proc/{watched.pid}/maps").read_text()

    for library in ("libtorch", "/scipy/", "/sklearn/", "/lxml/", "onnx_cpp2py"):
        assert library not in loaded, library
