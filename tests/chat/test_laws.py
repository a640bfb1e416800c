"""Laws of every conversation, tried on many random ones: never asked twice, no quote no fact."""

import random
import re

import pytest

from bot.domain.conversation import Author, Message
from bot.domain.dialogue import CHECK, OWN_QUESTIONS
from bot.domain.facts import SIGNAL_PREFIX, holds_detail
from bot.domain.masking import MASK
from bot.domain.questions import AGAIN, HELPFUL, KEEPS_OPEN, SERVICE
from tests.chat.conversations import CONSENT_TEXT, Talking, talking

pytestmark = pytest.mark.slow

CONVERSATIONS = 120
AT_ONCE = 30
LINES = (
    "Hello", "hi there", "thanks", "ok", "yes", "no", "no thanks", "I'd rather not say", "I don't know", "maybe",
    "Goodbye", "Who are you?", "I want to talk to a person", "Do you ship to France?", "What does it cost?",
    "How long does it charge?", "Do you have a testimonial?", "bicycle?", "How fast is a swallow?", "too high for us",
    "We are 12 people", "Sorry, we are 15 people", "about 40 seats", "USD 250,000 approved", "30k", "no budget",
    "500 euros a month", "on 1 March", "next month", "not urgent", "asap", "My name is Ada Lovelace",
    "ada@harbour.example", "Write to ada@gmial.com", "ada@gmail.com", "+33 1 44 55 66 77", "I am the CTO at Initech",
    "I decide", "my boss decides", "we need to get rid of spreadsheets", "We have no problem and no deadline",
    "We are ready to sign", "50 people, 20k, start in May, bob@harbour.example", "???", "🚲", "a" * 300,
    "It's about 10. Or 12? I'm not sure, ask my colleague", "Not Ada but Grace", "my e-mail is wrong",
)  # fmt: skip

FREE = {"person"} | AGAIN
"""Kinds of reply whose question is asked whatever the limit."""


async def play(seed: int) -> tuple[Talking, list[Message]]:
    chance = random.Random(seed)
    playbook = chance.choice(["bant", "simple"])
    async with talking(playbook=playbook) as talk:
        for _ in range(chance.randint(3, 9)):
            await talk.say(chance.choice(LINES))
        messages = await talk.messages()
        check_questions(messages, talk)
        await check_facts(messages, talk)
        await check_consent(messages, talk)
        return talk, messages


def check_questions(messages: list[Message], talk: Talking) -> None:
    """At most one question in a reply; a slot comes back only at once, after an answer, and in other words."""
    replies = [m for m in messages if m.author is Author.BOT and m.kind not in KEEPS_OPEN]
    asked = {r.asked for r in replies if r.asked is not None and r.asked not in OWN_QUESTIONS}
    for slot in asked:
        places = [n for n, reply in enumerate(replies) if reply.asked == slot and reply.kind != "person"]
        assert len(places) < 2 or places == [places[0], places[0] + 1], (slot, places)
        assert all(replies[n].kind in HELPFUL for n in places[1:]), (slot, places)
    assert sum(1 for reply in replies if reply.asked == CHECK) <= 1
    put = [r for r in replies if r.asked and r.asked not in SERVICE and r.kind not in FREE]
    assert len(put) <= talk.voice.playbook.max_questions
    wordings = [CONSENT_TEXT, *(text for q in talk.voice.playbook.questions for text in q.texts)]
    for reply in replies:
        assert sum(reply.text.count(wording) for wording in wordings) <= 1, reply.text
        assert reply.text.strip()


async def check_facts(messages: list[Message], talk: Talking) -> None:
    """Every fact and receipt quotes the visitor's message it names, word for word; a signal's may be masked."""
    said = {m.message_id: m.text for m in messages if m.author is Author.VISITOR}
    for fact in await talk.fact_log():
        is_signal = fact.slot.startswith(SIGNAL_PREFIX)
        assert fact.quote in said[fact.message_id] or is_signal, fact
        assert is_quoted(fact.quote, said[fact.message_id]), fact
    lead = await talk.lead()
    for receipt in lead.receipts:
        assert receipt.message_id is None or is_quoted(receipt.quote or "", said[receipt.message_id]), receipt
    if lead.row is not None:
        assert lead.row.score == max(0, min(100, sum(receipt.points for receipt in lead.receipts)))


def is_quoted(quote: str, said: str) -> bool:
    """Whether the words stand in the message, with any letter where the quote is masked."""
    pattern = "".join("." if letter == MASK else re.escape(letter) for letter in quote)
    return re.search(pattern, said, re.DOTALL) is not None


async def check_consent(messages: list[Message], talk: Talking) -> None:
    """Without a yes no fact has a personal detail, only that one was declined or is not known yet; a lead has."""
    lead = await talk.lead()
    if lead.row is None or lead.row.consent.value != "given":
        personal = {slot.id for slot in talk.voice.playbook.slots if slot.is_personal}
        told = [fact for fact in await talk.fact_log() if holds_detail(fact)]
        assert personal.isdisjoint(fact.slot for fact in told)
        assert await talk.tables_with("Lovelace", "ada@", "bob@", "44 55 66") <= {"messages"}
        assert lead.as_json()["captured"] is False
    if lead.row is not None and lead.row.consent.value == "refused":
        shown = [reply.text for reply in messages if reply.kind == "consent_refused"]
        assert shown


@pytest.mark.parametrize("first", range(0, CONVERSATIONS, AT_ONCE))
async def test_no_conversation_breaks_the_laws(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        try:
            await play(seed)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error


async def test_the_same_conversation_gives_the_same_messages_every_time() -> None:
    for seed in (1, 2, 3):
        assert (await play(seed))[1] == (await play(seed))[1]
