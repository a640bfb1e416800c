"""Questions of one meaning as one group.

Promises: the same questions in the same order of asking give the same groups; what has no matter ("oh", "hello?")
is kept apart.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from knowledge import Tokenizer

SAME_MEANING = 0.65
"""Cosine of a question to the middle of a group, from which it belongs to it."""

_CHATTER = """
    a an and any are as at be but by can could did do does for from had has have how i if in is it its just me my no
    not of on or our so some that the their them then there these they this those to up us was we were when where
    which who why will with would yes you your ok okay about tell know
    oh ah hm hmm hey hello hi hallo sorry pardon what huh thanks thank thx cool great nice fine test testing asdf lol
    haha wow right sure please good morning evening afternoon day bye really well
"""


class Matter:
    """Says whether a question asks for anything."""

    def __init__(self, tokenize: Tokenizer) -> None:
        """Take what makes stems of a text."""
        self._tokenize = tokenize
        self._chatter = frozenset(tokenize(_CHATTER))

    def is_in(self, question: str) -> bool:
        """Return whether the question holds a word that carries matter."""
        words = set(self._tokenize(question)) - self._chatter
        return any(re.search(r"[^\W\d_]{2}|\d{2}", word) for word in words)


def group_questions(
    questions: Sequence[str], embed: Callable[[Sequence[str]], np.ndarray]
) -> list[list[int]]:
    """Return groups of positions in `questions`, largest first; each position stands in one group.

    Wordings that occur often found groups first, so that a rare wording never draws a common one to itself.

    Args:
        questions: what was asked, oldest first.
        embed: makes unit vectors `(n, dimensions)` of texts.
    """
    wordings = [_plain(question) for question in questions]
    counts = Counter(wordings)
    order = sorted(counts, key=lambda wording: -counts[wording])
    if not order:
        return []
    vectors = dict(zip(order, embed(order), strict=True))
    sums = np.zeros((len(order), next(iter(vectors.values())).shape[0]), np.float32)
    group_of: dict[str, int] = {}
    for wording in order:
        vector = vectors[wording]
        n_groups = len(set(group_of.values()))
        group = _nearest(sums[:n_groups], vector)
        group_of[wording] = n_groups if group is None else group
        sums[group_of[wording]] += vector * counts[wording]
    return _by_group([group_of[wording] for wording in wordings])


def _nearest(sums: np.ndarray, vector: np.ndarray) -> int | None:
    if not len(sums):
        return None
    similarities = sums @ vector / np.linalg.norm(sums, axis=1)
    best = int(np.argmax(similarities))
    return best if float(similarities[best]) >= SAME_MEANING else None


def _by_group(numbers: Sequence[int]) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for position, number in enumerate(numbers):
        groups.setdefault(number, []).append(position)
    return sorted(groups.values(), key=lambda members: (-len(members), members[0]))


def _plain(question: str) -> str:
    return " ".join(question.casefold().split()).strip(" ?!.…")
