"""Each source has its row: state, last success, last error and passages, whatever came of it."""

import os
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.assemble.source_states import how_sources_are
from bot.settings import load_site
from bot.sources import Sync
from bot.sources.crawl import forget_other_crawls, saved_pages
from bot.store import Database
from tests.knowledge.hostile_files import hostile_files
from tests.service.running_server import write_site
from tests.sources.website import Crawler, Website, http, open_website, page

pytestmark = [pytest.mark.slow, pytest.mark.model]

FILES = {
    "broken.json": ("broken_json", b"[{"),
    "notes.xyz": ("unsupported_format", b"words"),
    "locked.pdf": ("encrypted", None),
    "large.md": ("too_large", b"a" * (25 * 2**20 + 1)),
}
HOME = page("Harbour", "tower", "hidden", "shut", "drip", "gone", "nowhere", "changed")
ROBOTS = http("User-agent: *\nDisallow: /hidden\n", media="text/plain")


@pytest.fixture
async def website() -> AsyncIterator[Website]:
    answers = {
        name: page(name[1:].title()) for name in ("/tower", "/hidden", "/shut", "/drip", "/gone", "/changed")
    }
    async with open_website({"/": HOME, "/robots.txt": ROBOTS, **answers}) as website:
        yield website


async def told(
    sync: Sync, crawler: Crawler, db: Database, urls: list[str]
) -> tuple[dict[str, Any], list[Any]]:
    """Crawl, index, and return what is told of the sources by name, and of the crawls."""
    for url in urls:
        await crawler.run(crawler.plan(url=url))
    plans = [crawler.plan(url=url) for url in urls]
    pages = saved_pages(crawler.home, site_id="harbour", plans=plans)
    await replace(sync, pages=lambda: pages).run()
    site = crawler.home / "site"
    if not site.exists():
        write_site(site)
        crawls = ", ".join(f"{{url: '{url}'}}" for url in urls)
        (site / "foyer.yaml").open("a").write(f"knowledge: {{crawl: [{crawls}]}}\n")
    found = await how_sources_are(db, load_site(site), home=crawler.home)
    return {row["source"]: row for row in found["sources"]}, found["crawls"]


async def test_each_broken_file_is_one_row_and_the_rest_serves(
    sync: Sync, db: Database, folder: Path, website: Website, tmp_path: Path
) -> None:
    for name, (_, content) in FILES.items():
        (folder / name).write_bytes(content or hostile_files()["encrypted.pdf"][0])

    rows, _ = await told(sync, Crawler(website, tmp_path), db, [website.url])

    for name, (code, _) in FILES.items():
        row = rows[name]
        assert (row["state"], row["error_code"], row["passages"], row["last_success_at"]) == (
            "failed",
            code,
            0,
            None,
        )
        assert row["error"]
    assert (rows["faq.csv"]["state"], rows["faq.csv"]["passages"]) == ("ok", 2)


async def test_each_page_is_told_of_by_what_came_of_it(
    sync: Sync, db: Database, website: Website, tmp_path: Path
) -> None:
    crawler = Crawler(website, tmp_path, timeout_s=0.5)
    before, _ = await told(sync, crawler, db, [website.url])
    website.answers |= {"/shut": http(status="500 No"), "/drip": "drip", "/gone": http(status="410 Gone")}

    rows, (crawl,) = await told(sync, crawler, db, [website.url])

    shut, tower = rows[f"{website.url}shut"], rows[f"{website.url}tower"]
    assert (shut["state"], shut["error_code"], shut["passages"]) == ("failed", "http_500", 1)
    assert rows[f"{website.url}drip"]["error_code"] == "timeout"
    assert (
        shut["last_success_at"] == before[f"{website.url}shut"]["last_success_at"] < tower["last_success_at"]
    )
    assert (tower["state"], tower["last_success_at"]) == ("ok", crawl["checked_at"])
    assert f"{website.url}gone" in before
    assert f"{website.url}gone" not in rows
    assert crawl["left_out"] == {"robots": 1, "http_404": 1, "http_410": 1}
    assert (crawl["state"], crawl["removed"], len(crawl["failures"])) == ("partial", 1, 2)


async def test_a_website_that_can_not_be_asked_says_why(
    sync: Sync, db: Database, website: Website, tmp_path: Path
) -> None:
    urls = [
        "http://harbour.invalid/",
        website.url.replace("http", "https"),
        "http://10.0.0.7/",
    ]

    rows, crawls = await told(sync, Crawler(website, tmp_path), db, urls)

    assert [(crawl["state"], crawl["error_code"]) for crawl in crawls] == [
        ("failed", "unresolved"),
        ("failed", "tls"),
        ("failed", "forbidden"),
    ]
    assert rows["crawl of http://harbour.invalid/"]["state"] == "failed"
    assert rows["faq.csv"]["state"] == "ok"


def test_what_was_saved_of_a_removed_website_goes_after_a_day(tmp_path: Path) -> None:
    crawls = tmp_path / "crawl" / "harbour"
    for name, age in (("old", timedelta(days=2)), ("fresh", timedelta(hours=2))):
        (crawls / name / "pages").mkdir(parents=True)
        at = time.time() - age.total_seconds()
        os.utime(crawls / name, (at, at))

    forget_other_crawls(tmp_path, site_id="harbour", urls=["https://example.com/"], now=datetime.now(UTC))

    assert [path.name for path in crawls.iterdir()] == ["fresh"]
