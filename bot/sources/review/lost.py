"""Answers that an earlier version gave and what is written now does not, or gives otherwise.

Promises: only what differs is asked: where no document changed, nothing is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.sources.review.written import Written, base_of
from knowledge import DocumentKind, FoundAnswer

ASKED_LIMIT = 500
"""Questions that are asked of both versions."""


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question that the earlier version answered. `after` of kind "none": the answer is lost."""

    question: str
    before: FoundAnswer
    after: FoundAnswer

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
    embedder = after.embedder
    earlier = base_of(before.passages, before.vectors, embedder, before.language)
    changes = []
    for question in list(dict.fromkeys((*questions, *_of_changed(before, after))))[:ASKED_LIMIT]:
        first = earlier.answer(question)
        if first.kind == "none":
            continue
        second = after.base.answer(question)
        if second.kind == "none" or _words(first) != _words(second):
            changes.append(AnswerChange(question, first, second))
    return changes


def _of_changed(before: Written, after: Written) -> Iterator[str]:
    """Yield the first question of each entry that is not as it was."""
    for passage in before.passages:
        is_entry = passage.kind is DocumentKind.FAQ and passage.start == 0 and passage.questions
        if is_entry and before.hashes.get(passage.document_id) != after.hashes.get(passage.document_id):
            yield passage.questions[0]


def _words(answer: FoundAnswer) -> str:
    return " ".join((answer.text or "").split())
