"""A client for libraries: it calls its own host, at a checked address, and reads no more than it should."""

import httpx2
import pytest

from bot.outbound import ForbiddenAddressError, Guard, find_obstacle, open_provider_client
from bot.outbound.pinned import AnswerTooLargeError, EncodedAnswerError


def causes(error: BaseException | None) -> list[type]:
    found = []
    while error is not None:
        found.append(type(error))
        error = error.__cause__
    return found


async def test_the_name_is_resolved_for_each_request_and_the_checked_address_called(receiver, answer):
    asked = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) < 3 else ["10.9.9.9"]

    receiver.answers = [answer("200 OK", body="{}")]
    guard = Guard((f"127.0.0.1:{receiver.port}",), resolve=resolve)
    async with open_provider_client(guard, f"http://llm.example:{receiver.port}/v1") as client:
        headers = {"accept-encoding": "gzip", "X-Stainless-OS": "Linux"}
        for _ in range(2):
            assert (
                await client.get(f"http://llm.example:{receiver.port}/v1/a", headers=headers)
            ).text == "{}"
        with pytest.raises(httpx2.ConnectError) as refused:
            await client.get(f"http://llm.example:{receiver.port}/v1/a")

    assert ForbiddenAddressError in causes(refused.value)
    assert asked == ["llm.example"] * 3
    seen, _ = receiver.requests[0]
    assert (seen["host"], seen["accept-encoding"]) == (f"llm.example:{receiver.port}", "identity")
    assert "x-stainless-os" not in seen


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:{other}/", "http://localhost:{port}/", "https://127.0.0.1:{port}/"]
)
async def test_no_other_host_port_or_scheme_is_called(receiver, url):
    guard = Guard(("127.0.0.0/8", "::1/128"))
    async with open_provider_client(guard, receiver.url) as client:
        with pytest.raises(httpx2.ConnectError) as refused:
            await client.get(url.format(port=receiver.port, other=receiver.port + 1))

    assert ForbiddenAddressError in causes(refused.value)
    assert receiver.connections == 0


@pytest.mark.parametrize(
    ("headers", "body", "reason"),
    [([], "x" * 101, AnswerTooLargeError), (["content-encoding: gzip"], "x", EncodedAnswerError)],
)
async def test_an_answer_that_is_too_long_or_packed_is_not_read(receiver, answer, headers, body, reason):
    receiver.answers = [answer("200 OK", *headers, body=body)]
    async with open_provider_client(Guard((receiver.entry,)), receiver.url, max_answer_bytes=100) as client:
        with pytest.raises(httpx2.ReadError) as broken:
            await client.get(receiver.url)

    assert reason in causes(broken.value)


async def test_the_next_address_is_tried_when_the_first_is_dead(receiver):
    async def resolve(host: str, port: int) -> list[str]:
        return ["127.9.9.9", "127.0.0.1"]

    url = f"http://two.example:{receiver.port}/"
    async with open_provider_client(Guard(("127.0.0.0/8",), resolve=resolve), url) as client:
        assert (await client.get(url)).status_code == 200


async def test_an_obstacle_names_the_entry_and_a_name_that_is_not_known_yet_is_none(receiver):
    async def unknown(host: str, port: int) -> list[str]:
        return []

    assert f"add {receiver.entry} to" in (await find_obstacle(Guard(), receiver.url) or "")
    assert await find_obstacle(Guard((receiver.entry,)), receiver.url) is None
    assert await find_obstacle(Guard(resolve=unknown), "https://llm.example/v1") is None
