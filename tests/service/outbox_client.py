"""A visitor's program that keeps to every word of `foyer.v1`: outbox, resume, gaps, pings, back-off, close codes.

It is what the widget does, in Python, and it judges what it is sent: `complaints` lists whatever the protocol forbids.
"""

import asyncio
import contextlib
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Origin, Subprotocol

Frame = dict[str, Any]
STOPPING = range(4500, 4506)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How patient the client is (s), as the protocol asks unless a test is in a hurry."""

    gap_s: float = 0.2
    resend_s: float = 5.0
    silence_s: float = 40.0
    first_wait_s: float = 0.5
    longest_wait_s: float = 30.0


@dataclass
class OutboxClient:
    """One visitor on one conversation. `say` puts a message into the outbox; `run` gets it through."""

    url: str
    origin: str
    token: str
    pace: Pace
    chance: random.Random
    outbox: dict[str, str] = field(default_factory=dict)
    accepted: dict[str, tuple[str, int]] = field(default_factory=dict)
    shown: list[Frame] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    resumed: int = 0
    loaded_afresh: int = 0
    connections: int = 0
    gaps: int = 0
    last_seq: int = 0
    epoch: str | None = None
    conversation_id: str | None = None
    _connection: ClientConnection | None = None
    _delivered_seq: int = 0
    _early: dict[int, Frame] = field(default_factory=dict)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def say(self, key: str, text: str) -> None:
        """Write something; it is sent when there is a line, and again until it is accepted."""
        self.outbox[key] = text
        if self._connection is not None:
            await self._send_one(key)

    async def done(self, replies: int) -> None:
        """Wait until everything is accepted and so many replies were shown."""
        while self.outbox or sum(m["data"]["author"] == "bot" for m in self.shown) < replies:
            self._changed.clear()
            await self._changed.wait()

    async def run(self) -> None:
        """Keep a line open for as long as the task lives."""
        failures = 0
        while True:
            began = len(self.shown), len(self.accepted)
            try:
                await self._one_line()
            except (WebSocketException, OSError, TimeoutError) as error:
                code = error.rcvd.code if isinstance(error, ConnectionClosed) and error.rcvd else None
                if code in STOPPING:
                    self.complaints.append(f"closed with {code}")
                    return
            finally:
                self._connection = None
            failures = 0 if (len(self.shown), len(self.accepted)) != began else failures + 1
            longest = min(self.pace.longest_wait_s, self.pace.first_wait_s * 2**failures)
            await asyncio.sleep(self.chance.uniform(0, longest))

    async def _one_line(self) -> None:
        """Connect, resume, and live until the line is lost."""
        self.connections += 1
        async with connect(
            self.url.replace("http", "ws") + "/api/v1/ws",
            origin=Origin(self.origin),
            subprotocols=[Subprotocol("foyer.v1")],
            ping_interval=None,
            open_timeout=self.pace.silence_s,
            close_timeout=0.1,
            proxy=None,
        ) as connection:
            await self._send(connection, "hello", self._hello())
            self._delivered_seq = self.last_seq
            resending = asyncio.create_task(self._resend())
            watching = asyncio.create_task(self._watch_gaps(connection))
            try:
                while True:
                    async with asyncio.timeout(self.pace.silence_s):
                        raw = await connection.recv()
                    await self._hear(connection, json.loads(raw))
            finally:
                resending.cancel()
                watching.cancel()
                connection.transport.abort()

    def _hello(self) -> Frame:
        known = {"conversation_id": self.conversation_id, "epoch": self.epoch}
        given = {name: value for name, value in known.items() if value is not None}
        return {"token": self.token, "last_seq": self.last_seq, **given}

    async def _hear(self, connection: ClientConnection, frame: Frame) -> None:
        data = frame["data"]
        match frame["type"]:
            case "welcome":
                await self._welcome(data)
            case "live":
                self._connection = connection
                await self._send_outbox()
            case "accepted":
                self._accept(data)
            case "message":
                self._take_in_order(frame)
            case "ping":
                await self._send(connection, "pong", {})
            case "error" if not data["retry"]:
                self.complaints.append(f"error {data['code']}: {data['message']}")
        self._changed.set()

    async def _welcome(self, data: Mapping[str, Any]) -> None:
        """Take the resume, or load everything afresh; never a part of it."""
        if data["resumed"]:
            self.resumed += 1
        else:
            self.loaded_afresh += 1
            self.shown, self._early, self.last_seq = [], {}, 0
            await self._load_history()
        self.epoch = data["epoch"]
        self.conversation_id = data["conversation_id"] or self.conversation_id

    async def _load_history(self) -> None:
        async with httpx2.AsyncClient(base_url=self.url, timeout=self.pace.silence_s) as client:
            headers = {"Authorization": f"Bearer {self.token}", "Origin": self.origin}
            while True:
                answer = await client.get("/api/v1/history", params={"after": self.last_seq}, headers=headers)
                events = answer.json()["events"]
                if not events:
                    return
                for event in events:
                    self._take(event)

    def _accept(self, data: Frame) -> None:
        """Take a message out of the outbox; the sender's own is not echoed, so it is shown from here."""
        key = data["client_message_id"]
        self.conversation_id = data["conversation_id"]
        said = {"author": "visitor", "client_message_id": key, "message_id": data["message_id"]}
        self._take({"seq": data["seq"], "data": said})

    def _take_in_order(self, frame: Frame) -> None:
        """Take a message in; on one line they come in order and once."""
        if frame["seq"] <= self._delivered_seq:
            self.complaints.append(f"{frame['seq']} was sent after {self._delivered_seq}")
        self._delivered_seq = frame["seq"]
        self._take(frame)

    def _take(self, frame: Frame) -> None:
        """Show what follows on the last that is shown; what comes early waits for what is between."""
        seq, data = frame["seq"], frame["data"]
        if data["author"] == "visitor":
            self._note_accepted(data["client_message_id"], data["message_id"], seq)
        if seq > self.last_seq:
            self._early[seq] = frame
        while (following := self._early.pop(self.last_seq + 1, None)) is not None:
            self.last_seq += 1
            self.shown.append(following)

    def _note_accepted(self, key: str, message_id: str, seq: int) -> None:
        self.outbox.pop(key, None)
        earlier = self.accepted.setdefault(key, (message_id, seq))
        if earlier != (message_id, seq):
            self.complaints.append(f"{key} was accepted as {earlier} and as {(message_id, seq)}")

    async def _watch_gaps(self, connection: ClientConnection) -> None:
        """Lose a line on which a gap stays open, so that a resume closes it."""
        while True:
            await asyncio.sleep(self.pace.gap_s)
            before = self.last_seq
            if self._early:
                await asyncio.sleep(self.pace.gap_s)
                if self._early and self.last_seq == before:
                    self.gaps += 1
                    connection.transport.abort()

    async def _send_outbox(self) -> None:
        for key in list(self.outbox):
            await self._send_one(key)

    async def _resend(self) -> None:
        while True:
            await asyncio.sleep(self.pace.resend_s)
            await self._send_outbox()

    async def _send_one(self, key: str) -> None:
        if self._connection is not None and key in self.outbox:
            await self._send(self._connection, "say", {"client_message_id": key, "text": self.outbox[key]})

    async def _send(self, connection: ClientConnection, kind: str, data: Frame) -> None:
        with contextlib.suppress(ConnectionClosed, OSError):
            await connection.send(json.dumps({"type": kind, "data": data}))
