"""Conversations with the real engine on a database of their own: what is said, asked and kept."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import text

from bot.assemble.simulation import VISITOR, LeadView, Simulation, open_simulation, reply_of
from bot.chat.voice import Voice
from bot.domain.answer import Answer, Citation, Suggestion
from bot.domain.conversation import Author, Message
from bot.domain.facts import SIGNAL_PREFIX, Fact
from bot.settings import bundled_playbook
from bot.store import facts, leads

CONSENT_TEXT = "May we keep your details to answer you?"
NEED = "We need fewer support tickets"
DOCUMENTATION = {
    "ship": "Yes, we ship to France for 12 euros.",
    "cost": "The city bike costs 900 euros.",
    "charge": "The battery charges fully in four hours.",
    "testimonial": "We are 50 people with a budget of USD 250,000 approved and we start on 1 February.",
}


async def documentation(question: str, _: Sequence[tuple[str, str]], __: str | None = None) -> Answer:
    """Answer what a handful of words ask about; everything else is not written there."""
    if "bicycle" in question.lower():
        asked = ("How much does the city bike cost?", "Do you ship to France?")[: question.count("?")]
        suggestions = tuple(Suggestion(id=one, question=one) for one in asked)
        return Answer(kind="none", text=None, confidence=0.4, suggestions=suggestions)
    left = tuple(one.strip() for one in re.findall(r"[^.?]+\?", question) if "tandem" in one)
    for word, answer in DOCUMENTATION.items():
        if word in question.lower():
            citation = Citation(n=1, document_id=word, passage_id=word, title=word, url=None, quote=answer)
            return Answer(
                kind="faq", text=answer, confidence=0.9, citations=(citation,), hits=(word,), unanswered=left
            )
    return Answer(kind="none", text=None, confidence=0.1)


@cache
def voice_of(playbook: str) -> Voice:
    """Return how a site with a bundled playbook speaks."""
    return Voice(
        name="Harbour Bikes",
        playbook=bundled_playbook(playbook),
        consent_text=CONSENT_TEXT,
        consent_version="1",
    )


@dataclass
class Talking:
    """A conversation under way."""

    simulation: Simulation
    voice: Voice

    async def say(self, *lines: str) -> Message:
        """Say something, line by line; return the last reply."""
        reply = None
        for line in lines:
            reply = reply_of(await self.simulation.say(line))
        assert reply is not None
        return reply

    async def press(self, choice: str) -> Message:
        """Press a button of the consent question."""
        reply = reply_of(await self.simulation.answer_consent(choice))
        assert reply is not None
        return reply

    async def say_until_asked_for(self, slot: str) -> Message:
        """Be helped, say what is needed, and not know what else is asked, until the bot asks for the slot."""
        for number in range(20):
            last = (await self.messages())[-1] if number else None
            asked = last.asked if last is not None else None
            evades = NEED if asked == "need" and slot != "need" else "I don't know"
            reply = await self.say(evades if asked is not None else "Do you ship to France?")
            if reply.asked == slot:
                return reply
        raise AssertionError(f"{slot!r} was never asked for")

    async def next_asked(self) -> str:
        """Be helped until the bot asks for something; return the slot."""
        for _ in range(5):
            messages = await self.messages()
            if messages and messages[-1].asked:
                return messages[-1].asked
            await self.say("Do you ship to France?")
        raise AssertionError("nothing was asked for")

    async def messages(self) -> list[Message]:
        return await self.simulation.messages()

    async def replies(self) -> list[Message]:
        return [message for message in await self.messages() if message.author is Author.BOT]

    async def lead(self) -> LeadView:
        return await self.simulation.lead()

    async def states(self) -> dict[str, str]:
        """Return the state of every slot that was spoken of."""
        known = (await self.lead()).facts
        return {slot: f.state.value for slot, f in known.items() if not slot.startswith(SIGNAL_PREFIX)}

    async def fact_log(self) -> list[Fact]:
        """Return every fact ever kept, oldest first."""
        async with self.simulation._db.read() as connection:
            row = await leads.find_for_visitor(connection, VISITOR)
            return await facts.history(connection, row.lead_id) if row else []

    async def rows(self, table: str) -> list[dict[str, Any]]:
        """Return every row of a table."""
        async with self.simulation._db.read() as connection:
            found = await connection.execute(text(f"SELECT * FROM {table}"))
            return [dict(row) for row in found.mappings()]

    async def tables_with(self, *words: str) -> set[str]:
        """Return the tables that hold any of these words anywhere."""
        async with self.simulation._db.read() as connection:
            names = await connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        kept = {name: str(await self.rows(name)) for name in names.all()}
        return {name for name, rows in kept.items() if any(word in rows for word in words)}


@asynccontextmanager
async def talking(*, playbook: str = "bant", now: datetime | None = None) -> AsyncIterator[Talking]:
    """Open a conversation."""
    voice = voice_of(playbook)
    async with open_simulation(voice=voice, answer=documentation, site_id="harbour", now=now) as simulation:
        yield Talking(simulation, voice)
