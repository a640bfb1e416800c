"""Addresses are written in one way, robots.txt is read as RFC 9309 has it, and neither can be made slow."""

import pytest

from bot.domain.crawl_plan import CrawlPlan
from bot.sources.crawl.addresses import find_address, is_promising, scope_of
from bot.sources.crawl.patterns import matches
from bot.sources.crawl.reading import told_to_robots
from bot.sources.crawl.robots import parse_robots
from knowledge import LoadFailure, OutlineReader

BASE = "https://www.example.com/docs/start"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("next", "https://www.example.com/docs/next"),
        ("../a/./b/../c#part", "https://www.example.com/a/c"),
        ("HTTPS://WWW.Example.COM:443", "https://www.example.com/"),
        ("//cdn.example.com//x", "https://cdn.example.com/x"),
        ("?utm_source=x&q=a%20b&fbclid=1", "https://www.example.com/docs/start?q=a%20b"),
        ("/a%2fb/%7euser/ä b"[:-2], "https://www.example.com/a%2Fb/~user/%C3%A4"),
        ("/shop;jsessionid=77?PHPSESSID=9", "https://www.example.com/shop"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://[::1]:8443/x", "https://[::1]:8443/x"),
        ("https://user:word@www.example.com/", None),
        ("https://www.example.com\\@evil.example/", None),
        ("https://www.example.com:0x50/", None),
        ("https://exa mple.com/", None),
        ("mailto:a@example.com", None),
        ("javascript:alert(1)", None),
        ("https://[::1", None),
        ("/" + "a" * 2_000, None),
    ],
)
def test_an_address_is_written_in_one_way_or_refused(written: str, address: str | None) -> None:
    assert find_address(written, base=BASE) == address


@pytest.mark.parametrize(
    ("start", "address", "is_covered"),
    [
        ("https://a.example/docs", "https://a.example/docs/x", True),
        ("https://a.example/docs", "https://a.example/docs", True),
        ("https://a.example/docs", "https://a.example/docsy", False),
        ("https://a.example/docs/index.html", "https://a.example/docs/x?q=/y", True),
        ("https://a.example/docs/index.html", "https://a.example/", False),
        ("https://a.example/", "http://a.example/", False),
        ("https://a.example/", "https://a.example:8443/", False),
        ("https://a.example/", "https://a.example.evil.example/", False),
    ],
)
def test_a_crawl_stays_in_the_folder_where_it_begins(start: str, address: str, is_covered: bool) -> None:
    assert scope_of(CrawlPlan(url=start)).covers(address) is is_covered


@pytest.mark.parametrize(
    "address", ["https://a.example/x/x/x", "https://a.example/?a&b&c&d&e&f&g", "https://a.example/a.PNG"]
)
def test_what_goes_round_in_circles_or_is_no_page_is_not_promising(address: str) -> None:
    assert not is_promising(address)


@pytest.mark.parametrize(
    ("pattern", "path", "does"),
    [
        ("/", "/a", True),
        ("/fish", "/fish.html", True),
        ("/fish", "/Fish", False),
        ("/fish*.php", "/fishheads/a.php?x=1", True),
        ("/*.php$", "/a.php?x=1", False),
        ("/*.php$", "/a.php.php", True),
        ("/$", "/", True),
        ("/$", "/a", False),
        ("/a*b$", "/ab", True),
        ("/ab*b$", "/ab", False),
        ("*", "/a", True),
    ],
)
def test_a_pattern_covers_as_the_standard_says(pattern: str, path: str, does: bool) -> None:
    assert matches(pattern, path) is does


def test_our_own_rules_win_and_groups_of_one_name_are_one() -> None:
    robots = parse_robots(
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n\nUSER-AGENT: foyerbot/2 # us\nUser-Agent: other\nDisallow: /a\n"
        b"Crawl-delay: 3\nSitemap: https://a.example/s.xml\n\nUser-agent: FoyerBot\nAllow: /a/%62\nnonsense\n"
        b"Disallow:\n"
    )

    assert [robots.allows(path) for path in ("/", "/a/c", "/a/b")] == [True, False, True]
    assert (robots.delay_s, robots.sitemaps) == (3.0, ("https://a.example/s.xml",))


def test_everybodys_rules_hold_where_none_are_ours() -> None:
    assert not parse_robots(b"User-agent: other\nAllow: /\n\nUser-agent: *\nDisallow: /p\n").allows("/page")
    assert parse_robots(b"<html>not found</html>\xff\x00").allows("/page")


def test_a_hostile_robots_file_is_read_to_its_end() -> None:
    agents = "".join(f"user-agent:a{n}\n" for n in range(16_000))
    rules = "".join(f"allow:/{'*a' * 5}b{n}\n" for n in range(12_000))
    deep = "user-agent:*\n" + "disallow:/" + "*a" * 900 + "b\n"

    assert parse_robots((agents + rules).encode()).rules == ()
    assert parse_robots(deep.encode()).allows("/" + "a" * 1_900)


def test_a_header_may_speak_to_one_robot() -> None:
    headers = {"x-robots-tag": "otherbot: noindex, nofollow, foyerbot: none"}

    assert told_to_robots(headers) >= {"noindex", "nofollow"}
    assert told_to_robots({"x-robots-tag": "otherbot: noindex"}) == set()
    assert "noindex" in told_to_robots({"x-robots-tag": "unavailable_after: 1 Jan 2030, noindex"})


def test_a_sitemap_that_is_a_bomb_is_a_named_failure() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 40 if n else "x" * 40}">' for n in range(9))
    bomb = f"<!DOCTYPE u [{entities}]><urlset><url><loc>&e8;</loc></url></urlset>"
    foreign = (
        '<!DOCTYPE u [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>&f;</loc></url></urlset>'
    )

    with OutlineReader() as reader:
        found = [reader.read_sitemap("https://a.example/s.xml", text.encode()) for text in (bomb, foreign)]
        after = reader.read_sitemap("https://a.example/s.txt", b"https://a.example/one\n\nnonsense\n")

    assert [outcome.code for outcome in found if isinstance(outcome, LoadFailure)] == ["broken_sitemap"] * 2
    assert not isinstance(after, LoadFailure)
    assert after.pages == (("https://a.example/one", None),)
