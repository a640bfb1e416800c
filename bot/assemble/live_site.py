"""A site while it is served: its configuration, the knowledge that answers now, and what both look like to others.

Configuration and knowledge are swapped whole; a turn uses what it found when it began.
"""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from bot.chat.agreement import forms_of
from bot.chat.voice import Voice
from bot.domain.answer import Answer, Citation, Fit, Product, Sought, Suggestion, Written
from bot.domain.notes import footnotes
from bot.domain.proactive import rules_now
from bot.leads.draft import FromSite
from bot.settings import Site
from bot.sources import ActiveKnowledge, GapMemory
from bot.telemetry import Numbers
from bot.web.parts import FaqEntry
from knowledge import (
    DocumentKind,
    FoundAnswer,
    FoundCitation,
    KnowledgeBase,
    Known,
    Passage,
    Scope,
    cite_evidence,
    find_fit,
    find_passages,
    scope_of,
    whole_text,
)


@dataclass(frozen=True, slots=True)
class Serving:
    """A version of the knowledge in service, with its curated entries."""

    knowledge: ActiveKnowledge
    entries: tuple[FaqEntry, ...]

    @property
    def version(self) -> int:
        """The version's number."""
        return self.knowledge.version


@dataclass(slots=True)
class LiveSite:
    """One served site. `serving` is None until the first version is ready."""

    site: Site
    serving: Serving | None = None
    is_ready: asyncio.Event = field(default_factory=asyncio.Event)
    is_damaged: asyncio.Event = field(default_factory=asyncio.Event)
    gap_memory: GapMemory = field(default_factory=GapMemory)
    state: str = "starting"
    times_served: int = 0
    numbers: Numbers | None = None
    _spoken: tuple[Site, Voice] | None = None

    def serve(self, knowledge: ActiveKnowledge) -> None:
        """Answer from this version from now on."""
        self.serving = Serving(knowledge, faq_entries(knowledge.passages.of_kind(DocumentKind.FAQ)))
        self.times_served += 1
        self.state = "ready"
        self.is_ready.set()
        self.is_damaged.clear()
        self._note_damage(knowledge)

    def fail(self, reason: str) -> None:
        """Say why nothing can be answered; what is asked meanwhile is honestly not known."""
        self.state = f"failed: {reason}"
        self.is_ready.set()

    async def answer(
        self,
        question: str,
        history: Sequence[tuple[str, str]] = (),
        locale: str | None = None,
        *,
        language: str | None = None,
        tags: Sequence[str] = (),
    ) -> Answer:
        """Answer from the knowledge in service, off the event loop; waits for the first version.

        Args:
            question: what is asked.
            history: what was said before, oldest first, as (author, text).
            locale: the asker's; where several languages answer about as well, theirs goes first.
            language: only passages in it are read.
            tags: only passages that have all of them are read.
        """
        await self.is_ready.wait()
        if self.serving is None:
            return Answer(kind="none", text=None, confidence=0.0)
        knowledge = self.serving.knowledge
        scope = scope_of(language=language, tags=tags, preferred=locale)
        is_whole = not knowledge.is_damaged
        remembered = knowledge.base.recall(question, history=history, scope=scope) if is_whole else None
        found = remembered or await self._search(knowledge, question, history, scope)
        if self.numbers is not None:
            self.numbers.answered(self.site.id, found.kind, is_remembered=remembered is not None)
        return answer_of(found, self._written_for(found, knowledge))

    def _written_for(self, found: FoundAnswer, knowledge: ActiveKnowledge) -> tuple[Written, ...]:
        """Return the passages that a language model may write from, where the site has one."""
        if getattr(self.site, "model", None) is None or found.kind == "none":
            return ()
        return tuple(map(written_of, find_passages(knowledge.passages, found.read_from)))

    def cite(self, written: Written, sentence: str) -> Citation | None:
        """Quote what a passage says of a sentence; None when it is not there any more."""
        if self.serving is None:
            return None
        passages = self.serving.knowledge.passages
        found = find_passages(passages, [(written.document_id, written.passage_id)])
        return citation_of(cite_evidence(found[0], sentence, passages)) if found else None

    async def _search(
        self, knowledge: ActiveKnowledge, question: str, history: Sequence[tuple[str, str]], scope: Scope
    ) -> FoundAnswer:
        with self.numbers.waiting() if self.numbers is not None else nullcontext():
            found = await asyncio.to_thread(knowledge.base.answer, question, history=history, scope=scope)
        self._note_damage(knowledge)
        return found

    def _note_damage(self, knowledge: ActiveKnowledge) -> None:
        """Have the vector index mended when it turned out to be damaged; one that was replaced is nobody's concern."""
        if knowledge.is_damaged and self.serving is not None and knowledge is self.serving.knowledge:
            self.is_damaged.set()

    def note_index_away(self) -> None:
        """Answer without the vector index, which cannot be reached, until it can be."""
        index = self.serving.knowledge.index if self.serving is not None else None
        if index is not None and not index.is_broken:
            index.is_broken = True
            self.is_damaged.set()

    async def answer_with_related(
        self, question: str, k: int, language: str | None, tags: Sequence[str]
    ) -> tuple[Answer, tuple[FaqEntry, ...]]:
        """Answer, and name up to `k` curated entries near the question that are not the answer itself."""
        answer = await self.answer(question, language=language, tags=tags)
        entries = self.serving.entries if self.serving is not None else ()
        by_id = {entry.id: entry for entry in entries}
        cited = {citation.document_id for citation in answer.citations}
        near = [by_id[hit] for hit in answer.hits if hit in by_id and hit not in cited]
        return answer, tuple(near[:k])

    def base(self) -> KnowledgeBase | None:
        """Return the knowledge in service, None until there is one."""
        return self.serving.knowledge.base if self.serving is not None else None

    def remembered_as(self) -> str | None:
        """Name what answers now; None while nothing does, or what does is damaged and must not be remembered."""
        if self.serving is None or self.serving.knowledge.is_damaged:
            return None
        return f"{self.serving.version}.{self.times_served}"

    def voice(self) -> Voice:
        """Return how the site speaks now; made once for each configuration."""
        if self._spoken is None or self._spoken[0] is not self.site:
            self._spoken = (self.site, voice_of(self.site))
        return self._spoken[1]

    def public_config(self, locale: str | None, *, text_chars: int) -> dict[str, Any]:
        """Return what a visitor's client may know of the site and its limits, in the visitor's language."""
        site = self.site
        spoken = site.spellings.heard_in(locale)
        consent = site.consent.heard_in(locale)
        return {
            "name": site.name,
            "greeting": spoken.greeting,
            "theme": site.theme.as_json(),
            "choices": [{"id": choice.id, "label": choice.label} for choice in spoken.choices],
            "consent": {
                "text": consent.text,
                "version": consent.version,
                "policy_url": site.consent.policy_url,
            },
            "locale": site.locale,
            "tongues": {**spoken.tongues, "consent": consent.locale},
            "limits": {"text": text_chars},
            "strings": dict(spoken.strings),
            "forms": forms_of(site.playbook),
        }

    def proactive(self, now: datetime) -> list[dict[str, Any]]:
        """Return the rules by which the widget may speak first at this hour."""
        rules = rules_now(self.site.proactive, self.site.playbook.hours, now)
        return [rule.as_json() for rule in rules]


def voice_of(site: Site) -> Voice:
    """Return how a site speaks to whoever says no language."""
    return Voice(
        name=site.name,
        playbook=site.playbook,
        consent_text=site.consent.text,
        consent_version=site.consent.version,
        consents=site.consent.questions,
        locale=site.locale,
        region=site.region,
        messages=site.messages,
    ).heard_in(None)


def answer_of(found: FoundAnswer, passages: tuple[Written, ...] = ()) -> Answer:
    """Map what the knowledge found to the domain's word for it."""
    return Answer(
        kind=found.kind,
        text=found.text,
        confidence=found.confidence,
        citations=footnotes((citation_of(cited), cited.full_title) for cited in found.citations),
        hits=tuple(found.hits),
        suggestions=tuple(Suggestion(id=id_, question=question) for id_, question in found.suggestions),
        unknown=found.unknown,
        unanswered=found.unanswered,
        products=tuple(Product(**asdict(product)) for product in found.products),
        passages=passages,
        leans=found.leans,
    )


def citation_of(found: FoundCitation) -> Citation:
    """Map a citation to the domain's word for it, not numbered yet."""
    return Citation(
        n=0,
        document_id=found.document_id,
        passage_id=found.passage_id,
        title=found.title,
        url=found.url,
        quote=found.quote,
        link=found.link,
    )


def written_of(passage: Passage) -> Written:
    """Map a passage to what an answer is written from."""
    title = " – ".join(dict.fromkeys(part for part in (passage.title, passage.section) if part))
    return Written(
        document_id=passage.document_id,
        passage_id=passage.passage_id,
        title=title,
        url=passage.url,
        text=whole_text(passage),
    )


def faq_entries(passages: Iterable[Passage]) -> tuple[FaqEntry, ...]:
    """Return the curated entries, each once, in the order of their passages."""
    entries: dict[str, FaqEntry] = {}
    for passage in passages:
        if passage.document_id not in entries and passage.questions:
            entries[passage.document_id] = FaqEntry(
                id=passage.document_id, question=passage.questions[0], answer=passage.text, url=passage.url
            )
    return tuple(entries.values())


def writer_for(site: Site, base: KnowledgeBase | None) -> FromSite:
    """Return who writes the follow-up drafts of a site; without its knowledge nothing is said to fit."""
    return FromSite(
        name=site.name,
        locale=site.locale,
        slots=site.playbook.slots,
        folder=site.folder,
        fit=None if base is None else partial(fit_from, base),
    )


def fit_from(base: KnowledgeBase, sought: Sought) -> Fit | None:
    """Return what fits of what the knowledge sells, None where nothing is known to."""
    found = find_fit(base, Known(**asdict(sought)))
    return (
        None if found is None else Fit(product=Product(**asdict(found.product)), said=found.said, by=found.by)
    )


def state_of(live: LiveSite) -> str:
    """Return whether a site answers, and whether as it should."""
    if live.state == "ready" and live.serving is not None and live.serving.knowledge.is_damaged:
        return "degraded: the vector index is not there, rows or words alone answer"
    return live.state
