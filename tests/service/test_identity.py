"""Who the site vouches for finds their conversation again; whatever proves nothing opens nothing, on any road."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from tests.identity.tokens import SECRET, claims_for, signed
from tests.service.conftest import GENEROUS, Connect
from tests.service.running_server import RunningServer, write_site
from tests.service.visitor_client import Visitor, http_client

pytestmark = pytest.mark.slow

WORDS = "My boat is called Bluebird"


@pytest.fixture(scope="module")
def vouching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server of a site with a secret."""
    folder = tmp_path_factory.mktemp("vouching")
    site = write_site(folder / "site")
    with (site / "foyer.yaml").open("a") as file:
        file.write("identity:\n  secret: ${FOYER_SECRET_IDENTITY}\n")
    settings = GENEROUS | {"FOYER_SECRET_IDENTITY": SECRET}
    running = RunningServer(site, folder / "home", settings).start()
    yield running
    log = running.log
    running.stop()
    assert "Traceback" not in log, log[-3000:]


def token(subject: str = "customer-7", **claims: Any) -> str:
    return signed(claims_for(subject, now=datetime.now(UTC), **claims))


async def open_session(
    server: RunningServer, identity: str | None = None, bearer: str | None = None
) -> httpx2.Response:
    headers = {"Origin": server.url} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
    body = {"site": "harbour"} | ({"identity": identity} if identity is not None else {})
    async with http_client(server, headers=headers) as client:
        return await client.post("/api/v1/sessions", json=body)


async def arrive(server: RunningServer, identity: str | None = None, bearer: str | None = None) -> Visitor:
    response = await open_session(server, identity, bearer)
    assert response.status_code == 200, response.text
    return Visitor(server, response.json(), origin=server.url, address="127.0.0.1")


async def seen(visitor: Visitor) -> str:
    """Everything that this visitor can read over HTTP."""
    async with visitor.http() as client:
        return "".join(
            [(await client.get(f"/api/v1/{path}")).text for path in ("history", "history/earlier")]
        )


async def test_a_known_customer_goes_on_in_another_browser(vouching: RunningServer, connect: Connect) -> None:
    at_home = await arrive(vouching, token("goes-on"))
    socket, _ = await connect(at_home)
    await socket.ask(WORDS)

    elsewhere = await arrive(vouching, token("goes-on"))
    again, welcome = await connect(elsewhere)

    assert elsewhere.token != at_home.token
    assert welcome["conversation_id"] == elsewhere.session["conversation_id"]
    assert WORDS in str(again.frames)
    assert (await again.say("And she is green", client_message_id="k9"))["conversation_id"] == welcome[
        "conversation_id"
    ]


@pytest.mark.parametrize(
    "claims", [{"subject": "another customer"}, {"subject": "TOLD"}, {"subject": "told "}]
)
async def test_a_token_of_another_visitor_opens_nothing(
    vouching: RunningServer, connect: Connect, claims: dict[str, Any]
) -> None:
    socket, _ = await connect(await arrive(vouching, token("told")))
    await socket.ask(WORDS)

    stranger = await arrive(vouching, token(**claims))

    assert stranger.session["conversation_id"] is None
    assert not stranger.session["earlier"]
    assert WORDS not in await seen(stranger)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (lambda: token("told-2", aud="another-site"), "identity_refused"),
        (
            lambda: signed(claims_for("told-2", now=datetime.now(UTC)), secret="not the site's"),
            "identity_refused",
        ),
        (
            lambda: signed(claims_for("told-2", now=datetime.now(UTC)), header={"alg": "none"}),
            "identity_refused",
        ),
        (lambda: token("told-2").rpartition(".")[0] + ".", "identity_refused"),
        (
            lambda: token("told-2", exp=int((datetime.now(UTC) - timedelta(hours=1)).timestamp())),
            "identity_expired",
        ),
        (lambda: "", "identity_refused"),
        (lambda: "null", "identity_refused"),
    ],
)
async def test_what_proves_nothing_is_refused_and_never_left_aside(
    vouching: RunningServer, connect: Connect, bad: Any, code: str
) -> None:
    socket, _ = await connect(await arrive(vouching, token("told-2")))
    await socket.ask(WORDS)

    refused = await open_session(vouching, bad())
    stranger = await arrive(vouching)
    over_socket = await stranger.dial()
    await over_socket.send("hello", {"token": stranger.token, "last_seq": 0, "identity": bad()})
    await over_socket.until("live")

    assert (refused.status_code, refused.json()["code"]) == (401, code)
    assert [frame["data"]["code"] for frame in over_socket.frames if frame["type"] == "error"] == [code]
    assert WORDS not in str(over_socket.frames) + await seen(stranger)
    await over_socket.close()


async def test_who_has_written_already_goes_on_with_that_and_sees_what_was_said_elsewhere(
    vouching: RunningServer, connect: Connect
) -> None:
    first, _ = await connect(await arrive(vouching, token("both")))
    await first.ask(WORDS)
    anonymous = await arrive(vouching)
    own, _ = await connect(anonymous)
    said = await own.say("Do you ship to France?")
    assert WORDS not in await seen(anonymous)

    known = await arrive(vouching, token("both"), bearer=anonymous.token)

    assert (known.token, known.session["conversation_id"]) == (anonymous.token, said["conversation_id"])
    assert known.session["earlier"]
    async with known.http() as client:
        messages = (await client.get("/api/v1/history/earlier")).json()["messages"]
    assert messages[0]["text"] == WORDS
    assert all(one["choices"] == [] for one in messages)


async def test_hello_makes_a_visitor_known_and_opens_no_more_than_their_own_conversation(
    vouching: RunningServer, connect: Connect
) -> None:
    first, _ = await connect(await arrive(vouching, token("by-hello")))
    await first.ask(WORDS)
    other = await arrive(vouching)

    socket, welcome = await connect(other, identity=token("by-hello"))

    assert welcome["conversation_id"] is None
    assert WORDS not in str(socket.frames)
    assert WORDS in await seen(other)


async def test_the_next_customer_in_the_same_browser_begins_anew(
    vouching: RunningServer, connect: Connect
) -> None:
    before = await arrive(vouching, token("shared-a"))
    socket, _ = await connect(before)
    await socket.ask(WORDS)

    after = await arrive(vouching, token("shared-b"), bearer=before.token)
    by_hello, _ = await connect(before, identity=token("shared-b"))

    assert after.token != before.token
    assert after.session["conversation_id"] is None
    assert WORDS not in await seen(after)
    assert [frame["data"]["code"] for frame in by_hello.frames if frame["type"] == "error"] == [
        "identity_refused"
    ]


async def test_a_site_without_a_secret_says_so(server: RunningServer) -> None:
    refused = await open_session(server, token())

    assert refused.status_code == 401
    assert "identity.secret" in refused.json()["detail"]


async def test_nothing_of_a_token_is_kept_or_logged(vouching: RunningServer, connect: Connect) -> None:
    proof = token("ada-the-customer", email="ada.only.in.token@harbour.example")
    visitor = await arrive(vouching, proof)
    socket, _ = await connect(visitor, identity=proof)
    await socket.ask("Do you ship to France?")

    kept = b"".join(path.read_bytes() for path in vouching.home.rglob("*") if path.is_file())
    for word in ("ada-the-customer", "ada.only.in.token", proof, SECRET):
        assert word.encode() not in kept
        assert word not in vouching.log


async def test_what_a_token_vouches_for_holds_on_every_worker_and_after_a_restart(
    vouching: RunningServer, connect: Connect
) -> None:
    claimed = await arrive(vouching, token("claims", email="other@harbour.example"))
    proved = await arrive(vouching, token("proves", email="Ada@Harbour.example"))
    vouching.stop()
    vouching.start()

    for visitor in (claimed, proved):
        socket, _ = await connect(visitor)
        await socket.ask("Write to ada@harbour.example")
        await socket.ask("yes")

    assert await known_by_email(vouching, proved) == "token"
    assert await known_by_email(vouching, claimed) == "typed"


async def known_by_email(server: RunningServer, visitor: Visitor) -> str:
    """By what the lead's address is known."""
    control = json.loads((server.home / "server.json").read_text())["control_token"]
    async with visitor.http() as client:
        conversation = (await client.get("/api/v1/history")).json()["conversation_id"]
    async with http_client(server, headers={"Authorization": f"Bearer {control}"}) as client:
        leads = (await client.get("/api/v1/leads")).json()["leads"]
    lead = next(lead for lead in leads if lead["conversation_id"] == conversation)
    return next(str(one["proof"]) for one in lead["identity"]["by"] if one["kind"] == "email")
