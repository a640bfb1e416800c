"""`foyer ask` and `foyer chat` show in the terminal what visitors get: answers that the site's model words."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.conftest import Foyer
from tests.llm.provider import Provider, provider_in_thread
from tests.model.conftest import MODEL, kind_of
from tests.model.everywhere import quote
from tests.service.running_server import ROOT, environment_of

pytestmark = [pytest.mark.slow, pytest.mark.model]
QUESTION = "Do you ship to France?"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provider_in_thread("openai", quote) as opened:
        yield opened


@pytest.fixture
def worded(site: Path, tmp_path: Path, provider: Provider) -> Path:
    """A site whose model answers with the sentences of the first passage."""
    folder = Path(shutil.copytree(site, tmp_path / "site"))
    with (folder / "foyer.yaml").open("a") as file:
        file.write(MODEL.format(kind="compatible", url=provider.base_url))
    return folder


def settings_for(provider: Provider) -> dict[str, str]:
    return {"FOYER_SECRET_MODEL": "sk-1", "FOYER_OUTBOUND_ALLOW": provider.entry}


def test_ask_has_the_model_word_the_answer(foyer: Foyer, worded: Path, provider: Provider) -> None:
    result = foyer("ask", worded, QUESTION, "--json", **settings_for(provider))
    answer = json.loads(result.stdout)
    assert (result.returncode, answer["kind"]) == (0, "generated"), result.stderr
    assert "12 euros" in answer["text"]
    assert "[1]" in answer["text"]
    assert answer["citations"]
    assert [kind_of(request) for request in provider.requests] == ["answer"]


def test_chat_has_the_model_word_the_answer(home: Path, worded: Path, provider: Provider) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "bot", "chat", str(worded)],
        input=f"{QUESTION}\n",
        cwd=ROOT,
        env=environment_of(home, settings_for(provider)),
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "12 euros" in result.stdout
    assert "answer" in map(kind_of, provider.requests)
