"""Real servers on loopback: an HTTP receiver that answers as it is told, and keeps what it got."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CERTIFICATES = Path(__file__).parent / "certificates"


@dataclass
class Receiver:
    """Answers each request with the next of `answers`, the last one again and again; "hang" never answers."""

    answers: list[bytes | str]
    port: int = 0
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    connections: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def entry(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
            # The values keep their case: a signature is base64.
            headers = {name: _value(head, name) for name in headers}
            headers[":request"] = head[0]
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.requests.append((headers, body))
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            if answer == "hang":
                await self.released.wait()
            else:
                writer.write(answer.encode() if isinstance(answer, str) else answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


def _value(head: list[str], name: str) -> str:
    return next(line.split(": ", 1)[1] for line in head if line.lower().startswith(f"{name}: "))


def http(status: str, *headers: str, body: str = "") -> str:
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", "connection: close", *headers]
    return "\r\n".join(lines) + "\r\n\r\n" + body


@pytest.fixture
def answer():
    return http


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver([http("200 OK")])
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    yield receiver
    receiver.released.set()
    server.close()
    await server.wait_closed()


@pytest.fixture
def server_tls() -> ssl.SSLContext:
    """A server that says it is hook.example and mail.example, with a certificate of the tests' own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "example.pem", CERTIFICATES / "example.key")
    return context


@pytest.fixture
def client_tls() -> ssl.SSLContext:
    """A client that trusts the tests' certificate and nothing else."""
    return ssl.create_default_context(cafile=CERTIFICATES / "example.pem")
