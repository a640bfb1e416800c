"""1,000 cuts between ten visitors and the server: closed, reset, silent, with the last bytes lost either way."""

import asyncio
import random
from collections import Counter

from benchmarks.attacks.bystanders import Row, attacked
from tests.service.conftest import GENEROUS
from tests.service.faulty_network import FaultyNetwork
from tests.service.outbox_client import OutboxClient
from tests.service.running_server import RunningServer
from tests.service.test_cuts import check_disk, talk_through

VISITORS = 10
SEED = 1
MANY = {
    "FOYER_LIMIT_FRAMES_PER_MINUTE": "100000",
    "FOYER_LIMIT_SOCKETS_PER_ADDRESS": "1000",
    "FOYER_LIMIT_SOCKETS_PER_VISITOR": "100",
}
"""All come from one address, and what the network left half open counts until the server notices."""


async def one(server: RunningServer, number: int, cuts: int) -> tuple[OutboxClient, FaultyNetwork]:
    """Let one visitor talk over a network of their own; the database judges."""
    chance = random.Random(SEED + number)
    network = FaultyNetwork(server.port, chance)
    await network.start()
    client = await talk_through(server, network, chance, cuts=cuts)
    await network.stop()
    check_disk(server, client)
    return client, network


async def attack(count: int = 1_000) -> list[Row]:
    """Cut, and see that every visitor shows what the database holds."""
    with attacked(GENEROUS | MANY) as server:
        done = await asyncio.gather(*(one(server, number, count // VISITORS) for number in range(VISITORS)))
    clients = [client for client, _ in done]
    faults = sum((network.faults for _, network in done), Counter())
    complaints = [complaint for client in clients for complaint in client.complaints]
    return [
        ("cuts", str(faults.total()), f"seeds {SEED} to {SEED + VISITORS - 1}"),
        *((f"  {fault}", str(times), "") for fault, times in faults.most_common()),
        ("messages said", str(sum(len(client.accepted) for client in clients)), ""),
        ("messages shown", str(sum(len(client.shown) for client in clients)), "as in the database, in order"),
        ("gaps that stayed open", str(sum(client.gaps for client in clients)), "0"),
        ("sent twice or out of order", str(len(complaints)), "0"),
        ("resumed", str(sum(client.resumed for client in clients)), ""),
        ("explicitly not resumed", str(sum(client.loaded_afresh for client in clients)), ""),
    ]
