"""No spelling of an address, no redirect and no name that changes its mind leads into a forbidden network."""

import re
from ipaddress import ip_address

import pytest

from bot.domain.errors import ConfigurationError
from bot.outbound import Call, Failure, ForbiddenAddressError, Guard, Response, UnresolvedNameError
from bot.outbound.networks import find_reason_against, parse_allowance

SPELLINGS = re.findall(
    r"\S+",
    """
    127.0.0.1 127.0.0.2 127.255.255.254 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0x7f.0.0.1
    017700000001 0177.0.0.1 0177.1 0 0000 0.0.0.0 127.0.0.01 00000000177.0.0.1 localhost LOCALHOST
    localhost. [::1] [::] [0:0:0:0:0:0:0:1] [0000::1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1]
    [::7f00:1] [64:ff9b::7f00:1] [64:ff9b::127.0.0.1] [64:ff9b:1::7f00:1] [2002:7f00:1::]
    [2001:0:7f00:1::] [fe80::1] [fe80::1%25lo] [fec0::1] [fc00::1] [fd00::1] [fd00:ec2::254] [ff02::1]
    127。0。0。1 １２７.0.0.1 ①27.0.0.1 127.0.0.1． 10.0.0.5 10.255.255.255 172.16.0.1 172.31.255.255
    192.168.0.1 169.254.169.254 169.254.170.2 2852039166 0xa9fea9fe 168.63.129.16 100.64.0.1
    100.100.100.200 192.0.0.192 192.0.0.1 198.18.0.1 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1
    255.255.255.255 user@127.0.0.1 user:word@127.0.0.1 evil.example\\@127.0.0.1 127.0.0.1#@evil.example
    127.0.0.1?@evil.example evil.example:80@127.0.0.1 %31%32%37.0.0.1 127%2e0%2e0%2e1
    """,
)


@pytest.mark.parametrize("host", SPELLINGS)
async def test_no_spelling_of_an_inner_address_is_connected_to(host, receiver):
    guard = Guard()

    for url in (f"http://{host}:{receiver.port}/", f"http://{host}/"):
        outcome = await guard.call(Call(method="GET", url=url))

        assert isinstance(outcome, Failure)
        assert outcome.code in {"forbidden", "invalid_url", "unresolved"}
    assert receiver.connections == 0


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "gopher://x/", "//x", "x", "", "http://", "http:///a", "ws://x"]
)
async def test_only_whole_http_addresses_are_called(url):
    outcome = await Guard().call(Call(method="GET", url=url))

    assert isinstance(outcome, Failure)
    assert outcome.code == "invalid_url"


async def test_a_permitted_address_is_called_with_its_own_name_in_the_host_header(receiver):
    guard = Guard((f"crm.intranet:{receiver.port}",), resolve=always("127.0.0.1"))

    outcome = await guard.call(Call(method="GET", url=f"http://crm.intranet:{receiver.port}/a?b=c"))

    assert isinstance(outcome, Response)
    assert outcome.status == 200
    headers, _ = receiver.requests[0]
    assert headers["host"] == f"crm.intranet:{receiver.port}"
    assert headers[":request"] == "GET /a?b=c HTTP/1.1"


async def test_a_name_that_changes_its_mind_is_connected_to_where_it_was_checked(receiver):
    answers = [["127.0.0.1"], ["10.9.9.9"]]

    async def resolve(host: str, port: int) -> list[str]:
        return answers.pop(0)

    guard = Guard((f"127.0.0.1:{receiver.port}",), resolve=resolve)

    outcome = await guard.call(Call(method="GET", url=f"http://rebinding.example:{receiver.port}/"))

    assert isinstance(outcome, Response)
    assert len(answers) == 1


async def test_one_forbidden_address_among_good_ones_forbids_the_name():
    guard = Guard(resolve=always("93.184.216.34", "127.0.0.1"))

    with pytest.raises(ForbiddenAddressError):
        await guard.addresses_of("mixed.example", 443)


async def test_a_public_address_is_permitted():
    assert await Guard(resolve=always("93.184.216.34")).addresses_of("example.com", 443) == ["93.184.216.34"]


async def test_a_name_without_an_address_is_a_failure():
    with pytest.raises(UnresolvedNameError):
        await Guard(resolve=always()).addresses_of("nowhere.example", 443)


async def test_a_redirect_is_answered_with_and_not_followed(receiver, answer):
    receiver.answers = [answer("302 Found", f"location: http://127.0.0.1:{receiver.port}/other")]
    guard = Guard((receiver.entry,))

    outcome = await guard.call(Call(method="GET", url=receiver.url))

    assert isinstance(outcome, Response)
    assert outcome.status == 302
    assert len(receiver.requests) == 1


async def test_the_next_address_is_tried_when_the_first_is_dead(receiver):
    guard = Guard(("127.0.0.0/8",), resolve=always("127.9.9.9", "127.0.0.1"))

    outcome = await guard.call(Call(method="GET", url=f"http://two.example:{receiver.port}/"))

    assert isinstance(outcome, Response)


async def test_an_answer_over_the_limit_is_cut_and_says_so(receiver, answer):
    receiver.answers = [answer("200 OK", body="x" * 5000)]

    outcome = await Guard((receiver.entry,)).call(Call(method="GET", url=receiver.url, max_bytes=1000))

    assert isinstance(outcome, Response)
    assert len(outcome.body) == 1000
    assert outcome.is_cut


@pytest.mark.slow
async def test_a_server_that_never_answers_is_left_after_the_time_limit(receiver):
    receiver.answers = ["hang"]

    outcome = await Guard((receiver.entry,)).call(Call(method="GET", url=receiver.url, timeout_s=0.2))

    assert isinstance(outcome, Failure)
    assert outcome.code == "timeout"


async def test_a_name_server_that_hangs_counts_against_the_time_limit():
    import asyncio

    async def resolve(host: str, port: int) -> list[str]:
        await asyncio.Event().wait()
        return []

    outcome = await Guard(resolve=resolve).call(
        Call(method="GET", url="http://slow.example/", timeout_s=0.05)
    )

    assert isinstance(outcome, Failure)
    assert outcome.code == "timeout"


async def test_what_does_not_speak_http_is_a_failure(receiver):
    receiver.answers = ["SSH-2.0-OpenSSH_9.2\r\n\r\n"]

    outcome = await Guard((receiver.entry,)).call(Call(method="GET", url=receiver.url))

    assert isinstance(outcome, Failure)
    assert outcome.code == "protocol"


async def test_a_port_where_nobody_listens_is_a_failure(unused_tcp_port_factory_free):
    port = unused_tcp_port_factory_free

    outcome = await Guard(("127.0.0.0/8",)).call(Call(method="GET", url=f"http://127.0.0.1:{port}/"))

    assert isinstance(outcome, Failure)
    assert outcome.code == "unreachable"


async def test_a_proxy_in_the_environment_is_not_used(receiver, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{receiver.port}")
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{receiver.port}")

    await Guard(("127.0.0.0/8",), resolve=always("127.9.9.9")).call(
        Call(method="GET", url="http://a.example:9/")
    )

    assert receiver.connections == 0


def test_the_table_covers_all_of_ipv6_but_what_is_handed_out():
    for first in range(0, 0x10000, 0x80):
        address = ip_address(f"{first:x}::1")
        is_handed_out = 0x2000 <= first <= 0x3FFF and first not in {0x2002, *range(0x3FFF, 0x4000)}

        assert (find_reason_against(address) is None) == (is_handed_out and first != 0x2001)


@pytest.mark.parametrize(
    "public", ["8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "2606:4700::1111", "2a00::1"]
)
def test_ordinary_public_addresses_are_not_in_the_table(public):
    assert find_reason_against(ip_address(public)) is None


def test_an_entry_permits_one_port_of_one_name_and_no_other():
    allowance = parse_allowance(("crm.intranet:8443",))

    assert allowance.covers(name="CRM.intranet.", address=ip_address("10.0.0.5"), port=8443)
    assert not allowance.covers(name="crm.intranet", address=ip_address("10.0.0.5"), port=22)
    assert not allowance.covers(name="other.intranet", address=ip_address("10.0.0.5"), port=8443)


@pytest.mark.parametrize(
    "entry", ["crm", "10.0.0.0/99", "host:0", "host:99999", ":80", "http://a:80", "a/b:80"]
)
def test_an_entry_that_means_nothing_is_named_with_its_remedy(entry):
    with pytest.raises(ConfigurationError, match="FOYER_OUTBOUND_ALLOW"):
        parse_allowance((entry,))


def always(*addresses: str):
    async def resolve(host: str, port: int) -> list[str]:
        return list(addresses)

    return resolve


@pytest.fixture
def unused_tcp_port_factory_free() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
