"""Erased is gone: no row, no byte, and it stays gone after a backup comes back."""

import hashlib
import random
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text

from bot.domain.answer import Citation
from bot.domain.conversation import Choice, Consent, Reply
from bot.domain.errors import NotFoundError
from bot.domain.identity import IdentityKind, Proof
from bot.store import Database, consents, conversations, facts, gaps, identities, leads, outbox, visitors
from bot.store.contact_tables import codes, merge_log, merges
from bot.store.erasure import SUBJECTS
from bot.store.identities import IdentityRow
from bot.store.spending_tables import visitor_spending
from bot.store.tables import metadata, sessions

Make = Callable[..., Any]
SUBJECT_COLUMNS = {"visitor_id", "conversation_id", "lead_id", "message_id", "merge_id", "token_hash"}
CANARY = "canary7f3a"


@pytest.fixture
def live(start: Make, say: Make, reply: Make, make_lead: Make, make_fact: Make, make_receipt: Make) -> Make:
    """Let a visitor leave a trace in every table there is."""

    async def leave_traces(conn: Any, number: int, words: str, now: datetime) -> None:
        visitor, thread, lead = f"v{number}", f"c{number}", f"l{number:05}"
        await visitors.create_session(
            conn,
            token_hash=hashlib.sha256(visitor.encode()).digest(),
            site_id="demo",
            visitor_id=visitor,
            now=now,
            expires_at=now + timedelta(days=1),
        )
        await start(conn, thread, visitor_id=visitor)
        said = await say(conn, thread, "a", f"I am {words}")
        citation = Citation(n=1, document_id="d", passage_id="p", title="T", url=None, quote=words)
        choices = (Choice(id="a", label=words),)
        answer = Reply(text=f"Hello {words}", kind="greeting", citations=(citation,), choices=choices)
        await reply(conn, thread, said.message_id, reply=answer)
        rated = f"r-{said.message_id}"
        await conversations.add_feedback(
            conn, conversation_id=thread, message_id=rated, helpful=True, comment=words, at=now
        )
        await leads.save(
            conn, row=make_lead(number, first_question=words), receipts=[make_receipt(quote=words)]
        )
        fact = make_fact("name", words, quote=words, message_id=said.message_id)
        await facts.append(conn, lead_id=lead, site_id="demo", facts=[fact])
        await facts.append(conn, lead_id=f"early-{lead}", site_id="demo", facts=[fact])
        await consents.record(
            conn,
            site_id="demo",
            visitor_id=visitor,
            conversation_id=thread,
            message_id=said.message_id,
            answer=Consent.GIVEN,
            text=f"May we? {words}",
            text_version="1",
            locale=None,
            at=now,
        )
        await gaps.record(conn, site_id="demo", question=words, conversation_id=thread, at=now)
        identity = IdentityRow(
            site_id="demo",
            visitor_id=visitor,
            kind=IdentityKind.EMAIL,
            value=words,
            proof=Proof.TYPED,
            at=now,
        )
        await identities.link(conn, identity)
        for table, values in (
            (
                codes,
                {"code_id": f"k{number}", "visitor_id": visitor, "conversation_id": thread, "address": words}
                | {"sent_at": now, "expires_at": now, "attempts": 0},
            ),
            (
                merges,
                {"merge_id": f"g{number}", "lead_id": f"x{number}", "other_lead_id": lead, "reason": "email"}
                | {"state": "proposed", "proposed_at": now},
            ),
            (
                visitor_spending,
                {"visitor_id": visitor, "day": now.date(), "tokens": number, "micros": number},
            ),
            (
                merge_log,
                {"merge_id": f"g{number}", "action": "proposed", "actor": "us", "at": now, "before": [words]},
            ),
        ):
            await conn.execute(insert(table).values(site_id="demo", **values))
        payload = {"email": words}
        for item, whose in (("l", {"lead_id": lead}), ("c", {"conversation_id": thread})):
            await outbox.put(
                conn,
                item_id=f"{item}{number}",
                event="lead.created",
                site_id="demo",
                target="t",
                payload=payload,
                now=now,
                **whose,
            )

    return leave_traces


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("foyer.db*")))


async def rows_by_table(db: Database) -> dict[str, int]:
    async with db.read() as conn:
        return {
            table.name: await conn.scalar(select(func.count()).select_from(table)) or 0 for table in SUBJECTS
        }


def test_every_table_that_speaks_of_a_visitor_is_erased() -> None:
    speaking = {table for table in metadata.tables.values() if SUBJECT_COLUMNS & set(table.columns.keys())}

    assert speaking == {*SUBJECTS, sessions}


async def test_erasing_a_lead_takes_every_row_of_its_visitor_and_of_nobody_else(
    db: Database, live: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await live(conn, 1, "Grace", noon)
    alone = await rows_by_table(db)
    async with db.write() as conn:
        await live(conn, 2, CANARY, noon)

    async with db.write() as conn:
        erased = await leads.erase(conn, "l00002", at=noon)

    assert all(alone.values())
    assert await rows_by_table(db) == alone
    assert erased.rows == alone
    assert erased.total == sum(alone.values())
    assert (erased.visitor_ids, erased.conversations) == (("v2",), ("c2",))


async def test_a_lead_that_is_not_there_cannot_be_erased(db: Database, noon: datetime) -> None:
    with pytest.raises(NotFoundError):
        async with db.write() as conn:
            await leads.erase(conn, "l9", at=noon)


async def test_an_erased_visitors_token_says_so_and_nothing_else(
    db: Database, live: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await live(conn, 2, CANARY, noon)
        await leads.erase(conn, "l00002", at=noon)
        token_hash = hashlib.sha256(b"v2").digest()
        session = await visitors.find_session(conn, token_hash=token_hash, now=noon)

    assert session is not None
    assert session.is_banned
    assert (session.visitor_id, session.conversation_id) == ("", None)


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
@pytest.mark.slow
async def test_no_byte_of_an_erased_visitor_is_left_in_the_files(
    db: Database, live: Make, say: Make, noon: datetime, tmp_path: Path
) -> None:
    chance = random.Random(3)
    async with db.write() as conn:
        for number in range(1, 40):
            await live(conn, number, CANARY if number == 20 else f"other{number}", noon)
    # Messages of many lengths, between those of others, so that pages are split, merged and spilled.
    for round_ in range(40):
        async with db.write() as conn:
            for number in chance.sample(range(1, 40), 20):
                text = (CANARY if number == 20 else "other") * chance.choice((1, 10, 60, 700))
                await say(conn, f"c{number}", f"k{round_}", text)
    assert CANARY.encode() in bytes_of(tmp_path)

    async with db.write() as conn:
        await leads.erase(conn, "l00020", at=noon)
    assert await db.overwrite_erased()

    assert CANARY.encode() not in bytes_of(tmp_path)
    assert b"l00020" not in bytes_of(tmp_path)
    async with db.read() as conn:
        assert (await conversations.messages(conn, "c19"))[0].text == "I am other19"


@pytest.mark.slow
async def test_copies_that_were_left_when_rows_moved_between_pages_are_gone_too(
    db: Database, tmp_path: Path
) -> None:
    chance = random.Random(50)
    ids: list[int] = []
    async with db.write() as conn:
        await conn.execute(text("CREATE TABLE said (id TEXT PRIMARY KEY, who INT, words TEXT)"))
        await conn.execute(text("CREATE INDEX said_words ON said (who, words)"))
        for _ in range(2_000):
            who = chance.randrange(40)
            words = (CANARY if who == 20 else f"other{who}") * chance.choice((1, 3, 10, 30, 60, 200))
            ids.append(chance.getrandbits(60))
            row = {"id": f"{ids[-1]:x}", "who": who, "words": words}
            await conn.execute(text("INSERT INTO said VALUES (:id, :who, :words)"), row)
            if chance.random() < 0.2:
                row = {"id": f"{chance.choice(ids):x}", "words": "z" * chance.randrange(900)}
                await conn.execute(text("UPDATE said SET words = :words WHERE who <> 20 AND id = :id"), row)

    async with db.write() as conn:
        await conn.execute(text("DELETE FROM said WHERE who = 20"))
    assert await db.overwrite_erased()

    assert CANARY.encode() not in bytes_of(tmp_path)


async def test_no_byte_that_was_masked_is_left_in_the_files(
    db: Database, start: Make, say: Make, tmp_path: Path
) -> None:
    async with db.write() as conn:
        await start(conn)
        said = await say(conn, "c1", "a", f"I am {CANARY}")
    async with db.write() as conn:
        await conversations.mask_spans(conn, said.message_id, [(5, 5 + len(CANARY))])

    assert await db.overwrite_erased()

    assert CANARY.encode() not in bytes_of(tmp_path)


@pytest.mark.slow
async def test_a_long_read_puts_the_overwriting_off_and_breaks_nothing(
    db: Database, start: Make, say: Make, noon: datetime
) -> None:
    async with db.write() as conn:
        await start(conn)
        await say(conn, "c1", "a", CANARY)

    async with db.read() as reading:
        before = await conversations.messages(reading, "c1")
        async with db.write() as conn:
            await leads.erase_visitor(conn, "v1", at=noon)
        is_done = await db.overwrite_erased()
        still = await conversations.messages(reading, "c1")

    assert not is_done
    assert before == still
    assert await db.overwrite_erased()


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
async def test_who_was_erased_is_erased_from_a_restored_backup_too(
    db: Database, live: Make, noon: datetime, tmp_path: Path
) -> None:
    async with db.write() as conn:
        await live(conn, 1, "Grace", noon)
        await live(conn, 2, CANARY, noon)
    assert await db.overwrite_erased()
    backup = tmp_path / "backup" / "foyer.db"
    backup.parent.mkdir()
    shutil.copy(tmp_path / "foyer.db", backup)
    async with db.write() as conn:
        await leads.erase(conn, "l00002", at=noon)
        stones = await leads.tombstones(conn)

    restored = await Database.open(f"sqlite+aiosqlite:///{backup}")
    async with restored.write() as conn:
        erased = await leads.erase_again(conn, stones, at=noon)
        left = [row.lead_id for row in (await leads.page(conn, where=leads.LeadFilter())).rows]
    assert await restored.overwrite_erased()
    await restored.close()

    assert (erased, left) == (1, ["l00001"])
    assert CANARY.encode() not in bytes_of(backup.parent)
    assert {stone.kind for stone in stones} == {"lead", "conversation", "visitor"}
