"""Answers that an earlier version gave and what is written now does not, or gives otherwise.

Promises: only what differs is asked: where no document changed, nothing is. What counts as another answer by accident
is in docs/site-folder.md, "Lost answers".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.sources.review.written import Written, base_of
from knowledge import DocumentKind, FoundAnswer, Passage

ASKED_LIMIT = 500
"""Questions that are asked of both versions."""
RELATED = 0.6
"""Cosine of two answers from which the one may stand for the other."""
ASKS_THE_SAME = 0.75
"""Cosine of a question and an entry's own from which the entry was written to answer it."""


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question that the earlier version answered. `after` of kind "none": the answer is lost.

    One that `is_unrelated` came by accident: what answered is gone, and something else, that was there before and
    says something else, has taken its place.
    """

    question: str
    before: FoundAnswer
    after: FoundAnswer
    is_unrelated: bool = False

    @property
    def is_lost(self) -> bool:
        """Whether nothing answers any more."""
        return self.after.kind == "none"


def compare_answers(before: Written, after: Written, questions: Sequence[str]) -> list[AnswerChange]:
    """Return what is answered otherwise than before, or no longer.

    Args:
        before: the earlier version.
        after: what is written now, with the same model.
        questions: what to ask beside the entries of the FAQ that changed or are gone.
    """
    if before.hashes == after.hashes:
        return []
    earlier = base_of(before.passages, before.vectors, after.embedder, before.language)
    versions = _Versions(before, after)
    changes = []
    for question in list(dict.fromkeys((*questions, *_of_changed(before, after))))[:ASKED_LIMIT]:
        first = earlier.answer(question)
        if first.kind == "none":
            continue
        second = after.base.answer(question)
        if second.kind == "none" or _words(first) != _words(second):
            changes.append(
                AnswerChange(question, first, second, versions.are_unrelated(question, first, second))
            )
    return changes


def _of_changed(before: Written, after: Written) -> Iterator[str]:
    """Yield the first question of each entry that is not as it was."""
    for passage in before.passages:
        is_entry = passage.kind is DocumentKind.FAQ and passage.start == 0 and passage.questions
        if is_entry and before.hashes.get(passage.document_id) != after.hashes.get(passage.document_id):
            yield passage.questions[0]


def _words(answer: FoundAnswer) -> str:
    return " ".join((answer.text or "").split())


@dataclass(frozen=True)
class _Versions:
    """What stands in both versions, to tell an edit from an accident."""

    before: Written
    after: Written

    @cached_property
    def texts(self) -> tuple[frozenset[str], frozenset[str]]:
        """What is written before, and now, wherever it stands."""
        told = (
            frozenset(passage.text for passage in version.passages) for version in (self.before, self.after)
        )
        earlier, now = told
        return earlier, now

    @cached_property
    def by_id(self) -> tuple[dict[str, Passage], dict[str, Passage]]:
        """The passages of both."""
        earlier, now = ({one.passage_id: one for one in v.passages} for v in (self.before, self.after))
        return earlier, now

    def are_unrelated(self, question: str, first: FoundAnswer, second: FoundAnswer) -> bool:
        if not first.citations or not second.citations:
            return False
        told = self.by_id[0][first.citations[0].passage_id]
        telling = self.by_id[1][second.citations[0].passage_id]
        is_gone = told.text not in self.texts[1]
        if not is_gone or _is_one_place(told, telling) or self._was_written_for_it(telling, question):
            return False
        ours, theirs = self.after.embedder.embed([first.text or "", second.text or ""])
        return float(ours @ theirs) < RELATED

    def _was_written_for_it(self, telling: Passage, question: str) -> bool:
        """Whether what answers now is new, and as an entry asks what is asked."""
        if telling.text in self.texts[0]:
            return False
        if telling.kind is not DocumentKind.FAQ or not telling.questions:
            return True
        asked, *own = self.after.embedder.embed([question, *telling.questions])
        return max(float(asked @ one) for one in own) >= ASKS_THE_SAME


def _is_one_place(told: Passage, telling: Passage) -> bool:
    """Whether both are one entry, or stand in one section of a page: then somebody has edited it."""
    is_page = told.kind is DocumentKind.PAGE
    return told.document_id == telling.document_id and (not is_page or told.section == telling.section)
