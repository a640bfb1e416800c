"""A person in the bot's place: the bot is silent at once, and answers what was left when they are gone."""

import asyncio
from datetime import timedelta

import pytest

from bot.bus import StatusNews
from bot.chat.handoff import STAYS
from bot.domain.conversation import Author, Consent
from tests.chat.operators_desk import ADA, Desk
from tests.chat.test_cut_off import NOON


async def test_an_operator_who_takes_over_while_the_bot_thinks_is_not_talked_over(desk: Desk) -> None:
    desk.may_answer.clear()
    await desk.say("k1")
    await desk.is_asked.wait()
    await desk.handoff.take(await desk.thread(), ADA)
    desk.may_answer.set()
    await desk.settle()
    assert await desk.authors() == [Author.VISITOR]

    await desk.handoff.speak(await desk.thread(), ADA, client_message_id="a", text="Hello")
    assert await desk.handoff.give_back(await desk.thread(), ADA)
    await desk.settle()
    assert await desk.authors() == [Author.VISITOR, Author.OPERATOR]


async def test_what_nobody_answered_the_bot_answers_in_order_when_it_has_it_back(desk: Desk) -> None:
    await desk.say("k1", "Hello")
    await desk.settle()
    await desk.handoff.take(await desk.thread(), ADA)
    said = [await desk.say(key, text) for key, text in (("k2", "Do you ship to France?"), ("k3", "Thanks"))]
    await desk.settle()
    assert await desk.authors() == [Author.VISITOR, Author.BOT, Author.VISITOR, Author.VISITOR]

    await desk.handoff.give_back(await desk.thread(), ADA)
    await desk.settle()
    replies = [m.in_reply_to for m in await desk.messages() if m.author is Author.BOT][1:]
    assert replies == [one.message_id for one in said]


async def test_an_operator_who_is_gone_loses_the_conversation_to_the_bot(desk: Desk) -> None:
    await desk.say("k1", "Hello")
    await desk.settle()
    thread = await desk.thread()
    async with desk.bus.subscribe(thread.conversation_id) as news:
        await desk.handoff.take(thread, ADA)
        await desk.say("k2", "Do you ship to France?")
        desk.now = NOON + STAYS - timedelta(seconds=1)
        await desk.handoff.stay(thread, ADA)
        desk.now = NOON + STAYS + timedelta(seconds=1)
        await desk.handoff.take_back_left()
        assert (await desk.handoff.who_answers(thread.conversation_id)).operator_id == ADA

        desk.now = NOON + 2 * STAYS
        await asyncio.gather(desk.handoff.take_back_left(), desk.handoff.take_back_left())
        await desk.settle()
        told = []
        while (item := news.take()) is not None:
            told += [item.status.value] if isinstance(item, StatusNews) else []
    assert told[-1:] == ["bot"]
    assert await desk.authors() == [Author.VISITOR, Author.BOT, Author.VISITOR, Author.BOT]


async def test_what_is_kept_of_a_visitor_is_theirs_to_say_whoever_answers(desk: Desk) -> None:
    asked = "Delete all my data, please"
    await desk.say("k1", "Hello")
    await desk.settle()
    await desk.handoff.speak(await desk.thread(), ADA, client_message_id="a", text="May I help?")
    await desk.say("k2", asked)
    await desk.say("k3", "No, keep it")
    await desk.settle()
    assert [m.kind for m in await desk.messages() if m.author is Author.BOT][1:] == ["forget", "kept"]
    await desk.say("k4", asked)
    await desk.say("k5", "Yes")
    await desk.settle()
    assert await desk.messages() == []


async def test_a_yes_to_an_operator_answers_no_question_of_the_bots(desk: Desk) -> None:
    await desk.say("k1", "Write to me at cara@works.example about the bikes")
    await desk.settle()
    assert (await desk.messages())[-1].asked == "consent"
    await desk.handoff.speak(await desk.thread(), ADA, client_message_id="a", text="Is it for you?")
    await desk.say("k2", "Yes")
    await desk.handoff.give_back(await desk.thread(), ADA)
    await desk.settle()
    assert (await desk.thread()).consent is Consent.NOT_ASKED


async def test_a_yes_to_the_bot_counts_although_somebody_took_over_since(desk: Desk) -> None:
    await desk.say("k1", "Write to me at cara@works.example about the bikes")
    await desk.settle()
    await desk.handoff.take(await desk.thread(), ADA)
    await desk.say("k2", "Yes")
    await desk.settle()
    assert (await desk.thread()).consent is Consent.GIVEN


async def test_what_an_operator_says_is_kept_although_they_go_away_meanwhile(desk: Desk) -> None:
    await desk.say("k1", "Hello")
    await desk.settle()
    thread = await desk.thread()
    for number in range(30):
        speaking = asyncio.create_task(
            desk.handoff.speak(thread, ADA, client_message_id=f"a{number}", text=f"Part {number}")
        )
        await asyncio.sleep(0.001 * (number % 4))
        speaking.cancel()
        await asyncio.gather(speaking, return_exceptions=True)
    await desk.settle()
    seqs = [message.seq for message in await desk.messages()]
    assert seqs == list(range(1, len(seqs) + 1))


@pytest.mark.parametrize("said", ["No, thank you", "No"])
async def test_a_pressed_no_to_the_consent_question_counts_after_an_operators_word(
    desk: Desk, said: str
) -> None:
    await desk.say("k1", "Write to me at cara@works.example about the bikes")
    await desk.settle()
    labels = [choice.label for choice in (await desk.messages())[-1].choices]
    assert "No, thank you" in labels
    await desk.handoff.speak(await desk.thread(), ADA, client_message_id="a", text="Is it for you?")
    await desk.say("k2", said)
    await desk.settle()
    is_pressed = said in labels
    assert ((await desk.thread()).consent is Consent.REFUSED) is is_pressed
    assert ("cara@works.example" not in (await desk.messages())[0].text) is is_pressed


async def test_everything_is_deleted_after_an_operators_word_by_who_presses_it_or_says_it_again(
    desk: Desk,
) -> None:
    await desk.say("k1", "Delete all my data")
    await desk.settle()
    assert (await desk.messages())[-1].asked == "forget"
    await desk.handoff.speak(await desk.thread(), ADA, client_message_id="a", text="Wait, why?")
    await desk.say("k2", "Yes")
    await desk.settle()
    assert len(await desk.messages()) == 4
    await desk.say("k3", "Delete it")
    await desk.settle()
    assert await desk.messages() == []


@pytest.mark.parametrize(
    "said", ["Please do not contact me.", "Please do not keep my e-mail address.", "Don't e-mail me"]
)
@pytest.mark.parametrize("is_taken", [True, False])
async def test_an_address_that_was_told_to_a_person_goes_when_it_is_not_to_be_kept(
    desk: Desk, said: str, is_taken: bool
) -> None:
    await desk.say("k1", "Hello")
    await desk.settle()
    await desk.handoff.speak(await desk.thread(), ADA, client_message_id="a", text="What is your e-mail?")
    await desk.say("k2", "cara@works.example")
    if not is_taken:
        await desk.handoff.speak(await desk.thread(), ADA, client_message_id="b", text="Thanks")
        await desk.handoff.give_back(await desk.thread(), ADA)
    await desk.say("k3", said)
    await desk.settle()
    assert not any("cara@works" in message.text for message in await desk.messages())
