"""What it means that two leads are one person: why they look it, and where what they said differs. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.facts import SIGNAL_PREFIX, Fact, FactState
from bot.domain.identity import IdentityKind

REASONS: Sequence[str] = (
    "verified_subject",
    "verified_email",
    "claimed_email",
    "claimed_phone",
)
"""Why two leads look like one person, the strongest first."""
_WORDS: Mapping[str, str] = {
    "verified_subject": "the same customer of the site, by its own token",
    "verified_email": "both proved to have the same e-mail address",
    "claimed_email": "gave the same e-mail address",
    "claimed_phone": "gave the same phone number",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A slot of which two leads were told different things; what was said last counts, and both stay to be read."""

    slot: str
    earlier: Fact
    later: Fact


def reason_of(kind: IdentityKind, *, are_both_verified: bool) -> str:
    """Return why two visitors known by the same thing look like one person."""
    return f"{'verified' if are_both_verified else 'claimed'}_{kind.value}"


def is_stronger(reason: str, than: str) -> bool:
    """Whether a reason says more than another."""
    return _rank(reason) < _rank(than)


def reason_in_words(reason: str) -> str:
    """Return a reason for people."""
    return _WORDS.get(reason, reason)


def differences(one: Mapping[str, Fact], other: Mapping[str, Fact]) -> tuple[Difference, ...]:
    """Return where the current facts of two leads differ, signals left out."""
    found = []
    for slot in one:
        if slot in other and not slot.startswith(SIGNAL_PREFIX) and _told(one[slot]) != _told(other[slot]):
            earlier, later = sorted((one[slot], other[slot]), key=lambda fact: fact.at)
            found.append(Difference(slot=slot, earlier=earlier, later=later))
    return tuple(found)


def _rank(reason: str) -> int:
    return REASONS.index(reason) if reason in REASONS else len(REASONS)


def _told(fact: Fact) -> tuple[FactState, object]:
    return fact.state, fact.value
