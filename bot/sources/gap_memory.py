"""What was worked out about a site's gaps the last time, so that the next page of the list does not cost it again.

Promises: the list is the same as without; of questions that the last list did not hold, nothing is kept.
"""

import asyncio
from collections.abc import Callable, Sequence

import numpy as np

from bot.sources.gap_groups import group_questions
from bot.sources.versions import ActiveKnowledge
from knowledge import FoundAnswer


class GapMemory:
    """The memory of one site and one model. Whoever uses it holds `lock`."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self._questions: tuple[str, ...] | None = None
        self._groups: list[list[int]] = []
        self._vectors: dict[str, np.ndarray] = {}
        self._version: int | None = None
        self._answers: dict[str, FoundAnswer] = {}

    def groups(
        self, questions: Sequence[str], embed: Callable[[Sequence[str]], np.ndarray]
    ) -> list[list[int]]:
        """Return groups of positions, see `group_questions`; only wordings that are new are embedded."""
        if self._questions == tuple(questions):
            return self._groups

        def known(texts: Sequence[str]) -> np.ndarray:
            new = [text for text in texts if text not in self._vectors]
            vectors = self._vectors | (dict(zip(new, embed(new), strict=True)) if new else {})
            self._vectors = {text: vectors[text] for text in texts}
            return np.stack(list(self._vectors.values()))

        self._groups = group_questions(questions, known)
        self._questions = tuple(questions)
        return self._groups

    def answers(self, knowledge: ActiveKnowledge, questions: Sequence[str]) -> dict[str, FoundAnswer]:
        """Return what is written now about each question; each is asked once of a version."""
        before = self._answers if knowledge.version == self._version else {}
        self._version = knowledge.version
        self._answers = {
            question: before.get(question) or knowledge.base.answer(question) for question in questions
        }
        return self._answers
