"""The command line as people run it: a process of its own, a home of its own."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.service.running_server import ROOT, environment_of, write_site

Foyer = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all tests of a worker: sites are indexed once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("sites") / "site")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the bundled demo, for tests that add to it."""
    return Path(shutil.copytree(ROOT / "bot" / "demo_site", tmp_path_factory.mktemp("demo") / "demo"))


@pytest.fixture(scope="session")
def foyer(home: Path) -> Foyer:
    """Return what runs `foyer`, by default on the shared home."""

    def run(*arguments: object, home: Path = home, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *map(str, arguments)],
            cwd=ROOT,
            env=environment_of(home, settings),
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )

    return run
