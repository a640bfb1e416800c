"""Whose address counts: what a client writes into `X-Forwarded-For` changes nothing."""

import pytest
from starlette.requests import HTTPConnection

from bot.web.limits import address_of

PROXIES = ("10.0.0.0/8", "fd00::/8")


def connection(peer: str, *forwarded: str) -> HTTPConnection:
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    return HTTPConnection({"type": "http", "client": (peer, 1), "headers": headers})


@pytest.mark.parametrize(
    ("peer", "forwarded", "counts"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),
        ("10.0.0.2", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.2", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
        ("10.0.0.2", ["1.1.1.1", "198.51.100.1"], "198.51.100.1"),
        ("10.0.0.2", ["1.1.1.1, 198.51.100.1, 10.9.9.9"], "198.51.100.1"),
        ("10.0.0.2", ["198.51.100.1, "], "198.51.100.1"),
        ("10.0.0.2", ["1.1.1.1, unknown"], "10.0.0.2"),
        ("10.0.0.2", ["1.1.1.1, ' OR 1=1 --"], "10.0.0.2"),
        ("10.0.0.2", ["10.1.1.1, 10.2.2.2"], "10.0.0.2"),
        ("10.0.0.2", [], "10.0.0.2"),
        ("::ffff:10.0.0.2", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
        ("::ffff:203.0.113.7", [], "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", [], "2001:db8:1:2::/64"),
        ("fd00::1", ["2001:db8:1:2:ffff::1"], "2001:db8:1:2::/64"),
    ],
)
def test_the_last_address_that_is_no_configured_proxy_counts(
    peer: str, forwarded: list[str], counts: str
) -> None:
    assert address_of(connection(peer, *forwarded), PROXIES) == counts


def test_without_configured_proxies_the_header_counts_for_nothing() -> None:
    assert address_of(connection("10.0.0.2", "198.51.100.1"), ()) == "10.0.0.2"
