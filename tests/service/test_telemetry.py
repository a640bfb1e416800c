"""What operators see of a running service: numbers, lines of log, the state of each part, and nothing of a visitor."""

import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bot.settings import Environment
from tests.service.conftest import GENEROUS
from tests.service.running_server import QUESTION, RunningServer, until, write_site
from tests.service.visitor_client import Visitor
from tests.trace_collector import Collector, attributes_of, collecting

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
FEW_FILES = 1_024
TRACE, CALLERS_SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
FAQ_TRACE, FORGOTTEN_TRACE = "1bf7651916cd43dd8448eb211c80319c", "2cf7651916cd43dd8448eb211c80319c"


@contextmanager
def few_open_files() -> Iterator[None]:
    """Give what is started meanwhile the open files that many systems give, until it asks for more."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW_FILES, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    with collecting() as collector:
        yield collector


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory, collector: Collector) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("watched")
    settings = GENEROUS | {
        "FOYER_LOG_FORMAT": "json",
        "FOYER_LOG_LEVEL": "debug",
        "FOYER_OTLP_ENDPOINT": collector.url,
        "OTEL_BSP_SCHEDULE_DELAY": "100",
    }
    running = RunningServer(write_site(folder / "site"), folder / "home", settings)
    with few_open_files():
        running.start()
    yield running
    running.stop()


async def get(server: RunningServer, path: str, **headers: str) -> httpx2.Response:
    async with httpx2.AsyncClient() as client:
        return await client.get(server.url + path, headers=headers)


def lines_of(server: RunningServer) -> list[dict[str, Any]]:
    return [json.loads(line) for line in server.log.splitlines() if not line.startswith("Foyer is ready")]


async def test_a_conversation_is_counted_logged_and_traced_without_what_was_said(
    watched: RunningServer, collector: Collector
) -> None:
    visitor = await Visitor.arrive(watched)
    socket = await visitor.dial(additional_headers={"traceparent": f"00-{TRACE}-{CALLERS_SPAN}-01"})
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
    until(lambda: len([s for s in collector.of_trace(TRACE) if s.name == "turn"]) == len(SAYS))
    spans = collector.of_trace(TRACE)
    turns = [span for span in spans if span.name == "turn"]
    assert {span.parent_span_id.hex() for span in turns} == {CALLERS_SPAN}
    assert {span.name for span in spans if span not in turns} >= {"read", "think", "keep"}
    assert {span.parent_span_id for span in spans if span not in turns} == {span.span_id for span in turns}
    assert {attributes_of(span)["conversation_id"] for span in spans} == {kept[0]["conversation_id"]}
    answered = watched.rows("SELECT message_id FROM messages WHERE author = 'visitor' ORDER BY seq")
    assert [attributes_of(span)["message_id"] for span in turns] == [row["message_id"] for row in answered]
    for personal in PERSONAL:
        assert personal not in numbers
        assert personal not in watched.log
        assert personal not in str(collector.spans)


async def test_codes_that_clients_make_up_leave_room_for_ours(watched: RunningServer) -> None:
    visitor = await Visitor.arrive(watched)
    for number in range(60):
        socket = await visitor.dial()
        await socket.connection.close(3000 + number)
    socket = await visitor.dial()
    await socket.send("hello", {"token": "nobody's", "last_seq": 0})
    assert await socket.close_code() == 4500

    numbers = (await get(watched, "/metrics")).text

    assert 'foyer_socket_closes_total{code="4500"} 1.0' in numbers
    assert 'foyer_socket_closes_total{code="other"} 60.0' in numbers


async def test_a_request_is_a_span_of_its_callers_trace_and_of_its_own_without_one(
    watched: RunningServer, collector: Collector
) -> None:
    faq = f"/api/v1/faq?site=harbour&q={QUESTION.replace(' ', '+')}"
    for _ in range(2):  # the second from memory
        await get(watched, faq, traceparent=f"00-{FAQ_TRACE}-{CALLERS_SPAN}-01")
    await get(watched, faq, traceparent=f"00-{FORGOTTEN_TRACE}-{CALLERS_SPAN}-00")
    await get(watched, "/healthz", traceparent=f"00-{FAQ_TRACE}-{CALLERS_SPAN}-01")
    visitor = await Visitor.arrive(watched)
    socket, _ = await visitor.connect()
    await socket.ask(QUESTION)
    await socket.close()

    def found(name: str) -> list[Any]:
        return [span for span in collector.spans if span.name == name]

    until(lambda: collector.of_trace(FAQ_TRACE)[1:] and found("POST /api/v1/sessions"))
    asked = collector.of_trace(FAQ_TRACE)
    assert [span.name for span in asked] == ["GET /api/v1/faq"] * 2
    assert {span.parent_span_id.hex() for span in asked} == {CALLERS_SPAN}
    assert [attributes_of(span)["http.response.status_code"] for span in asked] == [200, 200]
    assert collector.of_trace(FORGOTTEN_TRACE) == []  # its caller records it nowhere
    last = [line for line in lines_of(watched) if line["event"] == "turn.kept"][-1]
    until(lambda: [span for span in collector.of_trace(last["trace_id"]) if span.name == "turn"])
    [turn] = [span for span in collector.of_trace(last["trace_id"]) if span.name == "turn"]
    assert turn.parent_span_id == b""


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


def test_sockets_are_as_many_as_the_settings_say_not_as_open_files_come(watched: RunningServer) -> None:
    allowed, most = resource.prlimit(watched.pid, resource.RLIMIT_NOFILE)

    assert allowed >= min(most, 2 * Environment().limit_sockets)
