"""The API is as it describes itself: a tester of schemas asks every operation all it can think of, right and wrong."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.service.running_server import ROOT, RunningServer, write_site
from tests.service.visitor_client import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

EXAMPLES = os.environ.get("FOYER_TEST_SCHEMA_EXAMPLES", "2")
"""For each operation; a few in the gate, hundreds by hand."""
UNTOLD = ("positive_data_acceptance", "unsupported_method")
"""What no description of ours can promise: that a cursor is one of ours, that a name is taken by no other route."""

TAKE_LONG = "reindex|/events"
"""A good request of these is an index run, or waits 25 s for news; `ODD` are their bad ones."""
ODD = {
    ("GET", "/api/v1/events"): [
        *(
            "after=" + odd
            for odd in ("", "-1", "abc", "1.5", "1e3", "NaN", "9" * 5_000, "%F0%9F%98%80", "%00")
        ),
        *("wait=" + odd for odd in ("", "-1", "26", "x")),
        *(f"{claim}={'x' * 65}" for claim in ("epoch", "conversation_id")),
        *("after=" + odd for odd in ("%ED%A0%80", "0x10", "%20", "[]", "true", "1&after=x")),
    ],
    ("POST", "/api/v1/knowledge/reindex"): [
        *("site=" + odd for odd in ("", "nobody", "..%2F..", "%00", "%ED%A0%80", "a" * 5_000)),
        *("site=harbour&full=" + odd for odd in ("", "maybe", "2", "%00", "[]")),
        *("", "full=true"),
    ],
}


@pytest.fixture(scope="module")
def unlimited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("unlimited")
    running = RunningServer(write_site(folder / "site"), folder / "home", {"FOYER_LIMITS": "off"}).start()
    yield running
    running.stop()


def configuration(server: RunningServer, visitor: Visitor) -> str:
    """Return how the tester authorises itself, and which names open more than a 404."""
    key = json.loads((server.home / "server.json").read_text())["control_token"]
    return f"""
[auth.openapi]
key = {{ bearer = "{key}" }}
keyHeader = {{ api_key = "{key}" }}
visitor = {{ bearer = "{visitor.token}" }}
[checks]
{chr(10).join(f"{name}.enabled = false" for name in UNTOLD)}
"""


async def test_every_operation_answers_what_it_says(unlimited: RunningServer, tmp_path: Path) -> None:
    visitor = await Visitor.arrive(unlimited)
    (tmp_path / "schemathesis.toml").write_text(configuration(unlimited, visitor))

    done = await asyncio.to_thread(
        subprocess.run,
        [
            str(Path(sys.executable).with_name("schemathesis")),
            "--config-file", str(tmp_path / "schemathesis.toml"),
            "run", f"{unlimited.url}/api/v1/openapi.json",
            "--header", f"Origin: {unlimited.url}",
            "--exclude-path-regex", TAKE_LONG,
            "--max-examples", EXAMPLES,
            "--phases", "examples,coverage,fuzzing",
            "--seed", "7",
            "--continue-on-failure",
        ],
        capture_output=True, text=True, cwd=tmp_path, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-1_000:]
    generated = re.search(r"(\d+) generated", done.stdout)
    assert generated is not None
    assert int(generated[1]) > 500
    assert "Traceback" not in unlimited.log


@pytest.mark.parametrize(("method", "path"), ODD, ids=lambda part: part.rpartition("/")[2])
async def test_operations_that_take_long_refuse_what_is_odd_at_once(
    unlimited: RunningServer, method: str, path: str
) -> None:
    visitor = await Visitor.arrive(unlimited)
    key = json.loads((unlimited.home / "server.json").read_text())["control_token"]
    token = visitor.token if method == "GET" else key
    async with httpx2.AsyncClient(timeout=20, headers={"Authorization": f"Bearer {token}"}) as client:
        answers = [await client.request(method, f"{unlimited.url}{path}?{odd}") for odd in ODD[method, path]]

    refused = [(odd, answer.status_code) for odd, answer in zip(ODD[method, path], answers, strict=True)]
    assert [one for one in refused if one[1] not in range(400, 500)] == []
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}
    assert all(answer.json()["code"] for answer in answers)
