"""What was volunteered and then refused is masked, wherever it stands."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.domain.answer import Citation
from bot.domain.conversation import (
    Choice,
    Reply,
)
from bot.store import Database, conversations, facts, gaps, leads

Make = Callable[..., Any]


async def test_masking_replaces_code_points_and_nothing_else(db: Database, start: Make, say: Make) -> None:
    async with db.write() as conn:
        await start(conn)
        said = await say(conn, "c1", "a", "👋 I am ada@x.org, ok?")
        await conversations.mask_spans(conn, said.message_id, [(7, 16), (18, 999)])
        read = await conversations.messages(conn, "c1")

    assert read[0].text == "👋 I am •••••••••, •••"
    assert len(read[0].text) == len("👋 I am ada@x.org, ok?")


async def test_redacting_masks_the_words_wherever_they_were_repeated(
    db: Database,
    start: Make,
    say: Make,
    reply: Make,
    make_fact: Make,
    make_lead: Make,
    make_receipt: Make,
    noon: datetime,
) -> None:
    mail = "ada@x.org"
    citation = Citation(n=1, document_id="d", passage_id="p", title="T", url=None, quote=f"mail {mail}")
    given = Reply(
        text=f"Is {mail} right?", kind="faq", citations=(citation,), choices=(Choice(id="y", label=mail),)
    )
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
