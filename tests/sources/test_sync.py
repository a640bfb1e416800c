"""An index run counts what changed, embeds only that, names what is broken, and flips in one step."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.domain.conversation import SiteId
from bot.sources import IndexBuildError, Sync, exact_knowledge, open_active
from bot.store import Database, passages, sources
from knowledge import ChromaStore, CollectionBuilder, Embedder
from tests.sources.conftest import PowerCutError
from tests.worlds import BOTH_WORLDS

pytestmark = [pytest.mark.slow, pytest.mark.model]

SITE = SiteId("harbour")


async def counts(sync: Sync, *, full: bool = False) -> dict[str, int]:
    return (await sync.run(full=full)).as_json()["documents"]


async def answer_text(db: Database, chroma: ChromaStore, embedder: Embedder, question: str) -> str | None:
    active = await open_active(db, chroma, SITE, embedder)
    return active.base.answer(question).text


async def test_the_first_run_adds_every_document(sync: Sync) -> None:
    report = (await sync.run()).as_json()

    assert report["documents"] == {"added": 3, "changed": 0, "removed": 0, "unchanged": 0, "failed": 0}
    assert report["passages"] == 3
    assert report["failures"] == []
    assert report["seconds"] > 0


async def test_a_second_run_of_an_unchanged_folder_embeds_nothing_and_keeps_the_version(
    sync: Sync, embedder: Any
) -> None:
    first = await sync.run()
    embedder.embedded.clear()

    second = await sync.run()

    assert embedder.embedded == []
    assert second.index_version == first.index_version
    assert await counts(sync) == {"added": 0, "changed": 0, "removed": 0, "unchanged": 3, "failed": 0}


async def test_added_changed_and_removed_documents_are_counted_as_such(sync: Sync, folder: Path) -> None:
    await sync.run()
    (folder / "faq.csv").write_text(
        "id,question,answer\n"
        "ship,Do you ship to France?,We ship to France for 14 euros.\n"
        "bell,Which colour is the bell?,The bell is green.\n"
    )

    assert await counts(sync) == {"added": 1, "changed": 1, "removed": 1, "unchanged": 1, "failed": 0}


async def test_only_what_changed_is_embedded_again(sync: Sync, folder: Path, embedder: Any) -> None:
    await sync.run()
    embedder.embedded.clear()
    (folder / "bell.md").write_text("# The bell\n\nThe bell of the harbour bike is green.\n")

    await sync.run()

    assert embedder.embedded
    assert all("green" in text for text in embedder.embedded)


async def texts_served(db: Database) -> list[str]:
    async with db.read() as connection:
        active = await passages.active_version(connection, SITE)
        assert active is not None
        return [row["text"] for row in await passages.rows(connection, active)]


async def test_files_that_did_not_change_are_not_parsed_and_keep_their_place(
    sync: Sync, db: Database, folder: Path, parsed: list[str]
) -> None:
    for name in ("alpha.md", "zulu.md"):
        (folder / name).write_text(f"# {name}\n\nThis is the page {name}.\n\n## More\n\nIt has two parts.\n")
    await sync.run()
    parsed.clear()
    assert (await sync.run()).changes.is_none
    assert parsed == []
    (folder / "faq.csv").write_text(
        "id,question,answer\n"
        "ship,Do you ship to France?,We ship to France for 12 euros.\n"
        "price,How much is the city bike?,The city bike costs 800 euros.\n"
    )

    changes = (await sync.run()).changes

    assert parsed == ["faq.csv"]
    assert (changes.changed, changes.unchanged) == (1, 4)
    after_the_change = await texts_served(db)
    await sync.run(full=True)
    assert after_the_change == await texts_served(db)
    assert "The city bike costs 800 euros." in after_the_change


async def test_an_id_that_an_earlier_file_takes_is_a_failure_of_the_unchanged_file(
    sync: Sync, folder: Path
) -> None:
    await sync.run()
    (folder / "a.csv").write_text("id,question,answer\nship,Do you ship?,To France and to Spain.\n")

    report = await sync.run()

    assert [(failure.source, failure.code) for failure in report.failures] == [("faq.csv", "duplicate_id")]
    (folder / "a.csv").unlink()
    assert (await sync.run()).failures == ()


async def test_files_are_read_again_when_they_are_read_otherwise(
    sync: Sync, parsed: list[str], embedder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await sync.run()
    parsed.clear()
    embedder.embedded.clear()
    monkeypatch.setattr("knowledge.recipe.recipe", lambda: "another version of the code")

    second = await sync.run()

    assert parsed == ["battery.md", "faq.csv"]
    assert second.index_version > first.index_version
    assert embedder.embedded == []


async def test_a_full_run_builds_a_new_version_and_embeds_nothing(sync: Sync, embedder: Any) -> None:
    first = await sync.run()
    embedder.embedded.clear()

    second = await sync.run(full=True)

    assert second.index_version > first.index_version
    assert embedder.embedded == []


async def test_a_changed_answer_serves_after_the_run(
    sync: Sync, folder: Path, db: Database, chroma: ChromaStore, real_embedder: Embedder
) -> None:
    await sync.run()
    question = "Do you ship to France?"
    assert "12 euros" in (await answer_text(db, chroma, real_embedder, question) or "")

    (folder / "faq.csv").write_text("id,question,answer\nship,Do you ship to France?,Yes for 14 euros.\n")
    await sync.run()

    assert "14 euros" in (await answer_text(db, chroma, real_embedder, question) or "")


async def test_a_removed_document_is_no_longer_found(
    sync: Sync, folder: Path, db: Database, chroma: ChromaStore, real_embedder: Embedder
) -> None:
    await sync.run()
    (folder / "battery.md").unlink()

    await sync.run()

    active = await open_active(db, chroma, SITE, real_embedder)
    assert "four hours" not in str(active.passages)


BROKEN = {
    "broken.xlsx": b"PK\x03\x04 this is no workbook",
    "broken.json": b'[{"question": "a", ',
    "broken.jsonl": b'{"question": "a", "answer": "b"}\n{"question": \n',
}


@pytest.mark.parametrize("name", BROKEN)
async def test_a_broken_file_is_one_named_failure_and_the_rest_is_indexed(
    sync: Sync, folder: Path, db: Database, name: str
) -> None:
    (folder / name).write_bytes(BROKEN[name])

    report = (await sync.run()).as_json()

    assert report["documents"]["failed"] == 1
    assert report["documents"]["added"] >= 3
    (failure,) = report["failures"]
    assert failure["source"] == name
    assert failure["code"]
    assert failure["message"]
    async with db.read() as connection:
        states = {state.source: state for state in await sources.states(connection, SITE)}
    assert set(states) == {"battery.md", "faq.csv", name}
    assert (states[name].state, states[name].error_code) == ("failed", failure["code"])
    assert states[name].error == failure["message"]
    assert {n: s.passages for n, s in states.items() if s.state == "ok"} == {"battery.md": 1, "faq.csv": 2}


async def test_a_mended_file_is_no_failure_any_more(sync: Sync, folder: Path) -> None:
    (folder / "more.json").write_bytes(b"[{")
    await sync.run()
    (folder / "more.json").write_text('[{"question": "Is there a bell?", "answer": "Yes, a green one."}]')

    assert await counts(sync) == {"added": 1, "changed": 0, "removed": 0, "unchanged": 3, "failed": 0}


@BOTH_WORLDS
async def test_what_was_embedded_before_a_cut_is_not_embedded_again(
    sync: Sync, folder: Path, embedder: Any
) -> None:
    rows = [f"{n},What is item {n}?,Item {n} is number {n} of the list.\n" for n in range(300)]
    (folder / "faq.csv").write_text("id,question,answer\n" + "".join(rows))
    embedder.cut_after = 150
    with pytest.raises(PowerCutError):
        await sync.run()
    before_the_cut = list(embedder.embedded)
    embedder.cut_after = None
    embedder.embedded.clear()

    report = await sync.run()

    assert report.changes.added == 301
    assert before_the_cut
    assert set(embedder.embedded).isdisjoint(before_the_cut)


async def test_an_empty_folder_serves_an_empty_version(sync: Sync, folder: Path, db: Database) -> None:
    for name in ("faq.csv", "battery.md"):
        (folder / name).unlink()

    report = await sync.run()

    assert report.passages == 0
    assert report.index_version > 0


async def test_an_index_that_does_not_hold_what_it_was_given_never_serves(
    sync: Sync, folder: Path, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await sync.run()
    (folder / "bell.md").write_text("# The bell\n\nThe bell is green.\n")
    real_add = CollectionBuilder.add

    def add_without_the_last(
        builder: CollectionBuilder, names: list[str], vectors: np.ndarray, pieces: Iterable[str]
    ) -> None:
        real_add(builder, names[:-1], vectors[:-1], pieces)

    monkeypatch.setattr(CollectionBuilder, "add", add_without_the_last)
    with pytest.raises(IndexBuildError):
        await sync.run()

    async with db.read() as connection:
        active = await passages.active_version(connection, SITE)
    assert active is not None
    assert active.version == before.index_version


@BOTH_WORLDS
async def test_of_old_versions_the_rows_of_the_last_stay_and_nothing_else(
    sync: Sync, folder: Path, db: Database, chroma: ChromaStore, tmp_path: Path
) -> None:
    for number in range(3):
        (folder / "bell.md").write_text(f"# The bell\n\nThe bell has {number} colours.\n")
        last = await sync.run()

    assert chroma.names() == [f"kb-harbour-v{last.index_version}"]
    assert len(list((tmp_path / "index").iterdir())) == 1
    async with db.read() as connection:
        kept = await passages.versions(connection, SITE)
        assert kept[:-1] == [await passages.previous_version(connection, SITE)]
        assert kept[-1].version == last.index_version
        used = {key for version in kept for key in await passages.vectors(connection, version)}
        count = await connection.exec_driver_sql("SELECT count(*) FROM vectors")
        assert count.scalar_one() == len(used)


async def test_runs_of_one_site_leave_every_other_site_alone(
    sync_site: Callable[[str], Sync], chroma: ChromaStore
) -> None:
    sites = ("my-site", "my_site", "my-site-v1", "my")
    for site_id in sites:
        await sync_site(site_id).run()
    before = set(chroma.names())

    for site_id in sites:
        await sync_site(site_id).run()

    assert set(chroma.names()) == before
    assert len(before) == len(sites)


async def test_rows_alone_answer_as_the_vector_index_does(
    sync: Sync, db: Database, chroma: ChromaStore, real_embedder: Embedder
) -> None:
    await sync.run()

    indexed = (await open_active(db, chroma, SITE, real_embedder)).base
    exact = (await exact_knowledge(db, SITE, real_embedder)).base

    for question in ("Do you ship to France?", "What does the city bike cost?", "How long to charge?"):
        one, other = indexed.answer(question), exact.answer(question)
        assert (one.kind, one.text, one.hits) == (other.kind, other.text, other.hits)
        assert np.isclose(one.confidence, other.confidence, atol=1e-3)
