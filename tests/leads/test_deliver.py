"""What is in the outbox arrives: at least once, on the schedule of the standard, and nobody waits for a slow one."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.domain.conversation import SiteId
from bot.leads.deliver import CLAIM, PLACES_PER_TARGET, DeliveryWorker
from bot.leads.schedule import DELAYS_S, JITTER, MAX_RETRY_AFTER_S, next_attempt_at
from bot.outbound import Outcome, Parcel
from bot.store import outbox

NOW = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)
DELIVERED = Outcome(kind="delivered", detail="HTTP 200")
FAILED = Outcome(kind="failed", detail="HTTP 500")


class Clock:
    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


class Receiver:
    """A sender that answers as it is told, and keeps what it got and when."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.parcels: list[tuple[datetime, Parcel]] = []
        self.hanging: set[str] = set()
        self.got_all = asyncio.Event()
        self.expected = 0
        self.running: Counter[str] = Counter()
        self.most_running: Counter[str] = Counter()

    async def send(self, parcel: Parcel, *, now: datetime) -> Outcome:
        self.running[parcel.address] += 1
        self.most_running[parcel.address] = max(
            self.most_running[parcel.address], self.running[parcel.address]
        )
        try:
            if parcel.address in self.hanging:
                await asyncio.Event().wait()
            await asyncio.sleep(0)
        finally:
            self.running[parcel.address] -= 1
        self.parcels.append((now, parcel))
        if len(self.parcels) >= self.expected:
            self.got_all.set()
        return (
            (self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0])
            if self.outcomes
            else DELIVERED
        )


@pytest.fixture
def clock() -> Clock:
    return Clock()


def worker_for(db, clock, receiver, **options) -> DeliveryWorker:
    return DeliveryWorker(db, {"webhook": receiver}, clock=clock, random=lambda: 0.5, **options)


async def put(db, item_id: str, target: str = "webhook:https://a.example/") -> None:
    async with db.write() as connection:
        await outbox.put(
            connection,
            item_id=item_id,
            event="lead.qualified",
            site_id=SiteId("demo"),
            target=target,
            payload={"type": "lead.qualified"},
            now=NOW,
        )


async def stop(running: asyncio.Task[None]) -> None:
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def states(db) -> dict[str, list[str]]:
    async with db.read() as connection:
        return {
            state: sorted(row.item_id for row in await outbox.page(connection, site_id=None, state=state))
            for state in ("pending", "delivered", "dead")
        }


async def test_a_row_is_sent_once_and_done(db, clock):
    receiver = Receiver(DELIVERED)
    worker = worker_for(db, clock, receiver)
    await put(db, "msg_1")

    assert await worker.deliver_due() == 1
    assert await worker.deliver_due() == 0

    ((_, parcel),) = receiver.parcels
    assert parcel.parcel_id == "msg_1"
    assert parcel.address == "https://a.example/"
    assert parcel.payload == {"type": "lead.qualified"}
    assert (await states(db))["delivered"] == ["msg_1"]


async def test_a_failing_receiver_is_tried_on_the_schedule_and_then_given_up(db, clock):
    receiver = Receiver(FAILED)
    worker = worker_for(db, clock, receiver)
    await put(db, "msg_1")

    while (await states(db))["pending"]:
        if await worker.deliver_due() == 0:
            async with db.read() as connection:
                clock.time = await outbox.next_due(connection)

    times = [at for at, _ in receiver.parcels]
    waits = [(after - before).total_seconds() for before, after in pairwise(times)]
    assert waits == [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    assert (await states(db))["dead"] == ["msg_1"]
    assert {parcel.parcel_id for _, parcel in receiver.parcels} == {"msg_1"}


async def test_a_receiver_that_is_gone_gets_nothing_more(db, clock):
    receiver = Receiver(Outcome(kind="gone", detail="HTTP 410"))
    worker = worker_for(db, clock, receiver)
    for n in range(9):
        await put(db, f"msg_{n}")
    await put(db, "other", "webhook:https://b.example/")

    clock.time += timedelta(seconds=1)
    await worker.deliver_due()

    sent_to_gone = [parcel for _, parcel in receiver.parcels if parcel.address == "https://a.example/"]
    assert (await states(db))["pending"] == []
    assert len(sent_to_gone) < 2 * PLACES_PER_TARGET


async def test_a_refusal_that_lasts_is_not_tried_again(db, clock):
    worker = worker_for(db, clock, Receiver(Outcome(kind="refused", detail="550")))
    await put(db, "msg_1")

    await worker.deliver_due()

    assert (await states(db))["dead"] == ["msg_1"]


async def test_a_receiver_is_not_tried_before_it_asked_to_be(db, clock):
    asked = Outcome(kind="failed", detail="HTTP 429", retry_after_s=100)
    worker = worker_for(db, clock, Receiver(asked, DELIVERED))
    await put(db, "msg_1")

    await worker.deliver_due()
    clock.time = NOW + timedelta(seconds=99)
    early = await worker.deliver_due()
    clock.time = NOW + timedelta(seconds=100)
    in_time = await worker.deliver_due()

    assert (early, in_time) == (0, 1)


async def test_what_nothing_can_send_waits_and_says_what_is_missing(db, clock):
    worker = worker_for(db, clock, Receiver())
    await put(db, "msg_1", "mail:sales@example.com")

    await worker.deliver_due()

    async with db.read() as connection:
        (row,) = await outbox.page(connection, site_id=None, state="pending")
    assert "FOYER_SMTP_HOST" in row.last_error


async def test_two_workers_never_send_one_row(db, clock):
    receiver = Receiver(DELIVERED)
    workers = [worker_for(db, clock, receiver) for _ in range(4)]
    for n in range(40):
        await put(db, f"msg_{n}", f"webhook:https://{n % 10}.example/")

    while sum(await asyncio.gather(*(worker.deliver_due() for worker in workers))):
        pass

    sent = Counter(parcel.parcel_id for _, parcel in receiver.parcels)
    assert len(sent) == 40
    assert set(sent.values()) == {1}


async def test_what_a_dead_worker_held_is_sent_by_another(db, clock):
    receiver = Receiver(DELIVERED)
    await put(db, "msg_1")
    async with db.write() as connection:
        await outbox.claim(connection, now=NOW, until=NOW + CLAIM, limit=10)

    before = await worker_for(db, clock, receiver).deliver_due()
    clock.time += CLAIM
    after = await worker_for(db, clock, receiver).deliver_due()

    assert (before, after) == (0, 1)


async def test_a_receiver_that_hangs_delays_no_other(db, clock):
    receiver = Receiver(DELIVERED)
    receiver.hanging = {"https://slow.example/"}
    receiver.expected = 20
    for n in range(100):
        await put(db, f"slow_{n}", "webhook:https://slow.example/")
    for n in range(20):
        await put(db, f"zfast_{n}", f"webhook:https://fast{n}.example/")
    worker = worker_for(db, clock, receiver)

    running = asyncio.create_task(worker.run())
    async with asyncio.timeout(10):
        await receiver.got_all.wait()
    await stop(running)

    assert receiver.most_running["https://slow.example/"] <= 2 * PLACES_PER_TARGET - 1
    assert all(parcel.address != "https://slow.example/" for _, parcel in receiver.parcels)


async def test_a_running_worker_wakes_for_what_is_new(db, clock):
    receiver = Receiver(DELIVERED)
    worker = worker_for(db, clock, receiver, poll_s=3600)
    running = asyncio.create_task(worker.run())
    await asyncio.sleep(0)

    await put(db, "msg_1")
    worker.wake()
    async with asyncio.timeout(10):
        await receiver.got_all.wait()
    await stop(running)

    assert len(receiver.parcels) == 1


async def test_a_sender_that_breaks_stops_no_other_delivery(db, clock):
    class Broken:
        async def send(self, parcel, *, now):
            raise RuntimeError("a defect")

    receiver = Receiver(DELIVERED)
    worker = DeliveryWorker(
        db, {"webhook": receiver, "broken": Broken()}, clock=clock, random=lambda: 0.5, poll_s=3600
    )
    await put(db, "bad", "broken:x")
    await put(db, "good")

    running = asyncio.create_task(worker.run())
    async with asyncio.timeout(10):
        await receiver.got_all.wait()

    assert not running.done()
    await stop(running)


async def test_no_address_and_no_payload_gets_into_the_log(db, clock, capsys):
    worker = worker_for(db, clock, Receiver(FAILED))
    await put(db, "msg_1", "webhook:https://a.example/secret-path")
    await put(db, "msg_2", "mail:canary@example.com")

    await worker.deliver_due()

    printed = "".join(capsys.readouterr())
    assert "msg_1" in printed
    assert "secret-path" not in printed
    assert "canary" not in printed


@pytest.mark.parametrize("random", [0.0, 0.5, 0.999])
def test_every_delay_is_within_its_jitter(random):
    for attempts, delay_s in enumerate(DELAYS_S[1:], start=1):
        at = next_attempt_at(attempts, now=NOW, retry_after_s=None, random=lambda: random)

        assert abs((at - NOW).total_seconds() - delay_s) <= delay_s * JITTER


def test_after_the_tenth_attempt_there_is_none():
    assert next_attempt_at(len(DELAYS_S), now=NOW, retry_after_s=5, random=lambda: 0.5) is None


def test_a_pause_that_is_asked_for_lengthens_a_delay_and_never_shortens_it():
    def wait(attempts: int, asked_s: float) -> float:
        at = next_attempt_at(attempts, now=NOW, retry_after_s=asked_s, random=lambda: 0.5)
        return (at - NOW).total_seconds()

    assert wait(1, 60) == 60
    assert wait(2, 60) == 300
    assert wait(1, 10**9) == MAX_RETRY_AFTER_S
