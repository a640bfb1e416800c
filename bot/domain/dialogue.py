"""What to do next in a conversation: help first, then at most one question, never the same twice. Pure.

`next_step` takes everything that was said and found and returns a Step; `bot.chat.compose` puts it into words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.answer import Answer
from bot.domain.conversation import Author, Consent, Message
from bot.domain.facts import Fact, FactState, ReadFact
from bot.domain.playbook import Playbook, Stage
from bot.domain.reading import Act, Reading
from bot.domain.scoring import what_matters
from bot.domain.slots import CONTACT_KINDS, SlotKind

CONSENT = "consent"
CHECK = "check_email"
FORGET = "forget"
OWN_QUESTIONS = frozenset({CONSENT, CHECK, FORGET})
"""What a reply may ask for that is no slot."""
REFUSALS_BEFORE_SILENCE = 2
"""After so many refused questions nothing more is asked: a visitor who keeps saying no is heard."""


class Move(StrEnum):
    """What the bot's reply is mainly about."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    ABSTAIN = "abstain"
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    WHO_ARE_YOU = "who_are_you"
    PERSON = "person"
    PERSON_NOTED = "person_noted"
    CONSENT_GIVEN = "consent_given"
    CONSENT_REFUSED = "consent_refused"
    ACCEPT_REFUSAL = "accept_refusal"
    NOTED = "noted"
    CORRECTED = "corrected"
    CHECK_EMAIL = "check_email"
    LISTENING = "listening"
    FORGET = "forget"
    FORGOTTEN = "forgotten"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that the next step depends on.

    `history` ends before the visitor's new message; `facts` are current and include what this message gave;
    `new_facts` are this message's own, personal ones included; `answer` is what the documentation says
    to `reading.question`, None when nothing was asked.
    """

    playbook: Playbook
    facts: Mapping[str, Fact]
    new_facts: tuple[ReadFact, ...]
    history: Sequence[Message]
    reading: Reading
    answer: Answer | None
    consent: Consent
    stage: Stage = "visitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The decision: the move, the slot to ask for (or "consent"), and the fact that asks for a second look."""

    move: Move
    ask: str | None = None
    doubt: ReadFact | None = None


def last_asked(history: Sequence[Message]) -> str | None:
    """Return what the bot's latest message asked for: a slot id, "consent", or None."""
    for message in reversed(history):
        if message.author is Author.BOT:
            return message.asked
    return None


def next_step(situation: Situation) -> Step:
    """Decide the reply's move and the one question that may follow it."""
    forgetting = move_about_forgetting(situation)
    if forgetting is not None:
        return Step(move=forgetting, ask=FORGET if forgetting is Move.FORGET else None)
    doubt = doubtful_email(situation)
    if doubt is not None:
        move = Move.CHECK_EMAIL if situation.answer is None else main_move(situation)
        return Step(move=move, ask=CHECK, doubt=doubt)
    move = main_move(situation)
    return Step(move=move, ask=question_after(move, situation))


def move_about_forgetting(situation: Situation) -> Move | None:
    """Take the wish to be forgotten seriously: ask once, then do it; None when it is about something else."""
    if situation.reading.act is Act.FORGET_ME:
        return Move.FORGET
    if last_asked(situation.history) != FORGET:
        return None
    if situation.reading.act is Act.AFFIRM:
        return Move.FORGOTTEN
    return Move.KEPT if situation.reading.act in {Act.DENY, Act.REFUSE} else None


def main_move(situation: Situation) -> Move:
    """Decide what the reply is about, before any question of ours."""
    if situation.answer is not None and situation.answer.kind != "none":
        return Move.ANSWER
    if answers_consent(situation):
        return Move.CONSENT_GIVEN if situation.reading.act is Act.AFFIRM else Move.CONSENT_REFUSED
    if situation.reading.act is Act.WANTS_PERSON:
        return Move.PERSON_NOTED if is_reachable(situation) else Move.PERSON
    if situation.answer is not None and situation.reading.act is not Act.STATEMENT:
        return Move.SUGGEST if situation.answer.suggestions else Move.ABSTAIN
    return acknowledgement(situation)


def acknowledgement(situation: Situation) -> Move:
    """Decide how to take a message that asks nothing."""
    social = {
        Act.GREETING: Move.GREETING,
        Act.THANKS: Move.THANKS,
        Act.GOODBYE: Move.GOODBYE,
        Act.WHO_ARE_YOU: Move.WHO_ARE_YOU,
    }
    if situation.reading.act in social and not situation.new_facts:
        return social[situation.reading.act]
    if situation.reading.corrects:
        return Move.CORRECTED
    if situation.reading.act is Act.REFUSE or any(f.state is FactState.DECLINED for f in situation.new_facts):
        return Move.ACCEPT_REFUSAL
    return Move.NOTED if situation.new_facts or last_asked(situation.history) else Move.LISTENING


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
    if move in {Move.PERSON, Move.ABSTAIN}:
        return contact_question(situation)
    if move in {
        Move.GREETING,
        Move.PERSON_NOTED,
        Move.GOODBYE,
        Move.WHO_ARE_YOU,
        Move.SUGGEST,
        Move.LISTENING,
        Move.ACCEPT_REFUSAL,
    }:
        return None
    if situation.stage == "disqualified" or refusals(situation) >= REFUSALS_BEFORE_SILENCE:
        return None
    return next_question(situation)


def is_consent_due(situation: Situation) -> bool:
    """Whether the consent question comes now: a contact was volunteered, or it was just passed over once."""
    if situation.consent is Consent.GIVEN or answers_consent(situation):
        return False
    asked = [message.asked for message in situation.history if message.author is Author.BOT]
    was_passed_over = asked[-1:] == [CONSENT] and asked[-2:-1] != [CONSENT]
    return volunteers_contact(situation) or was_passed_over


def volunteers_contact(situation: Situation) -> bool:
    """Whether this message holds a way to reach the visitor."""
    return any(
        fact.state is FactState.KNOWN and slot.kind in CONTACT_KINDS
        for fact in situation.new_facts
        if (slot := situation.playbook.slot(fact.slot)) is not None
    )


def next_question(situation: Situation) -> str | None:
    """Return the open slot whose answer matters most, once enough help was given."""
    asked = asked_slots(situation.history)
    if len(asked) >= situation.playbook.max_questions:
        return None
    helped = answers_given(situation)
    is_open_now = {
        question.slot
        for question in situation.playbook.questions
        if question.slot not in asked
        and is_unknown(question.slot, situation)
        and (helped >= question.after_answers or has_said_much(situation))
    }
    return next((slot for slot in asking_order(situation) if slot in is_open_now), None)


def asking_order(situation: Situation) -> Sequence[str]:
    """Order the questions: how to reach a qualified visitor first, then by what could change the decision."""
    playbook = situation.playbook
    by_priority = [q.slot for q in sorted(playbook.questions, key=lambda q: -q.priority)]
    contact = [slot.id for slot in playbook.slots if slot.kind in CONTACT_KINDS and slot.id in by_priority]
    matters = [slot for slot in what_matters(playbook, situation.facts) if slot not in contact]
    if situation.stage in {"mql", "sql"}:
        return [*contact, *matters, *by_priority]
    return [*matters, *by_priority]


def contact_question(situation: Situation) -> str | None:
    """Return the slot of the e-mail address when we may still ask for it: not after the consent question."""
    if is_reachable(situation) or any(message.asked == CONSENT for message in situation.history):
        return None
    asked = asked_slots(situation.history)
    for slot in situation.playbook.slots:
        if slot.kind is SlotKind.EMAIL and slot.id not in asked and is_unknown(slot.id, situation):
            return slot.id
    return None


def is_reachable(situation: Situation) -> bool:
    """Whether a kept fact says how to reach the visitor."""
    return any(
        fact.state is FactState.KNOWN and slot.kind in CONTACT_KINDS
        for fact in situation.facts.values()
        if (slot := situation.playbook.slot(fact.slot)) is not None
    )


def is_unknown(slot_id: str, situation: Situation) -> bool:
    """Whether nothing was said about the slot yet, in this message or before."""
    return slot_id not in situation.facts and all(fact.slot != slot_id for fact in situation.new_facts)


def asked_slots(history: Sequence[Message]) -> frozenset[str]:
    """Return every slot the bot has asked for in this conversation."""
    return frozenset(
        m.asked for m in history if m.author is Author.BOT and m.asked and m.asked not in OWN_QUESTIONS
    )


def answers_given(situation: Situation) -> int:
    """Count the answers from the documentation, this turn's included."""
    kinds = {"faq", "extracted", "generated"}
    given = sum(1 for m in situation.history if m.author is Author.BOT and m.kind in kinds)
    return given + (1 if situation.answer is not None and situation.answer.kind in kinds else 0)


def has_said_much(situation: Situation) -> bool:
    """Whether the visitor is already telling us about themselves, so that a question is no intrusion."""
    states = [fact.state for fact in situation.new_facts] + [fact.state for fact in situation.facts.values()]
    return any(state is not FactState.DECLINED for state in states)


def refusals(situation: Situation) -> int:
    """Count the questions the visitor refused, this turn's included."""
    slots = {fact.slot for fact in situation.facts.values() if fact.state is FactState.DECLINED}
    return len(slots | {fact.slot for fact in situation.new_facts if fact.state is FactState.DECLINED})


def doubtful_email(situation: Situation) -> ReadFact | None:
    """Return an address that looks mistyped, unless we have asked about one already."""
    already = any(m.asked == CHECK for m in situation.history if m.author is Author.BOT)
    if already:
        return None
    return next((f for f in situation.new_facts if f.extractor.startswith("email.typo:")), None)
