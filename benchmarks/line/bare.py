"""What Foyer is measured against, bare: an echo on FastAPI, one question embedded and searched, two durable commits.

python -m benchmarks.line.bare HOME   serves the echo and the bare FAQ handler over the index in HOME
"""

import asyncio
import itertools
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import uvicorn
from fastapi import FastAPI, WebSocket
from fastapi.responses import Response

from bot.store import Database
from bot.store.tables import meta
from knowledge import ChromaStore, Embedder, load_embedder

READY = "bare at "
NEIGHBOURS = 10


def bare_loop(home: Path, questions: Iterator[str], *, rounds: int) -> dict[str, float]:
    """Embed in 32 bits and search in Chroma, one question after another: per second, and ms of processor each."""
    embedder = load_embedder()
    search = searcher(home, embedder.embed)
    for question in itertools.islice(questions, 10):
        search(question)
    begun, used = time.perf_counter(), time.process_time()
    for question in itertools.islice(questions, rounds):
        search(question)
    return {
        "per_s": rounds / (time.perf_counter() - begun),
        "cpu_ms": 1000 * (time.process_time() - used) / rounds,
    }


def searcher(home: Path, embed: Any) -> Callable[[str], Any]:
    """Return a callable that embeds a question and searches the demo's own index."""
    store = ChromaStore(home / "index", compared_up_to=0)
    index = store.open(store.names()[-1])
    return lambda question: index.search(embed([question])[0], NEIGHBOURS)


async def two_commits(folder: Path, *, at_once: int, rounds: int) -> float:
    """Return how many pairs of durable commits, one small row each, Foyer's SQLAlchemy does in a second."""
    db = await Database.open(f"sqlite+aiosqlite:///{folder / 'bare.db'}")
    left = iter(range(rounds))

    async def work(name: int) -> None:
        for number in left:
            for part in range(2):
                async with db.write() as connection:
                    await connection.execute(
                        meta.insert().values(key=f"{at_once}.{name}.{number}.{part}", value="x" * 200)
                    )

    begun = time.perf_counter()
    await asyncio.gather(*map(work, range(at_once)))
    seconds = time.perf_counter() - begun
    await db.close()
    return rounds / seconds


def application(home: Path) -> FastAPI:
    """Return an echo over HTTP and sockets, and an FAQ handler that embeds and searches and does nothing else."""
    app = FastAPI(openapi_url=None)
    embedder: Embedder = load_embedder()
    search = searcher(home, embedder.embed_questions)

    @app.get("/echo")
    async def echo(q: str) -> Response:
        return Response(orjson.dumps({"answer": q}), media_type="application/json")

    @app.get("/faq")
    async def faq(q: str) -> Response:
        keys, similarities = await asyncio.to_thread(search, q)
        found = {"keys": [int(key) for key in keys], "similarities": similarities.tolist()}
        return Response(orjson.dumps(found), media_type="application/json")

    @app.websocket("/ws")
    async def line(websocket: WebSocket) -> None:
        await websocket.accept(subprotocol="foyer.v1")
        async for text in websocket.iter_text():
            await websocket.send_text(text)

    return app


def main() -> None:
    """Serve until killed."""
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"{READY}http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    config = uvicorn.Config(
        application(Path(sys.argv[1])),
        log_config=None,
        access_log=False,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
    )
    uvicorn.Server(config).run([listener])


if __name__ == "__main__":
    main()
