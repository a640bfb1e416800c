"""What visitors think of answers and chats: counted, by answer, and without what names somebody who did not agree."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.commands.feedback import as_csv, as_document, as_table
from bot.domain.answer import Citation
from bot.domain.conversation import Consent, ConversationId, MessageId, Reply, SiteId, VisitorId
from bot.sources import find_feedback
from bot.store import Database, conversations

SITE = SiteId("harbour")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PRICES = Citation(n=1, document_id="prices", passage_id="p1", title="Prices", url=None, quote="79 euros")


async def rate(
    db: Database,
    number: int,
    helpful: bool,
    comment: str | None = None,
    *,
    reply: Reply | None = None,
    consent: Consent = Consent.NOT_ASKED,
) -> None:
    """Let a visitor ask, be answered, and say what they think."""
    thread, at = ConversationId(f"c{number}"), NOON + timedelta(hours=number)
    answer = reply or Reply(text="A service costs 79 euros.", kind="faq", citations=(PRICES,))
    async with db.write() as conn:
        await conversations.start(
            conn, conversation_id=thread, site_id=SITE, visitor_id=VisitorId(f"v{number}"), now=at
        )
        await conversations.accept(
            conn,
            conversation_id=thread,
            message_id=MessageId(f"q{number}"),
            client_message_id="1",
            body_hash="h",
            text="I am Ada. What is a service?",
            at=at,
        )
        await conversations.set_consent(conn, thread, consent)
        await conversations.add_reply(
            conn,
            conversation_id=thread,
            expected_version=None,
            in_reply_to=MessageId(f"q{number}"),
            message_id=MessageId(f"r{number}"),
            reply=answer,
            at=at,
        )
        await conversations.add_feedback(
            conn,
            conversation_id=thread,
            message_id=MessageId(f"r{number}"),
            helpful=helpful,
            comment=comment,
            at=at,
        )


async def test_answers_that_did_not_help_come_first_with_what_was_said_of_them(db: Database) -> None:
    opening = Reply(text="We are open from nine to five.", kind="faq")
    await rate(db, 1, helpful=True)
    await rate(db, 2, helpful=False, comment="Which euros?\nWrite to bo@example.com")
    await rate(db, 3, helpful=True, reply=opening)
    await rate(db, 4, helpful=False, comment="=1+1")
    await rate(db, 5, helpful=False, reply=Reply(text="Goodbye.", kind="goodbye"))
    await rate(db, 6, helpful=True, reply=Reply(text="Goodbye.", kind="goodbye"))
    found = await find_feedback(db, SITE)

    assert as_table(found, everything=False).splitlines() == [
        "answers: 4 rated, 2 helped (50%)",
        "chats:   2 rated, 1 helped (50%)",
        "",
        "did not  helped  last        answer",
        "      2       1  2026-03-02  Prices – A service costs 79 euros.",
        f"{'':>29}“=1+1” (c4)",
        f"{'':>29}“Which euros? Write to ••••••••••••••” (c2)",
    ]
    assert "      0       1  2026-03-02  We are open" in as_table(found, everything=True)
    rows = list(csv.DictReader(io.StringIO(as_csv(found))))
    assert [(row["about"], row["helped"]) for row in rows] == [
        ("chat", "yes"),
        ("chat", "no"),
        ("answer", "no"),
        ("answer", "yes"),
        ("answer", "no"),
        ("answer", "yes"),
    ]
    assert rows[2]["comment"] == "'=1+1"
    assert json.loads(as_document(found))["answers"] == {"rated": 4, "helped": 2, "share": 0.5}


@pytest.mark.parametrize(
    ("consent", "question"),
    [
        (Consent.GIVEN, "I am Ada. What is a service?"),
        (Consent.NOT_ASKED, None),
        (Consent.REFUSED, None),
    ],
)
async def test_what_was_asked_is_told_of_those_who_agreed(
    db: Database, consent: Consent, question: str | None
) -> None:
    await rate(db, 1, helpful=False, consent=consent)

    [rated] = (await find_feedback(db, SITE)).ratings
    assert rated.question == question


async def test_of_another_site_or_time_nothing_is_told(db: Database) -> None:
    await rate(db, 1, helpful=False)

    later, other = NOON + timedelta(days=1), SiteId("other")
    assert (await find_feedback(db, SITE, since=later)).ratings == []
    assert (await find_feedback(db, other)).ratings == []
    assert as_table(await find_feedback(db, other), everything=True) == (
        "answers: none rated yet\nchats:   none rated yet\n"
    )
