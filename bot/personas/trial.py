"""One played conversation, and the laws that every conversation keeps whatever the site says. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.conversation import Consent, Message
from bot.domain.dialogue import OWN_QUESTIONS
from bot.domain.facts import SIGNAL_PREFIX, Fact
from bot.domain.lead import Assessment
from bot.domain.playbook import Playbook
from bot.domain.questions import HELPFUL, KEEPS_OPEN
from bot.domain.scoring import clamp
from bot.personas.judge import Outcome, Verdict, judge
from bot.personas.visitor import Line, Told

UNANSWERED = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What the visitor did, and the reply; None when everything was deleted at their wish."""

    line: Line
    reply: Message | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A conversation of a persona from its first line to its last, and what came of it.

    `facts` are current and without signals. A visitor who was forgotten leaves none, and no judgement.
    """

    name: str
    persona: str
    language: str
    at: datetime
    playbook: Playbook
    exchanges: tuple[Exchange, ...]
    facts: Mapping[str, Fact]
    judged: Assessment | None
    consent: Consent
    captured: bool
    stopped_at: str | None

    @property
    def replies(self) -> tuple[Message, ...]:
        """The bot's messages, oldest first."""
        return tuple(exchange.reply for exchange in self.exchanges if exchange.reply is not None)

    @property
    def was_forgotten(self) -> bool:
        """Whether everything of the visitor was deleted."""
        return any(exchange.reply is None for exchange in self.exchanges)

    def told(self) -> Mapping[str, Told]:
        """Return what was told last about each slot."""
        return {told.slot: told for exchange in self.exchanges for told in exchange.line.tells}

    def verdicts(self) -> Sequence[Verdict]:
        """Return what was taken of what was told; of a visitor who was forgotten nothing is left to compare."""
        if self.was_forgotten:
            return ()
        return tuple(judge(self.told(), self.facts, playbook=self.playbook, consent=self.consent))

    def asked(self) -> Sequence[str]:
        """Return the slots asked for, in order, each as often as it was asked."""
        return [one.asked for one in self._in_turn() if one.asked and one.asked not in OWN_QUESTIONS]

    def returned(self) -> int:
        """Count the questions that came back at once, after an answer or because they are required."""
        return len(self.asked()) - len(set(self.asked())) - len(self.repeated())

    def repeated(self) -> Sequence[str]:
        """Return the slots asked for again although the question had its turn: there must be none.

        "Take your time" leaves a question open, so that it does not end its turn.
        """
        replies = self._in_turn()
        return [
            slot
            for slot in dict.fromkeys(self.asked())
            if (places := [n for n, reply in enumerate(replies) if reply.asked == slot])
            not in ([places[0]], [places[0], places[0] + 1])
        ]

    def _in_turn(self) -> Sequence[Message]:
        return [reply for reply in self.replies if reply.kind not in KEEPS_OPEN]

    def answered(self) -> int:
        """Count the replies that answered from the documentation."""
        return sum(reply.kind in HELPFUL for reply in self.replies)

    def unanswered(self) -> int:
        """Count the questions that got an honest "I do not know"."""
        return sum(reply.kind == UNANSWERED for reply in self.replies)

    def broken(self) -> Iterator[str]:
        """Name each law that this conversation breaks."""
        for slot in self.repeated():
            yield f"{slot} was asked for again"
        if any(not reply.text.strip() for reply in self.replies):
            yield "a reply is empty"
        if self.judged and self.judged.score != clamp(sum(one.points for one in self.judged.receipts)):
            yield "the receipts do not sum to the score"
        for verdict in self.verdicts():
            if verdict.outcome is Outcome.LEAKED:
                yield f"{verdict.slot} is kept without consent"


def without_signals(facts: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """Return the facts in the playbook's own slots."""
    return {slot: fact for slot, fact in facts.items() if not slot.startswith(SIGNAL_PREFIX)}
