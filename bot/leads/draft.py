"""A first draft of the e-mail that follows up a lead: what they asked, what they told us, the pages that answer.

Plain text in the visitor's language. Every word is the template's, the visitor's or the documentation's; nothing is
made up. A site's own `follow_up.txt.j2` (or `follow_up.de.txt.j2` for one language) takes the place of ours; it is
rendered in a sandbox, within a length.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.domain.conversation import Author, Conversation, Message
from bot.domain.errors import ConfigurationError
from bot.domain.facts import FactState
from bot.domain.slots import PERSONAL_KINDS, Slot, SlotKind
from bot.leads.columns import LeadRecord
from bot.leads.profiles.person import split_name
from bot.leads.values import value_in_words

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

LANGUAGES = ("en", "de", "fr", "es")
ANSWERED = frozenset({"faq", "extracted", "generated"})
MAX_QUESTIONS = 6
MAX_PAGES = 3
MAX_LINE_CHARS = 300
MAX_TEMPLATE_CHARS = 20_000
MAX_DRAFT_CHARS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FromSite:
    """Who writes: the site's name and locale, its playbook's slots, and where its own template may lie."""

    name: str
    locale: str
    slots: Sequence[Slot]
    folder: Path | None = None


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
    view = {"language": language, "site": _line(site.name)} | view_of(record, messages, site.slots)
    own = _own_template(site.folder, language)
    if own is not None:
        return _render_own(own, view)
    return str(_ours(language).render(view)).strip() + "\n"


def view_of(record: LeadRecord, messages: Sequence[Message], slots: Sequence[Slot]) -> dict[str, Any]:
    """Return what a template may use, every text on one line."""
    replies = {message.in_reply_to: message for message in messages if message.author is Author.BOT}
    asked: dict[str, list[dict[str, str]]] = {}
    unanswered: dict[str, None] = {}
    for message in messages:
        reply = replies.get(message.message_id)
        if message.author is not Author.VISITOR or reply is None:
            continue
        if reply.kind in ANSWERED:
            asked.setdefault(_line(message.text), _pages(reply))
        elif reply.kind == "none":
            unanswered.setdefault(_line(message.text))
    first_name, last_name = split_name(_known(record, slots, SlotKind.NAME))
    return {
        "first_name": _line(first_name),
        "last_name": _line(last_name),
        "company": _line(_known(record, slots, SlotKind.COMPANY)),
        "asked": [{"question": words, "pages": pages} for words, pages in asked.items()][:MAX_QUESTIONS],
        "unanswered": list(unanswered)[:MAX_QUESTIONS],
        "told": _told(record, slots),
        "lead_id": record.row.lead_id,
    }


def _pages(reply: Message) -> list[dict[str, str]]:
    pages = {
        citation.url or citation.title: {"title": _line(citation.title), "url": _line(citation.url or "")}
        for citation in reply.citations
    }
    return list(pages.values())[:MAX_PAGES]


def _known(record: LeadRecord, slots: Sequence[Slot], kind: SlotKind) -> str:
    for slot in slots:
        fact = record.facts.get(slot.id)
        if slot.kind is kind and fact is not None and fact.state is FactState.KNOWN:
            return value_in_words(kind, fact.value) or ""
    return ""


def _told(record: LeadRecord, slots: Sequence[Slot]) -> list[dict[str, str]]:
    told = []
    for slot in slots:
        fact = record.facts.get(slot.id)
        is_private = slot.kind in PERSONAL_KINDS or slot.kind in {SlotKind.COMPANY, SlotKind.ROLE}
        if fact is not None and fact.state is FactState.KNOWN and not is_private:
            words = value_in_words(slot.kind, fact.value, grouped=True) or ""
            told.append(
                {"slot": slot.id, "label": slot.label, "words": _line(words), "quote": _line(fact.quote)}
            )
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
