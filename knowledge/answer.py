"""A question becomes an answer with citations, or an honest nothing.

Promises: what is shown is the company's own words, quoted verbatim; below the operating point there is no
text and no citation, at most "Did you mean …?"; the same question over the same version is answered the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from knowledge.confidence import ANSWER_FROM, SUGGEST_FROM, content_words, gather_evidence, probability
from knowledge.document import DocumentKind, Passage
from knowledge.embedding import Embedder
from knowledge.exact import VectorIndex
from knowledge.follow_up import Turn
from knowledge.hits import Hit
from knowledge.plain import one_line, show
from knowledge.read import Quote, read_passage, unit_score
from knowledge.retrieve import Query, Retriever
from knowledge.tables import describe_row
from knowledge.vectors import texts_of, vector_key

LISTED_HITS = 10
SUGGESTIONS = 3
SUGGESTED_SHARE = 0.7  # of the best hit's similarity
QUOTED_WHOLE = 400  # characters; a longer answer is cited by the sentences that answer


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCitation:
    """A quote and where it stands: offsets in code points into the document's text."""

    document_id: str
    passage_id: str
    title: str
    url: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAnswer:
    """The outcome of one question; with kind "none" there is no text and no citation.

    `confidence` is the probability (0–1) that the best hit answers; `hits` are document ids, best first;
    `suggestions` are `(document_id, question)` that may be meant.
    """

    kind: Literal["faq", "extracted", "none"]
    text: str | None
    confidence: float
    citations: tuple[FoundCitation, ...] = ()
    hits: tuple[str, ...] = ()
    suggestions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """Hits, best first, and the probability (0–1) that the first one answers."""

    hits: tuple[Hit, ...]
    confidence: float


class KnowledgeBase:
    """One version of a site's knowledge, ready for questions. Safe to use from several threads at once."""

    def __init__(
        self,
        passages: Sequence[Passage],
        index: VectorIndex,
        embedder: Embedder,
        *,
        language: str | None = None,
        answer_from: float = ANSWER_FROM,
    ) -> None:
        """Take the passages of a version and the index of their vectors (see `Retriever`).

        Args:
            passages: all passages of the version.
            index: holds their vectors.
            embedder: the model the vectors were made with.
            language: ISO 639-1 code that chooses the stemmer; found from the passages when None.
            answer_from: the probability (0–1) from which an answer is given.
        """
        self._answer_from = answer_from
        self._retriever = Retriever(passages, index, embedder, language=language)
        self._index = index
        self._whole_answers = {
            p.document_id: p for p in reversed(passages) if p.kind is not DocumentKind.PAGE and p.start == 0
        }

    def search(
        self, question: str, *, history: Sequence[Turn] = (), limit: int = LISTED_HITS
    ) -> SearchResult:
        """Find passages for a question.

        Args:
            question: what is asked.
            history: what was said before, oldest first, as (author, text).
            limit: how many hits at most.
        """
        if not question.strip():
            return SearchResult(hits=(), confidence=0.0)
        return self._search(self._retriever.read_question(question, history=history), limit)

    def answer(self, question: str, *, history: Sequence[Turn] = ()) -> FoundAnswer:
        """Answer a question from the passages, or say that nothing there answers it."""
        if not question.strip():
            return FoundAnswer(kind="none", text=None, confidence=0.0)
        query = self._retriever.read_question(question, history=history)
        result = self._search(query, LISTED_HITS)
        nothing = FoundAnswer(
            kind="none",
            text=None,
            confidence=result.confidence,
            hits=tuple(hit.passage.document_id for hit in result.hits),
            suggestions=_suggestions(result.hits) if result.confidence >= SUGGEST_FROM else (),
        )
        if not result.hits or result.confidence < self._answer_from:
            return nothing
        return self._from_hit(result.hits[0], query, nothing)

    def _search(self, query: Query, limit: int) -> SearchResult:
        hits = self._retriever.search(query, limit=max(limit, 2))  # the second tells how far the first leads
        if not hits:
            return SearchResult(hits=(), confidence=0.0)
        evidence = gather_evidence(hits, query.question, self._retriever.table, self._retriever.tokenize)
        return SearchResult(hits=tuple(hits[:limit]), confidence=round(probability(evidence), 6))

    def _from_hit(self, hit: Hit, query: Query, nothing: FoundAnswer) -> FoundAnswer:
        """Quote the hit; an entry without any text (only phrasings) answers nothing."""
        source = self._whole_answers.get(hit.passage.document_id, hit.passage)
        quotes = self._quote(source, query)
        text = _joined(quotes, source)
        kind: Literal["faq", "extracted"] = "extracted"
        if source.kind is DocumentKind.FAQ:
            kind, text = "faq", source.text
        elif source.kind is DocumentKind.PRODUCT:
            text = _described(source, text)
        if not text:
            return nothing
        return replace(nothing, kind=kind, text=text, citations=_cite(source, quotes), suggestions=())

    def _quote(self, source: Passage, query: Query) -> tuple[Quote, ...]:
        """Quote a short answer whole, and of a long one or a page the units that answer."""
        texts = texts_of(source).units
        is_short_answer = source.kind is not DocumentKind.PAGE and len(source.text) <= QUOTED_WHOLE
        if is_short_answer or not texts:
            return read_passage(source, ())
        similarities = self._index.similarities(query.vector, [vector_key(text) for text in texts])
        words = content_words(query.question, self._retriever.tokenize)
        scores = [
            unit_score(similarity, self._share_of(words, source.text[start:end]))
            for (start, end), similarity in zip(source.units, similarities, strict=True)
        ]
        return read_passage(source, scores)

    def _share_of(self, words: Sequence[str], text: str) -> float:
        held = self._retriever.tokenize(text)
        return self._retriever.table.keywords.share_held(words, held)


def _joined(quotes: Sequence[Quote], passage: Passage) -> str:
    """Show quotes one after another; a table's row with the names of its columns."""
    shown = []
    for quote in quotes:
        row = describe_row(passage.text, (quote.start - passage.start, quote.end - passage.start))
        shown.append(row or (show(quote.text) if passage.is_markdown else one_line(quote.text)))
    text = shown[0] if shown else ""
    for before, after in pairwise(shown):
        text += ("\n\n" if is_block(before) or is_block(after) else " ") + after
    return text.strip()


def is_block(text: str) -> bool:
    """Whether a quote must stand on lines of its own: a code block."""
    return text.lstrip().startswith("```")


def _described(product: Passage, text: str) -> str:
    price = " ".join(filter(None, (product.attributes.get("price"), product.attributes.get("currency"))))
    return f"{product.title}{f' ({price})' if price else ''}: {text}"


def _cite(passage: Passage, quotes: Sequence[Quote]) -> tuple[FoundCitation, ...]:
    return tuple(
        FoundCitation(
            document_id=passage.document_id,
            passage_id=passage.passage_id,
            title=passage.title or one_line(passage.text)[:60],
            url=passage.url,
            quote=quote.text,
            start=quote.start,
            end=quote.end,
        )
        for quote in quotes
    )


def _suggestions(hits: Sequence[Hit]) -> tuple[tuple[str, str], ...]:
    """Return the questions that may be meant: those of entries nearly as close as the closest."""
    near = (hit for hit in hits if hit.similarity >= SUGGESTED_SHARE * hits[0].similarity)
    entries = (hit for hit in near if hit.passage.kind is DocumentKind.FAQ)
    return tuple((hit.passage.document_id, hit.question or hit.passage.title) for hit in entries)[
        :SUGGESTIONS
    ]
