"""A conversation over a network that fails all the time: nothing is missing, doubled or out of order."""

import asyncio
import random

import pytest

from tests.service.faulty_network import FaultyNetwork
from tests.service.outbox_client import OutboxClient, Pace
from tests.service.running_server import RunningServer
from tests.service.visitor_client import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

CUTS = 40
SEED = 20261121
IMPATIENT = Pace(gap_s=0.5, resend_s=0.3, silence_s=0.6, first_wait_s=0.02, longest_wait_s=0.1)


async def test_forty_cuts_lose_double_and_disorder_nothing(own_server: RunningServer) -> None:
    chance = random.Random(SEED)
    network = FaultyNetwork(own_server.port, chance)
    await network.start()

    client = await talk_through(own_server, network, chance, cuts=CUTS)
    await network.stop()

    print(
        f"seed {SEED}, {network.faults.total()} cuts {dict(network.faults)}, {len(client.accepted)} messages"
    )
    assert (client.complaints, client.gaps) == ([], 0)
    check_disk(own_server, client)
    assert network.faults.total() >= CUTS
    assert len(network.faults) == 5
    assert client.resumed >= CUTS // 2


async def talk_through(
    server: RunningServer, network: FaultyNetwork, chance: random.Random, *, cuts: int
) -> OutboxClient:
    """Talk while the network makes so many cuts, then in peace until everything has arrived."""
    visitor = await Visitor.arrive(server)
    client = OutboxClient(
        url=f"http://127.0.0.1:{network.port}",
        origin=server.url,
        token=visitor.token,
        pace=IMPATIENT,
        chance=chance,
    )
    running = asyncio.create_task(client.run())
    said = 0
    try:
        while network.faults.total() < cuts and not running.done():
            if len(client.outbox) < 20:
                said += 1
                await client.say(f"c{said}", chance.choice(("Hello", "thanks", "Do you ship to France?")))
            await asyncio.sleep(chance.uniform(0, 0.05))
        assert not running.done(), client.complaints
        network.is_faulty = False
        async with asyncio.timeout(120):
            await client.done(replies=said)
    finally:
        running.cancel()
    assert client.accepted.keys() == {f"c{number}" for number in range(1, said + 1)}
    return client


def check_disk(server: RunningServer, client: OutboxClient) -> None:
    """See that the client shows what the database holds: all of it, once, in order."""
    rows = server.rows(
        "SELECT seq, message_id, client_message_id FROM messages WHERE conversation_id = ? ORDER BY seq",
        client.conversation_id,
    )
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert [frame["seq"] for frame in client.shown] == [row["seq"] for row in rows]
    assert [frame["data"]["message_id"] for frame in client.shown] == [row["message_id"] for row in rows]
    keys = [row["client_message_id"] for row in rows if row["client_message_id"]]
    assert len(keys) == len(set(keys))
    kept = {row["client_message_id"]: (row["message_id"], row["seq"]) for row in rows}
    assert client.accepted.items() <= kept.items()
