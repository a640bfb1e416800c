"""Worded answers that are said again when exactly the same is asked of the same version of the knowledge."""

from collections import OrderedDict
from collections.abc import Hashable

from bot.chat.generation.brief import Brief
from bot.chat.generation.prompting import version_of
from bot.domain.answer import Answer

MOST_KEPT = 1_000


class KeptAnswers:
    """The latest answers of one site, a few kilobytes each."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()

    def find(self, key: Hashable | None) -> Answer | None:
        """Return what was kept under a key; nothing is kept under None."""
        if key is None or key not in self._answers:
            return None
        self._answers.move_to_end(key)
        return self._answers[key]

    def keep(self, key: Hashable | None, answer: Answer) -> None:
        """Keep an answer, and let go of the one that was not asked for the longest."""
        if key is None:
            return
        self._answers[key] = answer
        while len(self._answers) > MOST_KEPT:
            self._answers.popitem(last=False)


def key_of(brief: Brief, model: str, version: str | None) -> Hashable | None:
    """Return what tells one worded answer from another; None for one that hangs on the conversation or the visitor."""
    is_personal = brief.mask.cover(brief.question) != brief.question
    if version is None or brief.history or brief.standalone or is_personal:
        return None
    asked = " ".join(brief.question.casefold().split())
    return (version, model, version_of("answer"), asked, brief.answer.text)
