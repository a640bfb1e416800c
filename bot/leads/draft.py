"""A first draft of the e-mail that follows up a lead: what they asked, what fits, what they told, pages that answer.

Plain text in the visitor's language. Every word is the template's, the visitor's or the documentation's; nothing is
made up. A site's own `follow_up.txt.j2` (or `follow_up.de.txt.j2` for one language) takes the place of ours; it is
rendered in a sandbox, within a length.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.domain.answer import Fit, Sought
from bot.domain.conversation import Author, Conversation, Message
from bot.domain.errors import ConfigurationError
from bot.domain.facts import FactState
from bot.domain.slots import PERSONAL_KINDS, Slot, SlotKind
from bot.leads.columns import LeadRecord
from bot.leads.fitting import quotes_for, sought_of
from bot.leads.profiles.person import split_name
from bot.leads.values import value_in_words

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

LANGUAGES = ("en", "de", "fr", "es")
ANSWERED = frozenset({"faq", "extracted", "generated"})
MAX_QUESTIONS = 6
MAX_PAGES = 3
MAX_LINE_CHARS = 300
MOSTLY = 0.6
"""The share of a message that says a need, from which on it does nothing else."""
MAX_TEMPLATE_CHARS = 20_000
NOT_TOLD_BACK = frozenset({SlotKind.COMPANY, SlotKind.ROLE, SlotKind.BOOLEAN})
"""Nobody wants to read in a letter who they are, or that they do not decide."""
ABOUT_US = re.compile(
    r"(?:we|our|wir|unsere?|nous|notre|nos|nosotros|nuestr[oa]s?)\b(?!.*\b(?:know|ask|wissen|fragen|savoir|saber)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""How a message begins that tells of their company; one that wants to know something does not."""
LABELS: Mapping[str, Mapping[str, str]] = {
    "Team size": {"de": "Teamgröße", "fr": "Équipe", "es": "Equipo"},
    "Timeline": {"de": "Zeitpunkt", "fr": "Échéance", "es": "Plazo"},
    "Need": {"de": "Anliegen", "fr": "Besoin", "es": "Necesidad"},
    "Product": {"de": "Produkt", "fr": "Produit", "es": "Producto"},
    "Order value": {"de": "Bestellwert", "fr": "Montant", "es": "Importe"},
    "Pieces": {"de": "Stückzahl", "fr": "Pièces", "es": "Unidades"},
    "When": {"de": "Wann", "fr": "Quand", "es": "Cuándo"},
    "Delivery country": {"de": "Lieferland", "fr": "Pays de livraison", "es": "País de entrega"},
    "For whom": {"de": "Für wen", "fr": "Pour qui", "es": "Para quién"},
    "Budget": {"es": "Presupuesto"},
    "Priority": {"de": "Dringlichkeit", "fr": "Priorité", "es": "Prioridad"},
}
"""The labels of the playbooks that come with Foyer, in the languages of the drafts; a site's own stay as they are."""
MAX_DRAFT_CHARS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FromSite:
    """Who writes: the site's name and locale, its playbook's slots, and where its own template may lie.

    `fit` says what fits of what the site sells; without it nothing is said to.
    """

    name: str
    locale: str
    slots: Sequence[Slot]
    folder: Path | None = None
    fit: Callable[[Sought], Fit | None] | None = None


def draft_for(
    record: LeadRecord,
    conversation: Conversation,
    messages: Sequence[Message],
    site: FromSite,
) -> str:
    """Return the draft.

    Args:
        record: The lead.
        conversation: Its conversation; its locale decides the language, else the site's.
        messages: What was said in it, in order.
        site: Who writes.

    Raises:
        ConfigurationError: The site's own template cannot be rendered; file and line are named.
    """
    language = _language(conversation.locale or site.locale)
    view = {"language": language, "site": _line(site.name), "fits": _fits(record, site, language)}
    view |= view_of(record, messages, site.slots, language=language)
    own = _own_template(site.folder, language)
    if own is not None:
        return _render_own(own, view)
    return str(_ours(language).render(view)).strip() + "\n"


def view_of(
    record: LeadRecord, messages: Sequence[Message], slots: Sequence[Slot], *, language: str
) -> dict[str, Any]:
    """Return what a template may use, every text on one line."""
    replies = {message.in_reply_to: message for message in messages if message.author is Author.BOT}
    asked: dict[str, list[dict[str, str]]] = {}
    unanswered: dict[str, None] = {}
    for message in messages:
        reply = replies.get(message.message_id)
        if message.author is Author.OPERATOR:
            unanswered.clear()  # somebody saw to what stood open
        if message.author is not Author.VISITOR or reply is None:
            continue
        if reply.kind in ANSWERED:
            asked.setdefault(_line(message.text), _pages(reply))
        elif reply.kind == "none" and not _is_need(message, record, slots):
            unanswered.setdefault(_line(message.text))
    first_name, last_name = split_name(_known(record, slots, SlotKind.NAME))
    return {
        "first_name": _line(first_name),
        "last_name": _line(last_name),
        "company": _line(_known(record, slots, SlotKind.COMPANY)),
        "asked": [{"question": words, "pages": pages} for words, pages in asked.items()][:MAX_QUESTIONS],
        "unanswered": list(unanswered)[:MAX_QUESTIONS],
        "told": _told(record, slots, language),
        "lead_id": record.row.lead_id,
    }


def _fits(record: LeadRecord, site: FromSite, language: str) -> dict[str, Any] | None:
    """Return what fits, every text on one line; None where nothing is known to."""
    found = site.fit and site.fit(sought_of(record.facts, site.slots, language=language))
    if not found:
        return None
    quotes = quotes_for(found, record.facts, site.slots)
    product = found.product
    told = {"name": product.name, "price": product.price, "url": product.url, "words": found.said}
    return {name: _line(text or "") for name, text in told.items()} | {"quotes": list(map(_line, quotes))}


def _pages(reply: Message) -> list[dict[str, str]]:
    pages = {
        citation.url or citation.title: {
            "title": _line(citation.title),
            "url": _line(citation.url or ""),
            "quote": "" if "|" in citation.quote else _line(citation.quote),
        }
        for citation in reversed(reply.citations)
    }
    return list(reversed(pages.values()))[:MAX_PAGES]


def _is_need(message: Message, record: LeadRecord, slots: Sequence[Slot]) -> bool:
    """Say whether a message is what they need, said and not asked: it stands under what they told."""
    needs = (record.facts.get(slot.id) for slot in slots if slot.kind is SlotKind.NEED)
    said = max(
        (len(need.quote) for need in needs if need and need.message_id == message.message_id), default=0
    )
    is_said = said >= MOSTLY * len(message.text) or ABOUT_US.match(message.text) is not None
    return "?" not in message.text and is_said


def _known(record: LeadRecord, slots: Sequence[Slot], kind: SlotKind) -> str:
    for slot in slots:
        fact = record.facts.get(slot.id)
        if slot.kind is kind and fact is not None and fact.state is FactState.KNOWN:
            return value_in_words(kind, fact.value) or ""
    return ""


def _told(record: LeadRecord, slots: Sequence[Slot], language: str) -> list[dict[str, str]]:
    told = []
    for slot in slots:
        fact = record.facts.get(slot.id)
        is_private = slot.kind in PERSONAL_KINDS or slot.kind in NOT_TOLD_BACK
        if fact is not None and fact.state is FactState.KNOWN and not is_private:
            words = value_in_words(slot.kind, fact.value, grouped=True) or ""
            label = LABELS.get(slot.label, {}).get(language, slot.label)
            told.append({"slot": slot.id, "label": label, "words": _line(words), "quote": _line(fact.quote)})
    return told


def _line(text: str) -> str:
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= MAX_LINE_CHARS else line[: MAX_LINE_CHARS - 1].rstrip() + "…"


def _language(locale: str) -> str:
    return locale.partition("-")[0].lower()


def _own_template(folder: Path | None, language: str) -> Path | None:
    if folder is None:
        return None
    paths = (folder / f"follow_up.{language}.txt.j2", folder / "follow_up.txt.j2")
    return next((path for path in paths if path.is_file()), None)


def _render_own(path: Path, view: Mapping[str, Any]) -> str:
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        source = path.read_text(encoding="utf-8")
        if len(source) > MAX_TEMPLATE_CHARS:
            raise ConfigurationError(f"{path}: longer than {MAX_TEMPLATE_CHARS} characters; shorten it.")
        pieces, size = [], 0
        for piece in _sandbox().from_string(source).generate(view):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_DRAFT_CHARS:
                raise ConfigurationError(
                    f"{path}: writes more than {MAX_DRAFT_CHARS} characters; shorten it."
                )
    except TemplateSyntaxError as error:
        raise ConfigurationError(f"{path}:{error.lineno}: {error.message}.") from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise ConfigurationError(f"{path}: cannot be rendered: {error}.") from error
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror}).") from error
    return "".join(pieces)


@cache
def _ours(language: str) -> Any:
    spoken = language if language in LANGUAGES else "en"
    source = (
        files("bot.leads").joinpath("templates", f"follow_up.{spoken}.txt.j2").read_text(encoding="utf-8")
    )
    return _sandbox().from_string(source)


@cache
def _sandbox() -> "ImmutableSandboxedEnvironment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        autoescape=False, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
