"""Pages that a crawl saved take part in an index run like files: known by their bytes, told of, and forgotten."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.conversation import SiteId
from bot.sources import Sync, exact_knowledge, report_if_up_to_date
from bot.store import Database, sources
from knowledge import LoadFailure, SavedPage, scope_of

pytestmark = [pytest.mark.slow, pytest.mark.model]

SITE = SiteId("harbour")
CRAWL = SavedPage(source="crawl of https://example.com/")
FAILURE = LoadFailure(source="https://example.com/tower", code="http_503", message="It is shut.")


def saved(folder: Path, name: str, text: str) -> SavedPage:
    path = folder / f"{name}-{len(text)}.html"
    path.write_text(f"<h1>{name}</h1><p>{text}</p>")
    return SavedPage(source=f"https://example.com/{name}", path=path)


async def is_up_to_date(sync: Sync, pages: list[SavedPage] | None) -> bool:
    return await report_if_up_to_date(sync.db, SITE, sync.folder, pages, sync.embedder.model_id) is not None


async def test_only_pages_that_changed_are_parsed_and_each_change_is_seen(
    sync: Sync, db: Database, tmp_path: Path, parsed: list[str]
) -> None:
    tower, mole = saved(tmp_path, "tower", "The tower is red."), saved(tmp_path, "mole", "The mole is long.")
    await replace(sync, pages=lambda: [CRAWL, tower, mole]).run()
    assert await is_up_to_date(sync, [CRAWL, tower, mole])
    for pages, names, counts in (
        ([CRAWL, tower, mole], [], (0, 0, 0, 5)),
        ([CRAWL, saved(tmp_path, "tower", "The tower is green."), mole], [tower.source], (0, 1, 0, 4)),
        ([CRAWL, replace(tower, failures=(FAILURE,)), mole], [tower.source], (0, 1, 0, 4)),
        ([CRAWL, tower], [tower.source], (0, 0, 1, 4)),
        ([CRAWL, tower, mole], [mole.source], (1, 0, 0, 4)),
        (None, [], (0, 0, 2, 3)),
    ):
        parsed.clear()
        assert await is_up_to_date(sync, pages) == (not any(counts[:3]))

        report = await replace(sync, pages=lambda pages=pages: pages).run()  # type: ignore[misc]

        changes = report.changes
        assert parsed == names
        assert (changes.added, changes.changed, changes.removed, changes.unchanged) == counts
        assert await is_up_to_date(sync, pages)
        async with db.read() as connection:
            told = {state.source for state in await sources.states(connection, SITE)}
        assert told == {"battery.md", "faq.csv"} | {page.source for page in pages or ()}


async def test_a_page_that_fails_is_named_and_serves_on(sync: Sync, db: Database, tmp_path: Path) -> None:
    tower = replace(saved(tmp_path, "tower", "The tower is red."), failures=(FAILURE,))
    never = SavedPage(source="https://example.com/never", failures=(replace(FAILURE, source="never"),))

    report = await replace(sync, pages=lambda: [CRAWL, tower, never]).run()

    assert [failure.code for failure in report.failures] == ["http_503", "http_503"]
    async with db.read() as connection:
        states = {state.source: state for state in await sources.states(connection, SITE)}
    assert (states[tower.source].state, states[tower.source].passages) == ("failed", 1)
    assert (states[never.source].state, states[never.source].passages) == ("failed", 0)
    assert states[CRAWL.source].state == "ok"
    assert await is_up_to_date(sync, [CRAWL, tower, never])
    assert not await is_up_to_date(sync, [CRAWL, replace(tower, failures=()), never])


async def test_a_crawled_page_is_in_the_language_that_it_declares(sync: Sync, tmp_path: Path) -> None:
    pages = []
    for name, declared, text in (
        ("turm", ' lang="de-AT"', "Der Turm am Hafen wird jeden Herbst neu gestrichen."),
        ("phare", ' xml:lang="fr"', "Le phare du port est repeint chaque automne."),
        ("tower", "", "The tower of the harbour is painted anew every autumn."),
    ):
        path = tmp_path / f"{name}.html"
        path.write_text(f"<html{declared}><h1>{name}</h1><p>{text}</p></html>")
        pages.append(SavedPage(source=f"https://example.com/{name}", path=path))

    await replace(sync, pages=lambda: pages).run()

    knowledge = await exact_knowledge(sync.db, SITE, sync.embedder)
    assert {p.title: p.language for p in knowledge.passages if p.url} == {
        "turm": "de",
        "phare": "fr",
        "tower": None,
    }
    german = knowledge.base.search("tower Turm phare", scope=scope_of(language="de"))
    assert [hit.passage.title for hit in german.hits] == ["turm"]
