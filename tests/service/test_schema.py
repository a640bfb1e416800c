"""The API is as it describes itself: a tester of schemas asks every operation all it can think of, right and wrong."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.running_server import ROOT, RunningServer, write_site
from tests.service.visitor_client import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(200)]

EXAMPLES = os.environ.get("FOYER_TEST_SCHEMA_EXAMPLES", "2")
"""For each operation; a few in the gate, hundreds by hand."""
UNTOLD = ("positive_data_acceptance", "unsupported_method")
"""What no description of ours can promise: that a cursor is one of ours, that a name is taken by no other route."""


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
            "--exclude-path-regex", "reindex|/events",
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
