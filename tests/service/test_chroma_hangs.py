"""Several processes and one Chroma server while people ask: what was away is not built again, what is gone, once."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest

from tests.service.conftest import GENEROUS
from tests.service.running_server import RunningServer, until, write_site
from tests.service.visitor_client import http_client
from tests.sources.chroma_run import ChromaServer

pytestmark = [pytest.mark.slow, pytest.mark.model, pytest.mark.timeout(300)]

WORKERS = 2
CALLERS = 3
COLLECTIONS = "/api/v2/tenants/default_tenant/databases/default_database/collections"
LOOKS = 10
"""Each at one of the workers, whichever takes it."""


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    running = ChromaServer(tmp_path_factory.mktemp("chroma")).start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def crew(chroma: ChromaServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    settings = GENEROUS | {"FOYER_CHROMA_URL": chroma.url}
    folder = tmp_path_factory.mktemp("crew")
    running = RunningServer(write_site(folder / "site"), folder / "home", settings, workers=WORKERS)
    yield running.start()
    running.stop()


def collections(chroma: ChromaServer) -> dict[str, str]:
    """Return the ids of the server's collections by their names."""
    return {one["name"]: one["id"] for one in httpx2.get(f"{chroma.url}{COLLECTIONS}").json()}


@contextlib.asynccontextmanager
async def asked_without_a_pause(server: RunningServer) -> AsyncIterator[list[int]]:
    """Have callers ask, each time something new, as long as the block runs; give what each was answered with."""
    statuses: list[int] = []
    number = itertools.count()

    async def ask() -> None:
        async with http_client(
            server, headers={"Connection": "close"}
        ) as client:  # now one worker, now the other
            while True:
                question = {"site": "harbour", "q": f"Order {next(number)}: do you ship to France?"}
                answer = await client.get("/api/v1/faq", params=question)
                statuses.append(answer.status_code)

    asking = [asyncio.create_task(ask()) for _ in range(CALLERS)]
    try:
        yield statuses
    finally:
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)


async def test_a_chroma_server_that_hung_is_gone_back_to_and_no_collection_is_built_again(
    crew: RunningServer, chroma: ChromaServer
) -> None:
    before = collections(chroma)

    async with asked_without_a_pause(crew) as statuses:
        for event, act in (("index.away", chroma.freeze), ("index.back", chroma.thaw)):
            act()
            await asyncio.to_thread(until, lambda event=event: crew.log.count(event) == WORKERS, what=event)

    assert crew.log.count("index.mended") == 0, crew.log[-3000:]
    assert collections(chroma) == before
    assert set(statuses) == {200}


async def test_a_collection_that_is_gone_is_built_again_by_one_of_those_who_miss_it(
    crew: RunningServer, chroma: ChromaServer
) -> None:
    before = crew.log.count("index.mended")
    [name] = collections(chroma)

    def answers_as_it_should() -> bool:
        looks = [httpx2.get(f"{crew.url}/readyz").json()["parts"]["knowledge.harbour"] for _ in range(LOOKS)]
        return crew.log.count("index.mended") > before and set(looks) == {"ready"}

    async with asked_without_a_pause(crew) as statuses:
        httpx2.delete(f"{chroma.url}{COLLECTIONS}/{name}").raise_for_status()
        await asyncio.to_thread(until, answers_as_it_should)

    assert crew.log.count("index.mended") == before + 1, crew.log[-3000:]
    assert list(collections(chroma)) == [name]
    assert set(statuses) == {200}
