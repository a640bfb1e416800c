"""What happened, as dotted past-tense names; the same on bus, socket, webhook and in analytics."""

from typing import Literal

EventName = Literal[
    "conversation.started",
    "conversation.handed_off",
    "lead.created",
    "lead.qualified",
    "lead.merged",
    "lead.unmerged",
    "lead.erased",
    "consent.withdrawn",
    "identity.code_requested",
]
