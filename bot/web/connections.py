"""What uvicorn leaves open, closed: deadlines and sizes for each connection, before any request is one.

uvicorn with httptools waits for ever for the rest of a request, takes headers of any size and any number of pipelined
requests, answers pings nobody reads the pongs of, and waits for ever until a closed connection's last bytes are read.
One look over all connections a second ends those that are overdue: a timer for each would cost every request.
"""

from collections.abc import Iterable
from typing import Any

import uvicorn

from bot.web.http_connection import HttpConnection
from bot.web.overdue import Overdue
from bot.web.socket_connection import SocketConnection


class Config(uvicorn.Config):
    """A server's configuration with the defaults that are safe without a proxy in front.

    A request is to have arrived whole within `request_s` seconds. Who leaves what it is sent unread for `unread_s`
    is cut off a few seconds later: a websocket is closed with its own code first. One that sends more than
    `frames_a_minute` frames of any kind, pings and pongs among them, is closed with 4008; None: it may.
    """

    def __init__(
        self,
        app: Any,
        *,
        request_s: float,
        unread_s: float,
        frames_a_minute: int | None = None,
        **settings: Any,
    ) -> None:
        self.request_s = request_s
        self.unread_s = unread_s
        self.frames_a_minute = frames_a_minute
        super().__init__(
            app,
            http=HttpConnection,
            ws=SocketConnection,
            ws_per_message_deflate=False,
            ws_ping_interval=None,
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_config=None,
            **settings,
        )


def end_overdue(connections: Iterable[object], now: float) -> None:
    """End every connection whose client took too long; `now` is the loop's time."""
    for connection in list(connections):
        if isinstance(connection, Overdue):
            connection.end_if_overdue(now)
