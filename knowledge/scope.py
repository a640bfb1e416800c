"""Which passages a question is asked of: a language, tags, and the language that is liked better.

Promises: values only; what is outside of the scope is never found, what is merely liked less still is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.document import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Everything, unless `language` (ISO 639-1) or `tags` (all of them) say otherwise.

    `preferred` is the asker's language: where several languages answer about as well, it goes first.
    """

    language: str | None = None
    tags: frozenset[str] = frozenset()
    preferred: str | None = None

    def accepts(self, passage: Passage, *, main_language: str | None) -> bool:
        """Say whether a passage is in scope; one that declares no language is in the knowledge's main one."""
        is_language = self.language is None or (passage.language or main_language) == self.language
        return is_language and self.tags <= {tag.casefold() for tag in passage.tags}


EVERYTHING = Scope()


def scope_of(*, language: str | None = None, tags: Iterable[str] = (), preferred: str | None = None) -> Scope:
    """Make a scope of what people write: locales such as "de-AT", tags in any case, "" for nothing."""
    wanted = frozenset(tag.strip().casefold() for tag in tags if tag.strip())
    return Scope(language=language_code(language), tags=wanted, preferred=language_code(preferred))


def language_code(locale: str | None) -> str | None:
    """Return the ISO 639-1 code of a locale ("de-AT", "pt_BR"), None when it names none."""
    code = (locale or "").strip().replace("_", "-").partition("-")[0].lower()
    return code if len(code) in {2, 3} and code.isascii() and code.isalpha() else None
