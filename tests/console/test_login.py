"""Who comes in, who does not, and when it is over. No test measures time: the clock is set."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import argon2
import httpx2
import pytest
from sqlalchemy import func, select, update

from bot.store import Database, operators, passwords
from bot.store.operator_tables import login_tries
from bot.web.console import PAGES
from bot.web.login import Doorman
from bot.web.operator_session import form_token_of
from tests.console.conftest import PASSWORD, Browser, House, form_token

WRONG = "another quiet green door"


def is_sent_to_login(answer: httpx2.Response) -> bool:
    return answer.status_code == 303 and answer.headers["location"].startswith("/login")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        (method, route.path.replace("{lead_id}", "l_1").replace("{name}", "console.css"))
        for room in PAGES
        for route in room.router.routes
        for method in sorted(route.methods)
    ],
)
async def test_every_page_but_the_login_asks_who_is_there(house: House, method: str, path: str) -> None:
    answer = await house.browser().client.request(method, path)

    open_to_all = {("GET", "/login"): 200, ("POST", "/login"): 415, ("GET", "/console/console.css"): 200}
    assert answer.status_code == open_to_all.get((method, path), 303)
    assert (method, path) in open_to_all or is_sent_to_login(answer)


async def test_a_login_leads_to_the_page_that_was_asked_for(house: House) -> None:
    await house.add_user("Ada")
    browser = house.browser()
    asked = await browser.get("/leads?stage=sql&q=a%26b")
    shown = await browser.get(asked.headers["location"])

    fields = {"form_token": form_token(shown), "name": "ada", "password": PASSWORD}
    done = await browser.send("/login", {**fields, "next": "/leads?stage=sql&q=a%26b"})

    assert "/leads?stage=sql&amp;q=a%26b" in shown.text
    assert (done.status_code, done.headers["location"]) == (303, "/leads?stage=sql&q=a%26b")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/leads",
        "//evil.example/leads",
        "/\\evil.example",
        "/leads\\@evil.example",
        "javascript:alert(1)",
        "/leads\r\nSet-Cookie: x=1",
        "/leadsx",
        "/login?next=//evil.example",
        "https:/leads",
        "/\t/evil.example",
        "///evil.example/leads",
        "/leads/../../api\u2028",
    ],
)
async def test_a_login_leads_nowhere_else(house: House, target: str) -> None:
    await house.add_user("Ada")

    done = await house.browser().log_in(then=target)

    assert (done.status_code, done.headers["location"]) == (303, "/leads")


@pytest.mark.parametrize(
    ("base", "name", "is_secure"),
    [("http://127.0.0.1:8000", "foyer", False), ("https://chat.example.com", "__Host-foyer", True)],
)
async def test_the_cookie_is_for_this_host_and_no_script(
    house: House, base: str, name: str, is_secure: bool
) -> None:
    await house.add_user("Ada")

    done = await house.browser(base=base).log_in()

    cookie = next(one for one in done.headers.get_list("set-cookie") if one.startswith(f"{name}="))
    said = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= said
    assert ("secure" in said) is is_secure
    assert not any(part.startswith("domain") for part in said)


async def test_a_login_takes_over_no_session_and_ends_the_one_before(house: House, tmp_path: Path) -> None:
    await house.add_user("Ada")
    browser = house.browser()
    browser.client.cookies.set("foyer", "planted", domain="127.0.0.1", path="/")
    await browser.log_in()
    first = browser.cookies["foyer"]
    await browser.send("/logout", {"form_token": form_token(await browser.get("/leads"))})
    await browser.log_in()
    second = browser.cookies["foyer"]

    third = await log_in_over(browser)

    assert len({"planted", first, second, third}) == 4
    old = house.browser()
    for token in ("planted", first, second):
        assert is_sent_to_login(await old.get("/leads", headers={"Cookie": f"foyer={token}"}))
    assert third.encode() not in bytes_of(tmp_path)


async def log_in_over(browser: Browser) -> str:
    """Log in where somebody is logged in already, as two tabs would."""
    browser.client.cookies.set("foyer-login", "of a tab", domain="127.0.0.1", path="/")
    fields = {"form_token": form_token_of("of a tab"), "name": "Ada", "password": PASSWORD}
    assert (await browser.send("/login", fields)).status_code == 303
    return browser.cookies["foyer"]


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("foyer.db*"))


async def test_who_is_not_known_and_who_is_not_right_hear_the_same(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.add_user("Ada")
    gone = await house.add_user("Gone")
    async with house.db.write() as connection:
        await operators.set_disabled(connection, gone, at=house.now)
    hashed: list[str] = []
    verify = argon2.PasswordHasher.verify

    def counting(self: Any, kept: str, password: str) -> bool:
        hashed.append(password)
        return bool(verify(self, kept, password))

    monkeypatch.setattr(argon2.PasswordHasher, "verify", counting)
    answers = [
        await house.browser(address=f"203.0.113.{number}").log_in(name, password)
        for number, (name, password) in enumerate([("Ada", WRONG), ("Nobody", PASSWORD), ("Gone", PASSWORD)])
    ]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert (
        len({plain(answer, name) for answer, name in zip(answers, ("Ada", "Nobody", "Gone"), strict=True)})
        == 1
    )
    assert len(hashed) == 3


def plain(answer: httpx2.Response, name: str) -> str:
    return answer.text.replace(form_token(answer), "").replace(f'value="{name}"', "")


async def test_after_five_wrong_tries_a_name_waits_and_the_waits_grow(
    house: House, ada: Browser, later: Callable[..., None]
) -> None:
    async def try_once(password: str, address: str = "198.51.100.9", name: str = "Ada") -> httpx2.Response:
        return await house.browser(address=address).log_in(name, password)

    first = [(await try_once(WRONG)).status_code for _ in range(5)]
    held = await try_once(PASSWORD, "198.51.100.10")
    others = await try_once(WRONG, "198.51.100.10", "Bea")
    later(seconds=31)
    sixth = await try_once(WRONG)
    again = await try_once(PASSWORD)

    assert first == [403] * 5
    assert (held.status_code, held.headers["retry-after"]) == (429, "30")
    assert "Wait 30 seconds" in held.text
    assert others.status_code == 403
    assert (sixth.status_code, again.headers["retry-after"]) == (403, "60")
    assert (await ada.get("/leads")).status_code == 200
    later(minutes=15)
    assert (await try_once(PASSWORD)).status_code == 303


async def test_tries_count_wherever_and_however_many_at_once_they_are_made(house: House) -> None:
    doors = [Doorman(house.db, tries=5, is_on=True) for _ in range(2)]

    waits = await asyncio.gather(
        *(doors[number % 2].knock("Ada", "198.51.100.9", house.now) for number in range(12))
    )
    longest_ago = house.now - timedelta(hours=1, seconds=1)
    async with house.db.write() as connection:
        await connection.execute(update(login_tries).values(last_at=longest_ago, wait_until=longest_ago))
    later = await doors[0].knock("Bea", "198.51.100.10", house.now)

    assert sorted(waits) == [0.0] * 5 + [30.0] * 7
    assert later == 0.0
    async with house.db.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(login_tries)) == 2


async def test_an_address_that_tries_many_names_waits_too(house: House) -> None:
    tried = [await house.browser().log_in(f"name{number}", WRONG) for number in range(22)]

    assert [answer.status_code for answer in tried] == [403] * 20 + [429] * 2


async def test_tries_side_by_side_all_count(house: House) -> None:
    await house.add_user("Ada")
    browsers = [house.browser() for _ in range(12)]
    pages = [await browser.get("/login") for browser in browsers]

    answers = await asyncio.gather(
        *(
            browser.send("/login", {"form_token": form_token(page), "name": "Ada", "password": WRONG})
            for browser, page in zip(browsers, pages, strict=True)
        )
    )

    assert sum(answer.status_code == 403 for answer in answers) == 5


async def test_logging_out_ends_the_session_wherever_its_cookie_is(house: House, ada: Browser) -> None:
    token = ada.cookies["foyer"]

    left = await ada.send("/logout", {"form_token": form_token(await ada.get("/leads"))})

    assert is_sent_to_login(left)
    assert "foyer" not in ada.cookies
    assert is_sent_to_login(await house.browser().get("/leads", headers={"Cookie": f"foyer={token}"}))


@pytest.mark.parametrize(
    ("hours", "times", "is_in"), [(11, 1, True), (13, 1, False), (11, 15, True), (11, 16, False)]
)
async def test_a_login_ends_unused_and_after_a_week_at_the_latest(
    ada: Browser, later: Callable[..., None], hours: int, times: int, is_in: bool
) -> None:
    for _ in range(times):
        later(hours=hours)
        answer = await ada.get("/leads")

    assert (answer.status_code == 200) is is_in


@pytest.mark.parametrize("how", ["disabled", "removed", "password"])
async def test_whose_access_ends_is_out_at_once(house: House, ada: Browser, how: str) -> None:
    async with house.db.write() as connection:
        match how:
            case "disabled":
                await operators.set_disabled(connection, "u_Ada", at=house.now)
            case "removed":
                await operators.remove(connection, "u_Ada")
            case _:
                await operators.set_password(connection, "u_Ada", passwords.hash_of(WRONG))

    assert is_sent_to_login(await ada.get("/leads"))
    assert (await ada.get("/api/v1/leads")).status_code == 401


async def test_a_login_form_of_another_page_is_refused(house: House) -> None:
    await house.add_user("Ada")
    browser, stranger = house.browser(), house.browser()
    token, theirs = form_token(await browser.get("/login")), form_token(await stranger.get("/login"))
    fields = {"name": "Ada", "password": PASSWORD}

    refused = [
        await browser.send("/login", fields),
        await browser.send("/login", {**fields, "form_token": theirs}),
        await browser.send(
            "/login", {**fields, "form_token": token}, headers={"Origin": "https://evil.example"}
        ),
        await browser.send("/login", {**fields, "form_token": token}, headers={"Origin": "null"}),
        await browser.send(
            "/login", {**fields, "form_token": token}, headers={"Sec-Fetch-Site": "cross-site"}
        ),
        await browser.send(
            "/login", {**fields, "form_token": token}, headers={"Sec-Fetch-Site": "same-site"}
        ),
    ]

    assert [answer.status_code for answer in refused] == [403] * 6
    assert "foyer" not in browser.cookies
    assert (await browser.client.post("/login", json={**fields, "form_token": token})).status_code == 415


async def test_a_hash_of_older_parameters_is_made_anew(house: House) -> None:
    await house.add_user("Ada")
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    async with house.db.write() as connection:
        await operators.keep_hash(connection, "u_Ada", weak)

    assert (await house.browser().log_in()).status_code == 303
    assert await kept_hash(house.db) != weak
    assert (await house.browser().log_in()).status_code == 303


async def kept_hash(db: Database) -> str:
    async with db.read() as connection:
        found = await operators.find(connection, "Ada")
    assert found is not None
    return found[1]


async def test_without_anybody_the_login_says_how_to_begin(house: House) -> None:
    assert "foyer user add" in (await house.browser().get("/login")).text
    assert "not encrypted" in (await house.browser(base="http://192.0.2.4:8000").get("/login")).text


async def test_who_knows_their_password_takes_another_and_stays_in_this_browser_alone(house: House) -> None:
    await house.add_user("Ada")
    here, elsewhere, new = house.browser(), house.browser(), "eleven slow blue kites"
    for browser in (here, elsewhere):
        await browser.log_in("Ada")
    shown = await here.get("/leads/password")

    async def change(**fields: str) -> httpx2.Response:
        right = {"form_token": form_token(shown), "password": PASSWORD, "new": new, "again": new}
        return await here.send("/leads/password", right | fields)

    refused = [
        (await change(**fields)).status_code
        for fields in (
            {"form_token": "x"},
            {"password": WRONG},
            {"again": WRONG},
            {"new": "short", "again": "short"},
            {"new": PASSWORD, "again": PASSWORD},
        )
    ]
    done = await change()

    assert refused == [403, 403, 422, 422, 422]
    assert (done.status_code, done.headers["location"]) == (303, "/leads/password?changed=1")
    assert "is changed" in (await here.get("/leads/password?changed=1")).text
    assert is_sent_to_login(await elsewhere.get("/leads"))
    assert (await house.browser().log_in("Ada", password=new)).status_code == 303
    assert (await house.browser().log_in("Ada")).status_code == 403


async def test_guessing_the_password_in_a_page_left_open_waits_like_a_login(house: House) -> None:
    await house.add_user("Ada")
    browser = house.browser()
    await browser.log_in("Ada")
    token = form_token(await browser.get("/leads/password"))
    fields = {"form_token": token, "password": WRONG, "new": "eleven slow blue kites"}

    answers = [
        (await browser.send("/leads/password", {**fields, "again": fields["new"]})).status_code
        for _ in range(6)
    ]

    assert (answers[0], answers[-1]) == (403, 429)
