"""A code by e-mail, on the wire: what a claimed address never opens, a proved one does; then one person is one lead."""

import json
import re
from collections.abc import Iterator

import pytest

from tests.service.conftest import GENEROUS, Connect, Letters
from tests.service.running_server import RunningServer, until, write_site
from tests.service.visitor_client import Socket, Visitor, http_client

pytestmark = pytest.mark.slow

ADDRESS, SECRET = "ada@harbour.example", "My boat is called Bluebird"


@pytest.fixture(scope="module")
def mailing(
    tmp_path_factory: pytest.TempPathFactory, letters: tuple[Letters, int]
) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("mailing")
    site = write_site(folder / "site")
    with (site / "foyer.yaml").open("a") as file:
        file.write("identity:\n  codes: true\n")
    settings = GENEROUS | {
        "FOYER_SMTP_HOST": "127.0.0.1",
        "FOYER_SMTP_PORT": str(letters[1]),
        "FOYER_SMTP_ENCRYPTION": "none",
        "FOYER_SMTP_FROM": "foyer@harbour.example",
    }
    running = RunningServer(site, folder / "home", settings).start()
    yield running
    log = running.log
    running.stop()
    assert "Traceback" not in log, log[-3000:]


async def claim(server: RunningServer, connect: Connect, first: str) -> tuple[Visitor, Socket]:
    """A visitor who says something, gives the address, agrees, and asks for the code."""
    visitor = await Visitor.arrive(server)
    line, _ = await connect(visitor)
    await line.ask(first)
    await line.ask(f"Write to {ADDRESS}")
    offer = await line.ask("yes")
    assert offer["asked"] == "verify"
    return visitor, line


async def prove(line: Socket, letters: Letters) -> str:
    before = len(letters.letters)
    assert (await line.ask("yes"))["kind"] == "code_sent"
    letter = until(lambda: letters.letters[before:], what="the mail with the code")[0]
    assert ADDRESS in letter
    (code,) = set(re.findall(r"(?<!\d)\d{6}(?!\d)(?= is your code)", letter))
    assert (await line.ask(code))["kind"] == "verified"
    return str(code)


async def earlier(visitor: Visitor) -> str:
    async with visitor.http() as client:
        return (await client.get("/api/v1/history/earlier")).text


async def test_a_typed_address_opens_nothing_and_a_proved_one_what_was_proved(
    mailing: RunningServer, letters: tuple[Letters, int], connect: Connect
) -> None:
    at_home, home = await claim(mailing, connect, SECRET)
    elsewhere, away = await claim(mailing, connect, "Do you ship to France?")
    assert SECRET not in str(away.frames) + await earlier(elsewhere)

    codes = [await prove(home, letters[0])]
    assert SECRET not in await earlier(elsewhere)
    codes.append(await prove(away, letters[0]))

    assert SECRET in await earlier(elsewhere)
    assert "France" in await earlier(at_home)
    assert not any(code in mailing.log for code in codes)
    control = json.loads((mailing.home / "server.json").read_text())["control_token"]
    async with http_client(mailing, headers={"Authorization": f"Bearer {control}"}) as client:
        (merge,) = (await client.get("/api/v1/leads/merges")).json()["merges"]
        accepted = await client.post(f"/api/v1/leads/merges/{merge['merge_id']}/accept")
        twice = await client.post(f"/api/v1/leads/merges/{merge['merge_id']}/accept")
        (lead,) = (await client.get("/api/v1/leads")).json()["leads"]
        await home.ask("We are 40 people")
        told = (await client.get(f"/api/v1/leads/{lead['lead_id']}")).json()
        undone = await client.post(f"/api/v1/leads/merges/{merge['merge_id']}/undo")
        apart = (await client.get("/api/v1/leads")).json()["leads"]

    assert (merge["reason"], accepted.status_code, twice.status_code) == ("verified_email", 200, 409)
    assert lead["lead_id"] == accepted.json()["merged_lead_id"]
    assert lead["identity"]["state"] == "verified"
    assert told["facts"]["team_size"]["value"] == {"min": 40, "max": 40}
    assert [one["answer"] for one in told["consents"]] == ["given", "given"]
    assert [one["said"] for one in told["consents"]] == ["yes", "yes"]
    assert undone.json()["log"][-1]["actor"] == "this machine"
    assert len(apart) == 2
