"""Who answers a conversation: taken, given back, left behind; and tickets, of which each opens one socket."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.conversation import Author, ConversationStatus, MessageId
from bot.domain.errors import ConversationTakenError, IdConflictError, NotFoundError, VersionConflictError
from bot.store import Database, conversations, handoffs, operator_tickets, operators
from bot.store.handoffs import Spoken
from bot.web.spelled import status_data

Make = Callable[..., Any]
MINUTE = timedelta(minutes=1)


async def speak(conn: Any, who: str, key: str, text: str, at: datetime, **changes: Any) -> Spoken:
    """Say something as an operator who is waited for a minute."""
    row = {"conversation_id": "c1", "operator_id": who, "message_id": MessageId(f"m-{who}-{key}-{text}")}
    said = {"client_message_id": key, "text": text, "body_hash": text, "at": at, "until": at + MINUTE}
    return await handoffs.speak(conn, **{**row, **said, **changes})


async def test_who_speaks_has_the_conversation_and_settles_what_waited(
    db: Database, start: Make, say: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await operators.add(conn, operator_id="u1", name="Ada", password_hash="x", site_id=None, now=noon)
        await start(conn)
        await say(conn, "c1", "a")
        before = await handoffs.who_answers(conn, "c1")
        spoken = await speak(conn, "u1", "k", "Hello", noon)
        after = await handoffs.who_answers(conn, "c1")
        waiting = await conversations.left_open(conn, "c1")
        said = await conversations.messages(conn, "c1")

    assert (before.status, before.was_taken) == (ConversationStatus.BOT, False)
    assert (after.status, after.operator_id, after.name, after.was_taken) == ("live", "u1", "Ada", True)
    assert (spoken.accepted.seq, spoken.accepted.client_message_id, waiting) == (2, "k", [])
    assert [(one.author, handoffs.who_spoke(one)) for one in said] == [
        (Author.VISITOR, None),
        (Author.OPERATOR, "u1"),
    ]


async def test_what_an_operator_says_is_kept_once_and_apart_from_what_the_visitor_calls_the_same(
    db: Database, start: Make, say: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await start(conn)
        await say(conn, "c1", "k")
        first = await speak(conn, "u1", "k", "Hello", noon)
        again = await speak(conn, "u1", "k", "Hello", noon)
        with pytest.raises(IdConflictError):
            await speak(conn, "u1", "k", "Other", noon)
        await say(conn, "c1", "l")
        heads = [one.seq for one in await conversations.messages(conn, "c1")]

    assert first.accepted.seq == again.accepted.seq == 2
    assert (again.accepted.is_duplicate, again.message) == (True, None)
    assert heads == [1, 2, 3]


async def test_another_may_speak_only_after_taking_over_or_when_nobody_is_there(
    db: Database, start: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await start(conn)
        await speak(conn, "u1", "1", "Hello", noon)
        with pytest.raises(ConversationTakenError):
            await speak(conn, "u2", "2", "Me too", noon)
        await handoffs.take(conn, "c1", "u2", until=noon + MINUTE)
        await speak(conn, "u2", "3", "Now me", noon)
        with pytest.raises(ConversationTakenError):
            await speak(conn, "u1", "4", "Still me", noon)
        later = noon + 2 * MINUTE
        spoken = await speak(conn, "u1", "5", "Again me", later)
        given = [await handoffs.give_back(conn, "c1", who) for who in ("u2", "u1", "u1")]
        now = await handoffs.who_answers(conn, "c1")
        with pytest.raises(NotFoundError):
            await handoffs.take(conn, "c9", "u1", until=noon)

    assert spoken.accepted.seq == 3
    assert given == [False, True, False]
    assert (now.status, now.operator_id, now.was_taken) == ("bot", None, True)


async def test_who_stays_keeps_the_conversation_and_who_does_not_loses_it(
    db: Database, start: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        for number in (1, 2):
            await start(conn, f"c{number}", visitor_id=f"v{number}")
            await handoffs.take(conn, f"c{number}", "u1", until=noon + MINUTE)
        await handoffs.stay(conn, "c2", "u1", until=noon + 5 * MINUTE)
        await handoffs.stay(conn, "c1", "u2", until=noon + 5 * MINUTE)
        later = noon + 2 * MINUTE
        left = [await handoffs.left_behind(conn, now=at) for at in (noon, later)]
        taken = [await handoffs.take_back(conn, one, now=later) for one in ("c1", "c1", "c2")]

    assert left == [[], ["c1"]]
    assert taken == [True, False, False]


async def test_who_speaks_stays_and_takes_over_once(db: Database, start: Make, noon: datetime) -> None:
    async with db.write() as conn:
        await start(conn)
        first = await speak(conn, "u1", "1", "Hello", noon)
        again = await speak(conn, "u1", "2", "Are you there?", noon + MINUTE)
        taken = [await handoffs.take(conn, "c1", who, until=noon + 3 * MINUTE) for who in ("u1", "u2", "u2")]
        left = [await handoffs.left_behind(conn, now=noon + n * MINUTE) for n in (1.5, 2.5, 3.5)]

    assert (first.is_taken, again.is_taken, taken) == (True, False, [False, True, False])
    assert left == [[], [], ["c1"]]


async def test_visitors_are_told_another_name_than_the_one_that_logs_in_or_none(
    db: Database, start: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await operators.add(conn, operator_id="u1", name="ada", password_hash="x", site_id=None, now=noon)
        await start(conn)
        await handoffs.take(conn, "c1", "u1", until=noon + MINUTE)
        told = [status_data(await handoffs.who_answers(conn, "c1"))]
        await operators.set_shown_name(conn, "u1", "Ada from Harbour")
        told += [status_data(await handoffs.who_answers(conn, "c1"), to=to) for to in (None, "u1", "u2")]

    assert told == [
        {"status": "live"},
        {"status": "live", "operator": {"name": "Ada from Harbour"}},
        {"status": "live", "operator": {"name": "ada"}, "yours": True},
        {"status": "live", "operator": {"name": "ada"}, "yours": False},
    ]


async def test_a_reply_that_waited_for_nothing_does_not_talk_over_an_operator(
    db: Database, start: Make, say: Make, reply: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await start(conn)
        said = await say(conn, "c1", "a")
        await handoffs.take(conn, "c1", "u1", until=noon)
        with pytest.raises(VersionConflictError, match="an operator's"):
            await reply(conn, "c1", said.message_id)
        await handoffs.give_back(conn, "c1", "u1")
        assert (await reply(conn, "c1", said.message_id)).seq == 2


async def test_a_ticket_is_good_once_in_time_for_its_own_login(db: Database, noon: datetime) -> None:
    soon, later = noon + timedelta(seconds=59), noon + timedelta(seconds=60)
    async with db.write() as conn:
        for ticket in (b"a", b"b", b"c"):
            await operator_tickets.issue(conn, ticket, b"mine", now=noon, expires_at=later)
        uses = [
            await operator_tickets.redeem(conn, ticket, login, now=at)
            for ticket, login, at in (
                (b"a", b"other", soon),
                (b"a", b"mine", soon),
                (b"a", b"mine", soon),
                (b"b", b"mine", later),
                (b"x", b"mine", soon),
            )
        ]
        await operator_tickets.issue(conn, b"d", b"mine", now=later, expires_at=later + MINUTE)
        forgotten = await operator_tickets.redeem(conn, b"c", b"mine", now=soon)

    assert uses == [False, True, False, False, False]
    assert not forgotten


async def test_of_many_who_use_a_ticket_at_once_one_gets_in(db: Database, noon: datetime) -> None:
    async with db.write() as conn:
        await operator_tickets.issue(conn, b"a", b"mine", now=noon, expires_at=noon + MINUTE)

    async def use() -> bool:
        async with db.write(f"visitor {id(asyncio.current_task())}") as conn:
            return await operator_tickets.redeem(conn, b"a", b"mine", now=noon)

    assert sum(await asyncio.gather(*(use() for _ in range(6)))) == 1
