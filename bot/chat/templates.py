"""Sentences with blanks: `{name}` plainly, and small Jinja2 templates that a site wrote.

A site's template is checked when it is read (`bot.settings.templates`): it may print, compare, choose and walk once
over a list; it can not call, compute or nest loops, so its time and size are bounded by construction. What a visitor
wrote goes in as a value and is never a template; what fails or grows too long gives nothing: then our own words stand.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.domain.facts import SIGNAL_PREFIX, Fact, FactState

if TYPE_CHECKING:
    from jinja2 import Template

Said: TypeAlias = Mapping[str, str]
NOTHING_SAID: Said = {}
MAX_FILLED_CHARS = 4_000
MAX_VALUE_CHARS = 300
TEMPLATES_KEPT = 512


def fill(text: str, *, said: Said = NOTHING_SAID, **values: str) -> str:
    """Return the text with its blanks filled in, "" where its template can not be."""
    if "{{" in text or "{%" in text:
        text = _rendered(text, said=said, **values)
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    return text


def said_of(facts: Mapping[str, Fact]) -> Said:
    """Return what a template may say of the visitor: their own words for each slot they told us of, on one line."""
    return {
        slot: " ".join(fact.quote.split())[:MAX_VALUE_CHARS]
        for slot, fact in facts.items()
        if fact.state is FactState.KNOWN and not slot.startswith(SIGNAL_PREFIX)
    }


def _rendered(text: str, *, said: Said, **values: str) -> str:
    from jinja2 import TemplateError

    try:
        # `{name}` inside a value must stay as the visitor wrote it.
        words = {slot: words.replace("{", "(").replace("}", ")") for slot, words in said.items()}
        filled = _template(text).render(said=words, **values)
    except (TemplateError, TypeError, ValueError):
        return ""
    return filled.strip() if len(filled) <= MAX_FILLED_CHARS else ""


@cache
def _environment() -> Any:
    from jinja2 import ChainableUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=False, undefined=ChainableUndefined)


@lru_cache(maxsize=TEMPLATES_KEPT)
def _template(text: str) -> "Template":
    template: Template = _environment().from_string(text)
    return template
