"""A stand-in for a provider of language models: a real HTTP server on loopback that says, and does, what it is told.

    async with Provider("openai", Script(pieces=("Hello.",))) as provider: … provider.base_url, provider.requests

By hand: `python -m tests.llm.provider --port 11434 --say "Orders are shipped in two days. [1]"`, then
`model: {name: compatible:stand-in, base_url: http://127.0.0.1:11434/v1}` and FOYER_OUTBOUND_ALLOW=127.0.0.1:11434.
"""

import argparse
import asyncio
import contextlib
import gzip
import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from typing import Any, Literal

from tests.llm.protocols import AnthropicWire, OpenAIWire, Wire
from tests.llm.script import Request, Script

Protocol = Literal["openai", "anthropic"]
Answer = Script | Callable[[Request], Script]
FLOOD_BYTES = 10_000_000
POLL_S = 0.005
TLS_HELLO = b"\x16"


class Provider:
    """Answers each request with the next of `script`, the last again and again; keeps every request."""

    def __init__(
        self, protocol: Protocol = "openai", *script: Answer, tls: ssl.SSLContext | None = None, port: int = 0
    ) -> None:
        self.script: list[Answer] = list(script) or [Script()]
        self.requests: list[Request] = []
        self.connections = 0
        self.port = port
        self._wire: Wire = OpenAIWire() if protocol == "openai" else AnthropicWire()
        self._is_anthropic = protocol == "anthropic"
        self._tls = tls
        self._server: asyncio.Server | None = None
        self.arrived = asyncio.Event()
        self._closing = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def base_url(self) -> str:
        scheme = "https" if self._tls else "http"
        return f"{scheme}://127.0.0.1:{self.port}{'' if self._is_anthropic else '/v1'}"

    @property
    def entry(self) -> str:
        """What FOYER_OUTBOUND_ALLOW must hold."""
        return f"127.0.0.1:{self.port}"

    async def __aenter__(self) -> "Provider":
        self._server = await asyncio.start_server(self._begin, "127.0.0.1", self.port, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        self.refuse()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def refuse(self) -> None:
        """Take no more connections."""
        if self._server is not None:
            self._server.close()

    def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while await self._turn(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, TimeoutError, ssl.SSLError):
            pass
        finally:
            writer.close()

    async def _turn(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request, and return whether the connection stays."""
        request = await _read(reader)
        self.requests.append(request)
        self.arrived.set()
        answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        script = answer if isinstance(answer, Script) else answer(request)
        return await self._answer(request, script, _Out(reader, writer, request, self._closing))

    async def _answer(self, request: Request, script: Script, out: "_Out") -> bool:
        if request.path != self._wire.path or request.way not in script.knows:
            return await out.whole(400, self._wire.error("invalid_request_error"))
        if script.status != 200:
            return await out.whole(script.status, self._wire.error(script.error), script.headers)
        if script.mishap in {"hang", "reset", "gzip", "flood", "garbage"}:
            return await self._misbehave(request, script, out)
        if request.is_stream:
            return await self._stream(request, script, out)
        return await self._whole(request, script, out)

    async def _misbehave(self, request: Request, script: Script, out: "_Out") -> bool:
        match script.mishap:
            case "hang":
                return await out.wait(None)
            case "reset":
                return out.reset()
            case "gzip":
                packed = gzip.compress(b" " * FLOOD_BYTES)
                return await out.body(packed, {"content-encoding": "gzip"} | self._type(request, script))
            case "flood":
                return await self._flood(request, script, out)
        return await out.body(b"<!doctype html><h1>Welcome</h1>", {"content-type": "text/html"})

    async def _stream(self, request: Request, script: Script, out: "_Out") -> bool:
        await out.begin(self._type(request, script))
        was_text = False
        for event, is_text in self._wire.events(request, script):
            if was_text and not is_text and script.mishap is not None:
                return await self._break(script, out, event, self._wire.error_event(script.error))
            if is_text and script.delay_s:
                await out.wait(script.delay_s)
            await out.piece(event)
            was_text = is_text
        return await out.end()

    async def _break(self, script: Script, out: "_Out", event: bytes, error: bytes) -> bool:
        match script.mishap:
            case "hang_midway":
                return await out.wait(None)
            case "reset_midway":
                await asyncio.sleep(0.02)  # what was sent shall arrive
                return out.reset()
            case "cut_json":
                await out.piece(event[: len(event) // 2] + b"\n\n")
            case "bad_utf8":
                await out.piece(b'data: {"choices": "\xff\xfe\xc3\x28"}\n\n')
            case "error_in_200":
                await out.piece(error)
        return await out.end()

    async def _whole(self, request: Request, script: Script, out: "_Out") -> bool:
        body = json.dumps(self._wire.whole(request, script)).encode()
        match script.mishap:
            case "cut_json":
                body = body[: len(body) // 2]
            case "bad_utf8":
                body = body[:-2] + b"\xff\xfe\xc3\x28" + body[-2:]
            case "error_in_200":
                body = json.dumps(self._wire.error(script.error)).encode()
            case "hang_midway" | "reset_midway":
                await out.head(200, {"content-length": str(len(body)), **self._type(request, script)})
                await out.raw(body[: len(body) // 2])
                return await out.wait(None) if script.mishap == "hang_midway" else out.reset()
        if script.delay_s:
            await out.wait(script.delay_s * len(script.pieces))
        return await out.body(body, self._type(request, script))

    async def _flood(self, request: Request, script: Script, out: "_Out") -> bool:
        await out.begin(self._type(request, script))
        for _ in range(FLOOD_BYTES // 50_000):
            await out.piece(b": " + b"x" * 50_000 + b"\n" if request.is_stream else b" " * 50_000)
        return await out.end()

    def _type(self, request: Request, script: Script) -> dict[str, str]:
        usual = "text/event-stream" if request.is_stream else "application/json"
        return {"content-type": script.content_type or usual}


class _Out:
    """One answer on its way; who writes learns at once when the client is gone."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        request: Request,
        closing: asyncio.Event,
    ) -> None:
        self._reader, self._writer, self._request, self._closing = reader, writer, request, closing

    async def head(self, status: int, headers: dict[str, str]) -> None:
        lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in headers.items())]
        await self.raw(("\r\n".join(lines) + "\r\n\r\n").encode())

    async def begin(self, headers: dict[str, str]) -> None:
        await self.head(200, {"transfer-encoding": "chunked", **headers})

    async def piece(self, data: bytes) -> None:
        await self.raw(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    async def end(self) -> bool:
        await self.raw(b"0\r\n\r\n")
        return True

    async def body(self, data: bytes, headers: dict[str, str], status: int = 200) -> bool:
        await self.head(status, {"content-length": str(len(data)), **headers})
        await self.raw(data)
        return True

    async def whole(self, status: int, value: dict[str, Any], headers: Any = None) -> bool:
        given = {"content-type": "application/json", **(headers or {})}
        return await self.body(json.dumps(value).encode(), given, status)

    async def raw(self, data: bytes) -> None:
        try:
            self._writer.write(data)
            await self._writer.drain()
        except ConnectionError:
            self._request.was_left.set()
            raise

    async def wait(self, seconds: float | None) -> bool:
        """Wait, for ever by default, until the client or the test leaves."""
        loop = asyncio.get_running_loop()
        until = None if seconds is None else loop.time() + seconds
        while until is None or loop.time() < until:
            if self._reader.at_eof() or self._reader.exception() is not None:
                self._request.was_left.set()
                raise ConnectionResetError
            if self._closing.is_set():
                raise ConnectionAbortedError
            await asyncio.sleep(POLL_S)
        return False

    def reset(self) -> bool:
        """Break the connection the hard way."""
        connection = self._writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()
        return False


async def _read(reader: asyncio.StreamReader) -> Request:
    first = await reader.readexactly(1)
    if first == TLS_HELLO:
        raise ConnectionAbortedError
    head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:]) if name}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(head[0].split(" ")[1].partition("?")[0], headers, json.loads(body or b"{}"))


@contextlib.contextmanager
def provider_in_thread(protocol: Protocol = "openai", *script: Answer) -> Iterator[Provider]:
    """Run a provider beside a test that does not wait, or that starts a server of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    provider = Provider(protocol, *script)
    asyncio.run_coroutine_threadsafe(provider.__aenter__(), loop).result()
    try:
        yield provider
    finally:
        asyncio.run_coroutine_threadsafe(provider.__aexit__(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def main() -> None:
    """Serve until interrupted, and print what is asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.llm.provider", description=__doc__.split("\n")[0])
    parser.add_argument("--protocol", choices=("openai", "anthropic"), default="openai")
    parser.add_argument("--port", type=int, default=11434)
    parser.add_argument("--say", default="Orders are shipped in two days. [1]")
    parser.add_argument("--value", type=json.loads, help="the object to give where one is asked for, as JSON")
    parser.add_argument("--delay", type=float, default=0.03, help="seconds between two words")
    parser.add_argument("--status", type=int, default=200)
    parser.add_argument("--mishap", choices=Script.__annotations__["mishap"].__args__[0].__args__)
    given = parser.parse_args()
    words = tuple(f"{word} " for word in given.say.split())
    script = Script(
        pieces=words, delay_s=given.delay, value=given.value, status=given.status, mishap=given.mishap
    )

    def told(request: Request) -> Script:
        print(json.dumps(request.body, indent=2, ensure_ascii=False), flush=True)
        return script

    async def serve() -> None:
        async with Provider(given.protocol, told, port=given.port) as provider:
            print(f"A stand-in for {given.protocol} listens on {provider.base_url}", flush=True)
            await asyncio.Event().wait()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve())


if __name__ == "__main__":
    main()
