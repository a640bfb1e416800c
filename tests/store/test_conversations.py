"""Conversations keep order, keep once, and answer once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.domain.answer import Citation
from bot.domain.conversation import (
    Author,
    Choice,
    Consent,
    ConversationStatus,
    MessageId,
    Reply,
)
from bot.domain.errors import (
    ConversationClosedError,
    IdConflictError,
    NotFoundError,
    VersionConflictError,
)
from bot.store import AlreadyAnsweredError, Database, conversations, facts, gaps, leads, visitors
from bot.store.tables import conversations as table

Make = Callable[..., Any]


async def test_a_conversation_begins_empty_and_is_found_again(db: Database, start: Make, noon: datetime) -> None:
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


async def test_the_latest_conversation_of_a_visitor_goes_on(db: Database, start: Make, noon: datetime) -> None:
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
            body_hash="Hello",
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


async def test_the_same_client_id_in_two_conversations_is_two_messages(db: Database, start: Make, say: Make) -> None:
    async with db.write() as conn:
        await start(conn, "c1", visitor_id="v1")
        await start(conn, "c2", visitor_id="v2")
        accepted = [await say(conn, "c1", "a"), await say(conn, "c2", "a")]

    assert [one.is_duplicate for one in accepted] == [False, False]


async def test_nothing_is_accepted_in_a_conversation_that_never_was(db: Database, say: Make) -> None:
    with pytest.raises(NotFoundError):
        async with db.write() as conn:
            await say(conn, "nowhere", "a")


async def test_a_closed_conversation_reopens_when_the_visitor_writes(db: Database, start: Make, say: Make) -> None:
    async with db.write() as conn:
        await start(conn)
        await conversations.set_status(conn, "c1", ConversationStatus.CLOSED)
        await say(conn, "c1", "a")
        found = await conversations.find(conn, "c1")

    assert found.status is ConversationStatus.BOT


@pytest.mark.parametrize("status", [ConversationStatus.WAITING, ConversationStatus.LIVE])
async def test_a_message_for_an_operator_changes_no_status_and_awaits_no_reply(
    db: Database, start: Make, say: Make, status: ConversationStatus
) -> None:
    async with db.write() as conn:
        await start(conn)
        await conversations.set_status(conn, "c1", status)
        await say(conn, "c1", "a")
        found = await conversations.find(conn, "c1")
        await conversations.set_status(conn, "c1", ConversationStatus.BOT)
        waiting = await conversations.unanswered(conn)

    assert found.status is status
    assert waiting == []


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


async def test_a_banned_visitor_says_nothing_more(db: Database, start: Make, say: Make, noon: datetime) -> None:
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


async def test_a_reply_comes_back_as_it_was_given(db: Database, start: Make, say: Make, reply: Make) -> None:
    citation = Citation(n=1, document_id="d", passage_id="p", title="T", url=None, quote="“q”")
    given = Reply(
        text="Yes [1]",
        kind="faq",
        citations=(citation,),
        choices=(Choice(id="s", label="Small"),),
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
    assert (stored.citations, stored.choices, stored.asked, stored.degraded) == (
        given.citations,
        given.choices,
        "team_size",
        True,
    )
    assert read[0].client_message_id == "a"


async def test_messages_are_read_in_parts_and_in_order(db: Database, start: Make, say: Make) -> None:
    async with db.write() as conn:
        await start(conn)
        for number in range(5):
            await say(conn, "c1", f"k{number}")
        part = await conversations.messages(conn, "c1", after=1, limit=3)
        nothing = await conversations.latest_reply(conn, "c1")

    assert [message.seq for message in part] == [2, 3, 4]
    assert nothing is None


async def test_a_reply_to_what_has_moved_on_is_refused(db: Database, start: Make, say: Make, reply: Make) -> None:
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

    with pytest.raises(AlreadyAnsweredError) as caught:
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
    db: Database, start: Make, say: Make, reply: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_: object) -> None:
        return None

    async with db.write() as conn:
        await start(conn)
        said = await say(conn, "c1", "a")
        await reply(conn, "c1", said.message_id)
    monkeypatch.setattr("bot.store.replies._find_reply", nothing)

    with pytest.raises(IntegrityError):
        async with db.write() as conn:
            await reply(conn, "c1", said.message_id)


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


async def test_an_operators_message_settles_what_waited(db: Database, start: Make, say: Make, noon: datetime) -> None:
    async with db.write() as conn:
        await start(conn)
        await say(conn, "c1", "a")
        spoken = await conversations.add_message(
            conn, conversation_id="c1", message_id=MessageId("o1"), author=Author.OPERATOR, text="Hi", at=noon
        )
        waiting = await conversations.unanswered(conn)

    assert spoken.seq == 2
    assert waiting == []


async def test_what_was_shown_only_grows_and_never_passes_the_head(db: Database, start: Make, say: Make) -> None:
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


async def test_masking_replaces_code_points_and_nothing_else(db: Database, start: Make, say: Make) -> None:
    async with db.write() as conn:
        await start(conn)
        said = await say(conn, "c1", "a", "👋 I am ada@x.org, ok?")
        await conversations.mask_spans(conn, said.message_id, [(7, 16), (18, 999)])
        read = await conversations.messages(conn, "c1")

    assert read[0].text == "👋 I am •••••••••, •••"
    assert len(read[0].text) == len("👋 I am ada@x.org, ok?")


async def test_redacting_masks_the_words_wherever_they_were_repeated(
    db: Database, start: Make, say: Make, reply: Make, make_fact: Make, make_lead: Make, make_receipt: Make, noon: datetime
) -> None:
    mail = "ada@x.org"
    citation = Citation(n=1, document_id="d", passage_id="p", title="T", url=None, quote=f"mail {mail}")
    given = Reply(text=f"Is {mail} right?", kind="faq", citations=(citation,), choices=(Choice(id="y", label=mail),))
    async with db.write() as conn:
        await start(conn)
        await start(conn, "c2", visitor_id="v2")
        said = await say(conn, "c1", "a", f"I am {mail}, write to {mail}")
        other = await say(conn, "c2", "a", mail)
        await reply(conn, "c1", said.message_id, reply=given)
        need = make_fact("need", f"a bot for {mail}", quote=mail, message_id=said.message_id)
        await facts.append(conn, lead_id="l00001", site_id="demo", facts=[need])
        await leads.save(conn, row=make_lead(first_question=f"{mail}?"), receipts=[make_receipt(quote=mail)])
        await gaps.record(conn, site_id="demo", question=mail, conversation_id="c1", at=noon)

        await conversations.redact(conn, "c1", ["ada@", mail])

        first, second = await conversations.messages(conn, "c1")
        kept = (await facts.history(conn, "l00001"))[0]
        lead = await leads.get(conn, "l00001")
        asked = (await gaps.latest(conn, "demo"))[0].question
        untouched = (await conversations.messages(conn, "c2"))[0]

    masked = "•" * len(mail)
    assert first.text == f"I am {masked}, write to {masked}"
    assert (second.text, second.citations[0].quote, second.choices[0].label) == (
        f"Is {masked} right?",
        f"mail {masked}",
        masked,
    )
    assert (kept.quote, kept.value) == (masked, f"a bot for {masked}")
    assert (lead.first_question, lead.receipts[0].quote, asked) == (f"{masked}?", masked, masked)
    assert untouched.text == mail
    assert other.seq == 1
