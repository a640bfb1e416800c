"""Understanding what a visitor writes: acts, facts with their exact words, questions. Pure and fast, never raises.

The front page: `read_message` for a chat, `answer_beside_thanks` for its own yes-or-no questions, `find_entities` for
everything a text names, `contact_words` for what must be masked without consent, `find_private`, `find_introduced`
and `find_in_passing` for what is hidden from others, `host_of` and `hosts_in` for whose website an address is.
"""

from bot.domain.reading.acts import answer_beside_thanks
from bot.domain.reading.clauses import asks_something, tells_nothing_of_them
from bot.domain.reading.contacts import contact_words
from bot.domain.reading.entities import find_entities
from bot.domain.reading.keeping import permits_keeping, says_delete_it
from bot.domain.reading.message import read_message
from bot.domain.reading.personal_facts import BROKEN_EMAIL, INVALID_PHONE
from bot.domain.reading.private import (
    Private,
    PrivateKind,
    details_in,
    find_in_passing,
    find_introduced,
    find_private,
    same_name,
)
from bot.domain.reading.reading import Act, Entity, Reading
from bot.domain.reading.unread import read_unread
from bot.domain.reading.websites import WEBSITE, host_of, hosts_in

__all__ = [
    "BROKEN_EMAIL",
    "INVALID_PHONE",
    "WEBSITE",
    "Act",
    "Entity",
    "Private",
    "PrivateKind",
    "Reading",
    "answer_beside_thanks",
    "asks_something",
    "contact_words",
    "details_in",
    "find_entities",
    "find_in_passing",
    "find_introduced",
    "find_private",
    "host_of",
    "hosts_in",
    "permits_keeping",
    "read_message",
    "read_unread",
    "same_name",
    "says_delete_it",
    "tells_nothing_of_them",
]
