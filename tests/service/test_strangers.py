"""Nobody gets at another visitor's conversation: an id opens nothing, whatever route or frame it is put into."""

import pytest

from tests.service.conftest import Connect
from tests.service.running_server import RunningServer
from tests.service.visitor_client import Frame, Socket, Visitor, http_client

pytestmark = pytest.mark.slow

SECRET = "The launch is called Bluebird"
UNKNOWN_ID = "c_00000000000000000000000000"
PUBLIC = {
    ("GET", "/healthz"),
    ("HEAD", "/healthz"),
    ("GET", "/readyz"),
    ("HEAD", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/api/v1/faq"),
    ("GET", "/api/v1/proactive"),
    ("GET", "/api/v1/faq/entries"),
    ("GET", "/api/v1/faq.jsonld"),
    ("POST", "/api/v1/sessions"),
}
"""The only operations of the schema that ask for no token or key."""


@pytest.fixture
async def theirs(server: RunningServer, connect: Connect) -> Frame:
    """What another visitor said: the ids that must open nothing."""
    socket, _ = await connect(await Visitor.arrive(server))
    accepted = await socket.say(SECRET)
    reply = await socket.reply_to(accepted)
    return {**accepted, "reply_id": reply["data"]["message_id"]}


def words_in(socket: Socket) -> str:
    return str(socket.frames)


async def test_another_visitors_conversation_id_in_hello_opens_nothing_and_tells_nothing(
    visitor: Visitor, connect: Connect, theirs: Frame
) -> None:
    own, _ = await connect(visitor)
    await own.ask("Hello")

    with_theirs, told = await connect(visitor, conversation_id=theirs["conversation_id"])
    with_none, control = await connect(visitor, conversation_id=UNKNOWN_ID)

    assert SECRET not in words_in(with_theirs)
    assert told == control
    assert [frame["type"] for frame in with_theirs.frames] == [frame["type"] for frame in with_none.frames]


async def test_what_is_said_with_another_conversations_id_stays_in_ones_own(
    server: RunningServer, visitor: Visitor, connect: Connect, theirs: Frame
) -> None:
    socket, _ = await connect(visitor, conversation_id=theirs["conversation_id"])
    await socket.send(
        "say",
        {"client_message_id": "x", "text": "Hello", "conversation_id": theirs["conversation_id"]},
    )
    accepted = await socket.until("accepted")

    assert accepted["data"]["conversation_id"] != theirs["conversation_id"]
    rows = server.rows("SELECT seq FROM messages WHERE conversation_id = ?", theirs["conversation_id"])
    assert len(rows) == 2


async def test_feedback_on_another_visitors_message_is_not_kept(
    server: RunningServer, socket: Socket, theirs: Frame
) -> None:
    await socket.ask("Hello")
    await socket.send("feedback", {"message_id": theirs["reply_id"], "helpful": False})
    await socket.send("ping")
    await socket.until("pong")

    assert server.rows("SELECT * FROM feedback WHERE message_id = ?", theirs["reply_id"]) == []


async def test_every_visitor_route_shows_the_token_owners_things_whatever_ids_are_named(
    visitor: Visitor, theirs: Frame
) -> None:
    ids = {"conversation_id": theirs["conversation_id"], "message_id": theirs["message_id"]}
    async with visitor.http() as client:
        answers = [
            await client.get("/api/v1/history", params={"after": 0, **ids}),
            await client.post(
                "/api/v1/messages", json={"text": "Hello", **ids}, headers={"Idempotency-Key": "k"}
            ),
            await client.get("/api/v1/events", params={"after": 0, **ids}),
            await client.post("/api/v1/sessions", json={"site": "harbour", **ids}),
        ]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert all(theirs["conversation_id"] not in answer.text for answer in answers)
    assert all(SECRET not in answer.text for answer in answers)


async def operations(server: RunningServer) -> list[tuple[str, str]]:
    """Return every operation of the schema, so that a new route is asked too."""
    async with http_client(server) as client:
        schema = (await client.get("/api/v1/openapi.json")).json()
    return [(method.upper(), path) for path, operation in schema["paths"].items() for method in operation]


async def test_every_other_operation_is_closed_to_whoever_has_no_token(
    server: RunningServer, theirs: Frame
) -> None:
    asked = [operation for operation in await operations(server) if operation not in PUBLIC]
    async with http_client(server) as client:
        for method, path in asked:
            concrete = (
                path.replace("{conversation_id}", theirs["conversation_id"]).replace("{", "").replace("}", "")
            )

            answer = await client.request(method, concrete, params={"site": "harbour"}, json={"text": "x"})

            assert answer.status_code in {401, 404}, (method, path, answer.status_code)
    assert len(asked) >= 8


async def test_a_visitors_token_opens_no_lead_no_transcript_and_no_knowledge_route(
    server: RunningServer, visitor: Visitor, theirs: Frame
) -> None:
    visitors_own = {
        "/api/v1/messages",
        "/api/v1/events",
        "/api/v1/history",
        "/api/v1/history/earlier",
        "/api/v1/feedback",
    }
    async with visitor.http() as client:
        for method, path in await operations(server):
            if (method, path) in PUBLIC or path in visitors_own:
                continue
            concrete = (
                path.replace("{conversation_id}", theirs["conversation_id"]).replace("{", "").replace("}", "")
            )

            answer = await client.request(method, concrete, params={"site": "harbour"})

            assert answer.status_code == 401, (method, path, answer.status_code)


@pytest.mark.parametrize(
    "path", ["/docs", "/redoc", "/openapi.json", "/exports/x", "/uploads/x", "/.git/config"]
)
async def test_side_doors_are_not_there(server: RunningServer, path: str) -> None:
    async with http_client(server) as client:
        assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize("token", ["x", "null", "' OR 1=1 --", "{}", "a" * 10_000])
async def test_a_made_up_token_is_401(visitor: Visitor, token: str) -> None:
    async with visitor.http(token=token) as client:
        response = await client.get("/api/v1/history")

    assert response.status_code == 401


async def test_a_token_does_not_count_from_a_page_that_is_not_on_the_list(visitor: Visitor) -> None:
    visitor.origin = "https://evil.example"
    async with visitor.http() as client:
        response = await client.get("/api/v1/history")

    assert response.status_code == 403
