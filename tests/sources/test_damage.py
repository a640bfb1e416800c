"""The vector index is disposable: damage is found before Chroma sees it, and it is built again from the rows.

Chroma itself opens many of these damages, answers wrongly for some, and takes the process with it for one.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import httpx2
import numpy as np
import pytest

from bot.domain.conversation import SiteId
from bot.sources import Sync, mend, open_active
from bot.sources.makeshift import SteadyIndex
from bot.store import Database
from knowledge import ChromaStore, Embedder, IndexUnavailableError, vector_key
from tests.service.running_server import RunningServer, until, write_site

pytestmark = [pytest.mark.slow, pytest.mark.model]

SITE = SiteId("harbour")
VECTORS = 1500
"""More than Chroma keeps in its journal, so that its index files are on disk."""


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def flip_first_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[0] ^= 1
    file.write_bytes(content)


def flip_last_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-1] ^= 128
    file.write_bytes(content)


DAMAGES = (cut, empty, flip_first_bit, flip_last_bit, Path.unlink)


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("healthy")
    rows = np.random.default_rng(1).normal(size=(VECTORS, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    ChromaStore(path).build("kb-harbour-v1", [([vector_key(str(n)) for n in range(VECTORS)], rows)])
    return path


def sealed_files(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*") if file.is_file() and file.name != "chroma.sqlite3")


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_of_any_file_is_found_before_the_index_is_opened(
    healthy: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    names = {file.name for file in sealed_files(healthy)}
    assert names >= {"data_level0.bin", "index_metadata.pickle", "catalogue.sqlite3", "seal.json"}
    for number in range(len(sealed_files(healthy))):
        copy = tmp_path / str(number)
        shutil.copytree(healthy, copy)
        damaged = sealed_files(copy)[number]
        if damaged.stat().st_size == 0:
            continue
        damage(damaged)

        with pytest.raises(IndexUnavailableError, match="built again"):
            ChromaStore(copy).open("kb-harbour-v1")


def test_an_index_taken_from_another_site_is_not_opened(healthy: Path, tmp_path: Path) -> None:
    shutil.copytree(next(healthy.iterdir()), tmp_path / "kb-other-v1.0a0b0c0d")

    with pytest.raises(IndexUnavailableError, match="something else"):
        ChromaStore(tmp_path).open("kb-other-v1")


def test_what_chroma_writes_when_it_opens_an_index_is_no_damage(healthy: Path, tmp_path: Path) -> None:
    shutil.copytree(healthy, tmp_path / "index")
    for _ in range(3):
        index = ChromaStore(tmp_path / "index", compared_up_to=0).open("kb-harbour-v1")
        assert len(index) == VECTORS
        index.close()
        empty(next((tmp_path / "index").rglob("chroma.sqlite3")))


def test_an_index_that_is_ruined_while_chroma_has_it_open_ends_nothing(healthy: Path, tmp_path: Path) -> None:
    shutil.copytree(healthy, tmp_path / "index")
    index = SteadyIndex(ChromaStore(tmp_path / "index", compared_up_to=0).open("kb-harbour-v1"))
    for file in sealed_files(tmp_path / "index"):
        empty(file)
    empty(next((tmp_path / "index").rglob("chroma.sqlite3")))

    keys, _ = index.search(np.ones(384, np.float32), 9)

    assert len(keys) == 9 or index.is_broken


async def test_a_damaged_version_answers_from_its_rows_until_it_is_mended(
    sync: Sync, db: Database, chroma: ChromaStore, real_embedder: Embedder, tmp_path: Path
) -> None:
    await sync.run()
    flip_last_bit(next((tmp_path / "index").rglob("data_level0.bin"), sealed_files(tmp_path / "index")[0]))

    damaged = await open_active(db, chroma, SITE, real_embedder)
    await mend(db, chroma, SITE)
    mended = await open_active(db, chroma, SITE, real_embedder)

    assert (damaged.is_damaged, mended.is_damaged) == (True, False)
    for knowledge in (damaged, mended):
        assert "12 euros" in (knowledge.base.answer("Do you ship to France?").text or "")


def ask(server: RunningServer) -> bool:
    answer = httpx2.get(
        f"{server.url}/api/v1/faq", params={"site": "harbour", "q": "Is delivery to France possible?"}
    )
    return answer.status_code == 200 and "12 euros" in answer.text


def test_a_server_answers_although_its_index_is_ruined_before_the_start_and_while_it_runs(
    tmp_path: Path,
) -> None:
    server = RunningServer(write_site(tmp_path / "site"), tmp_path / "home").start()
    try:
        for number, ruined in enumerate(("catalogue.sqlite3", "seal.json"), start=1):
            server.kill()
            flip_first_bit(next((server.home / "index").rglob(ruined)))
            server.start()
            assert ask(server)
            until(lambda number=number: server.log.count("index.mended") == number, within_s=90)
        empty(next((server.home / "index").rglob("vectors.f32")))
        for _ in range(5):
            assert ask(server)
    finally:
        server.kill()
