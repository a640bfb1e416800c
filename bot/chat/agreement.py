"""How a visitor agrees: by an answer to the consent question, or by the box of a form that they filled in.

A form becomes words, its fields line by line and last the ticked box: they are what is stored, read and shown, so that
a form says nothing that the visitor could not have typed.
"""

import re
from collections.abc import Mapping, Sequence

from bot.chat.phrases import phrase
from bot.chat.voice import Voice
from bot.domain.conversation import Consent, Message
from bot.domain.dialogue import CONSENT, last_asked
from bot.domain.playbook import Playbook
from bot.domain.reading import Act, Reading
from bot.domain.slots import CONTACT_KINDS, SlotKind

CONSENT_FIELD = "consent"
_YES_AND_MORE = re.compile(
    r"\W*(?:yes|yeah|yep|yup|sure|of\s+course|go\s+ahead|ja|gerne?|klar|oui|bien\s+s[ûu]r|s[íi]|claro)"
    r"(?:\s+(?:please|thanks|thank\s+you|bitte|danke|merci|gracias))?\s*[,.!;]+\s+(?!(?:but|not|no|aber|nicht|mais|pas|pero)\b)\S",
    re.IGNORECASE,
)
"""A plain yes that ends before something else begins; "ok, …" only clears the throat, and "yes, but …" is none yet."""


def words_of_form(form: Mapping[str, str], voice: Voice | None) -> str:
    """Return what a filled-in form says.

    The consent field holds the version of the question beside the box; a box beside another question counts for
    nothing: the one of now is asked then.
    """
    lines = [f"{name}: {value}" for name, value in form.items() if name != CONSENT_FIELD]
    if lines and voice is not None and form.get(CONSENT_FIELD) == voice.consent_version:
        lines.append(phrase("consent_yes", voice.messages))
    return "\n".join(lines)


def without_tick(message: Message, history: Sequence[Message], voice: Voice) -> str | None:
    """Return the words beside the ticked box of a form for contact details; None where no box was ticked."""
    asked = voice.playbook.slot(last_asked(history) or "")
    if asked is None or asked.kind not in CONTACT_KINDS:
        return None
    words, _, last = message.text.rpartition("\n")
    return words if words and last == phrase("consent_yes", voice.messages) else None


def consent_answer(reading: Reading, *, history: Sequence[Message]) -> Consent | None:
    """Return what the message answers to the consent question; None when it was not the one just asked."""
    if reading.agrees:
        return Consent.GIVEN
    if last_asked(history) != CONSENT:
        return None
    match reading.act:
        case Act.AFFIRM:
            return Consent.GIVEN
        case Act.DENY | Act.REFUSE:
            return Consent.REFUSED
        case _:
            return None


def begins_with_yes(text: str) -> bool:
    """Whether an answer says yes and then goes on: "Sure. And how much is it?"."""
    return _YES_AND_MORE.match(text) is not None


def forms_of(playbook: Playbook) -> dict[str, list[str]]:
    """Return the fields of a client's form for each slot that takes an address: of people, the name first."""
    named = [slot.kind.value for slot in playbook.slots if slot.kind is SlotKind.NAME]
    people = {slot.id: [*named, slot.kind.value] for slot in playbook.slots if slot.kind in CONTACT_KINDS}
    return people | {slot.id: [slot.kind.value] for slot in playbook.slots if slot.kind is SlotKind.URL}
