"""Clients that no library would let one be: requests written by hand, frames by the byte, sockets nobody reads."""

import asyncio
import contextlib
import json
import socket as sockets
import struct
from collections.abc import AsyncIterator

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.service.running_server import RunningServer
from tests.service.visitor_client import Visitor

LITTLE_ROOM_BYTES = 4 * 1024


def posted(server: RunningServer, framing: str) -> bytes:
    """Return the head of a POST whose body is announced so."""
    lines = [
        "POST /api/v1/sessions HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"Origin: {server.url}",
        "Content-Type: application/json",
        framing,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def masked(first_byte: int, payload: bytes = b"") -> bytes:
    """Return a frame as a client sends it; its first byte is the opcode and the flags."""
    size = len(payload)
    if size < 126:
        length = bytes([0x80 | size])
    elif size < 65_536:
        length = b"\xfe" + struct.pack("!H", size)
    else:
        length = b"\xff" + struct.pack("!Q", size)
    return bytes([first_byte]) + length + b"\0\0\0\0" + payload


@contextlib.asynccontextmanager
async def unread(visitor: Visitor) -> AsyncIterator[ClientConnection]:
    """Open a socket with little room on the client's side, say hello, and stop reading."""
    raw = sockets.socket()
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, LITTLE_ROOM_BYTES)
    raw.setblocking(False)
    await asyncio.get_running_loop().sock_connect(raw, ("127.0.0.1", visitor.server.port))
    connection = await connect(
        visitor.server.url.replace("http", "ws") + "/api/v1/ws",
        origin=Origin(visitor.origin),
        subprotocols=[Subprotocol("foyer.v1")],
        ping_interval=None,
        max_queue=None,
        sock=raw,
        proxy=None,
    )
    await connection.send(json.dumps({"type": "hello", "data": {"token": visitor.token, "last_seq": 0}}))
    connection.transport.pause_reading()
    try:
        yield connection
    finally:
        connection.transport.abort()
