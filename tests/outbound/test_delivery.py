"""The whole road of a delivery: outbox, worker, guard, signature, a real receiver that fails half of the time."""

import asyncio
import base64
import json
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.smtp import SMTP
from standardwebhooks.webhooks import Webhook

from bot.domain.conversation import SiteId
from bot.leads.deliver import CLAIM, DeliveryWorker
from bot.outbound import Guard, MailSender, MailServer, MailText, WebhookSender
from bot.store import Database, outbox
from tests.worlds import BOTH_WORLDS

pytestmark = BOTH_WORLDS

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
EVENTS = 100
KILLS = 10


class Clock:
    """The real time, moved on as the test likes: the signature's age is checked by a stranger's clock."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
async def db(url):
    database = await Database.open(url)
    yield database
    await database.close()


async def put(db, item_id: str, target: str) -> None:
    async with db.write() as connection:
        await outbox.put(
            connection,
            item_id=item_id,
            event="lead.qualified",
            site_id=SiteId("demo"),
            target=target,
            payload={
                "type": "lead.qualified",
                "timestamp": "2027-01-15T12:00:00Z",
                "data": {"item": item_id},
            },
            now=datetime.now(UTC),
        )


async def pending(db) -> int:
    async with db.read() as connection:
        return len(await outbox.page(connection, site_id=None, state="pending", limit=1000))


@pytest.mark.slow
async def test_every_event_arrives_signed_though_the_receiver_fails_and_the_worker_dies(db, receiver, answer):
    dice = random.Random(7)
    # One in four: of a hundred events hardly one is refused ten times, and given up as it should be.
    receiver.answers = [answer("500 Oops" if dice.random() < 0.25 else "200 OK") for _ in range(5000)]
    clock = Clock()
    sender = WebhookSender(Guard((receiver.entry,)), lambda site, url: (SECRET,))
    for n in range(EVENTS):
        await put(db, f"msg_{n}", f"webhook:{receiver.url}")

    rounds = 0
    while await pending(db):
        rounds += 1
        worker = DeliveryWorker(db, {"webhook": sender}, clock=clock, random=dice.random)
        try:
            async with asyncio.timeout(dice.random() * 0.1 if rounds <= KILLS else None):
                while await worker.deliver_due():
                    pass
        except TimeoutError:
            clock.ahead += CLAIM
        async with db.read() as connection:
            due = await outbox.next_due(connection)
        if due is not None:
            clock.ahead = max(clock.ahead, due - datetime.now(UTC))

    delivered = Counter(json.loads(body)["data"]["item"] for _, body in receiver.requests)
    async with db.read() as connection:
        done = await outbox.page(connection, site_id=None, state="delivered", limit=1000)
    assert len(delivered) == len(done) == EVENTS
    for headers, body in receiver.requests:
        expected = Webhook(SECRET).sign(
            headers["webhook-id"],
            datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC),
            body.decode(),
        )
        assert headers["webhook-signature"] == expected


async def test_one_event_reaches_a_webhook_and_a_mailbox(db, receiver):
    letters: list[bytes] = []

    class Mailbox:
        async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
            letters.append(envelope.content)
            return "250 OK"

    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: SMTP(Mailbox(), loop=loop), "127.0.0.1", 0)
    server = MailServer(
        host="127.0.0.1",
        port=listening.sockets[0].getsockname()[1],
        sender="foyer@example.com",
        encryption="none",
    )
    mail = MailSender(server, lambda parcel: MailText(subject="s", text=str(parcel.payload), html="h"))
    webhook = WebhookSender(Guard((receiver.entry,)), lambda site, url: (SECRET,))
    worker = DeliveryWorker(
        db, {"webhook": webhook, "mail": mail}, clock=lambda: datetime.now(UTC), random=random.random
    )
    await put(db, "msg_1", f"webhook:{receiver.url}")
    await put(db, "msg_2", "mail:sales@example.com")

    await worker.deliver_due()
    listening.close()

    headers, body = receiver.requests[0]
    assert Webhook(SECRET).verify(body, headers)["data"] == {"item": "msg_1"}
    assert b"msg_2" in letters[0]
    assert await pending(db) == 0
