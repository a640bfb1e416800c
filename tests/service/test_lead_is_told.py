"""From a conversation to sales: the webhook, the mail, the lead list over HTTP, and forgetting it all."""

import asyncio
import base64
import csv
import hashlib
import io
import json
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from tests.service.conftest import GENEROUS, Letters
from tests.service.running_server import SITE, RunningServer, until, write_site
from tests.service.visitor_client import Visitor

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdefghijklmnopqrstuv").decode()
BUYER = "We are ready to sign for 40 seats, 30k approved, start within 2 weeks."


class Hooks:
    """A real HTTP server that keeps what it is posted."""

    def __init__(self) -> None:
        self.posts: list[tuple[dict[str, str], bytes]] = []
        posts = self.posts

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                posts.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def told(self, event: str, of: str = "") -> dict[str, Any] | None:
        """Return the event of that name that holds these words once its signature was found right."""
        for headers, body in self.posts:
            told: dict[str, Any] = Webhook(SECRET).verify(body.decode(), headers)
            if told["type"] == event and of in body.decode():
                return told
        return None


@pytest.fixture(scope="module")
def hooks() -> Iterator[Hooks]:
    hooks = Hooks()
    yield hooks
    hooks.server.shutdown()
    hooks.server.server_close()


@pytest.fixture(scope="module")
def telling(
    tmp_path_factory: pytest.TempPathFactory, hooks: Hooks, letters: tuple[Letters, int]
) -> Iterator[RunningServer]:
    """A server whose site wants leads told by webhook and mail."""
    folder = tmp_path_factory.mktemp("telling")
    site = write_site(folder / "site")
    port = hooks.server.server_address[1]
    notify = (
        "notify:\n  email: [sales@shop.example]\n  webhooks:\n"
        f"    - url: http://127.0.0.1:{port}/leads\n      secret: ${{FOYER_SECRET_HOOK}}\n"
    )
    (site / "foyer.yaml").write_text(SITE + notify)
    settings = {
        **GENEROUS,
        "FOYER_SECRET_HOOK": SECRET,
        "FOYER_OUTBOUND_ALLOW": f"127.0.0.1:{port}",
        "FOYER_SMTP_HOST": "127.0.0.1",
        "FOYER_SMTP_PORT": str(letters[1]),
        "FOYER_SMTP_ENCRYPTION": "none",
        "FOYER_SMTP_FROM": "foyer@shop.example",
    }
    running = RunningServer(site, folder / "home", settings).start()
    yield running
    running.stop()


async def leave_address(server: RunningServer, address: str) -> Visitor:
    """Play a buyer who leaves an address and agrees."""
    visitor = await Visitor.arrive(server)
    line, _ = await visitor.connect()
    await line.ask(BUYER)
    await line.ask(f"you can reach me at {address}")
    await line.ask("yes")
    await line.close()
    return visitor


def holds_bytes(home: Path, needle: bytes) -> bool:
    """Whether any file of the database holds these bytes."""
    return any(needle in path.read_bytes() for path in home.glob("foyer.db*"))


def api_key(server: RunningServer) -> str:
    """Put a new API key's hash into the server's database, as `foyer key add` does."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "key", "add", "--name", "test", "--json"],
        env=server._environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return str(json.loads(done.stdout)["key"])


async def test_a_qualified_lead_is_told_at_once_by_signed_webhook_and_by_mail(
    telling: RunningServer, hooks: Hooks, letters: tuple[Letters, int]
) -> None:
    await leave_address(telling, "dana@acme.example")

    told = await asyncio.to_thread(until, lambda: hooks.told("lead.qualified"), what="the webhook")
    letter = await asyncio.to_thread(until, lambda: letters[0].letters, what="the mail")

    assert told["data"]["facts"]["email"]["value"] == "dana@acme.example"
    assert told["data"]["stage"] in {"mql", "sql"}
    assert all(receipt["quote"] for receipt in told["data"]["receipts"])
    assert "sales@shop.example" in letter[0]
    assert "30k" in letter[0]


async def test_nobody_is_told_and_nothing_is_listed_before_the_yes(
    telling: RunningServer, hooks: Hooks
) -> None:
    visitor = await Visitor.arrive(telling)
    line, _ = await visitor.connect()
    await line.ask(BUYER)
    await line.ask("you can reach me at silent@acme.example")
    await line.ask("no, thank you")
    await line.close()

    assert not any(b"silent@acme.example" in body for _, body in hooks.posts)
    assert telling.rows("SELECT 1 FROM facts WHERE quote LIKE '%silent@%' OR value LIKE '%silent@%'") == []
    assert telling.rows("SELECT 1 FROM messages WHERE text LIKE '%silent@%'") == []
    assert telling.rows("SELECT 1 FROM outbox WHERE payload LIKE '%silent@%'") == []


async def test_leads_are_read_exported_and_erased_with_a_key_and_with_nothing_less(
    telling: RunningServer,
) -> None:
    await leave_address(telling, "erin@acme.example")
    key = await asyncio.to_thread(api_key, telling)
    visitor = await Visitor.arrive(telling)
    async with visitor.http(token=key) as client, visitor.http(token=secrets.token_hex(20)) as stranger:
        for path in (
            "/api/v1/leads",
            "/api/v1/leads/why?site=demo",
            "/api/v1/leads/export",
            "/api/v1/leads/x/draft",
            "/api/v1/conversations/x",
        ):
            assert (await stranger.get(path)).status_code == 401
        leads = (await client.get("/api/v1/leads")).json()["leads"]
        mine = next(lead for lead in leads if "erin@acme.example" in json.dumps(lead))
        detail = (await client.get(f"/api/v1/leads/{mine['lead_id']}")).json()
        table = (await client.get("/api/v1/leads/export", params={"format": "csv"})).text
        row = next(r for r in csv.DictReader(io.StringIO(table)) if r["lead_id"] == mine["lead_id"])
        why = (await client.get("/api/v1/leads/why", params={"site": mine["site"]})).json()
        one = await client.get("/api/v1/leads/why", params={"site": mine["site"], "subject": mine["lead_id"]})
        unknown = await client.get("/api/v1/leads/export", params={"segment": "nobody"})
        mail = await client.get("/api/v1/leads/export", params={"profile": "mailchimp", "format": "jsonl"})
        draft = (await client.get(f"/api/v1/leads/{mine['lead_id']}/draft")).json()["draft"]
        params = {"format": "jsonl", "drafts": "true"}
        drafted = (await client.get("/api/v1/leads/export", params=params)).text.splitlines()
        too_short = await client.get(
            "/api/v1/leads/export", params={"profile": "mailchimp", "drafts": "true"}
        )

        erased = await client.delete(f"/api/v1/leads/{mine['lead_id']}")
        gone = await client.get(f"/api/v1/leads/{mine['lead_id']}")

    assert row["email"] == "erin@acme.example"
    assert detail.items() >= mine.items()
    assert detail["win_probability"] is None
    assert detail["would_change"][0].keys() == {"slot", "because", "lifts", "score", "grade", "stage"}
    assert one.json()["gate"] == "captured"
    assert why["captured"] >= 1
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_segment")
    assert "foyer.yaml has none yet" in unknown.json()["detail"]
    assert "erin@acme.example" in mail.text
    assert int(mail.headers["foyer-without-consent"]) >= 0
    assert draft.startswith("Hello")
    assert draft in [json.loads(line)["follow_up_draft"] for line in drafted]
    assert (too_short.status_code, too_short.json()["code"]) == (422, "export")
    assert row["team_size_state"] == "known"
    assert row["company_state"] == "not_asked"
    assert row["consent"] == "given"
    assert (erased.status_code, gone.status_code) == (204, 404)
    assert not await asyncio.to_thread(holds_bytes, telling.home, b"erin@acme.example")
    assert hashlib.sha256(key.encode()).digest() in {
        row["sha256"] for row in telling.rows("SELECT sha256 FROM api_keys")
    }


async def test_where_a_visitor_came_from_is_kept_and_told_after_their_yes_and_not_before(
    telling: RunningServer, hooks: Hooks
) -> None:
    visitor = await Visitor.arrive(telling)
    line, _ = await visitor.connect()

    async def tell(referrer: str, **utm: str) -> None:
        page = {"url": f"{telling.url}/", "title": "Home", "referrer": referrer, "utm": utm}
        async with visitor.http() as client:
            answer = await client.post("/api/v1/sessions", json={"site": "harbour", "page": page})
        assert answer.json()["visitor_token"] == visitor.token

    def kept() -> tuple[str | None, str | None]:
        whose = "lead_id = (SELECT lead_id FROM facts WHERE quote LIKE '%fay@acme.example%')"
        (row,) = telling.rows(f"SELECT referrer, campaign FROM leads WHERE {whose}")
        return row["referrer"], row["campaign"]

    await line.ask("you can reach me at fay@acme.example")
    await tell("https://too-early.example/", source="too-early")
    await line.ask("yes")
    before = kept()
    await tell("javascript:alert(1)")
    await tell("https://search.example/results?q=secret#x", source="news letter", medium="email")
    await tell("https://third.example/", source="too-late")
    told = await asyncio.to_thread(until, lambda: hooks.told("lead.created", of="fay@"), what="the webhook")
    later, _ = await visitor.connect(client={"page": {"referrer": "https://second.example/"}})
    await later.ask("We are 40 people")
    await line.close()
    await later.close()

    assert before == (None, None)
    assert (told["data"]["referrer"], told["data"]["campaign"]) == kept()
    assert kept() == ("https://search.example/results", "source=news+letter&medium=email")


async def test_pages_on_which_the_chat_is_open_count_once_something_was_written(
    telling: RunningServer,
) -> None:
    visitor = await Visitor.arrive(telling)
    early, _ = await visitor.connect(client={"page": {"url": f"{telling.url}/early"}})
    await early.ask("We are 41 people at Gull and Tern")
    await early.close()
    for path in ("/pricing?code=secret", "/docs"):
        line, _ = await visitor.connect(client={"page": {"url": telling.url + path}})
        await line.close()
    late, _ = await visitor.connect()
    await late.ask("My name is on the order")
    await late.close()

    of_lead = "lead_id = (SELECT lead_id FROM facts WHERE quote LIKE '%41 people%')"
    visited = telling.rows(f"SELECT value FROM facts WHERE slot = 'signal.visited' AND {of_lead}")
    counted = telling.rows(f"SELECT rule FROM receipts WHERE rule LIKE 'engagement.%' AND {of_lead}")

    assert [json.loads(row["value"]) for row in visited] == [f"{telling.url}/pricing", f"{telling.url}/docs"]
    assert {row["rule"] for row in counted} >= {"engagement.three_pages", "engagement.saw_pricing"}
