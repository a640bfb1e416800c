"""How a visitor agrees: by an answer to the consent question, or by the box of a form that they filled in.

A form becomes words, its fields line by line and last the ticked box: they are what is stored, read and shown, so that
a form says nothing that the visitor could not have typed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.chat.phrases import phrase
from bot.chat.voice import Voice
from bot.domain.conversation import Author, Consent, Message
from bot.domain.dialogue import CHECK, CONSENT, FORGET, OFFER, VERIFY, last_asked
from bot.domain.playbook import Playbook
from bot.domain.reading import Act, Reading, answer_beside_thanks, permits_keeping, says_delete_it
from bot.domain.slots import CONTACT_KINDS, SlotKind

CONSENT_FIELD = "consent"
YES_OR_NO = frozenset({CHECK, CONSENT, FORGET, OFFER, VERIFY})
"""Questions of ours, beside those for slots, that a yes or a no answers."""
EARLIER_VERSION = "earlier"
"""The version of a consent question that was changed between being shown and being answered."""
_YES_AND_MORE = re.compile(
    r"\W*(?:yes|yeah|yep|yup|sure|of\s+course|go\s+ahead|ja|gerne?|klar|oui|bien\s+s[ûu]r|s[íi]|claro)"
    r"(?:\s+(?:please|thanks|thank\s+you|bitte|danke|merci|gracias))?\s*[,.!;]+\s+(?!(?:but|not|no|aber|nicht|mais|pas|pero)\b)\S",
    re.IGNORECASE,
)
"""A plain yes that ends before something else begins; "ok, …" only clears the throat, and "yes, but …" is none yet."""


_POLITE_YES = re.compile(
    r"\W*(?:(?:yes|yeah|yep|sure|ok(?:ay)?|ja|oui|s[íi]|vale|claro)\W+)?(?:please|pls|gladly|i(?:'d|\s+would)\s+(?:like|love)|"
    r"bitte|gerne?|s'il\s+(?:vous|te)\s+pla[îi]t|svp|volontiers|avec\s+plaisir|por\s+favor|con\s+gusto)(?!\w)",
    re.IGNORECASE,
)
_NO = re.compile(r"\W*(?:no|nope|nah|nein|nee|non)(?!\w)", re.IGNORECASE)


def words_of_form(form: Mapping[str, str], voice: Voice | None) -> str:
    """Return what a filled-in form says.

    The consent field holds the version of the question beside the box; a box beside another question counts for
    nothing: the one of now is asked then.
    """
    lines = [f"{name}: {value}" for name, value in form.items() if name != CONSENT_FIELD]
    each = voice.in_each_language() if lines and voice is not None else ()
    shown = next((one for one in each if form.get(CONSENT_FIELD) == one.consent_version), None)
    if shown is not None:
        lines.append(phrase("consent_yes", shown.messages))
    return "\n".join(lines)


def without_tick(message: Message, history: Sequence[Message], voice: Voice) -> str | None:
    """Return the words beside the ticked box of a form for contact details; None where no box was ticked."""
    return None if ticked_in(message, history, voice) is None else message.text.rpartition("\n")[0]


def ticked_in(message: Message, history: Sequence[Message], voice: Voice) -> Voice | None:
    """Return the voice in the language of the box that was ticked beside such a form; None where none was."""
    asked = voice.playbook.slot(last_asked(history) or "")
    if asked is None or asked.kind not in CONTACT_KINDS:
        return None
    words, _, last = message.text.rpartition("\n")
    if not words:
        return None
    return next(
        (one for one in voice.in_each_language() if last == phrase("consent_yes", one.messages)), None
    )


def shown_consent(message: Message, history: Sequence[Message], voice: Voice) -> tuple[str, str, str | None]:
    """Return the consent question as the visitor read it, its version and its language, if that is known.

    A site may change its words while somebody answers them: then what was shown counts, under no version of now.
    """
    shown = next((m.text for m in reversed(history) if m.asked == CONSENT and m.author is Author.BOT), None)
    read = ticked_in(message, history, voice)
    if read is None and shown is not None:
        read = next((one for one in voice.in_each_language() if one.consent_text in shown), None)
        if read is None:
            return shown, EARLIER_VERSION, None
    read = read or voice
    return read.consent_text, read.consent_version, read.consent_locale


def yes_or_no_in(message: Message, history: Sequence[Message]) -> str | None:
    """Return which of two answers is meant, pressed or typed as its first word alone: "Sì" for "Sì, acconsento"."""
    latest = next((one for one in reversed(history) if one.author is Author.BOT), None)
    said = _words(message.text)
    for choice in latest.choices if latest is not None else ():
        offered = _words(choice.label)
        if choice.label == message.text or (said and said in (offered, offered[:1])):
            return choice.id
    return None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


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


def as_answer_to_ours(asked: str | None, text: str, reading: Reading, playbook: Playbook) -> Reading:
    """Return what is said after one of our own questions as the yes or no that it is to it, if it is one."""
    reading = heard_about_keeping(asked, text, reading)
    if asked not in YES_OR_NO:
        return reading
    if reading.act in {Act.THANKS, Act.STATEMENT} and (answer := answer_beside_thanks(text)) is not None:
        reading = replace(reading, act=answer)
    if asked == CONSENT and reading.act is Act.QUESTION and begins_with_yes(text):
        reading = replace(reading, agrees=True)
    return without_others_yes(asked, text, reading, playbook)


def heard_about_keeping(asked: str | None, text: str, reading: Reading) -> Reading:
    """Return "you may keep it" and "delete it" as the yes or no that they are to a question of ours about that."""
    is_no = _NO.match(text) is not None
    if says_delete_it(text):
        answer = {CONSENT: Act.REFUSE, FORGET: Act.FORGET_ME if is_no else Act.AFFIRM}.get(asked or "")
        return reading if answer is None else replace(reading, act=answer)
    if asked == CONSENT and reading.act is Act.KEEP_DATA and permits_keeping(text) and not is_no:
        return replace(reading, act=Act.AFFIRM)
    return reading


def without_others_yes(asked: str | None, text: str, reading: Reading, playbook: Playbook) -> Reading:
    """Return a "yes" that goes on with the answer to another question as that answer alone: "yes, I decide".

    It accepts no offer of ours and agrees to nothing; "yes, please, we are 20 people" does.
    """
    if reading.act is not Act.AFFIRM or _POLITE_YES.match(text):
        return reading
    kinds = {slot.kind for fact in reading.facts if (slot := playbook.slot(fact.slot)) is not None}
    is_other = bool(kinds - CONTACT_KINDS - {SlotKind.NAME}) if asked == OFFER else SlotKind.BOOLEAN in kinds
    return replace(reading, act=Act.STATEMENT) if is_other else reading


def begins_with_yes(text: str) -> bool:
    """Whether an answer says yes and then goes on: "Sure. And how much is it?"."""
    return _YES_AND_MORE.match(text) is not None


def forms_of(playbook: Playbook) -> dict[str, list[str]]:
    """Return the fields of a client's form for each slot that takes an address: of people, the name first."""
    named = [slot.kind.value for slot in playbook.slots if slot.kind is SlotKind.NAME]
    people = {slot.id: [*named, slot.kind.value] for slot in playbook.slots if slot.kind in CONTACT_KINDS}
    return people | {slot.id: [slot.kind.value] for slot in playbook.slots if slot.kind is SlotKind.URL}
