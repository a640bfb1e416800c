"""The FAQ endpoint answers from memory what it was asked before: of this version, for this caller, within its limit."""

import json
from pathlib import Path

import httpx2
import pytest

from tests.service.running_server import ALLOWED_ORIGIN, FAQ, QUESTION, RunningServer, write_site

ASKED = {"site": "harbour", "q": QUESTION}


async def ask(server: RunningServer, **headers: str) -> httpx2.Response:
    async with httpx2.AsyncClient() as client:
        return await client.get(f"{server.url}/api/v1/faq", params=ASKED, headers=headers)


def but_the_date(answer: httpx2.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "date"}


async def test_the_same_question_gets_the_same_bytes_and_headers(server: RunningServer) -> None:
    first, second = await ask(server), await ask(server)

    assert first.content == second.content
    assert {"content-type", "x-content-type-options", "vary"} <= set(second.headers)
    assert but_the_date(first) == but_the_date(second)


async def test_an_origin_that_may_not_read_the_site_gets_nothing_from_memory(server: RunningServer) -> None:
    await ask(server)

    assert (await ask(server, Origin="https://stranger.example")).status_code == 403
    assert (await ask(server, Origin=ALLOWED_ORIGIN)).headers["access-control-allow-origin"] == ALLOWED_ORIGIN


@pytest.mark.slow
async def test_memory_ends_with_the_version_and_keeps_to_the_limit(tmp_path: Path) -> None:
    server = RunningServer(
        write_site(tmp_path / "site"), tmp_path / "home", {"FOYER_LIMIT_FAQ_PER_MINUTE": "4"}
    ).start()
    try:
        before = [(await ask(server)).json()["answer"]["text"] for _ in range(2)]
        (server.site / "knowledge" / "faq.csv").write_text(FAQ.replace("12 euros", "15 euros"))
        await reindex(server)
        after = (await ask(server)).json()["answer"]["text"]
        more = {(await ask(server)).status_code for _ in range(9)}  # a minute may begin anew meanwhile
    finally:
        server.kill()

    assert ["12 euros" in text for text in (*before, after)] == [True, True, False]
    assert "15 euros" in after
    assert more == {200, 429}


async def reindex(server: RunningServer) -> None:
    """Have the server index the site now, as `foyer index` does."""

    note = json.loads((server.home / "server.json").read_text())
    headers = {"Authorization": f"Bearer {note['control_token']}"}
    async with httpx2.AsyncClient(timeout=60) as client:
        done = await client.post(
            f"{server.url}/api/v1/knowledge/reindex", params={"site": "harbour"}, headers=headers
        )
    assert done.status_code == 200
