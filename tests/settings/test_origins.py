"""Origins are compared exactly, so they must be written exactly."""

import pytest

from bot.domain.errors import ConfigurationError
from bot.settings import check_origin, is_loopback
from bot.settings.origins import is_open_http


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://www.example.com", "https://www.example.com"),
        ("HTTPS://WWW.Example.COM", "https://www.example.com"),
        ("https://example.com:443", "https://example.com"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("https://[::1]:8443", "https://[::1]:8443"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_an_origin_is_spelt_as_browsers_do(text: str, origin: str) -> None:
    assert check_origin(text) == origin


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("https://example.com/", "https://example.com"),
        ("https://example.com/shop", "https://example.com"),
        ("https://example.com?x", "https://example.com"),
        ("https://example.com#", "https://example.com"),
        ("https://*.example.com", "list each origin"),
        ("*", "list each origin"),
        ("null", "write scheme and host"),
        ("www.example.com", "write scheme and host"),
        ("ftp://example.com", "write scheme and host"),
        ("https://", "write scheme and host"),
        ("https://user@example.com", "write https://example.com"),
        ("https://example.com:99999", "write scheme and host"),
        ("https://exa mple.com", "write scheme and host"),
        ("https://example.com\n", "write scheme and host"),
        ("https://-example.com", "no valid host"),
        ("https://exa_mple.com", "no valid host"),
    ],
)
def test_what_is_no_origin_is_refused_with_what_to_write(text: str, remedy: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        check_origin(text)

    assert remedy in str(caught.value)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "app.localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"]
)
def test_loopback_hosts_are_known(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.1", "example.com", "localhost.example.com", ""])
def test_other_hosts_are_not_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_only_plain_http_beyond_this_machine_is_open() -> None:
    assert is_open_http("http://example.com")
    assert not is_open_http("http://localhost:3000")
    assert not is_open_http("https://example.com")
