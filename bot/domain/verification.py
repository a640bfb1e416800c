"""Six digits by e-mail that prove an address: when to offer them, and what an answer is worth. Pure.

A code is made of a key and the id of what was sent, as one-time passwords are (RFC 4226, section 5): nothing from which
it could be found is kept beside it.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.conversation import Author, Message
from bot.domain.questions import CODE, VERIFY, last_asked
from bot.domain.reading import Act, Reading

LIFE = timedelta(minutes=10)
ATTEMPTS = 5
"""How often digits are compared with one code: a chance of 1 in 200,000 for who guesses."""
DIGITS = 6
_CODE = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}(?!\d)")
_AGAIN = re.compile(
    r"\b(?:again|re-?send|(?:new|another)\s+(?:one|code)|(?:no|not|nothing|never|didn['’]?t|haven['’]?t)\b.{0,30}"
    r"\b(?:arrived?|came|come|get|got|received?)|noch\s*mal|neuen?\s+code|encore|nouveau\s+code|otra\s+vez|"
    r"nuevo\s+c[óo]digo)\b",
    re.IGNORECASE,
)

Said = Literal["code_sent", "code_later", "code_wrong", "code_over", "verified", "accept_refusal"]
"""What the reply to a message about a code says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """The latest code that was sent and not used. `attempts` were made at it so far."""

    code_id: str
    address: str
    expires_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What can be done about the visitor's address in this turn.

    `text` is what they write; `address` is the one they claim and have not proved, None when there is none to prove;
    `may_send` says that not too many codes were sent; `is_right` whether the digits of this message are those of
    `pending`, None without digits.
    """

    address: str | None
    may_send: bool
    pending: Pending | None = None
    is_right: bool | None = None
    text: str = ""


def code_for(key: bytes, code_id: str) -> str:
    """Return the six digits that belong to an id."""
    digest = hmac.new(key, f"foyer code\0{code_id}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def digits_of(text: str) -> str | None:
    """Return the six digits in a message; None when there are none, or several."""
    found = {re.sub(r"\D", "", match) for match in _CODE.findall(text)}
    return found.pop() if len(found) == 1 else None


def is_right(text: str, pending: Pending | None, *, key: bytes) -> bool | None:
    """Whether the digits of a message are those that were sent, compared in constant time; None without digits."""
    digits = digits_of(text)
    if digits is None or pending is None:
        return None if digits is None else False
    return hmac.compare_digest(digits, code_for(key, pending.code_id))


def answer_about_code(
    verification: Verification, reading: Reading, history: Sequence[Message], *, now: datetime
) -> Said | None:
    """Return what to say to a message that answers the offer of a code or gives one; None for any other."""
    asked, text = last_asked(history), verification.text
    if asked not in {VERIFY, CODE}:
        return None
    if asked == CODE and verification.is_right is not None:
        return _judge(verification, now)
    if reading.act in {Act.DENY, Act.REFUSE} and not _AGAIN.search(text):
        return "accept_refusal"
    wants_one = reading.act is Act.AFFIRM if asked == VERIFY else _AGAIN.search(text) is not None
    if not wants_one or verification.address is None:
        return None
    return "code_sent" if verification.may_send else "code_later"


def is_offer_due(verification: Verification | None, history: Sequence[Message]) -> bool:
    """Whether a code is offered now: there is an address to prove, and it was not offered before."""
    if verification is None or verification.address is None or not verification.may_send:
        return False
    return not any(m.author is Author.BOT and m.asked in {VERIFY, CODE} for m in history)


def _judge(verification: Verification, now: datetime) -> Said:
    pending = verification.pending
    if pending is None or pending.expires_at <= now or pending.attempts >= ATTEMPTS:
        return "code_over"
    return "verified" if verification.is_right else "code_wrong"
