"""Conversations keep order, keep once, and answer once."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.conversation import (
    ConversationStatus,
)
from bot.domain.errors import (
    ConversationClosedError,
    IdConflictError,
    NotFoundError,
)
from bot.store import Database, conversations, leads, visitors

Make = Callable[..., Any]


async def test_a_conversation_begins_empty_and_is_found_again(
    db: Database, start: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await start(conn)
    async with db.read() as conn:
        found = await conversations.find(conn, "c1")
        by_visitor = await conversations.find_open(conn, "v1")
        nobody = await conversations.find_open(conn, "v2")

    assert found is not None
    assert (found.head_seq, found.version, found.status, found.consent) == (0, 0, "bot", "not_asked")
    assert found.started_at == noon
    assert found.started_at.tzinfo is not None
    assert by_visitor == found
    assert nobody is None


async def test_the_latest_conversation_of_a_visitor_goes_on(
    db: Database, start: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await start(conn, "c1", at=noon)
        await start(conn, "c0", at=noon + timedelta(days=1))
        found = await conversations.find_open(conn, "v1")

    assert found is not None
    assert found.conversation_id == "c0"


async def test_what_is_said_counts_seq_version_and_head_up(db: Database, start: Make, say: Make) -> None:
    async with db.write() as conn:
        await start(conn)
        first = await say(conn, "c1", "a")
        second = await say(conn, "c1", "b")
        found = await conversations.find(conn, "c1")

    assert (first.seq, second.seq) == (1, 2)
    assert (found.head_seq, found.version) == (2, 2)


async def test_the_same_message_again_is_a_duplicate_with_the_first_ids(
    db: Database, start: Make, say: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await start(conn)
        first = await say(conn, "c1", "a")
        await say(conn, "c1", "b")
    async with db.write() as conn:
        again = await conversations.accept(
            conn,
            conversation_id="c1",
            message_id="m-other",
            client_message_id="a",
            text="Hello",
            body_hash=hashlib.sha256(b"Hello").hexdigest(),
            at=noon + timedelta(hours=1),
        )
        found = await conversations.find(conn, "c1")

    assert again.is_duplicate
    assert not first.is_duplicate
    assert (again.message_id, again.seq, again.client_message_id) == (first.message_id, 1, "a")
    assert found.head_seq == 2


async def test_the_same_id_with_another_body_is_a_conflict(db: Database, start: Make, say: Make) -> None:
    async with db.write() as conn:
        await start(conn)
        await say(conn, "c1", "a", "One")
        with pytest.raises(IdConflictError):
            await say(conn, "c1", "a", "Two")
        found = await conversations.find(conn, "c1")

    assert found.head_seq == 1


async def test_the_same_client_id_in_two_conversations_is_two_messages(
    db: Database, start: Make, say: Make
) -> None:
    async with db.write() as conn:
        await start(conn, "c1", visitor_id="v1")
        await start(conn, "c2", visitor_id="v2")
        accepted = [await say(conn, "c1", "a"), await say(conn, "c2", "a")]

    assert [one.is_duplicate for one in accepted] == [False, False]


async def test_nothing_is_accepted_in_a_conversation_that_never_was(db: Database, say: Make) -> None:
    with pytest.raises(NotFoundError):
        async with db.write() as conn:
            await say(conn, "nowhere", "a")


async def test_a_closed_conversation_reopens_when_the_visitor_writes(
    db: Database, start: Make, say: Make
) -> None:
    async with db.write() as conn:
        await start(conn)
        await conversations.set_status(conn, "c1", ConversationStatus.CLOSED)
        await say(conn, "c1", "a")
        found = await conversations.find(conn, "c1")

    assert found.status is ConversationStatus.BOT


@pytest.mark.parametrize("status", [ConversationStatus.WAITING, ConversationStatus.LIVE])
async def test_a_message_for_an_operator_changes_no_status_and_is_the_bots_when_it_has_the_conversation_again(
    db: Database, start: Make, say: Make, status: ConversationStatus
) -> None:
    async with db.write() as conn:
        await start(conn)
        await conversations.set_status(conn, "c1", status)
        await say(conn, "c1", "a")
        found = await conversations.find(conn, "c1")
        meanwhile = await conversations.unanswered(conn)
        await conversations.set_status(conn, "c1", ConversationStatus.BOT)
        waiting = await conversations.unanswered(conn)

    assert found.status is status
    assert meanwhile == []
    assert waiting == [("c1", "m-c1-a")]


async def test_an_erased_conversation_accepts_nothing_and_its_visitor_starts_none(
    db: Database, start: Make, say: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await start(conn)
        await say(conn, "c1", "a")
        await leads.erase_visitor(conn, "v1", at=noon)

    with pytest.raises(ConversationClosedError):
        async with db.write() as conn:
            await say(conn, "c1", "b")
    with pytest.raises(ConversationClosedError):
        async with db.write() as conn:
            await start(conn, "c2")


async def test_a_banned_visitor_says_nothing_more(
    db: Database, start: Make, say: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await visitors.create_session(
            conn, token_hash=b"t", site_id="demo", visitor_id="v1", now=noon, expires_at=noon
        )
        await start(conn)
        await visitors.ban(conn, "v1", at=noon)

    with pytest.raises(ConversationClosedError):
        async with db.write() as conn:
            await say(conn, "c1", "a")
    with pytest.raises(ConversationClosedError):
        async with db.write() as conn:
            await start(conn, "c2")
