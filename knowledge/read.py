"""The sentences of a passage that answer, quoted verbatim.

Promises: at most two sentences, or the items of one list or the rows of one table that are asked for; each
quote is exactly a span of the document's text; sentences that follow one another are one quote; what
announces something ("like this:") is quoted with what it announces.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from knowledge.content import content_words
from knowledge.cross_encoder import Judgement
from knowledge.cues import find_cue, holds_cue
from knowledge.document import Passage
from knowledge.exact import VectorIndex
from knowledge.groups import (
    CHOSEN_FROM,
    Group,
    asks_for_steps,
    choose_members,
    find_groups,
    runs_of,
    telling_weights,
)
from knowledge.key_rows import key_numbers
from knowledge.reached import what_tells
from knowledge.retrieve import Query, Retriever
from knowledge.sentences import Span
from knowledge.tiers import steps_asked
from knowledge.vectors import texts_of, vector_key
from knowledge.wares import Ware

QUOTED_WHOLE = 400  # characters; a longer answer is cited by the sentences that answer
SECOND_FROM = 0.5  # of the best sentence's score, for a sentence beside it to be quoted with it
COVERAGE_WEIGHT = 0.4  # of the words asked for, beside the similarity of the meaning
CUE_WEIGHT = 0.15  # for a number where one is asked for, a name where it asks who
JUDGED_WEIGHT = 0.5  # of the share of the answer that the trained model finds there
BEFORE_WEIGHT = 0.1  # of the words that the sentence before holds: "It lasts eleven days."
LONGEST_GROUP = 1200  # characters; of a longer list or table only the two best members are quoted
MOST_PIECES = 60  # of a table that was cut, in which the rows that are asked for are looked for
MOST_ROWS = 12
TOLD_WEIGHT = 3.0  # for the number, address or hours asked for: nothing else answers that
OPENING = 200  # characters
MOST_RUNS = 3  # members chosen here and there; more are quoted with what stands between them
# Not of the row that was told, where a follow-up says nothing that tells rows apart.
ALL_ASKED = re.compile(
    r"\b(?:all|both|others?|else|rest|every|alle|andere[nrs]?|beide|tous|toutes|autres?|todos|todas|otr[oa]s?|list)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece; offsets in code points into the document's text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What was quoted of a passage.

    `score` is how well its best unit answers, about 0–1; `sentence` that unit, None where rows or items answer.
    """

    quotes: tuple[Quote, ...]
    score: float = 0.0
    sentence: Quote | None = None


class Reader:
    """Reads passages with a question in mind. Safe to use from several threads at once."""

    def __init__(self, retriever: Retriever, index: VectorIndex) -> None:
        """Take what the question was searched with, and the vectors of the passages' units."""
        self._retriever = retriever
        self._index = index

    def read(self, passage: Passage, query: Query, judgement: Judgement | None = None) -> Reading:
        """Quote the units of a passage that answer; all of one that has no units.

        Args:
            passage: where to read.
            query: what is asked.
            judgement: what the trained model read in it.
        """
        if not passage.units:
            return Reading((quote_whole(passage),))
        scores = self.unit_scores(passage, query, judgement)
        steps = steps_asked(passage, query.question, query.wordings[-1].text, self._retriever.tokenize)
        if steps:
            runs = runs_of(steps, steps)
            return Reading(tuple(quote_span(passage, run) for run in runs), max(scores))
        best = max(range(len(scores)), key=lambda unit: scores[unit])
        group = next((group for group in find_groups(passage) if group.holds(passage.units[best])), None)
        spans = self._members(group, passage, query) if group else ()
        if spans:
            return Reading(tuple(quote_span(passage, span) for span in spans), scores[best])
        quotes = tuple(quote_span(passage, span) for span in best_units(passage, scores))
        return Reading(quotes, scores[best], quote_span(passage, passage.units[best]))

    def rows_asked(self, passage: Passage, query: Query) -> list[tuple[Passage, Quote]]:
        """Return the rows that are asked for of a table that was cut into passages, whichever they stand in.

        None where the table is whole, or nothing that is asked tells its rows apart.
        """
        if not passage.lead:
            return []
        rows = [(piece, row) for piece in self._pieces(passage) for row in piece.units]
        for question in filter(None, (query.question, query.before, query.told)):
            held = self._held_for(question)
            words = [held(piece.text[slice(*row)]) for piece, row in rows]
            header = held(passage.lead.partition("\n")[0])
            weights = telling_weights(words, header, _rarity(self._asked(question), words))
            if (most := max(weights)) > 0:
                told = [
                    row for row, weight in zip(rows, weights, strict=True) if weight >= CHOSEN_FROM * most
                ]
                return _quote_rows(told[:MOST_ROWS])
        return []

    def _pieces(self, passage: Passage) -> list[Passage]:
        """Return the passages that a table was cut into: those nearest to one of them, in order."""
        document = self._retriever.table.passages.of_document(passage.document_id)
        pieces = [one for one in document if (one.section, one.lead) == (passage.section, passage.lead)]
        at = next((at for at, one in enumerate(pieces) if one.start == passage.start), 0)
        first = max(at - MOST_PIECES // 2, 0)
        return pieces[first : first + MOST_PIECES]

    def unit_scores(self, passage: Passage, query: Query, judgement: Judgement | None = None) -> list[float]:
        """Return how well each of the passage's units answers, about 0–1, up to 1.5 with a judgement."""
        texts = texts_of(passage).units or (texts_of(passage).whole,)
        similarities = self._index.similarities(query.vector, key_numbers(map(vector_key, texts))).tolist()
        words = content_words(query.question, self._retriever.tokenize)
        cue = find_cue(query.question)
        tells = what_tells(query.question, self._retriever.tokenize, query.before) or (lambda _: False)
        scores: list[float] = []
        before = 0.0
        for (start, end), similarity in zip(passage.units, similarities, strict=True):
            unit = passage.text[start:end]
            coverage = self._retriever.table.keywords.share_held(words, self._retriever.tokenize(unit))
            holds = cue is not None and holds_cue(cue, unit, query.question)
            score = unit_score(similarity, coverage, holds_cue=holds, before=before) + TOLD_WEIGHT * tells(
                unit
            )
            scores.append(score + (JUDGED_WEIGHT * judgement.share_of(start, end) if judgement else 0.0))
            before = coverage
        return scores

    def _members(self, group: Group, passage: Passage, query: Query) -> tuple[Span, ...]:
        """Return the spans of a group that are asked for, its lead-in first; none when they are too long."""
        chosen = self._chosen(group, passage, query.question)
        if group.is_table and not ALL_ASKED.search(query.question):
            for before in filter(None, (query.before, query.told)):
                chosen = chosen if len(chosen) < len(group.members) else self._chosen(group, passage, before)
        runs = runs_of(chosen, group.members)
        if len(runs) > MOST_RUNS:
            runs = [(runs[0][0], runs[-1][1])]
        if sum(end - start for start, end in runs) > LONGEST_GROUP:
            return ()
        if group.lead_in is None:
            return tuple(runs)
        if not group.is_table and runs[0][0] == group.members[0][0]:
            return (group.lead_in[0], runs[0][1]), *runs[1:]
        return group.lead_in, *runs

    def _chosen(self, group: Group, passage: Passage, question: str) -> tuple[Span, ...]:
        return choose_members(
            group,
            passage,
            self._asked(question),
            self._held_for(question),
            for_steps=asks_for_steps(question),
        )

    def _asked(self, question: str) -> dict[str, float]:
        """Weigh the question's words by their rarity, and the kind of thing it asks for like one of them."""
        keywords = self._retriever.table.keywords
        asked = {word: keywords.weight(word) for word in content_words(question, self._retriever.tokenize)}
        cue = find_cue(question)
        if cue is not None and asked:
            asked[cue] = sum(asked.values()) / len(asked)
        return asked

    def _held_for(self, question: str) -> Callable[[str], set[str]]:
        cue = find_cue(question)

        def held(text: str) -> set[str]:
            words = set(self._retriever.tokenize(text))
            return words | {cue} if cue is not None and holds_cue(cue, text, question) else words

        return held


def best_units(passage: Passage, scores: Sequence[float]) -> tuple[Span, ...]:
    """Return the spans of the best one or two of a passage's units; what follows one another is one span.

    Args:
        passage: where to read.
        scores: how well each of `passage.units` answers.
    """
    best = max(range(len(scores)), key=lambda unit: scores[unit])
    second = _second(passage, scores, best)
    if second is None:
        return (passage.units[best],)
    first, last = sorted((best, second))
    if last == first + 1 and not any(_is_row(passage, unit) for unit in (first, last)):
        return ((passage.units[first][0], passage.units[last][1]),)
    return passage.units[first], passage.units[last]


def unit_score(similarity: float, coverage: float, *, holds_cue: bool, before: float) -> float:
    """Weigh how well a unit answers.

    Args:
        similarity: how close its meaning is to the question's, a cosine.
        coverage: the share of the words asked for that it holds.
        holds_cue: whether it holds the kind of thing that is asked for.
        before: the share of the words that the unit before it holds.
    """
    return (
        (1 - COVERAGE_WEIGHT) * similarity
        + COVERAGE_WEIGHT * coverage
        + CUE_WEIGHT * holds_cue
        + BEFORE_WEIGHT * before
    )


def quote_whole(passage: Passage) -> Quote:
    """Quote all of a passage."""
    return quote_span(passage, (0, len(passage.text)))


def quote_opening(passage: Passage) -> Quote:
    """Quote the first two units of a passage, all of a short one."""
    if len(passage.text) <= OPENING or len(passage.units) < 2:
        return quote_whole(passage)
    return quote_span(passage, (passage.units[0][0], passage.units[1][1]))


def quote_ware(ware: Ware) -> tuple[Quote, ...]:
    """Quote the opening of a product's description, of a plan in a table its lines there."""
    if not ware.spans:
        return (quote_opening(ware.passage),)
    return tuple(quote_span(ware.passage, span) for span in ware.spans)


def quote_span(passage: Passage, span: Span) -> Quote:
    """Quote a span of a passage's text."""
    start, end = span
    return Quote(passage.text[start:end], passage.start + start, passage.start + end)


def _rarity(asked: Iterable[str], members: Sequence[set[str]]) -> dict[str, float]:
    """Weigh words by how few of the members hold them: each of a thousand rows names its kind, one its number."""
    holding = {word: sum(word in member for member in members) for word in asked}
    return {word: math.log(1 + len(members) / count) for word, count in holding.items() if count}


def _quote_rows(rows: Sequence[tuple[Passage, Span]]) -> list[tuple[Passage, Quote]]:
    """Quote rows of passages, those that follow one another together."""
    return [
        (piece, quote_span(piece, run))
        for piece, some in groupby(rows, key=itemgetter(0))
        for run in runs_of([row for _, row in some], piece.units)
    ]


def _is_row(passage: Passage, unit: int) -> bool:
    return passage.text.startswith("|", passage.units[unit][0])


def _second(passage: Passage, scores: Sequence[float], best: int) -> int | None:
    start, end = passage.units[best]
    if len(scores) < 2:
        return None
    if passage.text[start:end].rstrip("*_ ").endswith(":") and best + 1 < len(scores):
        return best + 1
    others = [unit for unit in range(len(scores)) if unit != best]
    second = max(others, key=lambda unit: scores[unit])
    return second if scores[second] >= SECOND_FROM * scores[best] else None
