"""Questions that come again and again; what one person wrote stays theirs."""

from collections.abc import Callable
from typing import Any

from bot.domain.conversation import Reply
from bot.store import Database, asked

Make = Callable[..., Any]


async def test_only_what_several_asked_and_were_answered_is_told(
    db: Database, start: Make, say: Make, reply: Make
) -> None:
    said = [
        ("Do you ship to France?", "faq"),
        ("do you ship to france?", "faq"),
        ("My name is Ada, do you ship?", "faq"),
        ("Hello", "greeting"),
        ("Hello", "greeting"),
        ("Do you ship to Mars?", "none"),
        ("Do you ship to Mars?", "none"),
    ]
    async with db.write() as conn:
        for number, (text, kind) in enumerate(said):
            thread = await start(conn, f"c{number}", visitor_id=f"v{number}")
            accepted = await say(conn, thread, "a", text)
            await reply(conn, thread, accepted.message_id, reply=Reply(text="Yes.", kind=kind))

        assert await asked.often_answered(conn, "demo") == ["Do you ship to France?"]
        assert await asked.often_answered(conn, "other") == []
