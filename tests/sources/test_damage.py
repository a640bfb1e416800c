"""The vector index is disposable: whatever happens to its folder, it is built again from the rows."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.service.running_server import ROOT, RunningServer, write_site

pytestmark = [pytest.mark.slow, pytest.mark.model]

PROGRAM = """
import sys
from pathlib import Path
import numpy as np
from bot.assemble.storage import open_index_folder
from bot.sources.versions import open_or_rebuild

rng = np.random.default_rng(1)
rows = rng.normal(size=(1500, 384)).astype(np.float32)
rows /= np.linalg.norm(rows, axis=1, keepdims=True)
vectors = {f"k{number}": row for number, row in enumerate(rows)}
index = open_or_rebuild(open_index_folder(Path(sys.argv[1])), "kb-harbour-v1", vectors)
found = [index.search(vectors[key], 1)[0][0] == key for key in list(vectors)[::100]]
print(all(found), len(index))
"""
"""More vectors than Chroma keeps in its journal, so that its index files are on disk."""


def search(home: Path) -> subprocess.CompletedProcess[str]:
    """Open the index in a process of its own, as a start does, and see that vectors find themselves."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(home)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def remove_all(index: Path) -> None:
    shutil.rmtree(index)


def remove_segments(index: Path) -> None:
    for segment in segments(index):
        shutil.rmtree(segment)


def cut_segments(index: Path) -> None:
    for segment in segments(index):
        for file in segment.iterdir():
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def garble_segments(index: Path) -> None:
    for segment in segments(index):
        for file in segment.iterdir():
            file.write_bytes(b"\x7f" * file.stat().st_size)


def garble_database(index: Path) -> None:
    (index / "chroma.sqlite3").write_bytes(b"no database at all " * 500)


def cut_database(index: Path) -> None:
    database = index / "chroma.sqlite3"
    database.write_bytes(database.read_bytes()[: database.stat().st_size // 3])


def empty_database(index: Path) -> None:
    (index / "chroma.sqlite3").write_bytes(b"")


def remove_database(index: Path) -> None:
    (index / "chroma.sqlite3").unlink()


def replace_by_a_file(index: Path) -> None:
    shutil.rmtree(index)
    index.write_text("not a folder")


def segments(index: Path) -> list[Path]:
    return [path for path in index.iterdir() if path.is_dir()]


DAMAGES = (
    remove_all, remove_segments, cut_segments, garble_segments, garble_database, cut_database, empty_database,
    remove_database, replace_by_a_file,
)  # fmt: skip


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("healthy")
    built = search(home)
    assert built.stdout.endswith("True 1500\n"), built.stderr[-2000:]
    return home


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_built_again_from_the_vectors(
    healthy: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    home = tmp_path / "home"
    shutil.copytree(healthy, home)
    damage(home / "index")

    found = search(home)

    assert found.stdout.endswith("True 1500\n"), found.stderr[-2000:]


def test_a_server_comes_up_and_answers_although_its_index_folder_is_ruined(tmp_path: Path) -> None:
    server = RunningServer(write_site(tmp_path / "site"), tmp_path / "home").start()
    server.kill()
    garble_database(server.home / "index")

    server.start()

    try:
        assert ask(server)
    finally:
        server.kill()


def ask(server: RunningServer) -> bool:
    import httpx2

    answer = httpx2.get(
        f"{server.url}/api/v1/faq", params={"site": "harbour", "q": "Is delivery to France possible?"}
    )
    return "12 euros" in answer.text
