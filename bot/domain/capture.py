"""Whether a conversation became a lead that sales may reach, and if not, at which gate it stopped. Pure."""

from collections.abc import Mapping, Sequence

from bot.domain.conversation import Author, Consent, Message
from bot.domain.dialogue import CONSENT
from bot.domain.facts import Fact, FactState
from bot.domain.playbook import Playbook
from bot.domain.slots import CONTACT_KINDS


def contact_facts(playbook: Playbook, facts: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """Return the facts in slots by which a person can be reached, whatever their state."""
    slots = {slot.id for slot in playbook.slots if slot.kind in CONTACT_KINDS}
    return tuple(fact for slot, fact in facts.items() if slot in slots)


def is_captured(playbook: Playbook, facts: Mapping[str, Fact], consent: Consent) -> bool:
    """Whether the visitor agreed to be contacted and left a way to do it."""
    known = any(fact.state is FactState.KNOWN for fact in contact_facts(playbook, facts))
    return known and consent is Consent.GIVEN


def stopped_at(
    playbook: Playbook, facts: Mapping[str, Fact], consent: Consent, history: Sequence[Message]
) -> str | None:
    """Name the gate at which the capture stopped, None when the lead is captured.

    One of `consent_refused`, `consent_missing`, `contact_unclear`, `contact_declined`, `left_at:<slot>`,
    `no_contact_given`, `never_asked`.
    """
    if is_captured(playbook, facts, consent):
        return None
    asked = [message.asked for message in history if message.author is Author.BOT and message.asked]
    if consent is Consent.REFUSED:
        return "consent_refused"
    if CONSENT in asked and consent is Consent.NOT_ASKED:
        return "consent_missing"
    states = {fact.state for fact in contact_facts(playbook, facts)}
    if FactState.UNCLEAR in states:
        return "contact_unclear"
    if states & {FactState.DECLINED, FactState.NONE}:
        return "contact_declined"
    if asked and asked[-1] not in facts:
        return f"left_at:{asked[-1]}"
    return "no_contact_given" if asked else "never_asked"
