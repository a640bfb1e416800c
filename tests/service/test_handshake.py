"""Who may open a socket: pages of an exact origin that speak our protocol. Everybody else stays outside."""

import asyncio
import base64
import os
import socket as sockets

import pytest
from websockets.asyncio.client import connect as dial
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin, Subprotocol

from tests.service.running_server import ALLOWED_ORIGIN, RunningServer
from tests.service.visitor_client import Visitor, http_client

pytestmark = pytest.mark.slow

STRANGE = {
    "none": None,
    "empty": "",
    "null": "null",
    "a star": "*",
    "another site": "https://evil.example",
    "ours as prefix": "https://shop.example.evil.example",
    "ours as suffix": "https://evilshop.example",
    "ours as path": "https://evil.example/https://shop.example",
    "ours as user": "https://shop.example@evil.example",
    "a subdomain": "https://www.shop.example",
    "a trailing slash": "https://shop.example/",
    "a trailing dot": "https://shop.example.",
    "another scheme": "http://shop.example",
    "another port": "https://shop.example:8443",
    "the default port spelt out": "https://shop.example:443",
    "capitals": "https://SHOP.example",
    "a letter of another alphabet": "https://ѕhop.example",
    "an escaped letter": "https://sho%70.example",
    "two at once": "https://shop.example, https://evil.example",
    "a file": "file://",
    "an extension": "chrome-extension://shop.example",
    "our own host on another port": "http://127.0.0.1:1",
    "our own host encrypted": "https://127.0.0.1:{port}",
    "a name that begins like ours": "http://localhost.evil.example:{port}",
}


def handshake(server: RunningServer, *headers: str) -> str:
    """Ask for a socket by hand; return the head of the answer."""
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        "GET /api/v1/ws HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        *headers,
    ]
    with sockets.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
        raw.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        answer = b""
        while b"\r\n\r\n" not in answer and (more := raw.recv(4096)):
            answer += more
    return answer.decode("latin-1")


def status_of(answer: str) -> int:
    return int(answer.split(" ", 2)[1])


@pytest.mark.parametrize("origin", STRANGE.values(), ids=STRANGE)
def test_a_strange_origin_is_refused_before_the_socket_is_accepted(
    server: RunningServer, origin: str | None
) -> None:
    headers = [] if origin is None else ["Origin: " + origin.format(port=server.port)]

    answer = handshake(server, *headers, "Sec-WebSocket-Protocol: foyer.v1")

    assert status_of(answer) == 403


@pytest.mark.parametrize(
    "origin", [ALLOWED_ORIGIN, "http://127.0.0.1:{port}", "http://localhost:{port}", "http://[::1]:{port}"]
)
def test_an_origin_on_the_list_and_the_servers_own_are_accepted(server: RunningServer, origin: str) -> None:
    answer = handshake(
        server, "Origin: " + origin.format(port=server.port), "Sec-WebSocket-Protocol: foyer.v1"
    )

    assert status_of(answer) == 101


def test_a_refused_handshake_is_no_error_of_the_servers(server: RunningServer) -> None:
    before = server.log.count('"level": "error"')

    refused = handshake(server, "Origin: https://evil.example", "Sec-WebSocket-Protocol: foyer.v1")
    unknown = handshake(server, f"Origin: {server.url}")

    assert (status_of(refused), status_of(unknown)) == (403, 400)
    assert server.log.count('"level": "error"') == before


def test_the_host_header_makes_no_origin_our_own(server: RunningServer) -> None:
    answer = handshake(
        server,
        "Origin: http://rebound.example",
        "X-Forwarded-Host: rebound.example",
        "Sec-WebSocket-Protocol: foyer.v1",
    )

    assert status_of(answer) == 403


@pytest.mark.parametrize("origin", [value for value in STRANGE.values() if value is None or value.isascii()])
async def test_a_strange_origin_opens_no_session_either(server: RunningServer, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin.format(port=server.port)}
    async with http_client(server) as client:
        response = await client.post("/api/v1/sessions", json={"site": "harbour"}, headers=headers)

    assert response.status_code == 403
    assert response.json()["code"] == "origin_refused"
    assert "visitor_token" not in response.text


async def test_a_session_opened_on_the_list_may_speak_on_a_socket_from_there(server: RunningServer) -> None:
    visitor = await Visitor.arrive(server, origin=ALLOWED_ORIGIN)
    socket, welcome = await visitor.connect()
    await socket.close()

    assert welcome["resumed"] is True


@pytest.mark.parametrize("offered", [None, "chat", "foyer.v2", "FOYER.V1", "foyer.v1.1"])
def test_without_our_subprotocol_the_answer_is_400(server: RunningServer, offered: str | None) -> None:
    headers = [f"Sec-WebSocket-Protocol: {offered}"] if offered else []

    assert status_of(handshake(server, f"Origin: {server.url}", *headers)) == 400


async def test_among_several_subprotocols_ours_is_picked(server: RunningServer) -> None:
    offered = [Subprotocol(name) for name in ("foyer.v9", "foyer.v1", "chat")]
    async with dial(
        server.url.replace("http", "ws") + "/api/v1/ws", origin=Origin(server.url), subprotocols=offered
    ) as connection:
        assert connection.subprotocol == "foyer.v1"


async def test_compression_is_not_negotiated(visitor: Visitor) -> None:
    socket = await visitor.dial(compression="deflate")

    assert socket.connection.response is not None
    assert "Sec-WebSocket-Extensions" not in socket.connection.response.headers
    await socket.close()


async def test_a_compressed_frame_nobody_agreed_to_closes_the_socket_with_1002(visitor: Visitor) -> None:
    socket = await visitor.dial()
    compressed_text_frame = bytes([0xC1, 0x81, 0, 0, 0, 0, 0])

    socket.connection.transport.write(compressed_text_frame)

    assert await socket.close_code() == 1002


async def test_a_refused_handshake_says_why_in_the_log(server: RunningServer) -> None:
    with pytest.raises(InvalidStatus):
        await dial(
            server.url.replace("http", "ws") + "/api/v1/ws",
            origin=Origin("https://forgotten.example"),
            subprotocols=[Subprotocol("foyer.v1")],
        )

    await asyncio.sleep(0)
    assert "https://forgotten.example" in server.log
    assert "Add it under `origins:`" in server.log
