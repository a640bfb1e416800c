"""No frame of any shape harms a socket: each is answered with `error`, or closes it properly, and life goes on."""

import contextlib
import json
from collections.abc import Iterable

import pytest
from websockets.exceptions import ConnectionClosed

from tests.service.conftest import Connect
from tests.service.running_server import RunningServer
from tests.service.visitor_client import Socket, Visitor, http_client

pytestmark = pytest.mark.slow

KIBI = 1024


def say(**data: object) -> str:
    """Return a `say` with this data."""
    return json.dumps({"type": "say", "data": {"client_message_id": "x", **data}})


NOT_JSON = {
    "nothing": "",
    "a blank": " ",
    "an open brace": "{",
    "an open bracket": "[",
    "a cut frame": '{"type": "say", "data": {"client_message_id"',
    "two frames": '{"type": "ping"}{"type": "ping"}',
    "a trailing comma": '{"type": "ping",}',
    "single quotes": "{'type': 'ping'}",
    "a comment": '{"type": "ping"} // hello',
    "NaN": '{"type": "ack", "data": {"seq": NaN}}',
    "bare NaN": "NaN",
    "Infinity": '{"type": "ack", "data": {"seq": Infinity}}',
    "five thousand digits": '{"type": "ack", "data": {"seq": ' + "9" * 5_000 + "}}",
    "a lone surrogate": '{"type": "say", "data": {"client_message_id": "x", "text": "\\ud800"}}',
    "a surrogate in a key": '{"type": "ping", "\\ud800": 1}',
    "a surrogate as type": '{"type": "\\udfff"}',
    "ten thousand brackets": "[" * 10_000,
    "nested objects": '{"a":' * 2_000 + "1" + "}" * 2_000,
    "a raw control character": '{"type": "pi\x01ng"}',
    "a raw NUL": "\x00",
    "a byte order mark": "\ufeff" + '{"type": "ping"}',
    "HTML": "<script>alert(1)</script>",
    "HTTP": "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "msgpack read as text": "\x81\xa4type\xa4ping",
    "a bad escape": '{"type": "\\x41"}',
    "a bad number": '{"type": "ack", "data": {"seq": 01}}',
}
NOT_A_FRAME = {
    "an array": "[]",
    "an array of frames": '[{"type": "ping"}]',
    "a number": "5",
    "a negative float": "-0.5e-7",
    "a string": '"ping"',
    "true": "true",
    "null": "null",
    "an empty object": "{}",
    "another envelope": '{"t": 5}',
    "a number as type": '{"type": 5}',
    "null as type": '{"type": null}',
    "an array as type": '{"type": ["say"]}',
    "an object as type": '{"type": {"say": 1}}',
    "an empty type": '{"type": ""}',
    "an unknown type": '{"type": "launch", "data": {}}',
    "a type of the server": '{"type": "accepted", "data": {"seq": 1}}',
    "a type in capitals": '{"type": "PING"}',
    "a very long type": json.dumps({"type": "x" * 9_000}),
    "a type with NUL": '{"type": "ping\\u0000"}',
    "__proto__": '{"__proto__": {"type": "ping"}}',
    "a second hello": '{"type": "hello", "data": {"token": "x"}}',
}
NOT_A_SAY = {
    "say without data": '{"type": "say"}',
    "say with null": '{"type": "say", "data": null}',
    "say with an array": '{"type": "say", "data": []}',
    "say with a string": '{"type": "say", "data": "hello"}',
    "say without an id": '{"type": "say", "data": {"text": "hello"}}',
    "say without a body": say(),
    "say with a numeric id": say(client_message_id=7, text="hello"),
    "say with an empty id": say(client_message_id="", text="hello"),
    "say with an id of 65 characters": say(client_message_id="i" * 65, text="hello"),
    "say with NUL in the id": say(client_message_id="a\x00", text="hello"),
    "say with an empty text": say(text=""),
    "say with a blank text": say(text=" \n\t "),
    "say with NUL": say(text="hel\x00lo"),
    "say with a number": say(text=5),
    "say with an array of text": say(text=["hello"]),
    "say with nested text": say(text={"$gt": ""}),
    "say with 4,001 characters": say(text="a" * 4_001),
    "say with text and choice": say(text="hello", choice="yes"),
    "say with an object as choice": say(choice={}),
    "say with a choice of NUL": say(choice="\x00"),
    "say with an array as form": say(form=["a"]),
    "say with a nested form": say(form={"a": {"b": "c"}}),
    "say with numbers in a form": say(form={"a": 1}),
    "say with eleven fields": say(form={str(n): "x" for n in range(11)}),
    "say with NUL in a field": say(form={"a": "\x00"}),
    "say with NUL in a field's name": say(form={"a\x00": "b"}),
    "say with an empty form": say(form={}),
    "say of 17 KiB": say(text="a" * 17 * KIBI),
}
NOT_THE_REST = {
    "ack without data": '{"type": "ack"}',
    "ack of a string": '{"type": "ack", "data": {"seq": "1"}}',
    "ack of a negative": '{"type": "ack", "data": {"seq": -1}}',
    "ack of a fraction": '{"type": "ack", "data": {"seq": 1.5}}',
    "ack of 2^63": '{"type": "ack", "data": {"seq": 9223372036854775808}}',
    "ack of 1e999": '{"type": "ack", "data": {"seq": 1e999}}',
    "ack of true": '{"type": "ack", "data": {"seq": true}}',
    "feedback without data": '{"type": "feedback"}',
    "feedback with a word for helpful": '{"type": "feedback", "data": {"message_id": "m", "helpful": "yes"}}',
    "feedback with NUL": '{"type": "feedback", "data": {"message_id": "m\\u0000", "helpful": true}}',
    "an id that is an object": '{"type": "ping", "id": {"a": 1}}',
    "an id that is a number": '{"type": "ping", "id": 5}',
}
TEXTS = {**NOT_JSON, **NOT_A_FRAME, **NOT_A_SAY, **NOT_THE_REST}
BYTES = {
    "a binary ping": b'{"type": "ping"}',
    "an empty binary frame": b"",
    "binary noise": bytes(range(256)),
    "a binary image": b"\x89PNG\r\n\x1a\n" + b"\x00" * 500,
}
CLOSING = {
    "100,000 brackets": ("[" * 100_000, 1009),
    "65 KiB of text": (say(text="a" * 65 * KIBI), 1009),
    "65 KiB of bytes": (b"\x00" * 65 * KIBI, 1009),
}
"""What is over the 64 KiB of the wire ends the socket before anybody looks at it."""


async def accepts_the_next(visitor: Visitor, connect: Connect, socket: Socket | None = None) -> bool:
    """Whether the next valid message, on this socket or a new one, is accepted and answered."""
    socket = socket or (await connect(visitor))[0]
    accepted = await socket.say("Hello", client_message_id="valid")
    await socket.reply_to(accepted)
    return accepted["duplicate"] is False


@pytest.mark.parametrize("frame", [*TEXTS.values(), *BYTES.values()], ids=[*TEXTS, *BYTES])
async def test_a_frame_that_is_none_is_answered_with_an_error_and_the_next_is_accepted(
    visitor: Visitor, connect: Connect, frame: str | bytes
) -> None:
    socket, _ = await connect(visitor)

    await socket.connection.send(frame)
    answer = await socket.receive()

    assert answer["type"] == "error"
    assert answer["data"]["code"] in {
        "bad_frame", "bad_json", "unknown_type", "too_large", "too_long", "unexpected",
    }  # fmt: skip
    assert answer["data"]["message"]
    assert answer["data"]["retry"] is False
    assert await accepts_the_next(visitor, connect, socket)


@pytest.mark.parametrize(("frame", "code"), CLOSING.values(), ids=CLOSING)
async def test_a_frame_over_the_wire_limit_closes_the_socket_and_a_new_one_works(
    visitor: Visitor, connect: Connect, frame: str | bytes, code: int
) -> None:
    socket, _ = await connect(visitor)

    await send_what_goes_out(socket, frame)

    assert await socket.close_code() == code
    assert await accepts_the_next(visitor, connect)


async def send_what_goes_out(socket: Socket, frame: str | bytes | Iterable[str]) -> None:
    with contextlib.suppress(ConnectionClosed):  # the server may close while we are still sending
        await socket.connection.send(frame)


async def test_fragments_that_are_too_much_together_close_the_socket(
    visitor: Visitor, connect: Connect
) -> None:
    socket, _ = await connect(visitor)

    await send_what_goes_out(socket, ["a" * 4 * KIBI for _ in range(40)])

    # None: the connection went while we were still sending, so that the code was lost on the way.
    assert await socket.close_code() in {1009, None}
    assert await accepts_the_next(visitor, connect)


async def test_text_that_is_not_utf_8_closes_with_1007_and_a_new_socket_works(
    visitor: Visitor, connect: Connect
) -> None:
    socket, _ = await connect(visitor)

    await socket.connection.send(b'{"type": "ping", "id": "\xff\xfe"}', text=True)

    assert await socket.close_code() == 1007
    assert await accepts_the_next(visitor, connect)


async def test_a_frame_in_many_fragments_is_one_frame(visitor: Visitor, connect: Connect) -> None:
    socket, _ = await connect(visitor)

    await socket.connection.send(letter for letter in ['{"type":', ' "pi', 'ng"', ', "id": "f"}'])

    assert (await socket.until("pong"))["id"] == "f"


async def test_an_error_repeats_the_id_when_it_could_be_read(socket: Socket) -> None:
    await socket.send("launch", id="mine")

    assert (await socket.until("error"))["id"] == "mine"


@pytest.mark.parametrize("text", ["\\ud800", "a" * 17 * KIBI], ids=["half a character", "17 KiB"])
async def test_a_frame_that_is_refused_as_a_whole_is_named_too(socket: Socket, text: str) -> None:
    await socket.connection.send(
        '{"type": "say", "id": "whole", "data": {"client_message_id": "whole", "text": "' + text + '"}}'
    )

    told = await socket.until("error")

    assert (told["id"], told["data"]["retry"]) == ("whole", False)


async def test_an_opinion_of_what_was_never_said_is_refused(socket: Socket) -> None:
    await socket.send("feedback", {"message_id": "nope", "helpful": True}, id="thumb")

    told = await socket.until("error")

    assert (told["id"], told["data"]["code"]) == ("thumb", "not_found")


async def test_the_tenth_bad_frame_in_a_minute_closes_the_socket(visitor: Visitor, connect: Connect) -> None:
    socket, _ = await connect(visitor)

    for _ in range(10):
        await socket.connection.send("{")

    assert await socket.close_code() == 4501
    assert [frame["type"] for frame in socket.frames[2:]] == ["error"] * 10
    assert await accepts_the_next(visitor, connect)


async def test_nine_bad_frames_are_forgiven_on_every_new_socket(visitor: Visitor, connect: Connect) -> None:
    for _ in range(6):
        socket, _ = await connect(visitor)
        for _ in range(9):
            await socket.connection.send("{")
            assert (await socket.receive())["type"] == "error"
        await socket.send("ping")
        await socket.until("pong")
        await socket.close()


@pytest.mark.parametrize(
    "first",
    [
        '{"type": "ping"}',
        say(text="hello"),
        "{",
        b"\x00",
        '{"type": "hello"}',
        '{"type": "hello", "data": {"last_seq": 0}}',
        '{"type": "hello", "data": {"token": 5}}',
        '{"type": "hello", "data": {"token": "t", "last_seq": -1}}',
        '{"type": "hello", "data": {"token": "t", "last_seq": 1e400}}',
    ],
)
async def test_a_socket_that_does_not_begin_with_hello_is_closed(
    visitor: Visitor, first: str | bytes
) -> None:
    socket = await visitor.dial()

    await socket.connection.send(first)

    assert (await socket.receive())["type"] == "error"
    assert await socket.close_code() == 4001


async def test_an_odd_hello_is_told_what_is_wrong_with_it(visitor: Visitor) -> None:
    socket = await visitor.dial()

    await socket.send("hello", {"token": visitor.token, "last_seq": "0"}, id="first")
    told = await socket.receive()

    assert (told["id"], told["data"]["code"]) == ("first", "bad_frame")
    assert "last_seq" in told["data"]["message"]


ODD_PAGES = {
    "a long address": {"url": "https://shop.example/" + "%E6%97%A5" * 400},
    "a long title": {"title": "t" * 5_000},
    "NUL in the title": {"title": "Of\x00fers"},
    "a long referrer": {"referrer": "https://search.example/" + "q" * 3_000},
    "a campaign of many parts": {"utm": {f"part_{letter}": "x" * 500 for letter in "abcdefghijkl"}},
    "a campaign with odd names": {"utm": {"SOURCE": "x", "a-b": "y", "medium": "mail"}},
}


@pytest.mark.parametrize("page", ODD_PAGES.values(), ids=ODD_PAGES)
async def test_no_page_is_too_odd_to_chat_on(server: RunningServer, page: dict[str, object]) -> None:
    async with http_client(server, headers={"Origin": server.url}) as client:
        body = {"site": "harbour", "page": page, "locale": "en" * 40}
        opened = await client.post("/api/v1/sessions", json=body)
    assert opened.status_code == 200, opened.text
    visitor = Visitor(server, opened.json(), origin=server.url, address="127.0.0.1")

    socket, welcome = await visitor.connect(client={"locale": "en" * 40, "page": page})
    await socket.close()

    assert welcome["resumed"] is True


async def test_half_a_character_in_a_title_does_not_refuse_the_session(server: RunningServer) -> None:
    body = '{"site": "harbour", "page": {"title": "Offers \\ud83d"}, "locale": "en\\udc00"}'
    headers = {"Origin": server.url, "Content-Type": "application/json"}
    async with http_client(server, headers=headers) as client:
        opened = await client.post("/api/v1/sessions", content=body)

    assert opened.status_code == 200, opened.text


@pytest.mark.parametrize("token", ["x", "' OR 1=1 --", "ü" * 50, "a" * 200, "null", "../../x"])
async def test_a_token_that_nobody_was_given_is_closed_with_4500(visitor: Visitor, token: str) -> None:
    socket = await visitor.dial()

    await socket.send("hello", {"token": token, "last_seq": 0})

    assert await socket.close_code() == 4500


async def test_the_malformed_corpus_is_at_least_sixty_shapes(server: RunningServer) -> None:
    assert len(TEXTS) + len(BYTES) + len(CLOSING) >= 60
