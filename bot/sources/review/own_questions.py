"""Questions that what is written asks of itself, each with what would give the answer away left out.

Promises: the same knowledge gives the same questions; a few hundred at most, whatever the number of entries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from bot.sources.review.subjects import Subjects
from bot.sources.review.written import Written, base_of
from knowledge import DocumentKind, FoundAnswer, Passage, tokenizer_for, vectors_of

SAMPLE = 150
HEADINGS = 40
"""Sections that are asked for by their heading; each is embedded again without it."""
LEFT_OUT_AT_ONCE = 0.2
"""Share of the entries that one version of the knowledge does without."""
SAME_ANSWER = 0.65
"""Cosine from which an answer that stands elsewhere says what was expected."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question: was it answered, rightly, and how sure was the answer."""

    is_answered: bool
    is_right: bool
    confidence: float


def _entries(passages: Sequence[Passage]) -> list[Passage]:
    first = {p.document_id: p for p in reversed(passages) if p.kind is DocumentKind.FAQ and p.start == 0}
    return [entry for entry in first.values() if entry.questions][::-1]


def _spread(items: Sequence[Passage], limit: int) -> list[Passage]:
    """Return at most so many, evenly from all."""
    return [items[int(at * len(items) / limit)] for at in range(limit)] if len(items) > limit else list(items)


def ask_phrasings(written: Written) -> Iterator[Outcome]:
    """Ask each entry by one of its other phrasings, which it then does without."""
    entries = [entry for entry in _entries(written.passages) if len(entry.questions) > 1]
    held = {
        entry.document_id: entry.questions[1 + number % (len(entry.questions) - 1)]
        for number, entry in enumerate(_spread(entries, SAMPLE))
    }
    if not held:
        return
    rest = [_without_question(passage, held.get(passage.document_id)) for passage in written.passages]
    base = base_of(rest, written.vectors, written.embedder, written.language)
    answers = {entry.document_id: entry.text for entry in entries}
    for document_id, question in held.items():
        yield _judge(base.answer(question), {document_id}, [answers[document_id]], written)


def _without_question(passage: Passage, question: str | None) -> Passage:
    if question is None or question not in passage.questions:
        return passage
    return replace(passage, questions=tuple(one for one in passage.questions if one != question))


def ask_headings(written: Written) -> Iterator[Outcome]:
    """Ask for sections by their heading, which they then do without."""
    subjects = Subjects(tokenizer_for(written.language))
    sections: dict[str, list[Passage]] = {}
    for passage in written.passages:
        if passage.kind is DocumentKind.PAGE and passage.section:
            sections.setdefault(passage.section.rpartition(" > ")[2], []).append(passage)
    telling = [
        heading
        for heading, passages in sections.items()
        if len(subjects.of_heading(heading)) > 1 and len({p.document_id for p in passages}) == 1
    ]
    telling = telling[:: ceil(len(telling) / HEADINGS)] if telling else []
    bare = {p.passage_id: _without_head(p) for heading in telling for p in sections[heading]}
    if not bare:
        return
    rest = [bare.get(passage.passage_id, passage) for passage in written.passages]
    vectors = dict(written.vectors)
    for batch in vectors_of(list(bare.values()), written.embedder, known=lambda _: {}):
        vectors.update(batch.vectors)
    base = base_of(rest, vectors, written.embedder, written.language)
    for heading in telling:
        theirs = {passage.passage_id for passage in sections[heading]}
        yield _judge(base.answer(heading), theirs, [p.text for p in sections[heading]], written)


def _without_head(passage: Passage) -> Passage:
    text = passage.search_text.removeprefix(passage.head).strip() or passage.text
    return replace(passage, head="", section="", search_text=text)


def ask_removed(written: Written) -> Iterator[Outcome]:
    """Ask the question of entries that are gone: what is answered all the same is wrong, unless it says the same."""
    entries = _entries(written.passages)
    sample = _spread(entries, SAMPLE)
    at_once = max(1, int(len(entries) * LEFT_OUT_AT_ONCE))
    for start in range(0, len(sample), at_once):
        gone = {entry.document_id: entry for entry in sample[start : start + at_once]}
        rest = [passage for passage in written.passages if passage.document_id not in gone]
        if not rest:
            return
        base = base_of(rest, written.vectors, written.embedder, written.language)
        for entry in gone.values():
            yield _judge(base.answer(entry.questions[0]), set(), [entry.text], written)


def _judge(answer: FoundAnswer, wanted: set[str], texts: Sequence[str], written: Written) -> Outcome:
    """Say whether an answer is right: from a wanted document or passage, or in words that mean what it says."""
    if answer.kind == "none" or not answer.text:
        return Outcome(is_answered=False, is_right=False, confidence=answer.confidence)
    is_right = any({cited.document_id, cited.passage_id} & wanted for cited in answer.citations)
    if not is_right:
        ours, *theirs = written.embedder.embed([answer.text, *texts])
        is_right = max(float(np.dot(ours, text)) for text in theirs) >= SAME_ANSWER
    return Outcome(is_answered=True, is_right=is_right, confidence=answer.confidence)
