"""Answers to the bot's own question about keeping and deleting that come after an operator's word in between. Pure."""

from collections.abc import Sequence

from bot.domain.conversation import Author, Message
from bot.domain.questions import CONSENT, FORGET
from bot.domain.reading import says_delete_it


def without_interruption(history: Sequence[Message], message: Message) -> tuple[Message, ...]:
    """Return the history as the message answers it.

    A pressed choice says which question it is of, and so does "delete it" after "Shall I delete everything?": then what
    operators said since is left out. Any other "yes" is to them.
    """
    asking = next((one for one in reversed(history) if one.author is Author.BOT), None)
    if asking is None or asking.asked not in {CONSENT, FORGET}:
        return tuple(history)
    is_pressed = message.text in {choice.label for choice in asking.choices}
    if not is_pressed and not (asking.asked == FORGET and says_delete_it(message.text)):
        return tuple(history)
    return tuple(one for one in history if one.author is not Author.OPERATOR or one.seq < asking.seq)
