"""A visitor's program: opens sessions and speaks `foyer.v1` over websockets, knowing nothing of the server's code."""

import asyncio
import itertools
import json
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from tests.service.running_server import RunningServer

Frame = dict[str, Any]
PATIENCE_S = 60.0
"""How long a frame may take before a test fails; a few milliseconds are usual."""


class Socket:
    """One open socket. Every frame that came is kept in `frames`."""

    def __init__(self, connection: ClientConnection, numbers: "itertools.count[int]") -> None:
        self.connection = connection
        self.frames: list[Frame] = []
        self._numbers = numbers

    async def send(self, kind: str, data: Any = None, **more: Any) -> None:
        """Send a frame."""
        await self.connection.send(json.dumps({"type": kind, "data": data or {}, **more}))

    async def receive(self) -> Frame:
        """Return the next frame; a ping is answered as the protocol asks, and not shown."""
        while True:
            async with asyncio.timeout(PATIENCE_S):
                frame: Frame = json.loads(await self.connection.recv())
            if frame["type"] != "ping":
                self.frames.append(frame)
                return frame
            await self.send("pong")

    async def until(self, kind: str, **data: Any) -> Frame:
        """Return the next frame of this kind whose data holds these values."""
        while True:
            frame = await self.receive()
            if frame["type"] == kind and data.items() <= frame["data"].items():
                return frame

    async def say(self, text: str, *, client_message_id: str | None = None) -> Frame:
        """Say something; return the data of `accepted`, or of `error`."""
        key = client_message_id or f"k{next(self._numbers)}"
        await self.send("say", {"client_message_id": key, "text": text})
        while True:
            frame = await self.receive()
            if frame["type"] == "error" or (
                frame["type"] == "accepted" and frame["data"]["client_message_id"] == key
            ):
                return frame["data"]

    async def reply_to(self, accepted: Frame) -> Frame:
        """Return the durable reply to an accepted message."""
        for frame in self.frames:
            if frame["type"] == "message" and frame["data"].get("in_reply_to") == accepted["message_id"]:
                return frame
        return await self.until("message", in_reply_to=accepted["message_id"])

    async def ask(self, text: str) -> Frame:
        """Say something and return the data of the reply."""
        return (await self.reply_to(await self.say(text)))["data"]

    async def close_code(self) -> int | None:
        """Read on until the server closes; return its code."""
        try:
            while True:
                await self.receive()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None

    def seqs(self) -> list[int]:
        """Return the `seq` of every durable message and acceptance that came, in order of arrival."""
        return [
            frame.get("seq") or frame["data"]["seq"]
            for frame in self.frames
            if frame["type"] in {"message", "accepted"}
        ]

    def cut(self) -> None:
        """Lose the connection without a word."""
        self.connection.transport.abort()

    async def close(self) -> None:
        """Close politely."""
        await self.connection.close()


class Visitor:
    """One visitor with one session; may hold many sockets."""

    def __init__(self, server: RunningServer, session: dict[str, Any], *, origin: str, address: str) -> None:
        self.server = server
        self.session = session
        self.token: str = session["visitor_token"]
        self.origin = origin
        self.address = address
        self._numbers = itertools.count(1)

    @classmethod
    async def arrive(
        cls,
        server: RunningServer,
        *,
        origin: str | None = None,
        address: str = "127.0.0.1",
        site: str = "harbour",
    ) -> "Visitor":
        """Open a session, coming from that loopback address."""
        origin = origin or server.url
        async with http_client(server, address=address) as client:
            response = await client.post("/api/v1/sessions", json={"site": site}, headers={"Origin": origin})
        assert response.status_code == 200, response.text
        return cls(server, response.json(), origin=origin, address=address)

    async def dial(self, **options: Any) -> Socket:
        """Open a socket without a word of hello."""
        address = options.pop("address", self.address)
        connection = await connect(
            self.server.url.replace("http", "ws") + "/api/v1/ws",
            origin=Origin(self.origin),
            subprotocols=[Subprotocol("foyer.v1")],
            open_timeout=60,
            ping_interval=None,
            max_size=None,
            max_queue=None,
            proxy=None,
            local_addr=(address, 0),
            **options,
        )
        return Socket(connection, self._numbers)

    async def connect(self, **hello: Any) -> tuple[Socket, Frame]:
        """Open a socket, say hello, and read on to `live`; return it and the data of `welcome`."""
        socket = await self.dial()
        await socket.send("hello", {"token": self.token, "last_seq": 0, **hello})
        welcome = await socket.until("welcome")
        await socket.until("live")
        return socket, welcome["data"]

    def http(self, *, token: str | None = None) -> httpx2.AsyncClient:
        """Return a client for the line without websockets."""
        return http_client(
            self.server,
            address=self.address,
            headers={"Origin": self.origin, "Authorization": f"Bearer {token or self.token}"},
        )


def http_client(
    server: RunningServer, *, address: str = "127.0.0.1", headers: dict[str, str] | None = None
) -> httpx2.AsyncClient:
    """Return an HTTP client that comes from that loopback address."""
    return httpx2.AsyncClient(
        base_url=server.url,
        transport=httpx2.AsyncHTTPTransport(local_address=address),
        headers=headers or {},
        timeout=40,
    )
