"""How one site speaks in chat: the few things of its configuration that a reply needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.playbook import Playbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A site's name, playbook, consent question and overridden sentences."""

    name: str
    playbook: Playbook
    consent_text: str
    consent_version: str
    locale: str = "en"
    region: str = "US"
    messages: Mapping[str, str] = field(default_factory=dict)
