"""Whose columns a lead list has: generic, or those a system imports."""

from collections.abc import Callable, Mapping, Sequence

from bot.domain.slots import Slot
from bot.leads.profiles.crm import hubspot, mailchimp, pipedrive, salesforce
from bot.leads.profiles.generic import generic
from bot.leads.profiles.profile import Cell, Column, Form, Profile, exceeds, fit, missing

__all__ = ["PROFILES", "Cell", "Column", "Form", "Profile", "exceeds", "fit", "missing", "profile_for"]

_OF_SYSTEMS: Mapping[str, Callable[[Sequence[Slot]], Profile]] = {
    "hubspot": hubspot,
    "salesforce": salesforce,
    "pipedrive": pipedrive,
    "mailchimp": mailchimp,
}
PROFILES = ("generic", *_OF_SYSTEMS)


def profile_for(name: str, slots: Sequence[Slot], *, public_url: str | None = None) -> Profile:
    """Return the profile of that name, one of `PROFILES`, for leads of sites with these slots."""
    of_system = _OF_SYSTEMS.get(name)
    return generic(slots, public_url=public_url) if of_system is None else of_system(slots)
