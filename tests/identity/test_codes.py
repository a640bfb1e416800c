"""Six digits that prove an address: offered once, good for ten minutes and five tries, kept nowhere."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.bus import MemoryBus
from bot.chat.deciding import Desk
from bot.chat.proving import CodeRules
from bot.chat.said import Said
from bot.chat.talk import Opening, Talk
from bot.chat.turn import Turns
from bot.domain.conversation import Author, Message, SiteId, VisitorId
from bot.domain.identity import Proof
from bot.domain.verification import code_for, digits_of
from bot.leads.code_mail import write_code_mail
from bot.outbound import Parcel
from bot.store import Database, conversations, identities, visitors
from tests.chat.conversations import documentation, voice_of
from tests.identity.conftest import START

KEY = b"k" * 32
ADDRESS = "ada@harbour.example"


@dataclass
class Chat:
    """Visitors of a site that proves addresses, each with a conversation of their own."""

    db: Database
    talk: Talk
    clock: list[datetime]
    numbers: Any

    async def say(self, *lines: str, visitor: str = "v1") -> Message:
        for line in lines:
            self.clock[0] += timedelta(seconds=20)
            said = Said(client_message_id=f"s{next(self.numbers)}", text=line)
            await self.talk.say(
                said, site_id=SiteId("harbour"), visitor_id=VisitorId(visitor), opening=Opening()
            )
            await self.talk.drain(timeout_s=60)
        async with self.db.read() as connection:
            thread = await conversations.find_open(connection, VisitorId(visitor))
            assert thread is not None
            said_so_far = await conversations.messages(connection, thread.conversation_id, limit=1_000)
        return next(message for message in reversed(said_so_far) if message.author is Author.BOT)

    async def rows(self, query: str) -> Sequence[Any]:
        async with self.db.read() as connection:
            return (await connection.execute(text(query))).all()

    async def code(self) -> str:
        """The digits of the mail that went out last."""
        row = (
            await self.rows("SELECT * FROM outbox WHERE event = 'identity.code_requested' ORDER BY rowid")
        )[-1]
        parcel = Parcel(
            parcel_id=row.item_id,
            site_id="harbour",
            event=row.event,
            address="",
            payload=json.loads(row.payload),
        )
        digits = digits_of(write_code_mail(parcel, key=KEY).text)
        assert digits is not None
        return digits

    async def proofs(self, visitor: str = "v1") -> set[tuple[str, Proof]]:
        async with self.db.read() as connection:
            return {
                (row.value, row.proof) for row in await identities.of_visitor(connection, VisitorId(visitor))
            }


async def nobody(*_: Any) -> None:
    """Nobody is told."""


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    db = await Database.open(f"sqlite+aiosqlite:///{tmp_path / 'foyer.db'}")
    clock, numbers = [START], count(1)
    desk = Desk(voice=voice_of("bant"), answer=documentation, tell=nobody, codes=CodeRules(key=KEY))
    desk = replace(desk, address_keys=lambda address: (f"digest of {address}",))
    turns = Turns(
        db=db,
        desk_of=lambda _: desk,
        clock=lambda: clock[0],
        new_id=lambda prefix: f"{prefix}{next(numbers):05}",
    )
    talk = Talk(db=db, bus=MemoryBus(), turns=turns, clock=lambda: clock[0], new_id=turns.new_id)
    yield Chat(db, talk, clock, numbers)
    await db.close()


async def test_the_right_digits_prove_the_address(chat: Chat) -> None:
    offer = await chat.say(f"Write to {ADDRESS}", "yes")
    assert (offer.asked, [choice.id for choice in offer.choices]) == ("verify", ["yes", "no"])
    assert ADDRESS in offer.text
    assert await chat.proofs() == {(ADDRESS, Proof.TYPED)}
    sent = await chat.say("yes please")
    assert (sent.kind, sent.asked) == ("code_sent", "code")
    code = await chat.code()

    reply = await chat.say(f"It is {code[:3]} {code[3:]}")

    assert reply.kind == "verified"
    assert await chat.proofs() == {(ADDRESS, Proof.CODE)}


async def test_two_spellings_of_a_domain_are_one_address(chat: Chat) -> None:
    for number, written in enumerate(("zoe@müller.example", "Zoe@XN--MLLER-KVA.example")):
        offer = await chat.say(f"Write to {written}", "yes", visitor=f"v{number}")
        assert offer.asked == "verify"
        assert await chat.proofs(f"v{number}") == {("zoe@müller.example", Proof.TYPED)}


async def test_no_code_is_offered_to_an_address_that_not_every_server_can_write_to(chat: Chat) -> None:
    assert (await chat.say("Write to jürgen@harbour.example", "yes")).asked != "verify"
    assert await chat.proofs() == {("jürgen@harbour.example", Proof.TYPED)}


async def test_no_code_stands_in_the_database_and_used_ones_are_good_for_nothing(chat: Chat) -> None:
    await chat.say(f"Write to {ADDRESS}", "yes", "yes")
    code = await chat.code()
    held = b"".join(path.read_bytes() for path in Path(str(chat_file(chat))).parent.glob("foyer.db*"))
    assert code.encode() not in held

    await chat.say("000000" if code != "000000" else "000001", code)
    (row,) = await chat.rows("SELECT attempts, used_at FROM codes")

    assert row.attempts == 2
    assert row.used_at is not None


def chat_file(chat: Chat) -> str:
    return str(chat.db._world.writer.url.database)


async def test_five_wrong_tries_end_a_code_and_the_right_one_comes_too_late(chat: Chat) -> None:
    await chat.say(f"Write to {ADDRESS}", "yes", "yes")
    code = await chat.code()
    wrong = [digits for n in range(9) if (digits := f"{n:06}") != code][:5]

    kinds = [(await chat.say(digits)).kind for digits in wrong]
    late = await chat.say(code)

    assert kinds == ["code_wrong"] * 5
    assert (late.kind, late.asked) == ("code_over", "verify")
    assert await chat.proofs() == {(ADDRESS, Proof.TYPED)}


async def test_a_code_ends_after_ten_minutes_and_a_new_one_replaces_it(chat: Chat) -> None:
    await chat.say(f"Write to {ADDRESS}", "yes", "yes")
    old = await chat.code()
    chat.clock[0] += timedelta(minutes=10)
    assert (await chat.say(old)).kind == "code_over"

    assert (await chat.say("yes")).kind == "code_sent"
    new = await chat.code()
    assert (await chat.say(old)).kind == "code_wrong"
    assert (await chat.say(new)).kind == "verified"


async def test_codes_are_throttled_for_a_visitor_and_for_an_address(chat: Chat) -> None:
    again = "Nothing arrived, please send it again"
    replies = [
        await chat.say(f"Write to {ADDRESS}", "yes", "yes"),
        await chat.say(again),
        await chat.say(again),
    ]
    assert [reply.kind for reply in replies] == ["code_sent"] * 3
    assert (await chat.say(again)).kind == "code_later"

    second = [
        await chat.say(f"Write to {ADDRESS}", "yes", "yes", visitor="v2"),
        await chat.say(again, visitor="v2"),
    ]
    assert [reply.kind for reply in second] == ["code_sent"] * 2
    assert (await chat.say(again, visitor="v2")).kind == "code_later"
    third = await chat.say(f"Write to {ADDRESS}", "yes", "yes", visitor="v3")
    assert third.kind == "code_later"
    assert len(await chat.rows("SELECT * FROM codes")) == 5


@pytest.mark.parametrize("no", ["no", "Not now", "no thanks"])
async def test_who_declines_is_not_offered_a_code_again_and_nothing_is_sent(chat: Chat, no: str) -> None:
    reply = await chat.say(f"Write to {ADDRESS}", "yes", no)
    asked = [
        (await chat.say(line)).asked for line in ("Do you ship to France?", "My phone is +33 1 44 55 66 77")
    ]

    assert reply.kind == "accept_refusal"
    assert "verify" not in asked
    assert await chat.rows("SELECT * FROM codes") == []


async def test_a_question_instead_of_the_digits_is_answered(chat: Chat) -> None:
    await chat.say(f"Write to {ADDRESS}", "yes", "yes")

    assert (await chat.say("Do you ship to France?")).kind == "faq"


async def test_a_code_of_somebody_else_proves_nothing(chat: Chat) -> None:
    await chat.say("Write to bob@quay.example", "yes", "yes", visitor="v2")
    theirs = await chat.code()
    await chat.say(f"Write to {ADDRESS}", "yes", "yes")

    assert (await chat.say(theirs)).kind == "code_wrong"
    assert (ADDRESS, Proof.CODE) not in await chat.proofs()


async def test_only_who_proved_the_same_reads_what_the_other_said(chat: Chat) -> None:
    async def readable(visitor: str) -> int:
        async with chat.db.read() as connection:
            return len(
                await identities.earlier_conversations(
                    connection, SiteId("harbour"), VisitorId(visitor), limit=9
                )
            )

    await chat.say(f"Write to {ADDRESS}", "yes", "yes")
    await chat.say(await chat.code())
    await chat.say(f"Write to {ADDRESS}", "yes", visitor="v2")
    before = [await readable(visitor) for visitor in ("v1", "v2")]
    await chat.say("yes", visitor="v2")
    await chat.say(await chat.code(), visitor="v2")

    assert (before, await readable("v2"), await readable("v1"), await readable("v3")) == ([0, 0], 1, 1, 0)


async def test_before_consent_no_code_is_offered(chat: Chat) -> None:
    asked = [(await chat.say(line)).asked for line in (f"Write to {ADDRESS}", "no", "Do you ship to France?")]

    assert "verify" not in asked
    assert await chat.rows("SELECT * FROM codes") == []


async def test_no_code_is_offered_for_an_address_that_the_site_vouches_for(chat: Chat) -> None:
    for visitor in ("v1", "v2"):
        async with chat.db.write() as connection:
            token = visitor.encode() * 16
            await visitors.create_session(
                connection,
                token_hash=token,
                site_id=SiteId("harbour"),
                visitor_id=VisitorId(visitor),
                now=START,
                expires_at=START + timedelta(days=1),
            )
            await visitors.keep_vouched_address(connection, VisitorId(visitor), f"digest of {ADDRESS}")

    reply = await chat.say(f"Write to {ADDRESS}", "yes")
    other = await chat.say("Write to bob@harbour.example", "yes", visitor="v2")

    assert (reply.kind, reply.asked == "verify") == ("consent_given", False)
    assert await chat.proofs() == {(ADDRESS, Proof.TOKEN)}
    assert other.asked == "verify"


def test_digits_are_found_where_there_are_six_of_them() -> None:
    texts = {
        "123456": "123456",
        "it's 123 456.": "123456",
        "123-456": "123456",
        "1234567": None,
        "12345": None,
    }
    texts |= {"123456 or 654321": None, "+33144556677": None, "hello": None}

    assert {said: digits_of(said) for said in texts} == texts


def test_codes_differ_by_id_and_key_and_keep_their_zeroes() -> None:
    codes = {code_for(KEY, f"k{n}") for n in range(2_000)}

    assert len(codes) > 1_990
    assert {len(code) for code in codes} == {6}
    assert any(code.startswith("0") for code in codes)
    assert code_for(KEY, "k1") != code_for(b"j" * 32, "k1")


def test_a_mail_whose_own_words_leave_the_code_out_has_it_all_the_same() -> None:
    data = {"code_id": "k1", "subject": "<Code>", "text": "Hello <b>"}
    parcel = Parcel(parcel_id="p", site_id="s", event="e", address="", payload={"data": data})

    mail = write_code_mail(parcel, key=KEY)

    assert mail.text.endswith(code_for(KEY, "k1"))
    assert "<b>" not in mail.html
