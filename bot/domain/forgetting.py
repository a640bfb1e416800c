"""What is said about keeping and deleting what we know: asked once, then done; a yes after a no is asked for. Pure."""

from collections.abc import Sequence

from bot.domain.conversation import Author, Consent, Message
from bot.domain.moves import Move
from bot.domain.questions import CONSENT, FORGET, last_asked
from bot.domain.reading import Act, Reading


def move_about_forgetting(reading: Reading, consent: Consent, history: Sequence[Message]) -> Move | None:
    """Take the wish to be forgotten seriously: ask once, then do it; None when it is about something else.

    Consent that is taken back is gone at once; whether the rest shall go too is asked.
    """
    if reading.withdraws and consent is Consent.WITHDRAWN:
        return Move.WITHDRAWN
    if reading.act is Act.FORGET_ME:
        return Move.FORGET
    if last_asked(history) != FORGET:
        return move_about_keeping(consent, history) if reading.act is Act.KEEP_DATA else None
    if reading.act is Act.AFFIRM:
        return Move.FORGOTTEN
    if reading.act not in {Act.DENY, Act.REFUSE, Act.KEEP_DATA}:
        return None
    return Move.ACCEPT_REFUSAL if consent is Consent.WITHDRAWN else Move.KEPT


def move_about_keeping(consent: Consent, history: Sequence[Message]) -> Move:
    """Answer "you may keep it": what a no has masked must be given again, and the consent question comes with it."""
    if consent in {Consent.REFUSED, Consent.WITHDRAWN}:
        return Move.GIVE_AGAIN
    was_asked = any(m.author is Author.BOT and m.asked == CONSENT for m in history)
    return Move.ASK_CONSENT if was_asked and consent is Consent.NOT_ASKED else Move.KEPT
