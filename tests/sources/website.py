"""A website on loopback that behaves as badly as it is told, and the crawls of it, on a clock that only we move."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.crawl_plan import CrawlPlan
from bot.outbound import Guard
from bot.sources.crawl import Crawl, CrawlState, Means, SavedCrawl, saved_crawl, saved_pages
from knowledge import SavedPage

Answer = bytes | str | Callable[[dict[str, str]], bytes | str]
FILLING = (
    "The harbour has opened its gates every morning since the year of the great flood, and keeps them open. "
)


def http(body: bytes | str = "", *headers: str, status: str = "200 OK", media: str = "text/html") -> bytes:
    """An answer of a server."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(content)}", "connection: close"]
    lines += [f"content-type: {media}"] if media else []
    return "\r\n".join([*lines, *headers, "", ""]).encode() + content


def page(title: str, *links: str, text: str = "", head: str = "") -> str:
    """A page with a text of its own and some links."""
    anchors = " ".join(f'<a href="{link}">to {link}</a>' for link in links)
    said = text or f"{title}. {FILLING}"
    return (
        f"<!doctype html><html lang=en><title>{title}</title>{head}<body><p>{said}</p>{anchors}</body></html>"
    )


def moved(target: str) -> bytes:
    """A redirect."""
    return http("", f"location: {target}", status="302 Found")


@dataclass
class Website:
    """`answers` by path with query; a text is a page with status 200, what is not there is 404."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    port: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split(" ")[1]
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
            self.asked.append(path)
            self.headers[path] = headers
            answer = self.answers.get(path, http("nothing here", status="404 Not Found"))
            answer = answer(headers) if callable(answer) else answer
            if answer == "drip":
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 900\r\n\r\n<p>")
                await self.released.wait()
            else:
                writer.write(answer if isinstance(answer, bytes) else http(answer))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def open_website(answers: dict[str, Answer]) -> AsyncIterator[Website]:
    website = Website(dict(answers))
    server = await asyncio.start_server(website.serve, "127.0.0.1", 0)
    website.port = server.sockets[0].getsockname()[1]
    yield website
    website.released.set()
    server.close()
    await server.wait_closed()


def packed(body: bytes) -> bytes:
    return http(gzip.compress(body), "content-encoding: gzip")


@dataclass
class Crawler:
    """Crawls the website into a home; waits are noted and not waited."""

    website: Website
    home: Path
    now: datetime = datetime(2026, 3, 2, tzinfo=UTC)
    clock_s: float = 0.0
    waits: list[float] = field(default_factory=list)
    timeout_s: float = 20.0
    calls_left: int = 1_000_000

    async def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.clock_s += seconds

    def plan(self, **changes: Any) -> CrawlPlan:
        return CrawlPlan(**{"url": self.website.url, "delay_s": 0.0} | changes)

    def saved(self, plan: CrawlPlan) -> SavedCrawl:
        return saved_crawl(self.home, site_id="harbour", url=plan.url)

    async def run(self, plan: CrawlPlan | None = None, *, full: bool = False, **changes: Any) -> CrawlState:
        plan = plan or self.plan(**changes)
        self.website.asked.clear()
        self.now += timedelta(hours=1)
        guard = Guard((f"127.0.0.1:{self.website.port}",))

        async def call(asked: Any) -> Any:
            self.calls_left -= 1
            if self.calls_left < 0:
                raise KeyboardInterrupt
            return await guard.call(asked)

        means = Means(
            call=call,
            now=lambda: self.now,
            clock_s=lambda: self.clock_s,
            sleep=self.sleep,
            timeout_s=self.timeout_s,
        )
        try:
            return await Crawl(plan, self.saved(plan), means).run(full=full)
        finally:
            guard.close()

    def pages(self, **changes: Any) -> list[SavedPage]:
        return saved_pages(self.home, site_id="harbour", plans=[self.plan(**changes)]) or []

    def paths(self) -> set[str]:
        """The paths of the pages that are served."""
        return {page.source.removeprefix(self.website.url) or "/" for page in self.pages() if page.path}
