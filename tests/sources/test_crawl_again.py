"""A second crawl asks only for what may have changed, and never loses a page to a mistake."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.crawl_plan import CrawlPlan
from bot.sources.crawl import CrawlState, next_at
from tests.sources.website import Crawler, Website, http, open_website, page

pytestmark = pytest.mark.slow
DOWN = http("", status="500 Oh")
GONE = http("", status="410 Gone")


@pytest.fixture
async def website() -> AsyncIterator[Website]:
    names = "abcdef"
    pages = {f"/{name}": page(name, "/") for name in names}
    async with open_website({"/": page("Home", *pages)} | pages) as it:
        yield it


@pytest.fixture
async def crawler(website: Website, tmp_path: Path) -> Crawler:
    crawler = Crawler(website, tmp_path / "home")
    await crawler.run()
    return crawler


EVERYTHING = {"/", *"abcdef"}


async def test_what_did_not_change_is_not_sent_again(crawler: Crawler) -> None:
    def answer(headers: dict[str, str]) -> bytes:
        if (
            headers.get("if-none-match") == '"1"'
            and headers.get("if-modified-since") == "Mon, 02 Mar 2026 00:00:00 GMT"
        ):
            return http("", status="304 Not Modified")
        return http(page("Home", "/a", "/b"), 'etag: "1"', "last-modified: Mon, 02 Mar 2026 00:00:00 GMT")

    crawler.website.answers["/"] = answer
    await crawler.run(full=True)

    state = await crawler.run()

    assert (state.n_unchanged, state.n_read, state.state) == (1, 2, "ok")
    assert crawler.paths() == {"/", "a", "b"}

    crawler.website.answers["/"] = http(page("Home", "/a"), 'etag: "2"')
    assert (await crawler.run()).n_read == 2
    assert crawler.paths() == {"/", "a"}


async def test_a_page_that_the_sitemap_says_unchanged_is_not_even_asked_for(crawler: Crawler) -> None:
    url = crawler.website.url
    listed = "".join(
        f"<url><loc>{url}{path}</loc><lastmod>{lastmod}</lastmod></url>"
        for path, lastmod in {"a": "2026-02-01", "b": "2026-03-02T23:00:00Z", "c": "soon"}.items()
    )
    crawler.website.answers["/sitemap.xml"] = http(f"<urlset>{listed}</urlset>", media="application/xml")

    await crawler.run(full=True)
    await crawler.run()

    assert crawler.website.asked == ["/robots.txt", "/sitemap.xml", "/", "/b", "/c"]


async def test_a_page_goes_when_it_is_said_to_be_gone_and_stays_through_a_failure(crawler: Crawler) -> None:
    crawler.website.answers |= {"/a": GONE, "/b": DOWN}

    state = await crawler.run()

    assert crawler.paths() == EVERYTHING - {"a"}
    assert [failure.source[-1] for failure in state.failures] == ["b"]
    assert (state.state, state.n_removed) == ("partial", 1)


async def test_what_a_failing_page_leads_to_is_still_visited(crawler: Crawler) -> None:
    crawler.website.answers |= {"/a": page("a", "/deep"), "/deep": page("Deep")}
    await crawler.run()
    crawler.website.answers |= {"/a": DOWN, "/deep": page("Deeper")}

    await crawler.run()

    assert "/deep" in crawler.website.asked
    assert crawler.paths() == {*EVERYTHING, "deep"}


async def test_a_page_that_nothing_leads_to_goes_unless_the_crawl_was_cut_off(crawler: Crawler) -> None:
    crawler.website.answers["/"] = page("Home", "/a", "/b", "/c")

    await crawler.run(max_pages=3)
    assert len(crawler.paths()) == 3

    await crawler.run(full=True)
    assert crawler.paths() == {"/", "a", "b", "c"}


async def test_losing_most_pages_at_once_is_not_believed(crawler: Crawler) -> None:
    crawler.website.answers["/"] = page("We are being rebuilt")

    state = await crawler.run()

    assert crawler.paths() == EVERYTHING
    assert (state.state, state.error_code) == ("partial", "too_few_pages")
    assert "--full" in (state.error or "")

    await crawler.run(full=True)
    assert crawler.paths() == {"/"}


async def test_a_website_that_is_down_is_given_up_and_its_pages_stay(crawler: Crawler) -> None:
    crawler.website.answers |= dict.fromkeys(("/a", "/b", "/c", "/d", "/e", "/f"), DOWN)

    state = await crawler.run()

    assert crawler.website.asked == ["/robots.txt", "/sitemap.xml", "/", "/a", "/b", "/c", "/d", "/e"]
    assert state.error_code == "site_down"
    assert crawler.paths() == EVERYTHING


@pytest.mark.parametrize("calls", [0, 1, 3, 6])
async def test_a_crawl_that_is_killed_goes_on_where_it_was(crawler: Crawler, calls: int) -> None:
    crawler.website.answers["/a"] = page("New a", "/")
    crawler.calls_left = calls
    with pytest.raises(KeyboardInterrupt):
        await crawler.run()
    asked_before = set(crawler.website.asked[2:])
    assert crawler.paths() == EVERYTHING

    crawler.calls_left = 100
    state = await crawler.run()

    assert not asked_before & set(crawler.website.asked)
    assert (state.state, crawler.paths()) == ("ok", EVERYTHING)


async def test_a_crawl_out_of_time_serves_what_it_has_and_goes_on_the_next_time(crawler: Crawler) -> None:
    slow = {"delay_s": 500.0}
    first = await crawler.run(full=True, **slow)
    assert first.error_code == "out_of_time"
    assert crawler.paths() == EVERYTHING
    seen = set(crawler.website.asked[2:])

    await crawler.run(**slow)

    assert seen
    assert not seen & set(crawler.website.asked)


async def test_what_is_excluded_is_not_served_any_more(crawler: Crawler) -> None:
    sources = {page.source.removeprefix(crawler.website.url) for page in crawler.pages(exclude=("/a", "/b"))}

    assert sources == {"", *"cdef", f"crawl of {crawler.website.url}"}


@pytest.mark.parametrize("broken", ["kept.json", "state.json", "visits.jsonl"])
async def test_a_damaged_file_costs_a_crawl_and_nothing_else(crawler: Crawler, broken: str) -> None:
    folder = crawler.saved(crawler.plan()).folder
    (folder / broken).write_bytes(b'{"half')

    state = await crawler.run()

    assert (state.state, crawler.paths()) == ("ok", EVERYTHING)


def test_a_source_is_crawled_in_its_rhythm_and_sooner_after_a_failure() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    plan = CrawlPlan(url="https://example.com/", every_s=86_400.0)

    def wait_after(failures: int, chance: float = 0.0) -> timedelta | None:
        state = CrawlState(
            url=plan.url, fingerprint=plan.fingerprint, checked_at=at, failures_in_a_row=failures
        )
        due = next_at(plan, state, now=at, chance=chance)
        return due and due - at

    assert next_at(plan, None, now=at, chance=0.5) == at
    assert next_at(plan, CrawlState(url=plan.url, checked_at=at), now=at, chance=0.5) == at
    assert wait_after(0) == timedelta(days=1)
    assert wait_after(0, chance=1.0) == timedelta(days=1.1)
    assert [wait_after(n) for n in (1, 2, 20)] == [
        timedelta(minutes=5),
        timedelta(minutes=10),
        timedelta(days=1),
    ]
