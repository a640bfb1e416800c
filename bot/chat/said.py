"""What a visitor says, and the words of it: typed, pressed, chosen from the menu or filled in."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from bot.chat.agreement import words_of_form
from bot.chat.phrases import phrase
from bot.chat.voice import Voice
from bot.domain.conversation import Author, Conversation, Message
from bot.store import Connection, conversations

MENU = {"person": "menu_person", "forget": "menu_forget"}
"""What a client may always say, whatever is on offer, and the sentence it stands for in the site's language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing a visitor says; `body_hash` tells a repetition from a conflict."""

    client_message_id: str
    text: str | None = None
    choice: str | None = None
    form: Mapping[str, str] | None = None

    @property
    def body_hash(self) -> str:
        """Hash of the body as sent."""
        form = sorted((self.form or {}).items())
        return hashlib.sha256(repr((self.text, self.choice, form)).encode()).hexdigest()


async def resolve_text(
    connection: Connection, conversation: Conversation, said: Said, voice: Voice | None
) -> str:
    """Return the words of what was said: a quick reply's label, a menu's wish, a form's fields line by line."""
    if said.text is not None:
        return said.text
    voice = voice.heard_in(conversation.locale) if voice else None
    if said.form is not None:
        return words_of_form(said.form, voice)
    latest = await conversations.latest_reply(connection, conversation.conversation_id)
    choice = said.choice or ""
    label = label_of(choice, latest)
    is_wish = label == choice and choice in MENU
    return phrase(MENU[choice], voice.messages if voice else {}) if is_wish else label


def label_of(choice: str, latest: Message | None) -> str:
    """Return the label people read on the quick reply, or the choice as sent when it is not on offer."""
    offered = latest.choices if latest is not None and latest.author is Author.BOT else ()
    return next((option.label for option in offered if option.id == choice), choice)
