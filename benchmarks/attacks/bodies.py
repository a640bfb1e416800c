"""Too much of everything: 200 MiB bodies, endless headers, deflate bombs, pings whose pongs nobody reads."""

import asyncio
import contextlib
import os
import time
import zlib
from collections.abc import AsyncIterator, Iterator

from benchmarks.attacks.bystanders import Row, attacked, resident_mib
from tests.service.raw_client import masked, posted
from tests.service.running_server import RunningServer
from tests.service.visitor_client import Visitor

MIB = 1024 * 1024
BODY = 200 * MIB
PIECE = b"a" * MIB
WITHIN_S = 30.0


async def push(server: RunningServer, head: bytes, pieces: Iterator[bytes]) -> tuple[str, int, float, float]:
    """Send as much as the server takes; return its first line, the MiB that went out, seconds, and memory (MiB)."""
    before = peak = resident_mib(server)
    began = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    answer = asyncio.create_task(reader.read(65_536))
    sent = 0
    with contextlib.suppress(ConnectionError, TimeoutError):
        async with asyncio.timeout(WITHIN_S):
            writer.write(head)
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                sent += len(piece)
                peak = max(peak, resident_mib(server))
    writer.close()
    first = b""
    with contextlib.suppress(ConnectionError, TimeoutError):
        async with asyncio.timeout(2):
            first = await answer
    answer.cancel()
    return first.split(b"\r\n")[0].decode() or "reset", sent // MIB, time.monotonic() - began, peak - before


@contextlib.asynccontextmanager
async def raw_socket(
    server: RunningServer,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Shake hands by hand, offering compression; what is read and written then is up to the attack."""
    visitor = await Visitor.arrive(server)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    lines = [
        "GET /api/v1/ws HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"Origin: {server.url}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==",
        "Sec-WebSocket-Protocol: foyer.v1",
        "Sec-WebSocket-Extensions: permessage-deflate",
    ]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    assert b"101" in await reader.readuntil(b"\r\n\r\n")
    hello = b'{"type": "hello", "data": {"token": "%s"}}' % visitor.token.encode()
    writer.write(masked(0x81, hello))
    try:
        yield reader, writer
    finally:
        writer.close()


async def frames_until_closed(
    server: RunningServer, frame: bytes, count: int, *, first: bytes
) -> tuple[int, float]:
    """Send a frame many times and read nothing; return the MiB that went out, and the growth in memory (MiB)."""
    before = peak = resident_mib(server)
    sent = 0
    async with raw_socket(server) as (_, writer):
        writer.write(first)
        with contextlib.suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(WITHIN_S):
                for number in range(count):
                    writer.write(frame)
                    sent += len(frame)
                    if number % 50 == 0:
                        await writer.drain()
                        peak = max(peak, resident_mib(server))
    await asyncio.sleep(0.5)
    return sent // MIB, max(peak, resident_mib(server)) - before


FIRST = {"a frame of endless empty fragments": masked(0x01, b"")}


def bomb() -> bytes:
    """Return a compressed frame that would unfold to 16 MiB."""
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = squeezed.compress(b"\0" * 16 * MIB) + squeezed.flush(zlib.Z_SYNC_FLUSH)
    return masked(0xC1, data[:-4])


async def attack() -> list[Row]:
    """Send too much, each in its way."""
    rows: list[Row] = []
    chunk = b"%x\r\n" % MIB + PIECE + b"\r\n"
    with attacked() as server:
        pushed = {
            "200 MiB declared": (posted(server, f"Content-Length: {BODY}"), [PIECE] * 200),
            "200 MiB in chunks": (posted(server, "Transfer-Encoding: chunked"), [chunk] * 200),
            "200 MiB of headers": (
                b"GET /healthz HTTP/1.1\r\n",
                [b"X-A: " + b"b" * 1_000 + b"\r\n"] * 200_000,
            ),
            "200 MiB of one header": (b"GET /healthz HTTP/1.1\r\nX-A: ", [PIECE] * 200),
            "200 MiB of address": (b"GET /", [PIECE] * 200),
            "100 MiB of pipelined requests": (b"", [pipelined(server) * 1_000] * 300),
        }
        for what, (head, pieces) in pushed.items():
            answer, sent, seconds, grown = await push(server, head, iter(pieces))
            rows.append((what, f"+{grown:.1f} MiB", f"{answer}; {sent} MiB went out in {seconds:.1f} s"))
        framed = {
            "80 deflate bombs of 16 MiB": (bomb(), 80),
            "unread pongs": (masked(0x89, os.urandom(125)), 2_000_000),
            "a frame of endless empty fragments": (masked(0x00, b"") * 1_000, 20_000),
            "a frame of 16 MiB": (masked(0x81, PIECE * 16), 1),
        }
        for what, (frame, count) in framed.items():
            sent, grown = await frames_until_closed(server, frame, count, first=FIRST.get(what, b""))
            rows.append((what, f"+{grown:.1f} MiB", f"{sent} MiB went out"))
    return rows


def pipelined(server: RunningServer) -> bytes:
    """Return one small request of many that are sent without waiting for an answer."""
    return posted(server, "Content-Length: 2") + b"{}"
