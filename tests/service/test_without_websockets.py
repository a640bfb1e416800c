"""The line without websockets means the same: one message, one outcome, in one order."""

import asyncio
import hashlib

import pytest

from tests.service.conftest import Connect
from tests.service.running_server import ANSWER, QUESTION, RunningServer
from tests.service.visitor_client import Frame, Socket, Visitor, http_client

pytestmark = pytest.mark.slow


async def say(visitor: Visitor, body: object, *, key: str | None = "k1", token: str | None = None) -> Frame:
    """Post a message; return the answer with its status."""
    headers = {} if key is None else {"Idempotency-Key": key.encode()}
    async with visitor.http(token=token) as client:
        response = await client.post("/api/v1/messages", json=body, headers=headers)
    return {"status": response.status_code, **response.json()}


async def events(visitor: Visitor, after: int) -> Frame:
    async with visitor.http() as client:
        response = await client.get("/api/v1/events", params={"after": after})
    page: Frame = response.json()
    return page


async def test_what_is_said_is_accepted_and_answered(visitor: Visitor) -> None:
    accepted = await say(visitor, {"text": QUESTION})
    page = await events(visitor, accepted["seq"])

    assert (accepted["status"], accepted["seq"], accepted["duplicate"]) == (200, 1, False)
    assert accepted["client_message_id"] == "k1"
    assert [event["seq"] for event in page["events"]] == [2]
    assert ANSWER in page["events"][0]["data"]["text"]
    assert page["events"][0]["data"]["in_reply_to"] == accepted["message_id"]
    assert (page["head_seq"], page["epoch"]) == (2, visitor.session["epoch"])


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({}, 200, None),
        ({"message_id": "m_other"}, 404, "not_found"),
        ({"helpful": "maybe"}, 422, "invalid_feedback"),
        ({"comment": "\x00"}, 422, "invalid_feedback"),
    ],
)
async def test_an_opinion_is_kept_of_messages_of_ones_own_only(
    server: RunningServer, visitor: Visitor, changes: Frame, status: int, code: str | None
) -> None:
    accepted = await say(visitor, {"text": QUESTION})
    [reply] = (await events(visitor, accepted["seq"]))["events"]
    opinion = {"message_id": reply["data"]["message_id"], "helpful": False, "comment": "Which one?"}

    async with visitor.http() as client:
        answer = await client.post("/api/v1/feedback", json=opinion | changes)
    async with (await Visitor.arrive(server)).http() as client:
        strange = await client.post("/api/v1/feedback", json=opinion)

    assert (answer.status_code, answer.json().get("code")) == (status, code)
    assert strange.status_code == 404


async def test_a_poll_waits_for_what_is_yet_to_come(visitor: Visitor) -> None:
    waiting = asyncio.create_task(events(visitor, 0))
    await asyncio.sleep(0)

    accepted = await say(visitor, {"text": "Hello"})
    page = await waiting

    assert page["events"][0]["data"]["message_id"] == accepted["message_id"]
    assert page["conversation_id"] == accepted["conversation_id"]


async def test_the_same_key_and_body_is_a_duplicate_and_another_body_a_conflict(visitor: Visitor) -> None:
    first = await say(visitor, {"text": "Hello"})
    second = await say(visitor, {"text": "Hello"})
    third = await say(visitor, {"text": "Something else"})

    assert (second["status"], second["duplicate"]) == (200, True)
    assert (second["message_id"], second["seq"]) == (first["message_id"], first["seq"])
    assert (third["status"], third["code"]) == (409, "id_conflict")


@pytest.mark.parametrize("key", ["k1", "é1", "日本"])
async def test_the_socket_and_http_know_the_same_message_by_the_same_id(
    visitor: Visitor, socket: Socket, key: str
) -> None:
    on_socket = await socket.say("Hello", client_message_id=key)

    over_http = await say(visitor, {"text": "Hello"}, key=key)

    assert (over_http["duplicate"], over_http["message_id"]) == (True, on_socket["message_id"])


async def test_events_are_the_very_frames_a_socket_is_sent(visitor: Visitor, connect: Connect) -> None:
    await say(visitor, {"text": QUESTION})
    await events(visitor, 1)
    page = await events(visitor, 0)

    socket, _ = await connect(visitor, last_seq=0)

    assert page["events"] == [frame for frame in socket.frames if frame["type"] == "message"]


async def test_history_is_every_message_after_a_number(visitor: Visitor, socket: Socket) -> None:
    for text in ("Hello", "thanks"):
        await socket.ask(text)

    async with visitor.http() as client:
        page = (await client.get("/api/v1/history", params={"after": 1})).json()

    assert [event["seq"] for event in page["events"]] == [2, 3, 4]


async def test_a_live_token_takes_its_session_up_again(visitor: Visitor, socket: Socket) -> None:
    accepted = await socket.say("Hello")

    async with visitor.http() as client:
        again = (await client.post("/api/v1/sessions", json={"site": "harbour"})).json()

    assert again["visitor_token"] == visitor.token
    assert again["conversation_id"] == accepted["conversation_id"]
    assert 0 < again["expires_in_s"] <= 86_400


async def test_a_session_alone_writes_nothing_of_the_visitor(server: RunningServer) -> None:
    visitor = await Visitor.arrive(server)

    hashed = hashlib.sha256(visitor.token.encode()).digest()
    visitor_id = server.rows("SELECT visitor_id FROM sessions WHERE token_hash = ?", hashed)[0]["visitor_id"]
    for table in ("conversations", "leads"):
        assert not server.rows(f"SELECT 1 FROM {table} WHERE visitor_id = ?", visitor_id)


async def test_a_token_is_kept_as_its_hash_only(server: RunningServer, visitor: Visitor) -> None:
    kept = b"".join((server.home / name).read_bytes() for name in ("foyer.db", "foyer.db-wal"))

    assert visitor.token.encode() not in kept
    assert visitor.token not in server.log


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "bad_frame"),
        ({"text": ""}, "bad_frame"),
        ({"text": "a" * 4_001}, "too_long"),
        ({"text": "nul \x00"}, "bad_frame"),
        ({"text": 5}, "bad_frame"),
        ({"text": "a", "choice": "b"}, "bad_frame"),
        ({"form": {"a": ["b"]}}, "bad_frame"),
        ({"form": {"consent": "1", "email": " "}}, "bad_frame"),
    ],
)
async def test_a_body_that_says_nothing_is_422(visitor: Visitor, body: object, code: str) -> None:
    refused = await say(visitor, body)

    assert (refused["status"], refused["code"]) == (422, code)


RAW = {
    "nothing": b"",
    "no JSON": b"{",
    "an array": b"[]",
    "a number": b"5",
    "NaN": b'{"text": NaN}',
    "five thousand digits": b'{"text": ' + b"9" * 5_000 + b"}",
    "a lone surrogate": b'{"text": "\\ud800"}',
    "a surrogate in a form": b'{"form": {"a": "\\ud800"}}',
    "a surrogate in a field's name": b'{"form": {"\\ud800": 5}}',
    "a surrogate in a key": b'{"\\ud800": 1}',
    "deep nesting": b"[" * 20_000,
    "deep objects": b'{"form":' * 5_000 + b"1" + b"}" * 5_000,
    "not UTF-8": b'{"text": "\xff\xfe"}',
}


@pytest.mark.parametrize("odd", [b"NaN", b"Infinity", b"-Infinity"])
@pytest.mark.parametrize(
    ("path", "rest"),
    [
        ("/api/v1/messages", b'"text": "Hello"'),
        ("/api/v1/sessions", b'"site": "harbour"'),
        ("/api/v1/feedback", b'"message_id": "m1", "helpful": true'),
    ],
)
async def test_what_no_json_holds_is_refused_also_where_nobody_reads_it(
    visitor: Visitor, path: str, rest: bytes, odd: bytes
) -> None:
    async with visitor.http() as client:
        response = await client.post(
            path,
            content=b'{"more": ' + odd + b", " + rest + b"}",
            headers={"Content-Type": "application/json", "Idempotency-Key": "odd"},
        )

    assert (response.status_code, response.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW)
@pytest.mark.parametrize("path", ["/api/v1/messages", "/api/v1/sessions"])
async def test_no_body_of_any_shape_is_a_crash(visitor: Visitor, path: str, raw: bytes) -> None:
    async with visitor.http() as client:
        response = await client.post(
            path, content=raw, headers={"Content-Type": "application/json", "Idempotency-Key": "raw"}
        )

    assert response.status_code in {400, 422}, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"]


async def test_a_message_without_an_idempotency_key_is_refused(visitor: Visitor) -> None:
    refused = await say(visitor, {"text": "Hello"}, key=None)

    assert (refused["status"], refused["code"]) == (400, "idempotency_key_missing")


async def test_a_key_over_64_characters_is_refused(visitor: Visitor) -> None:
    assert (await say(visitor, {"text": "Hello"}, key="k" * 65))["status"] == 422


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
async def test_json_that_calls_itself_something_else_is_refused(visitor: Visitor, content_type: str) -> None:
    async with visitor.http() as client:
        response = await client.post(
            "/api/v1/messages",
            content=b'{"text": "Hello"}',
            headers={"Content-Type": content_type, "Idempotency-Key": "plain"},
        )

    assert response.status_code in {400, 415, 422}


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "9" * 30, "NaN"])
async def test_a_number_that_is_none_is_422(visitor: Visitor, after: str) -> None:
    async with visitor.http() as client:
        response = await client.get("/api/v1/history", params={"after": after})

    assert response.status_code == 422


@pytest.mark.parametrize("is_declared", [True, False])
@pytest.mark.parametrize("path", ["/api/v1/messages", "/api/v1/sessions"])
async def test_a_body_over_64_kib_is_413(visitor: Visitor, path: str, is_declared: bool) -> None:
    too_much = b'{"text": "' + b"a" * 70_000 + b'"}'

    async def in_pieces():
        for start in range(0, len(too_much), 8_192):
            yield too_much[start : start + 8_192]

    async with visitor.http() as client:
        response = await client.post(
            path,
            content=too_much if is_declared else in_pieces(),
            headers={"Content-Type": "application/json", "Idempotency-Key": "big"},
        )

    assert (response.status_code, response.json()["code"]) == (413, "too_large")


async def test_errors_are_problem_documents_with_a_code(server: RunningServer) -> None:
    async with http_client(server) as client:
        for path, status in (("/api/v1/history", 401), ("/nowhere", 404), ("/api/v1/leads", 401)):
            response = await client.get(path)

            assert response.status_code == status
            assert response.headers["content-type"] == "application/problem+json"
            assert {"code", "title", "status", "detail"} <= response.json().keys()
