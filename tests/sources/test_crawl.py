"""A crawl finds a website's pages, stays where it may, and names whatever is wrong."""

import gzip
from collections.abc import AsyncIterator
from html import escape
from pathlib import Path

import pytest

from knowledge import load_folder
from tests.outbound.test_guard import SPELLINGS
from tests.sources.website import FILLING, Crawler, Website, http, moved, open_website, packed, page

pytestmark = pytest.mark.slow


@pytest.fixture
async def website() -> AsyncIterator[Website]:
    async with open_website(
        {"/": page("Home", "/a", "/b#there"), "/a": page("A"), "/b": page("B", "/")}
    ) as it:
        yield it


@pytest.fixture
def crawler(website: Website, tmp_path: Path) -> Crawler:
    return Crawler(website, tmp_path / "home")


def codes(crawler: Crawler) -> dict[str, str]:
    """The named failures by path; that of the crawl as a whole is `whole`."""
    return {
        failure.source.removeprefix(crawler.website.url)
        if "crawl of" not in failure.source
        else "whole": failure.code
        for saved in crawler.pages()
        for failure in saved.failures
    }


async def test_links_are_followed_once_each(crawler: Crawler) -> None:
    state = await crawler.run()

    assert crawler.paths() == {"/", "a", "b"}
    assert crawler.website.asked == ["/robots.txt", "/sitemap.xml", "/", "/a", "/b"]
    assert (state.state, state.n_pages, state.languages) == ("ok", 3, {"en": 3})


async def test_the_sitemap_is_enough_where_there_is_one(crawler: Crawler) -> None:
    url = crawler.website.url
    maps = "".join(f"<sitemap><loc>{url}{name}</loc></sitemap>" for name in ("s.xml.gz", "index.xml"))
    index = f"<sitemapindex>{maps}</sitemapindex>"
    listed = f"<urlset><url><loc>{url}a</loc></url><url><loc>{url}hidden</loc></url></urlset>"
    crawler.website.answers |= {
        "/robots.txt": http(f"Sitemap: {url}index.xml\n", media="text/plain"),
        "/index.xml": http(index, media="application/xml"),
        "/s.xml.gz": http(gzip.compress(listed.encode()), media="application/gzip"),
        "/hidden": page("Hidden"),
    }

    await crawler.run()

    assert crawler.paths() == {"/", "a", "hidden"}
    assert crawler.website.asked.count("/index.xml") == 1


@pytest.mark.parametrize(
    "sitemap",
    [
        page("Not found").replace("<!doctype html>", ""),
        "<html><body>not found</body></html>",
        "<urlset><url><loc>https://elsewhere.example/</loc></url></urlset>",
    ],
)
async def test_links_are_followed_where_the_sitemap_names_nothing_here(
    crawler: Crawler, sitemap: str
) -> None:
    crawler.website.answers["/sitemap.xml"] = sitemap

    state = await crawler.run()

    assert (state.state, crawler.paths()) == ("ok", {"/", "a", "b"})


async def test_robots_are_obeyed_with_the_longest_rule_and_the_delay(crawler: Crawler) -> None:
    crawler.website.answers |= {
        "/robots.txt": http(
            "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /*.pdf$\nDisallow: /x\nAllow: /x/open\n"
            "Crawl-delay: 7\n",
            media="text/plain",
        ),
        "/": page("Home", "/x/shut", "/x/open", "/paper.pdf", "/a"),
        "/x/open": page("Open"),
    }

    await crawler.run()

    assert crawler.paths() == {"/", "a", "x/open"}
    assert not {"/x/shut", "/paper.pdf"} & set(crawler.website.asked)
    assert set(crawler.waits) == {7.0}
    assert crawler.website.headers["/a"]["user-agent"] == f"FoyerBot/1 (+{crawler.website.url})"


async def test_a_website_whose_robots_file_is_broken_is_left_alone(crawler: Crawler) -> None:
    await crawler.run()
    crawler.website.answers["/robots.txt"] = http("", status="500 Oh")

    state = await crawler.run()

    assert crawler.website.asked == ["/robots.txt"]
    assert (state.state, state.error_code) == ("failed", "robots_unavailable")
    assert crawler.paths() == {"/", "a", "b"}


async def test_nothing_outside_is_ever_asked(crawler: Crawler) -> None:
    async with open_website({"/": page("Elsewhere")}) as elsewhere:
        crawler.website.answers |= {
            "/": page(
                "Home", "/meta", "/out", "/docs/../in", elsewhere.url, "//127.0.0.1:1/", "file:///etc/passwd"
            ),
            "/meta": moved("http://169.254.169.254/latest/meta-data/"),
            "/out": moved(elsewhere.url),
            "/in": page("In", head=f'<meta http-equiv=refresh content="0; url={elsewhere.url}">'),
        }

        state = await crawler.run()

        assert elsewhere.asked == []
    assert crawler.paths() == {"/", "in"}
    assert state.left_out["elsewhere"] == 2


@pytest.mark.parametrize(
    "way", ["link", "redirect", "refresh", "sitemap", "index", "robots", "robots.txt moved"]
)
async def test_no_spelling_of_an_inner_address_is_visited_on_any_way(crawler: Crawler, way: str) -> None:
    async with open_website({}) as inner:
        urls = [f"http://{host}:{inner.port}/x" for host in SPELLINGS]
        hops = {f"/hop{number}": moved(url) for number, url in enumerate(urls)}
        maps = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in urls)
        pages = "".join(f"<url><loc>{escape(url)}</loc></url>" for url in urls)
        refresh = "".join(f'<meta http-equiv=refresh content="0;url={escape(url)}">' for url in urls)
        crawler.website.answers |= {
            "link": {"/": page("Home", *map(escape, urls))},
            "redirect": {"/": page("Home", *hops)} | hops,
            "refresh": {"/": page("Home", head=refresh)},
            "sitemap": {"/sitemap.xml": http(f"<urlset>{pages}</urlset>", media="application/xml")},
            "index": {"/sitemap.xml": http(f"<sitemapindex>{maps}</sitemapindex>", media="application/xml")},
            "robots": {"/robots.txt": http("\n".join(f"Sitemap: {url}" for url in urls), media="text/plain")},
            "robots.txt moved": {"/robots.txt": moved(urls[0])},
        }[way]

        await crawler.run(follow_links=True, max_pages=200)

        assert inner.asked == []
    assert "/" in crawler.paths()


async def test_a_private_website_is_not_crawled_unless_it_is_allowed(
    tmp_path: Path, website: Website
) -> None:
    crawler = Crawler(website, tmp_path)
    port, website.port = website.port, 1

    state = await crawler.run(crawler.plan(url=f"http://127.0.0.1:{port}/"))

    assert (state.state, state.error_code, website.asked) == ("failed", "forbidden", [])
    assert "FOYER_OUTBOUND_ALLOW" in (state.error or "")


async def test_circles_and_traps_end(crawler: Crawler) -> None:
    days = {
        f"/day?d={n}": page(f"Day {n}", f"/day?d={n + 1}", f"/day?d={n + 2}", f"/day/day/day/{n}")
        for n in range(50)
    }
    crawler.website.answers |= days | {
        "/": page("Home", "/round", "/day?d=0", "/long0", "/a?utm_source=x", "/a?sid=77"),
        "/round": moved("/circle"),
        "/circle": moved("/round"),
        **{f"/long{n}": moved(f"/long{n + 1}") for n in range(30)},
    }

    state = await crawler.run()
    assert state.n_pages == 11
    assert codes(crawler) == {"circle": "redirect_loop", "long5": "redirect_loop"}
    assert crawler.website.asked.count("/a") == 1

    state = await crawler.run(max_pages=8, full=True)
    assert (state.n_pages, state.error_code) == (8, "too_many_pages")


async def test_what_is_broken_is_named_and_the_rest_is_kept(crawler: Crawler) -> None:
    crawler.timeout_s = 0.5
    crawler.website.answers |= {
        "/": page("Home", "/bomb", "/large", "/drip", "/broken", "/app", "/shut", "/cut", "/a", "/photo"),
        "/bomb": packed(b"0" * 6 * 2**20),
        "/large": page("Large", text="large " * 2**20),
        "/drip": "drip",
        "/broken": http(status="500 Oh"),
        "/app": page("App", text="Wait", head="<script src=app.js></script>"),
        "/shut": http(status="403 No"),
        "/cut": http(gzip.compress(b"<p>cut")[:-9], "content-encoding: gzip"),
        "/photo": http(b"\xff\xd8", media="image/jpeg"),
    }

    state = await crawler.run()

    assert crawler.paths() == {"/", "a"}
    assert codes(crawler) == {
        "bomb": "too_large",
        "large": "too_large",
        "drip": "timeout",
        "broken": "http_500",
        "app": "needs_javascript",
        "shut": "http_403",
        "cut": "broken_body",
    }
    assert (state.state, state.left_out) == ("partial", {"type": 1})


async def test_what_a_page_asks_of_robots_is_done(crawler: Crawler) -> None:
    crawler.website.answers |= {
        "/": page("Home", "/noindex", "/header", "/dead-end", "/twin", "/list?b=1"),
        "/noindex": page("Secret", "/a", head="<meta name=robots content=NOINDEX>"),
        "/header": http(page("Header"), "X-Robots-Tag: googlebot: nofollow, foyerbot: noindex"),
        "/dead-end": page("End", "/b", head='<meta name="robots" content="nofollow">'),
        "/twin": page("End", "/b", head='<meta name="robots" content="nofollow"><!-- twin -->'),
        "/list?b=1": page("List", head="<link rel=canonical href=/list>"),
    }

    state = await crawler.run()

    assert crawler.paths() == {"/", "a", "dead-end", "list"}
    assert state.left_out == {"noindex": 2, "duplicate": 1}


async def test_only_the_part_that_is_wanted_is_visited(crawler: Crawler) -> None:
    docs = {f"/docs/{name}": page(name) for name in ("one", "two", "old/one")}
    crawler.website.answers |= docs | {"/docs": page("Docs", "/a", "/docsy", *docs)}
    url = f"{crawler.website.url}docs"

    await crawler.run(crawler.plan(url=url, exclude=("/*/old/",)))

    assert set(crawler.website.asked) == {"/robots.txt", "/sitemap.xml", "/docs", "/docs/one", "/docs/two"}


async def test_files_and_encodings_are_read_for_what_they_are(crawler: Crawler, tmp_path: Path) -> None:
    crawler.website.answers |= {
        "/": page("Home", "/latin", "/lie", "/notes.md", "/read.txt"),
        "/latin": http(
            page("Latin", text="Café " + FILLING).encode("latin-1"), media="text/html; charset=ISO-8859-1"
        ),
        "/lie": http(page("Lie", text="Crème " + FILLING, head="<meta charset=iso-8859-1>")),
        "/notes.md": http("# Notes\n\nThe müller grinds.\n", media="application/octet-stream"),
        "/read.txt": http("Naïve text.".encode("cp1252"), media="text/plain; charset=windows-1252"),
    }

    await crawler.run()
    documents = {
        document.source.removeprefix(crawler.website.url): document
        for loaded in load_folder(tmp_path / "none", pages=crawler.pages())
        for document in loaded.documents
    }

    assert "Café" in documents["latin"].text
    assert "Crème" in documents["lie"].text
    assert documents["notes.md"].title == "Notes"
    assert documents["read.txt"].text == "Naïve text."
    assert all(document.url == document.source for document in documents.values())


async def test_a_busy_website_is_asked_again_later(crawler: Crawler) -> None:
    answers = [http("", "retry-after: 9", status="429 Slow"), http("", status="503 Busy"), http(page("A"))]
    crawler.website.answers["/a"] = lambda _: answers.pop(0)

    await crawler.run()

    assert crawler.paths() == {"/", "a", "b"}
    assert crawler.waits == [9.0, 20.0]
