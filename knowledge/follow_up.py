"""Questions that lean on what was said before: "and the yearly one?", "how much?".

Promises: one that leans is searched with what was asked and answered before it; one that stands alone hardly
moves, so that a change of subject is followed; what was shown whole just now is not shown again.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.amounts import AMOUNT
from knowledge.cues import HOLDING, Cue, find_cue, holds_cue
from knowledge.document import DocumentKind, Passage

Turn = tuple[str, str]  # author, text; oldest first

OPENERS = re.compile(
    r"^\W*(?:and|but|or|also|so|then|what about|how about|what if|why not|why|which one)\b", re.IGNORECASE
)
POINTERS = re.compile(
    r"\b(?:it|its|they|them|their|theirs|that|those|these|this|he|she|him|her|his|hers|one|ones|there|former|latter"
    r"|same|other|another|else|both)\b",
    re.IGNORECASE,
)
EXPLETIVE = re.compile(
    r"\b(?:is|was|does|will|would|can|could)\s+it\s+(?:possible|take|okay|ok|true|safe|allowed)\b"
    r"|\bthis\s+(?:website|site|page|company|product)\b|\bis there\b|\bare there\b",
    re.IGNORECASE,
)
VISITORS = ("visitor", "user")
BOTS = ("bot", "assistant", "operator")
RECENT_TURNS = 24
TOLD_WORDS = 20  # of each answer, embedded with what is asked: its beginning says what it is about
ALONE_WEIGHT = 0.5
PREVIOUS_WEIGHT = 0.3
TOPIC_WEIGHT = 1.0
SUBJECT_WEIGHT = 0.3
SHOWN_CHARACTERS = 40  # a shorter text within a turn may be there by accident
TELLING_LETTERS = 4  # of a word that an entry holds when it tells what is asked
STANDS_ALONE_WORDS = 4  # a question of so many words without a pointer is understood by itself


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a question, and what its vector weighs beside the others'."""

    text: str
    weight: float = 1.0


def find_wordings(question: str, history: Sequence[Turn], subject: str = "") -> tuple[Wording, ...]:
    """Say a question by itself and with what it leans on; just the question when nothing was said before.

    Args:
        question: what is asked.
        history: what was said before, oldest first, as (author, text); by "topic", what all of it is about.
        subject: what was talked about last, where no topic says it; empty when unknown.
    """
    said = [(author, text) for author, text in history if text.strip() and author != "topic"]
    recent = said[-RECENT_TURNS:]
    asked = [text for author, text in recent if author in VISITORS]
    told = [" ".join(text.split()[:TOLD_WORDS]) for author, text in recent if author in BOTS]
    topics = [text for author, text in history if author == "topic"]
    if not (asked or topics):
        return (Wording(question),)
    weight = TOPIC_WEIGHT if topics else SUBJECT_WEIGHT
    topics = topics or [subject] * bool(subject)
    if not leans(question):
        around = Wording(_joined([*topics, *asked[-1:], question]), weight if topics else PREVIOUS_WEIGHT)
        return Wording(question), around
    return (
        Wording(_joined([*topics, question]), ALONE_WEIGHT),
        Wording(_joined([*topics, *told, *asked, question])),
    )


def since_it_changed(history: Sequence[Turn], is_near: Callable[[str, str], bool]) -> Sequence[Turn]:
    """Return what was said from the latest question on that was about something else than those before it.

    Args:
        history: what was said before, oldest first, as (author, text).
        is_near: says of two questions whether they may be about the same.
    """
    asked = [at for at, (author, text) in enumerate(history) if author in VISITORS and text.strip()]
    for place in range(len(asked) - 1, 0, -1):
        question = history[asked[place]][1]
        if not leans(question) and not any(is_near(history[at][1], question) for at in asked[:place]):
            return [turn for turn in history[: asked[place]] if turn[0] == "topic"] + list(
                history[asked[place] :]
            )
    return history


@dataclass(frozen=True, slots=True)
class Shown:
    """What the bot said, one plain text a turn; `leaning` when the question at hand leans on it.

    `question` is what is asked: a price, or a time or number in an entry that was told last, may be shown again.
    """

    turns: tuple[str, ...] = ()
    leaning: bool = False
    question: str = ""

    def holds(self, passage: Passage) -> bool:
        """Say whether a passage was shown whole and is not asked for again.

        An entry may be asked for again in other words, so only a question that leans leaves it out; a product has
        more to it than what was said.
        """
        may_be_left_out = self.leaning or passage.kind is DocumentKind.PAGE
        if not self.turns or not may_be_left_out or passage.kind is DocumentKind.PRODUCT:
            return False
        if self._is_told_by(passage):
            return False
        text = _plain(passage.text)
        return text in self.turns or (
            len(text) >= SHOWN_CHARACTERS and any(text in turn for turn in self.turns)
        )

    def _is_told_by(self, passage: Passage) -> bool:
        """Say whether a passage holds what is asked for: "and how long does it take?", "do I need a card for it?"."""
        cue = find_cue(self.question)
        if cue is Cue.PRICE:
            return bool(AMOUNT.search(passage.text))
        is_told_last = passage.kind is DocumentKind.FAQ and _plain(passage.text) in self.turns[-1]
        if not is_told_last:
            return False
        if cue in HOLDING:
            return holds_cue(cue, passage.text, self.question)
        asked = {word for word in words_of(self.question) if len(word) >= TELLING_LETTERS}
        return not asked.isdisjoint(words_of(passage.text))


def find_shown(question: str, history: Sequence[Turn]) -> Shown:
    """Return what need not be shown again; nothing when the same question is asked once more."""
    asked = {_plain(text) for author, text in history if author in VISITORS}
    if _plain(question) in asked:
        return Shown()
    told = tuple(plain for author, text in history if author in BOTS and (plain := _plain(text)))
    return Shown(told, leans(question), question)


def find_before(history: Sequence[Turn]) -> tuple[str, str]:
    """Return the visitor's last question and what the bot said last, each empty when there was none."""
    asked, told = (
        next((text for author, text in reversed(history) if author in authors), "")
        for authors in (VISITORS, BOTS)
    )
    return asked, told


def leans(question: str) -> bool:
    """Say whether a question points at something said before."""
    words = re.findall(r"\w+", question)
    if OPENERS.match(question) or len(words) < STANDS_ALONE_WORDS:
        return True
    return bool(POINTERS.search(EXPLETIVE.sub(" ", question)))


def _joined(texts: Sequence[str]) -> str:
    return " ".join(texts)


def stands_alone(question: str, history: Sequence[Turn], subject: str) -> bool:
    """Say whether nothing is known to be talked about that a question might mean without pointing at it.

    Args:
        question: what is asked.
        history: what was said before, as (author, text); by "topic", what all of it is about.
        subject: what was talked about last; empty when unknown.
    """
    return not (subject or leans(question) or any(author == "topic" for author, _ in history))


def words_of(text: str) -> list[str]:
    """Return the words as they are compared, in order."""
    return re.findall(r"\w+", text.lower())


def _plain(text: str) -> str:
    return " ".join(words_of(text))
