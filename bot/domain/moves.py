"""What a reply of the bot is mainly about."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.domain.questions import CODE, CONSENT, FORGET, VERIFY
from bot.domain.reading import Act


class Move(StrEnum):
    """What the bot's reply is mainly about."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    ABSTAIN = "abstain"
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    WHO_ARE_YOU = "who_are_you"
    PERSON = "person"
    PERSON_NOTED = "person_noted"
    CONSENT_GIVEN = "consent_given"
    CONSENT_REFUSED = "consent_refused"
    ACCEPT_REFUSAL = "accept_refusal"
    WHY_ASKED = "why_asked"
    OTHERS_CONTACT = "others_contact"
    NOTED = "noted"
    CORRECTED = "corrected"
    CHECK_EMAIL = "check_email"
    EMAIL_AGAIN = "email_again"
    PHONE_AGAIN = "phone_again"
    CONTACT_HERE = "contact_here"
    LISTENING = "listening"
    WAITING = "waiting"
    SORRY = "sorry"
    WITHDRAWN = "consent_withdrawn"
    FORGET = "forget"
    FORGOTTEN = "forgotten"
    KEPT = "kept"
    GIVE_AGAIN = "give_again"
    ASK_CONSENT = "ask_consent"
    CODE_SENT = "code_sent"
    CODE_LATER = "code_later"
    CODE_WRONG = "code_wrong"
    CODE_OVER = "code_over"
    VERIFIED = "verified"


REPLIES: Mapping[Act, Move] = MappingProxyType(
    {
        Act.GREETING: Move.GREETING,
        Act.THANKS: Move.THANKS,
        Act.WHO_ARE_YOU: Move.WHO_ARE_YOU,
        Act.THINKS_OVER: Move.WAITING,
        Act.ASKS_WHY: Move.WHY_ASKED,
        Act.OTHERS_CONTACT: Move.OTHERS_CONTACT,
    }
)
"""What is said to a message that tells and asks nothing by what it does."""

ASKED_WITH: Mapping[Move, str] = MappingProxyType(
    {
        Move.FORGET: FORGET,
        Move.WITHDRAWN: FORGET,
        Move.ASK_CONSENT: CONSENT,
        Move.CODE_SENT: CODE,
        Move.CODE_WRONG: CODE,
        Move.CODE_OVER: VERIFY,
    }
)
"""What a reply asks for by being what it is."""

OFFERS_CODE = frozenset({Move.CONSENT_GIVEN, Move.NOTED, Move.CORRECTED})
"""After these the visitor may be offered a code: they just gave an address, or agreed that it is kept."""

ASKS_NOTHING = frozenset(
    {
        Move.GREETING,
        Move.THANKS,
        Move.PERSON_NOTED,
        Move.GOODBYE,
        Move.WHO_ARE_YOU,
        Move.SUGGEST,
        Move.LISTENING,
        Move.SORRY,
        Move.ACCEPT_REFUSAL,
        Move.WHY_ASKED,
    }
)
"""After these no question of ours follows."""

LEAVES_OPEN = frozenset({Move.WAITING, Move.CONTACT_HERE})
"""After these a question that is open stays so; one for a contact is put again, so that its form stands there."""
