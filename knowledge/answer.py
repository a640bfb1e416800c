"""A question becomes an answer with citations, or an honest nothing.

Promises: what is shown is the company's own words, quoted verbatim; below the operating point there is no
text and no citation, at most "Did you mean …?"; the same question over the same version is answered the same.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from knowledge.compare import Compared, find_compared
from knowledge.confidence import ANSWER_FROM, STRANGER_SHARE, SUGGEST_FROM
from knowledge.cross_encoder import Judgement
from knowledge.display import say_offer, say_product, say_quotes, say_rows, say_side_by_side, say_text
from knowledge.document import DocumentKind, Passage
from knowledge.embedding import Embedder
from knowledge.exact import VectorIndex
from knowledge.follow_up import Turn
from knowledge.found import FoundAnswer, FoundCitation, SearchResult, cite, extracted, product_of
from knowledge.hits import Hit, suggestions_of
from knowledge.judge import MOST_JUDGED, RIVAL_WITHIN, entry_may_lead
from knowledge.letters import answer_in_parts
from knowledge.precedence import (
    ENTRY_FROM,
    asks_itself,
    is_answered,
    is_entry_about,
    is_entry_itself,
    mentions_only,
)
from knowledge.read import QUOTED_WHOLE, Quote, Reader, Reading, quote_ware, quote_whole
from knowledge.recommend import MOST_PRODUCTS, Offer, Shelf
from knowledge.remembered import Remembered, asked
from knowledge.retrieve import Query, Retriever
from knowledge.scope import EVERYTHING, Scope
from knowledge.subjects import MENTIONED, NAMESAKE, TITLED, SubjectFinder
from knowledge.sureness import Sureness
from knowledge.telling import telling_first, tells_it
from knowledge.verdict import may_be_given_a_verdict, say_without_verdict

LISTED_HITS = 10
ANSWERS_REMEMBERED = 1_000
"""Answers of a version that are kept, a few kilobytes each."""


class KnowledgeBase:
    """One version of a site's knowledge, ready for questions. Safe to use from several threads at once.

    `passages` are those it answers from, in the order of the sources.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        index: VectorIndex,
        embedder: Embedder,
        *,
        language: str | None = None,
        answer_from: float = ANSWER_FROM,
    ) -> None:
        """Take a version's passages and the index of their vectors; what is not said here, `Retriever` says.

        Args:
            passages: all passages of the version.
            index: holds their vectors.
            embedder: the model the vectors were made with.
            language: ISO 639-1 code.
            answer_from: the probability (0–1) from which an answer is given.
        """
        self._answer_from = answer_from
        self._answers: Remembered[FoundAnswer] = Remembered(ANSWERS_REMEMBERED)
        self._retriever = Retriever(passages, index, embedder, language=language)
        self._reader = Reader(self._retriever, index)
        self.passages = self._retriever.table.passages
        products = {p.document_id: p for p in self.passages.of_kind(DocumentKind.PRODUCT)}
        sold = [*map(self._whole, products.values()), *self.passages.with_tables()]
        self.shelf = Shelf(sold, self._retriever.tokenize, self._retriever.table.keywords.share_held)
        self._sureness = Sureness(
            self._retriever, answer_from=answer_from, has_products=bool(len(self.shelf))
        )
        self._finder = SubjectFinder(self.passages, self._retriever, self._reader)

    def search(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        limit: int = LISTED_HITS,
        scope: Scope = EVERYTHING,
    ) -> SearchResult:
        """Find passages for a question.

        Args:
            question: what is asked.
            history: what was said before, oldest first, as (author, text).
            limit: how many hits at most.
            scope: which passages may be found.
        """
        if not question.strip():
            return SearchResult(hits=(), confidence=0.0)
        return self._find(question, history, scope, limit)[1]

    def recall(
        self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYTHING
    ) -> FoundAnswer | None:
        """Return the answer that was given when the same was asked of this version; None when it was not."""
        return self._answers.find(asked(question, history, scope))

    def answer(
        self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYTHING
    ) -> FoundAnswer:
        """Answer a question from the passages in scope, or say that nothing there answers it."""
        found = answer_in_parts(question, history, partial(self._answer, scope=scope))
        if not (found.unknown or found.unanswered):  # those are the visitor's own words
            self._answers.keep(asked(question, history, scope), found)
        return found

    def _answer(self, question: str, *, history: Sequence[Turn], scope: Scope) -> FoundAnswer:
        if not question.strip():
            return FoundAnswer(kind="none", text=None, confidence=0.0)
        query, result = self._find(question, history, scope, LISTED_HITS)
        nothing = FoundAnswer(
            kind="none",
            text=None,
            confidence=result.confidence,
            hits=tuple(hit.passage.document_id for hit in result.hits),
            nearest=result.nearest,
            leans=query.shown.leaning,
            suggestions=suggestions_of(result.hits) if result.confidence >= SUGGEST_FROM else (),
        )
        is_sure = bool(result.hits) and result.confidence >= self._answer_from
        is_new = is_sure and not self.shelf.repeats(result.hits[0].passage, query.subject, question)
        found = self._from_hits(result.hits, query, nothing) if is_new else nothing
        compared = find_compared(query.question)
        beside = self._compare(compared, query, found) if compared else None
        unsure = replace(nothing, confidence=min(nothing.confidence, STRANGER_SHARE))
        answer = beside or self._recommend(query, result.hits, found, unsure) or found
        return answer if beside or tells_it(answer, query, self._retriever.tokenize) else unsure

    def _find(
        self, question: str, history: Sequence[Turn], scope: Scope, limit: int
    ) -> tuple[Query, SearchResult]:
        """Search with what a question leans on; by itself where it is an entry's own and surer so."""
        asked = self._retriever.hear(question, history=history, scope=scope)
        if not asked.shown.leaning or len(asked.wordings) == 1:
            query = self._retriever.look_up(asked)
            return query, self._search(query, limit)
        alone = self._retriever.look_up_alone(asked)
        hits = self._retriever.search(alone, limit=max(limit, MOST_JUDGED))
        if hits and is_entry_itself(hits[0]):
            found = self._judged(hits, alone, limit, ENTRY_FROM)
            if is_entry_itself(found.hits[0]) and found.confidence >= ENTRY_FROM:
                return alone, found
        query = self._retriever.look_up(asked)
        result = self._search(query, limit)
        if not entry_may_lead(hits):
            return query, result
        found = self._judged(hits, alone, limit, ENTRY_FROM, result.confidence, above=result.confidence)
        is_own = asks_itself(found, result, answer_from=self._answer_from)
        return (alone, found) if is_own else (query, result)

    def _search(self, query: Query, limit: int) -> SearchResult:
        # The second tells how far the first leads, a third may be the one that answers.
        return self._judged(self._retriever.search(query, limit=max(limit, MOST_JUDGED)), query, limit)

    def _judged(
        self, hits: list[Hit], query: Query, limit: int, *sides: float, above: float = 0.0
    ) -> SearchResult:
        hits, confidence = self._sureness.of(hits, query, *sides, above=above)
        if not hits:
            return SearchResult(hits=(), confidence=0.0)
        is_unsure, sections = confidence < self._answer_from, self.passages.of_document
        telling = telling_first(hits, query, self._retriever.tokenize, sections, is_unsure=is_unsure)
        if telling:
            hits, confidence = telling, max(confidence, self._answer_from)
        return SearchResult(hits=tuple(hits[:limit]), confidence=confidence)

    def _recommend(
        self, query: Query, hits: Sequence[Hit], found: FoundAnswer, nothing: FoundAnswer
    ) -> FoundAnswer | None:
        """Tell the cells asked for, or name what meets a wish; None where neither, or an entry answers."""
        spelt = self.shelf.spell(query.typed, self._retriever.table.keywords.is_unknown)
        query = replace(query, question=spelt)
        is_aside = mentions_only(hits, query.question, self._retriever.tokenize)
        is_open = is_aside or found.kind == "none"
        told = self.shelf.told(query.question, query.subject, query.before, with_plans=is_open)
        if told and (is_aside or not is_entry_about(told, found)):
            return self._from_offers(told, found)
        accepts = partial(self._retriever.is_in, scope=query.scope)
        more = self.shelf.more_or_less(query.question, query.subject, query.earlier, accepts=accepts)
        if more is not None:
            return self._from_offers(more, found) if more else nothing
        wish = self.shelf.wish_of(query.question, query.earlier)
        if wish and self.shelf.lacks(wish, self._retriever.table.keywords.is_unknown):
            return nothing
        if wish is None or is_answered(wish, found, self._retriever.tokenize):
            return None
        offers = self.shelf.offers(wish, accepts=accepts)
        if offers:
            return self._from_offers(offers, found)
        # What the best hit is about does not meet the wish.
        return nothing if wish.is_sure and hits and self.shelf.speaks_of(hits[0].passage, wish) else None

    def _from_offers(self, offers: Sequence[Offer], found: FoundAnswer) -> FoundAnswer:
        quoted = [(offer, quote_ware(offer.ware)) for offer in offers]
        return replace(
            found,
            kind="extracted",
            text=say_side_by_side([say_offer(offer, quotes) for offer, quotes in quoted]),
            confidence=max(found.confidence, self._answer_from),
            citations=cite(
                ((offer.ware.passage, quote) for offer, quotes in quoted for quote in quotes), self.passages
            ),
            suggestions=(),
            products=tuple(product_of(offer) for offer in offers if offer.ware.is_offered)[:MOST_PRODUCTS],
        )

    def _compare(self, compared: Compared, query: Query, found: FoundAnswer) -> FoundAnswer | None:
        """Set what is written about two things side by side, None where they are not known or already told apart."""
        names = (compared.left, compared.right)
        told = " ".join(f"{citation.title} {citation.quote}" for citation in found.citations)
        is_told = all(self._finder.holds(told, name) for name in names)
        cells = self.shelf.compared(query.question, *names)
        if cells and not (is_told and found.kind == "faq"):
            return self._from_offers(cells, found)
        if is_told:
            return None
        subjects = {name: self._finder.find(name, query) for name in names}
        if any(subject is None or subject.nearness < NAMESAKE for subject in subjects.values()):
            columns = self._finder.find_columns(*names, query)
            subjects = {name: columns or subject for name, subject in subjects.items()}
        least = MENTIONED if compared.is_sure else TITLED
        known = {name: subject for name, subject in subjects.items() if subject and subject.nearness >= least}
        unknown = tuple(name for name in names if name not in known)
        is_half_told = (
            len(unknown) == 1 and compared.is_sure and max(s.nearness for s in known.values()) >= TITLED
        )
        if unknown and not is_half_told:
            return None
        return replace(
            found,
            kind="extracted",
            text=say_side_by_side([subject.said for subject in known.values()]),
            confidence=max(found.confidence, self._answer_from),
            citations=cite(
                (quoted for subject in known.values() for quoted in subject.quoted), self.passages
            ),
            suggestions=(),
            unknown=unknown,
        )

    def _from_hits(self, hits: Sequence[Hit], query: Query, nothing: FoundAnswer) -> FoundAnswer:
        """Quote the best hit; an entry without any text (only phrasings) answers nothing."""
        source = self._whole(hits[0].passage)
        quoted = self._quote(source, query, hits[0].judgement if source is hits[0].passage else None)
        if source.kind is DocumentKind.PAGE:
            return self._from_pages(hits, quoted, query, nothing)
        if not source.text.strip():
            return nothing
        if source.kind is DocumentKind.PRODUCT:
            return extracted(nothing, say_product(source, quoted.quotes), self._cite(source, quoted.quotes))
        text, quotes = say_text(source), quoted.quotes
        if not may_be_given_a_verdict(query, hits[0], self._retriever.tokenize):
            text, quotes = say_without_verdict(source, quotes, query.question)
        return replace(extracted(nothing, text, self._cite(source, quotes)), kind="faq") if text else nothing

    def _cite(self, source: Passage, quotes: Sequence[Quote]) -> tuple[FoundCitation, ...]:
        return cite(((source, quote) for quote in quotes), self.passages)

    def _whole(self, passage: Passage) -> Passage:
        """Return the passage that holds all of the same answer; of a page, the passage itself."""
        if passage.kind is DocumentKind.PAGE:
            return passage
        of_it = self.passages.of_document(passage.document_id)
        whole = next((one for one in of_it if one.start == 0), passage)
        return passage if whole.passage_id == passage.passage_id else whole

    def _from_pages(
        self, hits: Sequence[Hit], first: Reading, query: Query, nothing: FoundAnswer
    ) -> FoundAnswer:
        """Quote the best page, with the next when that is about as near and its sentence fits better."""
        rows = self._reader.rows_asked(hits[0].passage, query)
        if rows:
            return extracted(nothing, say_rows(rows), cite(rows, self.passages))
        quoted: list[tuple[Passage, Quote]] = [(hits[0].passage, quote) for quote in first.quotes]
        rival = hits[1] if len(hits) > 1 else None
        if first.sentence and rival and self._is_near(rival, hits[0]):
            second = self._reader.read(rival.passage, query, rival.judgement)
            if second.sentence and second.score >= first.score:
                quoted = [(hits[0].passage, first.sentence), (rival.passage, second.sentence)]
        return extracted(nothing, say_quotes(quoted), cite(quoted, self.passages))

    def _is_near(self, rival: Hit, best: Hit) -> bool:
        return rival.passage.kind is DocumentKind.PAGE and best.score - rival.score < RIVAL_WITHIN

    def _quote(self, source: Passage, query: Query, judgement: Judgement | None) -> Reading:
        """Quote a short answer whole, and of a long one or a page what answers."""
        if source.kind is not DocumentKind.PAGE and len(source.text) <= QUOTED_WHOLE:
            return Reading((quote_whole(source),))
        return self._reader.read(source, query, judgement)
