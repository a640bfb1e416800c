"""One of several workers, as the crew's parent starts it: its listener and its line to the hub are inherited."""

import asyncio
import os
import signal
import socket
from pathlib import Path

from pydantic import BaseModel

from bot.assemble.company import Membership
from bot.assemble.server import serve_on
from bot.assemble.starting import load_sites, set_up_logging
from bot.bus.worker import HubLine
from bot.domain.errors import BotError
from bot.settings import load_environment
from bot.sources import ServerNote


class Order(BaseModel):
    """What a worker is told: who it is, what it serves, and which descriptors are its own."""

    name: str
    sites: list[Path]
    host: str
    port: int
    note: ServerNote
    listener: int
    hub: int


def main(order_json: str) -> None:
    """Serve until told to stop, or until the parent is gone."""
    order = Order.model_validate_json(order_json)
    try:
        environment = load_environment(host=order.host, port=order.port)
        sites = load_sites(order.sites)
    except BotError as error:
        raise SystemExit(f"foyer: {error}") from None
    set_up_logging(environment)
    hub = HubLine(socket.socket(fileno=order.hub), on_lost=stop_this)
    listener = socket.socket(fileno=order.listener)
    serve_on(listener, environment, sites, order.note, membership=Membership(hub, order.name))


def stop_this() -> None:
    """Stop this process as a signal would: nobody is there to do it."""
    asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGTERM)
