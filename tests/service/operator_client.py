"""An operator's console: logs in with a browser's form, fetches tickets and speaks the operator's line."""

import itertools
import re
import subprocess
import sys
from typing import Any

import httpx2
from websockets.asyncio.client import connect
from websockets.typing import Origin, Subprotocol

from tests.service.running_server import ROOT, RunningServer, environment_of
from tests.service.visitor_client import Frame, Socket

PASSWORD = "a quiet green door"
FORM_TOKEN = re.compile(r'name="form_token" value="([\w-]+)"')


def add_user(server: RunningServer, name: str, *options: str) -> None:
    """Let somebody log in, beside the running server."""
    run_user(
        server, "add", name, "--shown-as", name.title(), *options, "--password-stdin", typed=f"{PASSWORD}\n"
    )


def run_user(server: RunningServer, *arguments: str, typed: str = "") -> None:
    """Run `foyer user`."""
    settings = {name: text for name, text in server.environment.items() if name.startswith("FOYER_")}
    subprocess.run(
        [sys.executable, "-m", "bot", "user", *arguments],
        cwd=ROOT,
        env=environment_of(server.home, settings),
        input=typed,
        text=True,
        check=True,
        capture_output=True,
        timeout=120,
    )


class Console:
    """A browser in which somebody is logged in."""

    def __init__(self, server: RunningServer, client: httpx2.AsyncClient, form_token: str) -> None:
        self.server = server
        self.client = client
        self.form_token = form_token
        self._numbers = itertools.count(1)

    @classmethod
    async def log_in(cls, server: RunningServer, name: str) -> "Console":
        """Log in as a browser does."""
        client = httpx2.AsyncClient(base_url=server.url, timeout=60, headers={"Accept": "text/html"})
        page = await client.get("/login")
        fields = {"form_token": token_in(page.text), "name": name, "password": PASSWORD, "next": ""}
        assert (await client.post("/login", data=fields)).status_code == 303
        return cls(server, client, token_in((await client.get("/leads")).text))

    async def log_out(self) -> None:
        """Log out."""
        left = await self.client.post("/logout", data={"form_token": self.form_token})
        assert left.status_code == 303

    async def fetch(self, **headers: str) -> httpx2.Response:
        """Ask for a ticket."""
        return await self.client.post(
            "/api/v1/operator/tickets", headers={"X-CSRF-Token": self.form_token, **headers}
        )

    async def ticket(self) -> str:
        """Return a ticket."""
        answer = await self.fetch()
        assert answer.status_code == 201, answer.text
        return str(answer.json()["ticket"])

    @property
    def cookie(self) -> str:
        """What the browser sends with a handshake."""
        return "; ".join(f"{one.name}={one.value}" for one in self.client.cookies.jar)

    async def dial(
        self, *, origin: str | None = "", cookie: str | None = None, protocol: str = "foyer.v1"
    ) -> Socket:
        """Open a socket without a word of hello."""
        connection = await connect(
            self.server.url.replace("http", "ws") + "/api/v1/operator/ws",
            origin=Origin(self.server.url if origin == "" else origin) if origin is not None else None,
            subprotocols=[Subprotocol(protocol)],
            additional_headers={"Cookie": self.cookie if cookie is None else cookie},
            open_timeout=60,
            ping_interval=None,
            max_size=None,
            proxy=None,
        )
        return Socket(connection, self._numbers)

    async def follow(self, conversation_id: str, **hello: Any) -> tuple[Socket, Frame]:
        """Follow a conversation; return the socket and the data of `welcome`."""
        socket = await self.dial()
        ticket = await self.ticket()
        await socket.send(
            "hello", {"ticket": ticket, "conversation_id": conversation_id, "last_seq": 0, **hello}
        )
        welcome = await socket.until("welcome")
        await socket.until("live")
        return socket, welcome["data"]


def token_in(page: str) -> str:
    """Return the token that the forms of a page carry."""
    found = FORM_TOKEN.search(page)
    assert found, page[:500]
    return found[1]
