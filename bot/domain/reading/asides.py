"""What a visitor says to us that is neither told of themselves nor asked of the documentation."""

from bot.domain.reading.acts import small_act
from bot.domain.reading.assents import is_mere_assent
from bot.domain.reading.clauses import Clause
from bot.domain.reading.fillers import is_filler
from bot.domain.reading.keeping import permits_keeping, says_delete_it
from bot.domain.reading.message_text import MessageText
from bot.domain.reading.reading import Act
from bot.domain.reading.why_asked import asks_why
from bot.domain.reading.wishes import denies_forgetting, wants_forgetting, wants_keeping

_BESIDE = (Act.GREETING, Act.THANKS, Act.GOODBYE, Act.DENY, Act.AFFIRM)


def find_aside(message: MessageText, *, is_asked: bool) -> Act | None:
    """Return the act of a wish to be forgotten, or of a message that only asks why we ask or wants its data kept."""
    if wants_forgetting(message.clauses) or says_delete_it(message.text):
        return Act.FORGET_ME
    if is_asked and asks_why(message.text):
        return Act.ASKS_WHY
    if denies_forgetting(message.text):
        return Act.KEEP_DATA
    others = [
        clause for clause in message.clauses if not (wants_keeping((clause,)) or permits_keeping(clause.text))
    ]
    is_all = all(_is_beside(clause) for clause in others)
    return Act.KEEP_DATA if is_all and len(others) < len(message.clauses) else None


def _is_beside(clause: Clause) -> bool:
    return small_act(clause.text) in _BESIDE or is_filler(clause.text) or is_mere_assent(clause.text)
