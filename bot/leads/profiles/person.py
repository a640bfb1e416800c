"""Who a lead is, as other systems want to know it: from what the visitor said, and nothing else."""

from collections.abc import Sequence

from bot.domain.facts import FactState
from bot.domain.slots import Slot, SlotKind
from bot.leads.profiles.utm import utm_in_words
from bot.leads.values import value_in_words
from bot.store.lead_list import ListedLead

NOT_GIVEN = "[not given]"
"""Stands where an importer insists on something that the visitor did not say."""

_PARTICLES = """
af al bin da das de del della den der di do dos du el ibn la le ten ter van von zu zur
"""
_IN_NAMES = frozenset(_PARTICLES.split())


class Reader:
    """Reads leads of sites with these slots. Of several slots of a kind the first that is known counts."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self._slots = tuple(slots)
        self._by_kind = {kind: tuple(slot.id for slot in slots if slot.kind is kind) for kind in SlotKind}

    def text(self, lead: ListedLead, kind: SlotKind) -> str:
        """Return what is known of that kind, in words; "" when nothing is."""
        for slot in self._by_kind[kind]:
            said = lead.facts.get(slot)
            if said is not None and said[0] == FactState.KNOWN:
                return value_in_words(kind, said[1]) or ""
        return ""

    def names(self, lead: ListedLead) -> tuple[str, str]:
        """Return first name and last name, as far as they were said."""
        return split_name(self.text(lead, SlotKind.NAME))

    def wish(self, lead: ListedLead) -> str:
        """Return what the lead is about, in the visitor's words; "" when they said nothing to it."""
        return self.text(lead, SlotKind.NEED) or lead.first_question or ""

    def summary(self, lead: ListedLead) -> str:
        """Return what sales should know, a line each, every claim with the visitor's words."""
        lines = [f"Score {lead.score} of 100, grade {lead.grade}, stage {lead.stage}"]
        lines += [f"{reason} ({points:+d})" for _, points, reason, *_ in lead.reasons]
        for slot in self._slots:
            said = lead.facts.get(slot.id)
            if said is not None:
                state, value, quote = said
                words = _STATES.get(state) or value_in_words(slot.kind, value)
                lines.append(f"{slot.label}: {words} “{quote}”")
        lines += [f"First question: “{lead.first_question}”"] if lead.first_question else []
        lines += [f"Page: {lead.page}"] if lead.page else []
        lines += [f"Came from: {lead.referrer}"] if lead.referrer else []
        lines += [f"Campaign: {campaign}"] if (campaign := utm_in_words(lead.campaign)) else []
        return "\n".join([*lines, f"Lead {lead.lead_id}"])


_STATES = {"none": "none, they said", "declined": "did not want to say", "unclear": "unclear"}


def split_name(name: str) -> tuple[str, str]:
    """Return first and last name: `Ada Lovelace`, `Lovelace, Ada`, `Ludwig van Beethoven`; one word is a first name.

    A name that is written without spaces (陳大文) stays whole.
    """
    last, comma, first = (" ".join(part.split()) for part in name.partition(","))
    if comma and first:
        return first, last
    words = last.split()
    if len(words) < 2:
        return last, ""
    begins = len(words) - 1
    while begins > 1 and words[begins - 1] in _IN_NAMES:
        begins -= 1
    return " ".join(words[:begins]), " ".join(words[begins:])
