"""How one site speaks in chat: the few things of its configuration that a reply needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.domain.languages import ConsentQuestion, said_in
from bot.domain.playbook import Playbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A site's name, playbook, consent question and overridden sentences.

    `consents` are its consent question by language, where it has more than one; `consent_locale` is the language of
    the one that is asked, None where it is not known.
    """

    name: str
    playbook: Playbook
    consent_text: str
    consent_version: str
    consent_locale: str | None = None
    consents: Mapping[str, ConsentQuestion] = field(default_factory=dict)
    locale: str = "en"
    region: str = "US"
    messages: Mapping[str, str] = field(default_factory=dict)

    def heard_in(self, locale: str | None) -> "Voice":
        """Return the voice as a visitor of that locale hears it: the consent question and its answers in theirs."""
        return (
            self._asking(said_in(locale or self.locale, self.consents, self.locale))
            if self.consents
            else self
        )

    def in_each_language(self) -> "tuple[Voice, ...]":
        """Return the voice as it is, then as it asks for consent in each language."""
        return (self, *map(self._asking, self.consents.values()))

    def _asking(self, question: ConsentQuestion) -> "Voice":
        return replace(
            self,
            consent_text=question.text,
            consent_version=question.version,
            consent_locale=question.locale,
            messages={**self.messages, **question.answers},
        )
