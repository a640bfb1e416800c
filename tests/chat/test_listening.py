"""What a visitor tells a person is read as what they tell the bot: each fact once, and never without their yes."""

import asyncio

import pytest

from bot.bus import LeadNews, News
from bot.domain.conversation import Author, Consent
from bot.store import conversations, leads
from tests.chat.conversations import documentation
from tests.chat.operators_desk import ADA, Desk
from tests.chat.test_cut_off import VISITOR, Room

ADDRESS = "cara@works.example"


async def agree(desk: Desk) -> None:
    """Let the visitor agree that we keep their details."""
    await desk.say("k1", "Call me on +33 6 12 34 56 78 about the bikes")
    await desk.settle()
    await desk.say("k2", "Yes")
    await desk.settle()
    assert (await desk.thread()).consent is Consent.GIVEN


async def speak(desk: Desk, text: str) -> None:
    """Say something as the operator."""
    await desk.handoff.speak(await desk.thread(), ADA, client_message_id=text, text=text)


async def test_what_is_told_to_a_person_is_kept_and_counts(desk: Desk) -> None:
    await agree(desk)
    await speak(desk, "How may we write to you, and what is it about?")
    before, told = await desk.lead(), []
    async with desk.bus.subscribe((await desk.thread()).conversation_id) as news:
        await desk.say("k3", f"{ADDRESS}, and our budget is 20000 euros")
        await desk.settle()
        while (item := news.take()) is not None:
            told.append(item)

    assert (await desk.known())["email"] == ADDRESS
    assert "budget" in await desk.known()
    assert {fact.message_id for fact in await desk.facts() if fact.slot in {"email", "budget"}} == {
        (await desk.messages())[-1].message_id
    }
    assert (await desk.lead()).score > before.score
    assert LeadNews() in told
    assert (await desk.messages())[-1].author is Author.VISITOR


async def test_nothing_is_told_of_a_lead_where_nothing_was_learned(desk: Desk) -> None:
    await agree(desk)
    await speak(desk, "Shall I send you the list?")
    told: list[News] = []
    async with desk.bus.subscribe((await desk.thread()).conversation_id) as news:
        await desk.say("k3", "Thanks")
        await desk.settle()
        while (item := news.take()) is not None:
            told.append(item)
    assert LeadNews() not in told


async def test_a_contact_told_to_a_person_waits_for_the_visitors_yes(desk: Desk) -> None:
    await desk.say("k1", "Hello")
    await desk.settle()
    await speak(desk, "How may we write to you?")
    await desk.say("k2", f"{ADDRESS}, and our budget is 20000 euros")
    await desk.settle()
    assert set(await desk.known()) == {"budget"}
    assert not any(ADDRESS in fact.quote for fact in await desk.facts())

    await desk.handoff.give_back(await desk.thread(), ADA)
    await desk.settle()
    assert (await desk.messages())[-1].asked == "consent"
    await desk.say("k3", "Yes")
    await desk.settle()
    assert (await desk.known())["email"] == ADDRESS


@pytest.mark.parametrize("said", ["around 8k", "20 people", "I think in March", "Maybe by March, yes"])
@pytest.mark.parametrize("is_taken", [True, False])
async def test_a_short_answer_to_a_person_answers_none_of_the_bots_questions(
    desk: Desk, said: str, is_taken: bool
) -> None:
    await desk.say("k1", "Our budget is 20000 euros")
    await desk.settle()
    assert (await desk.messages())[-1].asked
    await speak(desk, "When did you buy yours, and how far has it gone?")
    if not is_taken:
        await desk.handoff.give_back(await desk.thread(), ADA)
    before = await desk.facts()
    await desk.say("k2", said)
    await desk.handoff.give_back(await desk.thread(), ADA)
    await desk.settle()
    assert await desk.facts() == before
    assert "corrected" not in (await desk.messages())[-1].text


@pytest.mark.parametrize(
    ("said", "slot"),
    [
        ("Our budget is 20000 euros", "budget"),
        ("We need them by March", "timeline"),
        ("We are a team of 20", "team_size"),
        ("www.works.example", "website"),
        ("I work for Acme Ltd", "company"),
    ],
)
async def test_what_says_itself_what_it_is_counts_whoever_asked(desk: Desk, said: str, slot: str) -> None:
    await desk.say("k1", "Hello")
    await desk.settle()
    await speak(desk, "What else may I know?")
    await desk.say("k2", said)
    await desk.settle()
    assert set(await desk.known()) == {slot}


@pytest.mark.parametrize("is_asked_again", [True, False])
async def test_what_is_answered_by_the_bot_after_all_is_kept_once(desk: Desk, is_asked_again: bool) -> None:
    await agree(desk)
    await desk.handoff.take(await desk.thread(), ADA)
    await desk.say("k3", f"Our budget is 20000 euros, write to {ADDRESS}. Do you ship to France?")
    await desk.settle()
    score = (await desk.lead()).score
    if is_asked_again:
        await desk.say("k3", f"Our budget is 20000 euros, write to {ADDRESS}. Do you ship to France?")
    await desk.handoff.give_back(await desk.thread(), ADA)
    await desk.settle()

    assert [m.author for m in await desk.messages()][-2:] == [Author.VISITOR, Author.BOT]
    slots = [fact.slot for fact in await desk.facts()]
    assert (slots.count("budget"), slots.count("email")) == (1, 1)
    assert (await desk.lead()).score == score


async def test_two_processes_that_hear_the_same_keep_it_once(desk: Desk) -> None:
    await agree(desk)
    await desk.handoff.take(await desk.thread(), ADA)
    other = Room(desk.db, documentation, name="other")
    text = "Our budget is 20000 euros"
    await asyncio.gather(desk.say("k3", text), other.say("k3", text))
    await asyncio.gather(desk.settle(), other.settle())
    assert [fact.slot for fact in await desk.facts()].count("budget") == 1


async def test_of_who_is_erased_meanwhile_nothing_is_kept(desk: Desk) -> None:
    await agree(desk)
    await desk.handoff.take(await desk.thread(), ADA)
    thread = await desk.thread()
    async with desk.db.read() as connection:
        context = await desk.talk._turns.read_context(
            connection, thread.conversation_id, (await desk.messages())[0].message_id
        )
    accepted = await desk.say("k3", "Our budget is 20000 euros")
    await desk.settle()
    context = await desk.talk._turns.load_context(thread.conversation_id, accepted.message_id)
    assert context is not None
    async with desk.db.write() as connection:
        await leads.erase_visitor(connection, VISITOR, at=desk.now)
    assert [one async for one in desk.talk._turns.listen(context)]
    assert await desk.facts() == []
    async with desk.db.read() as connection:
        assert await conversations.find_open(connection, VISITOR) is None
