"""A website is crawled by the server on its own, answered from with its address, and told of."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.service.running_server import RunningServer, until, write_site
from tests.service.test_index_by_server import foyer
from tests.service.visitor_client import http_client
from tests.sources.website import Website, http, open_website, page

pytestmark = pytest.mark.slow
QUESTION = "Which colour is the lighthouse?"
LIGHTHOUSE = "<h1>Lighthouse</h1><p>The lighthouse of the harbour is painted red and white every spring.</p>"


@pytest.fixture
async def website() -> AsyncIterator[Website]:
    answers = {"/docs/": page("Docs", "tower", "shut"), "/docs/tower": page("Lighthouse", text=LIGHTHOUSE)}
    async with open_website(answers | {"/docs/shut": http(status="403 No")}) as website:
        yield website


@pytest.fixture
async def server(website: Website, tmp_path: Path) -> AsyncIterator[RunningServer]:
    site = write_site(tmp_path / "site")
    with (site / "foyer.yaml").open("a") as file:
        file.write(f"knowledge: {{crawl: [{{url: '{website.url}docs/', delay: 0.5s}}]}}\n")
    settings = {"FOYER_OUTBOUND_ALLOW": f"127.0.0.1:{website.port}"}
    server = RunningServer(site, tmp_path / "home", settings)
    await asyncio.to_thread(server.start)
    yield server
    await asyncio.to_thread(server.stop)


async def asked(server: RunningServer, path: str, **parameters: str) -> dict[str, Any]:
    token = json.loads((server.home / "server.json").read_text())["control_token"]
    async with http_client(server, headers={"Authorization": f"Bearer {token}"}) as client:
        response = await client.get(f"/api/v1/{path}", params={"site": "harbour", **parameters})
        assert response.status_code == 200, response.text
        return dict(response.json())


async def until_crawled(server: RunningServer) -> None:
    """Wait until the first crawl is indexed, and served."""
    crawls = "SELECT 1 FROM sources WHERE source LIKE 'crawl of%'"
    await asyncio.to_thread(until, lambda: server.rows(crawls), within_s=40)
    version = server.rows("SELECT version FROM active_versions")[0]["version"]
    async with asyncio.timeout(15):
        while (await asked(server, "knowledge/sources"))["index_version"] != version:  # noqa: ASYNC110 - asked
            await asyncio.sleep(0.05)


async def test_a_crawled_page_answers_and_its_source_is_told_of(
    server: RunningServer, website: Website
) -> None:
    await until_crawled(server)

    answer = (await asked(server, "faq", q=QUESTION))["answer"]

    assert "red and white" in answer["text"]
    assert answer["citations"][0]["url"].startswith(f"{website.url}docs/tower")
    told = await asked(server, "knowledge/sources")
    (crawl,) = told["crawls"]
    assert (crawl["state"], crawl["pages"], crawl["failures"][0]["code"]) == ("partial", 2, "http_403")
    assert crawl["passages"] >= 2
    sources = {row["source"]: row for row in told["sources"]}
    assert sources[f"{website.url}docs/tower"]["passages"] >= 1
    assert sources[f"{website.url}docs/shut"]["error_code"] == "http_403"
    assert sources[f"crawl of {website.url}docs/"]["state"] == "ok"


async def test_index_crawls_on_demand_and_names_what_failed(server: RunningServer, website: Website) -> None:
    await until_crawled(server)
    website.answers["/docs/tower"] = http("", status="410 Gone")

    result = await asyncio.to_thread(foyer, server.home, "index", server.site, "--json")

    report = json.loads(result.stdout)
    assert (result.returncode, report["documents"]["removed"]) == (3, 1)
    assert [failure["code"] for failure in report["failures"]] == ["http_403"]
    assert (await asked(server, "faq", q=QUESTION))["answer"]["kind"] == "none"
