"""What to do next in a conversation: help first, then at most one question, never the same twice. Pure.

`next_step` takes everything that was said and found and returns a Step; `bot.chat.compose` puts it into words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.answer import Answer
from bot.domain.conversation import Author, Consent, Message
from bot.domain.doubts import doubtful_email, unreadable_contact
from bot.domain.facts import SIGNAL_PREFIX, Fact, FactState, ReadFact
from bot.domain.forgetting import move_about_forgetting
from bot.domain.moves import ASKED_WITH, ASKS_NOTHING, LEAVES_OPEN, OFFERS_CODE, REPLIES, Move
from bot.domain.playbook import Playbook, Stage
from bot.domain.questions import (
    CHECK,
    CODE,
    CONSENT,
    FORGET,
    HELPFUL,
    OFFER,
    OWN_QUESTIONS,
    VERIFY,
    Asking,
    asked_slots,
    contact_question,
    has_room,
    is_in_trouble,
    is_kept_back,
    is_reachable,
    is_waved_off,
    last_asked,
    next_question,
    open_contact,
    refusals,
    returning_question,
)
from bot.domain.reading import Act, Reading
from bot.domain.slots import CONTACT_KINDS
from bot.domain.spared import spared
from bot.domain.verification import Verification, answer_about_code
from bot.domain.verification import is_offer_due as is_code_offer_due

__all__ = [
    "CHECK",
    "CODE",
    "CONSENT",
    "FORGET",
    "OFFER",
    "OWN_QUESTIONS",
    "VERIFY",
    "Move",
    "Situation",
    "Step",
    "asked_slots",
    "last_asked",
    "next_step",
]

REFUSALS_BEFORE_SILENCE = 2
"""After so many refused questions nothing more is asked: a visitor who keeps saying no is heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that the next step depends on.

    `history` ends before the visitor's new message; `facts` are current and include what this message gave;
    `new_facts` are this message's own, personal ones included; `answer` is what the documentation says
    to `reading.question`, None when nothing was asked; `asked_elsewhere` is when the visitor was put questions in other
    conversations.
    """

    playbook: Playbook
    facts: Mapping[str, Fact]
    new_facts: tuple[ReadFact, ...]
    history: Sequence[Message]
    reading: Reading
    answer: Answer | None
    consent: Consent
    now: datetime
    stage: Stage = "visitor"
    score: int = 0
    verification: Verification | None = None
    asked_elsewhere: tuple[datetime, ...] = ()

    def asking(self) -> Asking:
        """Return what the choice of a question depends on."""
        given = sum(1 for m in self.history if m.author is Author.BOT and m.kind in HELPFUL)
        helps = self.answer is not None and self.answer.kind in HELPFUL
        return Asking(
            playbook=self.playbook,
            facts=self.facts,
            new_facts=self.new_facts,
            history=self.history,
            stage=self.stage,
            helped=given + helps,
            now=self.now,
            elsewhere=self.asked_elsewhere,
            spared=spared(
                self.playbook,
                question=self.reading.question,
                answer=self.answer,
                new_facts=self.new_facts,
                just_asked=last_asked(self.history),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The decision: the move, the slot to ask for (or one of our own questions), the fact that asks for a second look.

    `offers_meeting` puts the link to book a time into the reply; `address` is the one that a code may prove.
    """

    move: Move
    ask: str | None = None
    doubt: ReadFact | None = None
    offers_meeting: bool = False
    address: str | None = None


def next_step(situation: Situation) -> Step:
    """Decide the reply's move and the one question that may follow it."""
    forgetting = move_about_forgetting(situation.reading, situation.consent, situation.history)
    if forgetting is not None:
        return Step(move=forgetting, ask=ASKED_WITH.get(forgetting))
    about_code = step_about_code(situation)
    if about_code is not None:
        return about_code
    doubt = doubtful_email(situation.new_facts, situation.history)
    if doubt is not None:
        move = Move.CHECK_EMAIL if situation.answer is None else main_move(situation)
        return Step(move=move, ask=CHECK, doubt=doubt)
    move = main_move(situation)
    again = None if volunteers_contact(situation) else unreadable_contact(situation.new_facts)
    if again is not None and move is not Move.ANSWER:
        return Step(move=again[0], ask=again[1])
    ask = question_after(move, situation)
    return Step(
        move=move,
        ask=ask,
        offers_meeting=is_meeting_due(move, ask, situation),
        address=address_to_prove(situation),
    )


def step_about_code(situation: Situation) -> Step | None:
    """Answer what is said about a code that proves an address; None when it is about something else."""
    verification = situation.verification
    if verification is None:
        return None
    said = answer_about_code(verification, situation.reading, situation.history, now=situation.now)
    if said is None:
        return None
    pending = verification.pending
    address = pending.address if pending is not None and said == "verified" else verification.address
    return Step(move=Move(said), ask=ASKED_WITH.get(Move(said)), address=address)


def address_to_prove(situation: Situation) -> str | None:
    """Return the address that the visitor claims and has not proved, where it could be."""
    return situation.verification.address if situation.verification is not None else None


def main_move(situation: Situation) -> Move:
    """Decide what the reply is about, before any question of ours."""
    if situation.answer is not None and situation.answer.kind != "none":
        return Move.ANSWER
    if situation.reading.agrees:
        return Move.CONSENT_GIVEN
    if answers_consent(situation):
        return Move.CONSENT_GIVEN if situation.reading.act is Act.AFFIRM else Move.CONSENT_REFUSED
    if situation.reading.act is Act.WANTS_PERSON:
        return Move.PERSON_NOTED if is_reachable(situation.asking()) else Move.PERSON
    if situation.answer is not None and situation.reading.act is not Act.STATEMENT:
        not_known = Move.SORRY if situation.reading.is_annoyed else Move.ABSTAIN
        return Move.SUGGEST if situation.answer.suggestions else not_known
    return acknowledgement(situation)


def acknowledgement(situation: Situation) -> Move:
    """Decide how to take a message that asks nothing."""
    told = [fact for fact in situation.new_facts if fact.state in {FactState.KNOWN, FactState.UNCLEAR}]
    if not told and (situation.reading.leaves or situation.reading.is_annoyed):
        return Move.GOODBYE if situation.reading.leaves else Move.SORRY
    if situation.reading.act in REPLIES and not situation.new_facts and not situation.reading.waves_off:
        return REPLIES[situation.reading.act]
    if situation.reading.corrects:
        return Move.CORRECTED
    refuses = situation.reading.act is Act.REFUSE or situation.reading.waves_off
    if refuses or any(is_kept_back(fact, situation.playbook) for fact in situation.new_facts):
        return Move.ACCEPT_REFUSAL
    asked = last_asked(situation.history)
    if situation.new_facts or asked in OWN_QUESTIONS or situation.reading.is_ready:
        return Move.NOTED
    if situation.reading.act is Act.AFFIRM and open_contact(situation.asking()) is not None:
        return Move.CONTACT_HERE
    return Move.LISTENING if asked is None else Move.WAITING


def answers_consent(situation: Situation) -> bool:
    """Whether the message is a yes or no to the consent question just asked."""
    return last_asked(situation.history) == CONSENT and situation.reading.act in {
        Act.AFFIRM,
        Act.DENY,
        Act.REFUSE,
    }


def question_after(move: Move, situation: Situation) -> str | None:
    """Choose the one question that follows, or None: consent first, then what could change the decision most."""
    if is_consent_due(situation):
        return CONSENT
    if move in LEAVES_OPEN:
        return open_contact(situation.asking())
    if move is Move.PERSON:
        return contact_question(situation.asking(), again=True)
    if situation.reading.leaves or move in ASKS_NOTHING or is_over(situation):
        return None
    if move in OFFERS_CODE and is_code_offer_due(situation.verification, situation.history):
        return VERIFY
    return question_of_ours(move, situation)


def question_of_ours(move: Move, situation: Situation) -> str | None:
    """Choose what we would like to know, within the limits, of a visitor who has not waved us off."""
    asking = situation.asking()
    if not has_room(asking) or is_waved_off(asking):
        return None
    if move is Move.ABSTAIN:
        return contact_question(asking)
    if is_in_trouble(asking):
        return None
    returning = returning_question(asking, has_answered=move is Move.ANSWER)
    if returning is not None:
        return returning
    question = next_question(asking)
    kind = None if question is None else getattr(situation.playbook.slot(question), "kind", None)
    return OFFER if is_offer_due(situation) and kind not in CONTACT_KINDS else question


def is_over(situation: Situation) -> bool:
    """Whether nothing is asked of this visitor any more, whatever they say."""
    return situation.stage == "disqualified" or refusals(situation.asking()) >= REFUSALS_BEFORE_SILENCE


def is_offer_due(situation: Situation) -> bool:
    """Whether a person is offered now: the score is high enough, and neither side brought it up before."""
    threshold = situation.playbook.handoff_at
    if threshold is None or situation.score < threshold or SIGNAL_PREFIX + "asked_person" in situation.facts:
        return False
    return not any(m.author is Author.BOT and m.asked == OFFER for m in situation.history)


def is_meeting_due(move: Move, ask: str | None, situation: Situation) -> bool:
    """Whether the link to book a time is shown: to who wants a person, and once from the meeting's score on."""
    meeting = situation.playbook.meeting
    if meeting is None:
        return False
    if move in {Move.PERSON, Move.PERSON_NOTED}:
        return True
    if meeting.at is None or situation.score < meeting.at or situation.stage == "disqualified":
        return False
    was_shown = any(m.author is Author.BOT and meeting.url in m.text for m in situation.history)
    fits = move in {Move.ANSWER, Move.NOTED, Move.CORRECTED, Move.CONSENT_GIVEN} and ask in {None, OFFER}
    return fits and not was_shown


def is_consent_due(situation: Situation) -> bool:
    """Whether the consent question comes now: a contact was volunteered, or it was just passed over once."""
    if situation.consent is Consent.GIVEN or answers_consent(situation):
        return False
    asked = [message.asked for message in situation.history if message.author is Author.BOT]
    was_passed_over = asked[-1:] == [CONSENT] and asked[-2:-1] != [CONSENT]
    return volunteers_contact(situation) or (was_passed_over and not situation.reading.leaves)


def volunteers_contact(situation: Situation) -> bool:
    """Whether this message holds a way to reach the visitor."""
    return any(
        fact.state is FactState.KNOWN and slot.kind in CONTACT_KINDS
        for fact in situation.new_facts
        if (slot := situation.playbook.slot(fact.slot)) is not None
    )
