"""Vector indexes on a real Chroma server: searched there, ours alone, and done without while it is away."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.conversation import SiteId
from bot.sources import Sync, mend, open_active
from bot.store import Database
from knowledge import Embedder, IndexAwayError, ServerStore
from knowledge.server_store import KEPT, OLD
from tests.sources.chroma_run import ChromaServer
from tests.sources.conftest import CountingEmbedder, sync_of

pytestmark = [pytest.mark.slow, pytest.mark.model]

SITE = SiteId("harbour")
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
QUESTION, ANSWER = "Do you ship to France?", "We ship to France for 12 euros."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    running = ChromaServer(tmp_path_factory.mktemp("chroma")).start()
    yield running
    running.kill()


@pytest.fixture
def store(server: ChromaServer, tmp_path: Path) -> ServerStore:
    return ServerStore(server.url, tmp_path / "vectors", prefix=tmp_path.name, clock=lambda: NOW)


@pytest.fixture
def remote(db: Database, store: ServerStore, embedder: CountingEmbedder, folder: Path) -> Sync:
    return sync_of(SITE, db, store, embedder, folder)


async def test_what_is_indexed_on_the_server_answers_here_and_in_another_home(
    remote: Sync,
    db: Database,
    store: ServerStore,
    server: ChromaServer,
    real_embedder: Embedder,
    tmp_path: Path,
) -> None:
    await remote.run()
    elsewhere = ServerStore(server.url, tmp_path / "another home", prefix=tmp_path.name, clock=lambda: NOW)

    for one in (store, elsewhere):
        active = await open_active(db, one, SITE, real_embedder)
        assert (active.base.answer(QUESTION).text, active.is_damaged) == (ANSWER, False)


async def test_a_new_version_takes_the_old_ones_place_and_leaves_nothing_for_long(
    db: Database,
    server: ChromaServer,
    embedder: CountingEmbedder,
    folder: Path,
    real_embedder: Embedder,
    tmp_path: Path,
) -> None:
    now = NOW
    store = ServerStore(server.url, tmp_path / "vectors", prefix=tmp_path.name, clock=lambda: now)
    elsewhere = ServerStore(server.url, tmp_path / "another home", prefix=tmp_path.name, clock=lambda: NOW)
    remote = sync_of(SITE, db, store, embedder, folder)
    await remote.run()
    old = await open_active(db, elsewhere, SITE, real_embedder)
    (folder / "bell.md").write_text("# Bell\n\nThe bell of every bike is green.\n")

    await remote.run()
    await mend(db, store, SITE)

    assert store.names() == ["kb-harbour-v2"]
    assert (old.base.answer(QUESTION).text, old.is_damaged) == (ANSWER, False)
    new = await open_active(db, store, SITE, real_embedder)
    assert "green" in (new.base.answer("Which colour is the bell?").text or "")
    now += KEPT
    with store.begin("kb-harbour-v3"):
        pass
    assert [name for name in store._listed() if OLD in name] == []


async def test_installations_with_the_same_site_share_a_server_and_nothing_else(
    remote: Sync, store: ServerStore, server: ChromaServer, tmp_path: Path
) -> None:
    other = ServerStore(server.url, tmp_path / "other", prefix=f"{tmp_path.name}-other", clock=lambda: NOW)
    await remote.run()

    other.drop("kb-harbour-v1")

    assert (store.names(), other.names()) == (["kb-harbour-v1"], [])


async def test_while_the_server_is_away_rows_answer_and_nothing_is_built_again_when_it_is_back(
    remote: Sync, db: Database, store: ServerStore, server: ChromaServer, embedder: CountingEmbedder
) -> None:
    await remote.run()
    active = await open_active(db, store, SITE, embedder)
    server.kill()
    try:
        by_words = active.base.answer(QUESTION)
        standing_in = await open_active(db, store, SITE, embedder)
        with pytest.raises(IndexAwayError):
            await mend(db, store, SITE)
    finally:
        server.start()
    back = await open_active(db, store, SITE, embedder)

    assert (by_words.text, active.is_damaged) == (ANSWER, True)
    assert (standing_in.base.answer(QUESTION).text, standing_in.is_damaged) == (ANSWER, True)
    assert (back.base.answer(QUESTION).text, back.is_damaged) == (ANSWER, False)


async def test_a_server_that_hangs_is_waited_for_once_and_a_moment_and_is_not_called_damaged(
    remote: Sync, db: Database, store: ServerStore, server: ChromaServer, embedder: CountingEmbedder
) -> None:
    await remote.run()
    active = await open_active(db, store, SITE, embedder)
    server.freeze()
    try:
        with capture_logs() as told:
            async with asyncio.timeout(4):  # a search of its own would take 5 s
                by_words = [await asyncio.to_thread(active.base.answer, QUESTION) for _ in range(20)]
            standing_in = await open_active(db, store, SITE, embedder)
    finally:
        server.thaw()
    store.check()
    back = await open_active(db, store, SITE, embedder)

    assert {answer.text for answer in by_words} == {ANSWER}
    assert active.is_damaged
    assert (standing_in.is_damaged, type(standing_in.away)) == (True, IndexAwayError)
    assert [line["event"] for line in told] == []
    assert (back.base.answer(QUESTION).text, back.is_damaged, back.away) == (ANSWER, False, None)


class Broken(BaseHTTPRequestHandler):
    """What a proxy says of a server behind it that is broken: it can be knocked at, and nothing else."""

    def do_GET(self) -> None:
        self.send_response(200 if "heartbeat" in self.path else 502)
        self.end_headers()
        self.wfile.write(b"<h1>Bad gateway</h1>")

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None: ...


async def test_what_a_proxy_says_of_a_broken_server_is_no_damage_either(
    remote: Sync, db: Database, store: ServerStore, server: ChromaServer, embedder: CountingEmbedder
) -> None:
    await remote.run()
    active = await open_active(db, store, SITE, embedder)
    server.kill()
    proxy = ThreadingHTTPServer(("127.0.0.1", server.port), Broken)
    threading.Thread(target=proxy.serve_forever).start()
    try:
        by_words = await asyncio.to_thread(active.base.answer, QUESTION)
        standing_in = await open_active(db, store, SITE, embedder)
    finally:
        proxy.shutdown()
        proxy.server_close()
        server.start()

    assert (by_words.text, type(standing_in.away)) == (ANSWER, IndexAwayError)


async def test_a_collection_that_lost_vectors_is_built_again_from_rows(
    remote: Sync, db: Database, store: ServerStore, embedder: CountingEmbedder
) -> None:
    await remote.run()
    with store._server.calls() as client:
        collection = client.get_collection(store._listed()[0], embedding_function=None)
        collection.delete(ids=collection.peek(1)["ids"])
    embedder.embedded.clear()

    damaged = await open_active(db, store, SITE, embedder)
    await mend(db, store, SITE)
    mended = await open_active(db, store, SITE, embedder)

    assert (damaged.is_damaged, mended.is_damaged) == (True, False)
    assert mended.base.answer(QUESTION).text == ANSWER
    assert len(embedder.embedded) == 1


async def test_a_server_that_is_not_there_is_named_and_waited_for_no_longer_than_a_moment(
    unused_tcp_port_factory: Callable[[], int], tmp_path: Path
) -> None:
    nobody = ServerStore(
        f"http://127.0.0.1:{unused_tcp_port_factory()}", tmp_path, prefix="p", clock=lambda: NOW
    )

    with pytest.raises(IndexAwayError, match="does not answer"):
        nobody.names()
