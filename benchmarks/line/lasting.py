"""A visitor's client that lasts: what `foyer.v1` asks of one, with a journal of all that it was told.

An outbox that is sent again after 5 s and at every reconnect, `last_seq`, a resume with back-off and jitter, and what
`goaway` says. Whatever breaks the promise of an order without holes is an assertion here.
"""

import asyncio
import contextlib
import json
import random
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

RESEND_AFTER_S = 5.0
FIRST_BACKOFF_S, LONGEST_BACKOFF_S = 0.5, 10.0
SILENCE_S = 40.0
DONE = frozenset({"accepted", "message"})


class LastingVisitor:
    """One visitor with one socket at a time; `say` puts into the outbox, `run` keeps the line."""

    def __init__(self, url: str, site: str, *, chance: random.Random, address: str = "127.0.0.1") -> None:
        self._url = url
        self._site = site
        self._chance = chance
        self._address = address
        self._socket: ClientConnection | None = None
        self._changed = asyncio.Event()
        self._epoch: str | None = None
        self._tries = 0
        self._wait_s = 0.0
        self.token = ""
        self.last_seq = 0
        self.outbox: dict[str, str] = {}
        self.accepted: dict[str, tuple[str, int]] = {}
        self.replies: dict[str, str] = {}
        self.seqs: set[int] = set()
        self.n_connects = 0
        self.not_resumed = 0

    async def arrive(self) -> None:
        """Open the session."""
        transport = httpx2.AsyncHTTPTransport(local_address=self._address)
        async with httpx2.AsyncClient(base_url=self._url, transport=transport, timeout=30) as client:
            opened = await client.post(
                "/api/v1/sessions", json={"site": self._site}, headers={"Origin": self._url}
            )
        opened.raise_for_status()
        self.token = opened.json()["visitor_token"]

    async def say(self, key: str, text: str) -> None:
        """Put a message into the outbox and send it if there is a line."""
        self.outbox[key] = text
        if self._socket is not None:
            with contextlib.suppress(WebSocketException, OSError):
                await self._send("say", {"client_message_id": key, "text": text})

    async def until_answered(self, *, within_s: float) -> None:
        """Wait until everything said was accepted and has its reply."""
        async with asyncio.timeout(within_s):
            while self.outbox or len(self.replies) < len(self.accepted):
                self._changed.clear()
                await self._changed.wait()

    async def run(self) -> None:
        """Keep the line for ever; cancel it to leave."""
        while True:
            self._wait_s = self._backoff_s()
            with contextlib.suppress(WebSocketException, OSError, TimeoutError):
                await self._talk()
            self._socket = None
            await asyncio.sleep(self._wait_s)

    def _backoff_s(self) -> float:
        self._tries += 1
        return self._chance.uniform(0, min(LONGEST_BACKOFF_S, FIRST_BACKOFF_S * 2 ** (self._tries - 1)))

    async def _talk(self) -> None:
        async with connect(
            self._url.replace("http", "ws", 1) + "/api/v1/ws",
            origin=Origin(self._url),
            subprotocols=[Subprotocol("foyer.v1")],
            ping_interval=None,
            proxy=None,
            local_addr=(self._address, 0),
            open_timeout=15,
        ) as socket:
            self._socket = socket
            hello: dict[str, Any] = {"token": self.token, "last_seq": self.last_seq}
            await self._send("hello", hello if self._epoch is None else hello | {"epoch": self._epoch})
            resending = asyncio.create_task(self._resend())
            try:
                while True:
                    async with asyncio.timeout(SILENCE_S):
                        raw = await socket.recv()
                    await self._hear(json.loads(raw))
            finally:
                resending.cancel()
                await asyncio.gather(resending, return_exceptions=True)

    async def _resend(self) -> None:
        while True:
            await asyncio.sleep(RESEND_AFTER_S)
            await self._send_outbox()

    async def _send_outbox(self) -> None:
        for key, text in list(self.outbox.items()):
            await self._send("say", {"client_message_id": key, "text": text})

    async def _send(self, kind: str, data: dict[str, Any]) -> None:
        assert self._socket is not None
        await self._socket.send(json.dumps({"type": kind, "data": data}))

    async def _hear(self, frame: dict[str, Any]) -> None:
        kind, data = frame["type"], frame["data"]
        if kind == "welcome":
            self._tries = 0
            self.n_connects += 1
            self._epoch = data["epoch"]
            self.not_resumed += not data["resumed"]
        elif kind == "live":
            await self._send_outbox()
        elif kind == "ping":
            await self._send("pong", {})
        elif kind == "goaway":
            self._wait_s = data["reconnect_in_ms"] / 1000
        elif kind in DONE:
            self._take(kind, frame.get("seq") or data["seq"], data)

    def _take(self, kind: str, seq: int, data: dict[str, Any]) -> None:
        if kind == "accepted":
            told = (data["message_id"], data["seq"])
            assert self.accepted.setdefault(data["client_message_id"], told) == told
            self.outbox.pop(data["client_message_id"], None)
        elif data["author"] == "visitor":
            key = data["client_message_id"]
            self.accepted.setdefault(key, (data["message_id"], seq))
            self.outbox.pop(key, None)
        else:
            reply = data["in_reply_to"]
            assert self.replies.setdefault(reply, data["message_id"]) == data["message_id"]
        self.seqs.add(seq)
        while self.last_seq + 1 in self.seqs:
            self.last_seq += 1
        self._changed.set()

    def check(self) -> None:
        """See that nothing is missing: a whole row of numbers, and a reply to each message."""
        assert self.seqs == set(range(1, len(self.seqs) + 1)), "a hole in the numbers"
        assert self.not_resumed == 0
        assert {message_id for message_id, _ in self.accepted.values()} == set(self.replies)
