"""No connection is held open by a client that takes its time, and none can be filled from outside."""

import asyncio
import contextlib
import json
from collections.abc import Iterator

import pytest
from websockets.exceptions import ConnectionClosed

from tests.service.conftest import GENEROUS
from tests.service.raw_client import masked, posted, unread
from tests.service.running_server import RunningServer, until, write_site
from tests.service.visitor_client import Visitor, http_client

pytestmark = pytest.mark.slow

KIBI, MEBI = 1024, 1024 * 1024
DRIBBLE_S = 0.2
PATIENCE_S = 60.0


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server that waits for nobody longer than a second, and queues little."""
    folder = tmp_path_factory.mktemp("hurried")
    settings = GENEROUS | {
        "FOYER_LIMIT_REQUEST_SECONDS": "1",
        "FOYER_LIMIT_UNREAD_SECONDS": "1",
        "FOYER_LIMIT_QUEUE_BYTES": "65536",
        "FOYER_LIMIT_FRAMES_PER_MINUTE": "100000",
    }
    running = RunningServer(write_site(folder / "site"), folder / "home", settings).start()
    yield running
    log = running.log
    running.stop()
    assert "Traceback" not in log, log[log.index("Traceback") - 500 :][:3000]


ASKED = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
UPGRADE = b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
SLOW = {
    "says nothing": (b"", b"", b""),
    "dribbles headers": (ASKED, b"X-A: b\r\n", b"408"),
    "dribbles a header": (ASKED, b"X", b"408"),
    "dribbles the address": (b"GET /heal", b"t", b"408"),
    "dribbles a body": (b"Content-Length: 60000", b"a", b"408"),
    "dribbles a chunked body": (b"Transfer-Encoding: chunked", b"1\r\na\r\n", b"408"),
    "dribbles a body that was refused": (b"Content-Length: 99999999", b"a", b"413"),
    "dribbles a handshake": (b"GET /api/v1/ws HTTP/1.1\r\n" + UPGRADE, b"X-A: b\r\n", b"408"),
    "stays after an answer": (ASKED + b"\r\n", b"", b"200"),
    "stays and sends blank lines": (ASKED + b"\r\n", b"\r\n", b"200"),
}
"""What a slow client begins with (or how its POST is framed), goes on with, and the status it is told, if any."""


async def test_who_takes_their_time_is_hung_up_on(hurried: RunningServer) -> None:
    told = await asyncio.gather(*(held_out(hurried, begins, goes_on) for begins, goes_on, _ in SLOW.values()))

    for kind, (_, _, status), answer in zip(SLOW, SLOW.values(), told, strict=True):
        assert answer.split(b"\r\n")[0][9:12] == status, kind


async def held_out(hurried: RunningServer, begins: bytes, goes_on: bytes) -> bytes:
    """Send a little every moment until the server closes; return what it answered."""
    first = begins if begins[:3] in {b"GET", b""} else posted(hurried, begins.decode())
    reader, writer = await asyncio.open_connection("127.0.0.1", hurried.port)
    writer.write(first)
    reading = asyncio.create_task(all_of(reader))

    async with asyncio.timeout(PATIENCE_S):
        while not reading.done():
            writer.write(goes_on)
            await asyncio.wait({reading}, timeout=DRIBBLE_S)
    writer.close()
    return await reading


async def all_of(reader: asyncio.StreamReader) -> bytes:
    """Return everything until the server closes."""
    answer = b""
    with contextlib.suppress(ConnectionError):
        while more := await reader.read(64 * KIBI):
            answer += more
    return answer


async def test_a_long_poll_outlives_the_deadline_of_requests(hurried: RunningServer) -> None:
    visitor = await Visitor.arrive(hurried)
    async with visitor.http() as client:
        polling = asyncio.create_task(client.get("/api/v1/events"))
        await asyncio.wait({polling}, timeout=3)  # longer than any request may take to arrive
        async with visitor.http() as other:
            await other.post("/api/v1/messages", json={"text": "Hello"}, headers={"Idempotency-Key": "k"})

        assert (await polling).json()["events"][0]["seq"] == 1


UNREADABLE = {
    "no request": (b"hello\r\n\r\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64), 400),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "two lengths": (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
    "a length and chunks": (
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    "a negative length": (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
    "a chunk of 2^70": (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n", 400),
    "NUL in a header": (ASKED + b"X: a\0b\r\n\r\n", 400),
    "NUL in the address": (b"GET /\0 HTTP/1.1\r\n\r\n", 400),
    "an escaped NUL in the address": (b"GET /demo/%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "an escaped NUL in the query": (b"GET /healthz?a=%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "only an authority": (b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "40 KiB of headers": (ASKED + b"X-A: b\r\n" * 5_000 + b"\r\n", 431),
    "a header of 40 KiB": (ASKED + b"X-A: " + b"b" * 40 * KIBI, 431),
    "an endless header": (ASKED + b"X-A: " + b"b" * MEBI, 431),
    "an address of 40 KiB": (b"GET /" + b"a" * 40 * KIBI + b" HTTP/1.1\r\n\r\n", 431),
    "a handshake with a header of 10 KiB": (
        b"GET /api/v1/ws HTTP/1.1\r\nHost: x\r\n" + UPGRADE + b"X-A: " + b"b" * 10 * KIBI + b"\r\n\r\n",
        400,
    ),
}


@pytest.mark.parametrize(("sent", "status"), UNREADABLE.values(), ids=UNREADABLE)
async def test_what_is_no_request_is_refused_with_a_problem_document(
    hurried: RunningServer, sent: bytes, status: int
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", hurried.port)
    writer.write(sent)

    async with asyncio.timeout(PATIENCE_S):
        head, _, body = (await all_of(reader)).partition(b"\r\n\r\n")
    writer.close()

    assert int(head.split()[1]) == status
    assert b"content-type: application/problem+json" in head
    assert json.loads(body)["status"] == status
    assert json.loads(body)["code"]


@pytest.mark.parametrize(
    "handshake",
    [
        b"POST /api/v1/ws HTTP/1.1\r\nHost: x\r\n" + UPGRADE,
        b"GET /api/v1/ws HTTP/1.1\r\nHost: x\r\n" + UPGRADE,
        b"GET /api/v1/ws HTTP/1.1\r\nHost: x\r\nSec-WebSocket-Version: 12\r\n" + UPGRADE,
        b"GET /api/v1/ws HTTP/1.1\r\nHost: x\r\nSec-WebSocket-Key: \xff\r\n" + UPGRADE,
    ],
)
async def test_a_handshake_that_is_none_is_refused(hurried: RunningServer, handshake: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", hurried.port)
    writer.write(handshake + b"\r\n")

    async with asyncio.timeout(PATIENCE_S):
        answer = await all_of(reader)
    writer.close()

    assert answer.split()[1] in {b"400", b"405", b"426"}


@pytest.mark.parametrize("framing", ["Content-Length: 209715200", "Transfer-Encoding: chunked"])
async def test_of_a_body_that_was_refused_little_is_read(hurried: RunningServer, framing: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", hurried.port)
    writer.write(posted(hurried, framing))
    piece = b"%x\r\n%b\r\n" % (MEBI, b"a" * MEBI) if "chunked" in framing else b"a" * MEBI
    sent = 0

    answering = asyncio.create_task(reader.read(KIBI))
    with contextlib.suppress(ConnectionError):
        for _ in range(200):
            writer.write(piece)
            await writer.drain()
            sent += 1
    writer.close()

    assert sent < 100
    assert b"413" in await answering


async def test_requests_sent_far_ahead_are_refused(hurried: RunningServer) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", hurried.port)
    writer.write((posted(hurried, "Content-Length: 2") + b"{}") * 1_000)

    async with asyncio.timeout(PATIENCE_S):
        answers = await all_of(reader)

    assert 0 < answers.count(b"HTTP/1.1 ") <= 20
    async with http_client(hurried) as client:
        assert (await client.get("/healthz")).status_code == 200


def closings(server: RunningServer, reason: str) -> int:
    """Return how many sockets the server says it closed with 4003 and this reason."""
    return server.log.count(f'"code": 4003, "reason": "slow reader: {reason}"')


async def test_answers_that_nobody_reads_fill_a_bounded_queue_then_4003(hurried: RunningServer) -> None:
    before = closings(hurried, "too much waits")
    async with unread(await Visitor.arrive(hurried)) as connection:
        ping = json.dumps({"type": "ping", "id": "i" * 64})

        with contextlib.suppress(ConnectionClosed):
            for _ in range(20_000):
                await connection.send(ping)
                if closings(hurried, "too much waits") > before:
                    break

        await asyncio.to_thread(
            until, lambda: closings(hurried, "too much waits") > before, within_s=PATIENCE_S
        )


async def test_a_replay_is_read_as_fast_as_the_client_reads_and_4003_ends_one_that_does_not(
    hurried: RunningServer,
) -> None:
    visitor = await Visitor.arrive(hurried)
    talking, _ = await visitor.connect()
    for number in range(14):  # more than the queue holds, and more than the kernel hides
        said = {"client_message_id": f"g{number}", "text": "\N{GRINNING FACE}" * 3_900}
        await talking.connection.send(json.dumps({"type": "say", "data": said}, ensure_ascii=False))
        accepted = (await talking.until("accepted"))["data"]
    await talking.reply_to(accepted)
    await talking.close()
    before = closings(hurried, "nothing is read")

    reading, welcome = await visitor.connect(last_seq=0)
    async with unread(visitor):
        await asyncio.to_thread(
            until, lambda: closings(hurried, "nothing is read") > before, within_s=PATIENCE_S
        )

    seqs = [frame["seq"] for frame in reading.frames if frame["type"] == "message"]
    assert seqs == list(range(1, welcome["head_seq"] + 1))
    assert (await reading.say("thanks"))["seq"] == welcome["head_seq"] + 1
    await reading.close()


async def test_pongs_that_nobody_reads_end_the_socket(hurried: RunningServer) -> None:
    async with unread(await Visitor.arrive(hurried)) as connection:
        sent = 0
        with contextlib.suppress(ConnectionError, TimeoutError, ConnectionClosed):
            async with asyncio.timeout(PATIENCE_S):
                while sent < 64 * MEBI and not connection.transport.is_closing():
                    connection.transport.write(masked(0x89, b"p" * 125) * 500)
                    sent += 125 * 500
                    while connection.transport.get_write_buffer_size() > MEBI:  # noqa: ASYNC110
                        await asyncio.sleep(0.001)

        assert sent < 64 * MEBI


async def test_a_frame_of_endless_fragments_is_1009(hurried: RunningServer) -> None:
    socket = await (await Visitor.arrive(hurried)).dial()

    socket.connection.transport.write(masked(0x01) + masked(0x00) * 100)

    assert await socket.close_code() == 1009
