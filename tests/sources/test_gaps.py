"""Gaps: grouped by meaning, compared with what is written, and nobody named who did not agree."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.commands.gaps import as_csv, as_table
from bot.domain.conversation import Consent, ConversationId, LeadId, SiteId, VisitorId
from bot.domain.facts import Fact, FactState
from bot.sources import (
    GapMemory,
    Sync,
    exact_knowledge,
    find_gaps,
    gap_json,
    keep_program_gap,
    shown_gaps,
)
from bot.sources.gap_groups import Matter, group_questions
from bot.store import Database, conversations, facts, gaps, leads
from bot.store.leads import LeadRow
from knowledge import Embedder, tokenizer_for

SITE = SiteId("harbour")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
Ask = Callable[..., Any]


@pytest.fixture
def ask(db: Database) -> Ask:
    """Return what lets a visitor ask what was not answered, and leave an address if they agree."""

    async def keep(
        number: int, question: str, *, consent: Consent = Consent.NOT_ASKED, mail: str = ""
    ) -> None:
        thread, at = ConversationId(f"c{number}"), NOON + timedelta(hours=number)
        visitor, lead = VisitorId(f"v{number}"), LeadId(f"l{number}")
        row = LeadRow(
            lead_id=lead,
            site_id=SITE,
            visitor_id=visitor,
            conversation_id=thread,
            created_at=at,
            updated_at=at,
            stage="lead",
            grade="B2",
            score=10,
            consent=consent,
        )
        async with db.write() as conn:
            await conversations.start(conn, conversation_id=thread, site_id=SITE, visitor_id=visitor, now=at)
            await gaps.record(conn, site_id=SITE, question=question, conversation_id=thread, at=at)
            await leads.save(conn, row=row, receipts=[])
            if mail:
                await facts.append(conn, lead_id=lead, site_id=SITE, facts=[address(mail, at)])

    return keep


def address(mail: str, at: datetime) -> Fact:
    return Fact(
        slot="email",
        state=FactState.KNOWN,
        value=mail,
        quote=mail,
        message_id="m1",
        extractor="patterns",
        confidence=0.9,
        at=at,
    )


async def found(db: Database, embedder: Embedder) -> list[dict[str, Any]]:
    return [gap_json(gap) for gap in shown_gaps(await find_gaps(db, SITE, embedder, None))]


async def test_one_meaning_is_one_gap_with_its_times_and_an_example(
    db: Database, ask: Ask, real_embedder: Embedder
) -> None:
    for number, question in enumerate(
        [
            "Can I pay by invoice?",
            "Is there a discount for students?",
            "can i pay by invoice",
            "do you accept payment on invoice",
            "oh",
            "sorry?",
        ]
    ):
        await ask(number, question)

    first, second = await found(db, real_embedder)

    assert (first["count"], first["visitors"], first["question"]) == (3, 3, "Can I pay by invoice?")
    assert (first["first_asked"], first["last_asked"]) == ("2026-03-02T12:00:00Z", "2026-03-02T15:00:00Z")
    assert second["question"] == "Is there a discount for students?"


async def test_who_asked_is_named_only_after_a_yes(db: Database, ask: Ask, real_embedder: Embedder) -> None:
    await ask(1, "Can I pay by invoice?", consent=Consent.GIVEN, mail="ada@x.org")
    await ask(2, "Can I pay by invoice?", consent=Consent.REFUSED, mail="bob@x.org")
    await ask(3, "Can I pay by invoice?")

    (gap,) = await found(db, real_embedder)

    assert gap["contacts"] == ["ada@x.org"]
    assert [(row["lead_id"], row["contact_left"]) for row in gap["asked"]] == [
        ("l1", True),
        (None, False),
        (None, False),
    ]
    assert [row["conversation_id"] for row in gap["asked"]] == ["c1", "c2", "c3"]


async def test_what_a_program_asks_counts_with_the_others_and_has_nobody_behind_it(
    db: Database, ask: Ask, real_embedder: Embedder
) -> None:
    await ask(1, "Can I pay by invoice?", consent=Consent.GIVEN, mail="ada@x.org")
    for question in ("can I pay by  invoice", "Do you teach unicycle juggling?"):
        await keep_program_gap(db, SITE, question, region="US", at=NOON)

    both, alone = await find_gaps(db, SITE, real_embedder, None)

    shown = gap_json(both)
    assert (shown["count"], shown["visitors"], shown["channels"]) == (2, 1, {"chat": 1, "faq": 1})
    assert [(row["channel"], row["conversation_id"]) for row in shown["asked"]] == [
        ("faq", None),
        ("chat", "c1"),
    ]
    assert as_table([both, alone]).splitlines()[3:] == [
        f"{'':>19}once at the FAQ endpoint, by nobody that is known",
        f"{1:>5}  2026-03-02  Do you teach unicycle juggling?",
        f"{'':>19}once at the FAQ endpoint, by nobody that is known",
    ]
    (row, _) = csv.DictReader(io.StringIO(as_csv([both, alone])))
    assert (row["in_chat"], row["at_faq_endpoint"], row["conversation_ids"]) == ("1", "1", "c1")


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Did ada@x.org get her invoice?", "Did ••••••••• get her invoice?"),
        ("Can you call 030 2345 6789 about invoices?", "Can you call ••••••••••••• about invoices?"),
        ("My name is Ada Lovelace, where is my invoice?", "My name is ••••••••••••, where is my invoice?"),
        ("Is my card 4111 1111 1111 1111 charged?", "Is my card ••••••••••••••••••• charged?"),
    ],
)
async def test_of_what_a_program_asks_nothing_personal_is_kept(
    question: str, kept: str, db: Database, real_embedder: Embedder
) -> None:
    await keep_program_gap(db, SITE, question, region="DE", at=NOON)

    assert [gap.question for gap in await find_gaps(db, SITE, real_embedder, None)] == [kept]


async def test_who_is_erased_is_in_no_gap(db: Database, ask: Ask, real_embedder: Embedder) -> None:
    await ask(1, "Can I pay by invoice?", consent=Consent.GIVEN, mail="ada@x.org")
    await ask(2, "Is there a discount for students?")
    async with db.write() as conn:
        await leads.erase(conn, LeadId("l1"), at=NOON)

    assert [gap["question"] for gap in await found(db, real_embedder)] == [
        "Is there a discount for students?"
    ]


async def test_a_gap_that_is_answered_by_now_is_listed_with_all_and_says_whom_to_tell(
    db: Database, ask: Ask, sync: Sync, real_embedder: Embedder
) -> None:
    await ask(1, "Can I pay by invoice?", consent=Consent.GIVEN, mail="ada@x.org")
    await ask(2, "Is there a discount for students?")
    with (sync.folder / "faq.csv").open("a") as file:
        file.write("pay,Can I pay by invoice?,Companies pay by invoice.\n")
    await sync.run()

    everything = await find_gaps(db, SITE, real_embedder, await exact_knowledge(db, SITE, real_embedder))

    assert [gap.question for gap in shown_gaps(everything)] == ["Is there a discount for students?"]
    answered = shown_gaps(everything, everything=True)[-1]
    assert answered.is_answered
    assert "answered by now: Can I pay by invoice?" in as_table([answered])
    assert "tell 1 of 1 visitor: ada@x.org" in as_table([answered])


async def test_of_the_next_page_only_what_is_new_is_worked_out(
    db: Database, ask: Ask, sync: Sync, embedder: Any
) -> None:
    asked = ["Can I pay by invoice?", "Is there a discount for students?", "can i pay by invoice"]
    for number, question in enumerate(asked):
        await ask(number, question)
    await sync.run()
    knowledge, memory = await exact_knowledge(db, SITE, embedder), GapMemory()
    first = await find_gaps(db, SITE, embedder, knowledge, memory=memory)
    embedder.embedded.clear()

    again = await find_gaps(db, SITE, embedder, knowledge, memory=memory)
    embedded_again = list(embedder.embedded)
    await ask(9, "Do you teach juggling?")
    third = await find_gaps(db, SITE, embedder, knowledge, memory=memory)

    assert again == first
    assert embedded_again == []
    assert set(embedder.embedded) == {"do you teach juggling", "Do you teach juggling?"}
    assert third == await find_gaps(db, SITE, embedder, knowledge)


async def test_a_cell_is_never_calculated(db: Database, ask: Ask, real_embedder: Embedder) -> None:
    await ask(1, '=HYPERLINK("http://evil.example","invoice")')

    (gap,) = await find_gaps(db, SITE, real_embedder, None)
    (row,) = csv.DictReader(io.StringIO(as_csv([gap])))

    assert row["question"].startswith("'=HYPERLINK")


async def test_since_and_the_least_count_bound_the_list(
    db: Database, ask: Ask, real_embedder: Embedder
) -> None:
    await ask(1, "Can I pay by invoice?")
    await ask(5, "Is there a discount for students?")

    late = await find_gaps(db, SITE, real_embedder, None, since=NOON + timedelta(hours=2))

    assert [gap.question for gap in late] == ["Is there a discount for students?"]
    assert shown_gaps(late, at_least=2) == []
    assert shown_gaps([replace(late[0], has_matter=False)]) == []


@pytest.mark.parametrize(
    "question", ["oh", "Sorry?", "hello there", "ok", "?", "…", "what??", "and you", "hm"]
)
def test_what_asks_for_nothing_is_known(question: str) -> None:
    assert not Matter(tokenizer_for("en")).is_in(question)


@pytest.mark.parametrize("question", ["pricing", "DHL?", "and in 2027?", "学生割引", "Rabatt?"])
def test_what_asks_for_something_in_a_word_is_kept(question: str) -> None:
    assert Matter(tokenizer_for("en")).is_in(question)


def test_the_same_questions_give_the_same_groups(real_embedder: Embedder) -> None:
    asked = ["gift cards?", "Do you sell gift cards?", "opening hours", "gift cards", "When do you open?"]

    groups = group_questions(asked, real_embedder.embed)

    assert groups == group_questions(asked, real_embedder.embed)
    assert sorted(at for group in groups for at in group) == [0, 1, 2, 3, 4]
    assert {0, 1, 3} <= set(groups[0])


def test_no_questions_are_no_groups(real_embedder: Embedder) -> None:
    assert group_questions([], real_embedder.embed) == []
