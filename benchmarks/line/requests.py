"""GET requests over kept connections, as fast as they are answered."""

import asyncio
import itertools
import time
from collections.abc import Iterator
from urllib.parse import quote, urlsplit


async def fetch(url: str, path: str, questions: Iterator[str], *, at_once: int, requests: int) -> float:
    """Return how many answers come in a second.

    Args:
        url: where the server is.
        path: what is asked for, up to the question.
        questions: what is asked, one a request.
        at_once: connections.
        requests: how many in all.
    """
    address = urlsplit(url)
    left = itertools.islice(questions, requests)

    async def ask() -> None:
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        for question in left:
            head = f"GET {path}{quote(question)} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n"
            writer.write(head.encode())
            await answer_of(reader)
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(at_once)))
    return requests / (time.perf_counter() - begun)


async def answer_of(reader: asyncio.StreamReader) -> bytes:
    """Read one answer; only a good one will do."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    assert head.startswith(b"http/1.1 200"), head
    length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
    return await reader.readexactly(length)
