"""A message gets one reply, in a conversation that is still as it was read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.answer import Citation, Product
from bot.domain.conversation import (
    Author,
    Choice,
    Consent,
    ConversationStatus,
    MessageId,
    Reply,
    SiteId,
)
from bot.domain.errors import (
    NotFoundError,
    VersionConflictError,
)
from bot.store import AlreadyAnsweredError, Database, conversations
from bot.store.message_rows import insert_message
from bot.store.tables import conversations as table
from bot.store.tables import messages

Make = Callable[..., Any]


async def test_a_reply_comes_back_as_it_was_given(db: Database, start: Make, say: Make, reply: Make) -> None:
    citation = Citation(n=1, document_id="d", passage_id="p", title="T", url=None, quote="“q”")
    reasons = (("for", "2-10 people"), ("price", "29 EUR"))
    card = Product(
        document_id="p", name="Crew", price="29", currency="EUR", url=None, image=None, reasons=reasons
    )
    given = Reply(
        text="Yes [1]",
        kind="faq",
        citations=(citation,),
        choices=(Choice(id="s", label="Small"),),
        cards=(card,),
        asked="team_size",
        degraded=True,
    )
    async with db.write() as conn:
        await start(conn)
        said = await say(conn, "c1", "a")
        stored = await reply(conn, "c1", said.message_id, reply=given)
    async with db.read() as conn:
        read = await conversations.messages(conn, "c1")
        latest = await conversations.latest_reply(conn, "c1")

    assert read[1] == stored == latest
    assert (stored.seq, stored.author, stored.in_reply_to) == (2, Author.BOT, said.message_id)
    assert (stored.citations, stored.choices, stored.cards, stored.asked, stored.degraded) == (
        given.citations,
        given.choices,
        (card,),
        "team_size",
        True,
    )
    assert read[0].client_message_id == "a"


async def test_a_reply_from_before_there_were_cards_has_none(
    db: Database, start: Make, say: Make, reply: Make
) -> None:
    async with db.write() as conn:
        await start(conn)
        said = await say(conn, "c1", "a")
        await reply(conn, "c1", said.message_id)
        await conn.execute(update(messages).values(cards=None))

        assert (await conversations.latest_reply(conn, "c1")).cards == ()


async def test_messages_are_read_in_parts_and_in_order(db: Database, start: Make, say: Make) -> None:
    async with db.write() as conn:
        await start(conn)
        for number in range(5):
            await say(conn, "c1", f"k{number}")
        part = await conversations.messages(conn, "c1", after=1, limit=3)
        nothing = await conversations.latest_reply(conn, "c1")

    assert [message.seq for message in part] == [2, 3, 4]
    assert nothing is None


async def test_a_reply_to_what_has_moved_on_is_refused(
    db: Database, start: Make, say: Make, reply: Make
) -> None:
    async with db.write() as conn:
        await start(conn)
        said = await say(conn, "c1", "a")
        read = await conversations.find(conn, "c1")
        await say(conn, "c1", "b")
        with pytest.raises(VersionConflictError):
            await reply(conn, "c1", said.message_id, version=read.version)
        stored = await reply(conn, "c1", said.message_id, version=read.version + 1)

    assert stored.seq == 3


@pytest.mark.parametrize("change", ["status", "consent"])
async def test_a_change_of_state_counts_the_version_up(db: Database, start: Make, change: str) -> None:
    async with db.write() as conn:
        await start(conn)
        if change == "status":
            await conversations.set_status(conn, "c1", ConversationStatus.LIVE)
        else:
            await conversations.set_consent(conn, "c1", Consent.GIVEN)
        found = await conversations.find(conn, "c1")

    assert found.version == 1
    assert (found.status, found.consent) in {("live", "not_asked"), ("bot", "given")}


async def test_a_second_reply_is_refused_with_the_first_one_and_undoes_its_transaction(
    db: Database, start: Make, say: Make, reply: Make
) -> None:
    async with db.write() as conn:
        await start(conn)
        said = await say(conn, "c1", "a")
        first = await reply(conn, "c1", said.message_id)

    with pytest.raises(AlreadyAnsweredError) as caught:  # noqa: PT012 - the whole transaction fails
        async with db.write() as conn:
            await conversations.set_consent(conn, "c1", Consent.GIVEN)
            await reply(conn, "c1", said.message_id, version=0)

    async with db.read() as conn:
        found = await conversations.find(conn, "c1")
    assert caught.value.message == first
    assert found.consent is Consent.NOT_ASKED
    assert found.head_seq == 2


async def test_a_reply_to_a_message_of_another_conversation_is_refused(
    db: Database, start: Make, say: Make, reply: Make
) -> None:
    async with db.write() as conn:
        await start(conn, "c1")
        await start(conn, "c2", visitor_id="v2")
        said = await say(conn, "c1", "a")

    with pytest.raises(NotFoundError):
        async with db.write() as conn:
            await reply(conn, "c2", said.message_id)


async def test_the_database_itself_refuses_a_second_reply(
    db: Database, start: Make, say: Make, reply: Make
) -> None:
    async with db.write() as conn:
        await start(conn)
        said = await say(conn, "c1", "a")
        first = await reply(conn, "c1", said.message_id)

    with pytest.raises(IntegrityError, match="in_reply_to"):
        async with db.write() as conn:
            await insert_message(
                conn, replace(first, message_id=MessageId("other"), seq=first.seq + 1), site_id=SiteId("demo")
            )


async def test_unanswered_lists_cut_turns_oldest_first_where_the_bot_answers(
    db: Database, start: Make, say: Make, reply: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        for number in (1, 2, 3):
            await start(conn, f"c{number}", visitor_id=f"v{number}")
        await say(conn, "c2", "late", at=noon + timedelta(seconds=9))
        await say(conn, "c1", "a", at=noon)
        await say(conn, "c1", "b", at=noon)
        await say(conn, "c3", "live")
        await conversations.set_status(conn, "c3", ConversationStatus.LIVE)
        answered = await say(conn, "c1", "c", at=noon)
        await reply(conn, "c1", answered.message_id)
        waiting = await conversations.unanswered(conn)

    assert waiting == [("c1", "m-c1-a"), ("c1", "m-c1-b"), ("c2", "m-c2-late")]


async def test_an_operators_message_settles_what_waited(
    db: Database, start: Make, say: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await start(conn)
        await say(conn, "c1", "a")
        spoken = await conversations.add_message(
            conn, conversation_id="c1", message_id=MessageId("o1"), author=Author.OPERATOR, text="Hi", at=noon
        )
        waiting = await conversations.unanswered(conn)

    assert spoken.seq == 2
    assert waiting == []


async def test_what_was_shown_only_grows_and_never_passes_the_head(
    db: Database, start: Make, say: Make
) -> None:
    async with db.write() as conn:
        await start(conn)
        for key in "abc":
            await say(conn, "c1", key)
        shown = []
        for seq in (2, 1, 99, 3):
            await conversations.acknowledge(conn, "c1", seq)
            shown.append(await conn.scalar(select(table.c.shown_seq)))

    assert shown == [2, 2, 2, 3]


async def test_feedback_is_kept_once_for_a_message_of_ones_own_conversation(
    db: Database, start: Make, say: Make, reply: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await start(conn)
        said = await say(conn, "c1", "a")
        stored = await reply(conn, "c1", said.message_id)

        async def judge(conversation_id: str, helpful: bool) -> bool:
            return await conversations.add_feedback(
                conn,
                conversation_id=conversation_id,
                message_id=stored.message_id,
                helpful=helpful,
                comment=None,
                at=noon,
            )

        results = [await judge("c1", True), await judge("c1", False), await judge("c9", True)]

    assert results == [True, True, False]
