"""Whether a conversation became a lead that sales may reach, and if not, at which gate it stopped. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.conversation import Author, Consent, Message
from bot.domain.dialogue import CHECK, CONSENT, OWN_QUESTIONS
from bot.domain.facts import Fact, FactState, holds_detail
from bot.domain.identity import IdentityKind
from bot.domain.mail_address import as_kept
from bot.domain.playbook import Playbook
from bot.domain.slots import CONTACT_KINDS, SlotKind

CAPTURED = "captured"
LEFT_AT = "left_at:"
CONTINUED = "continued_later"
NEVER_WROTE = "never_wrote"
WITHDREW = "consent_withdrawn"
UNCLEAR = "contact_unclear"
_UNWILLING: Mapping[Consent, str] = {Consent.REFUSED: "consent_refused", Consent.WITHDRAWN: WITHDREW}
_WORDS: Mapping[str, str] = {
    CAPTURED: "captured: they agreed and can be reached",
    CONTINUED: "went on in a later conversation, which says how it ended",
    NEVER_WROTE: "opened the chat and wrote nothing",
    WITHDREW: "agreed to be contacted, and took it back",
    "consent_refused": "did not agree to be contacted",
    "consent_missing": "gave a contact, was asked for consent, did not answer",
    UNCLEAR: "gave a contact that cannot be right",
    "contact_declined": "did not want to give a contact",
    "no_contact_given": "was asked, answered, gave no contact",
    "never_asked": "was never asked for anything",
}


def contact_facts(playbook: Playbook, facts: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """Return the facts in slots by which a person can be reached, whatever their state."""
    slots = {slot.id for slot in playbook.slots if slot.kind in CONTACT_KINDS}
    return tuple(fact for slot, fact in facts.items() if slot in slots)


def personal_slots(playbook: Playbook) -> frozenset[str]:
    """Return the slots whose facts identify a person."""
    return frozenset(slot.id for slot in playbook.slots if slot.is_personal)


def reachable_at(playbook: Playbook, facts: Iterable[Fact]) -> tuple[tuple[IdentityKind, str], ...]:
    """Return the addresses and numbers among current facts, each in the one spelling that it is compared by."""
    kinds = {SlotKind.EMAIL: IdentityKind.EMAIL, SlotKind.PHONE: IdentityKind.PHONE}
    slots = {slot.id: kinds[slot.kind] for slot in playbook.slots if slot.kind in kinds}
    known = (fact for fact in facts if fact.slot in slots and fact.state is FactState.KNOWN)
    return tuple((slots[fact.slot], as_kept(str(fact.value))) for fact in known)


def is_captured(playbook: Playbook, facts: Mapping[str, Fact], consent: Consent) -> bool:
    """Whether the visitor agreed to be contacted and left a way to do it."""
    known = any(fact.state is FactState.KNOWN for fact in contact_facts(playbook, facts))
    return known and consent is Consent.GIVEN


def stopped_at(
    playbook: Playbook,
    facts: Mapping[str, Fact],
    consent: Consent,
    history: Sequence[Message],
    *,
    is_unclear: bool = False,
) -> str | None:
    """Name the gate at which the capture stopped, None when the lead is captured.

    `is_unclear` says that the visitor gave a contact that cannot be right, which is no fact before they agree.

    One of `consent_refused`, `consent_withdrawn`, `consent_missing`, `contact_unclear`, `contact_declined`,
    `left_at:<slot>`, `no_contact_given`, `never_asked`.
    """
    if is_captured(playbook, facts, consent):
        return None
    asked = [message.asked for message in history if message.author is Author.BOT and message.asked]
    if consent in _UNWILLING:
        return _UNWILLING[consent]
    if CONSENT in asked and consent is Consent.NOT_ASKED:
        return "consent_missing"
    states = {fact.state for fact in contact_facts(playbook, facts)}
    is_unclear = is_unclear or any(
        fact.state is FactState.UNCLEAR and holds_detail(fact) for fact in contact_facts(playbook, facts)
    )
    if is_unclear or asked[-1:] == [CHECK]:
        return UNCLEAR
    if states & {FactState.DECLINED, FactState.NONE}:
        return "contact_declined"
    questions = [slot for slot in asked if slot not in OWN_QUESTIONS]
    if questions and asked[-1] == questions[-1] and asked[-1] not in facts:
        return f"{LEFT_AT}{asked[-1]}"
    return "no_contact_given" if questions else "never_asked"


def gate_in_words(gate: str, question: int | None = None) -> str:
    """Return where a capture stopped, for people: `left at question 3 (budget)`."""
    if gate.startswith(LEFT_AT):
        which = f"question {question}" if question else "a question"
        return f"left at {which} ({gate.removeprefix(LEFT_AT)})"
    return _WORDS.get(gate, gate)
