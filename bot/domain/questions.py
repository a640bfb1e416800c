"""Which question may be put now, and which of them is worth most. Pure.

Help comes first; a question is put once, and comes back once where the visitor asked something in between. However a
question came about, it counts towards the playbook's limits: its reader counts it too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.conditions import holds
from bot.domain.conversation import Author, Message
from bot.domain.facts import (
    ANGRY,
    EVADED,
    IN_TROUBLE,
    NO_QUESTIONS,
    SIGNAL_PREFIX,
    WAVED_OFF,
    Fact,
    FactState,
    ReadFact,
)
from bot.domain.forecast import what_matters
from bot.domain.playbook import Playbook, Question, Stage
from bot.domain.scoring import team_heads
from bot.domain.slots import CONTACT_KINDS, SlotKind

CONSENT = "consent"
CHECK = "check_email"
FORGET = "forget"
OFFER = "person"
VERIFY = "verify"
CODE = "code"
OWN_QUESTIONS = frozenset({CONSENT, CHECK, FORGET, OFFER, VERIFY, CODE})
"""What a reply may ask for that is no slot."""
SERVICE = OWN_QUESTIONS - {OFFER}
"""What is asked because of what the visitor gave or wished for; it counts towards no limit of questions."""
EMAIL_AGAIN, PHONE_AGAIN = "email_again", "phone_again"
AGAIN = frozenset({EMAIL_AGAIN, PHONE_AGAIN})
"""The kinds of reply that ask for a contact once more because it can be none; they count towards no limit either."""
KEEPS_OPEN = frozenset({"why_asked", "waiting", "contact_here"})
"""The kinds of reply after which a question is still open: why we asked, that there is no hurry, where to write it."""
UNCOUNTED = AGAIN | KEEPS_OPEN
HELPFUL = frozenset({"faq", "extracted", "generated"})
"""The kinds of reply that answered from the documentation."""
INTEREST = frozenset(
    SIGNAL_PREFIX + one for one in ("asked_price", "ready_to_buy", "asked_person", "saw_pricing")
)
"""What shows interest by itself, after a visitor waved us off."""
ASKED_FOR = frozenset(SIGNAL_PREFIX + one for one in ("ready_to_buy", "asked_person"))
"""What opens the talk again to who wanted no more questions, or was angry: asking for a price does not."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """All that the choice of a question depends on.

    `history` ends before the visitor's new message; `facts` are current and include what this message gave; `new_facts`
    are this message's own, personal ones included; `helped` counts the answers given, this turn's too; `spared` are
    slots that this message makes needless to ask for next; `elsewhere` are the times of the questions put to the
    visitor in other conversations.
    """

    playbook: Playbook
    facts: Mapping[str, Fact]
    new_facts: Sequence[ReadFact]
    history: Sequence[Message]
    stage: Stage
    helped: int
    now: datetime
    spared: frozenset[str] = frozenset()
    elsewhere: tuple[datetime, ...] = ()


def last_asked(history: Sequence[Message]) -> str | None:
    """Return what the bot's latest message asked for: a slot id, one of our own questions, or None.

    A question that the visitor asked the reason of, or thinks about, is still open; after an operator's word none is.
    """
    for message in reversed(history):
        if message.author is Author.OPERATOR:
            return None
        if message.author is Author.BOT and (message.asked or message.kind not in KEEPS_OPEN):
            return message.asked
    return None


def times_asked(history: Sequence[Message], slot_id: str) -> int:
    """Count how often the bot asked for the slot; a question that stays open was asked once."""
    asked = (m for m in history if m.author is Author.BOT and m.kind not in KEEPS_OPEN)
    return sum(1 for m in asked if m.asked == slot_id)


def questions_put(history: Sequence[Message], *, since: datetime | None = None) -> int:
    """Count the questions as the visitor met them, the same one again and the offer of a person included."""
    return sum(
        1
        for m in history
        if m.author is Author.BOT and m.asked and m.asked not in SERVICE and m.kind not in UNCOUNTED
        if since is None or m.at > since
    )


def has_room(asking: Asking) -> bool:
    """Whether the conversation, and the visitor's last twenty-four hours, may hold one more question."""
    playbook = asking.playbook
    if questions_put(asking.history) >= playbook.max_questions:
        return False
    limit, since = playbook.max_questions_a_day, asking.now - A_DAY
    elsewhere = sum(at > since for at in asking.elsewhere)
    return limit is None or questions_put(asking.history, since=since) + elsewhere < limit


def asked_slots(history: Sequence[Message]) -> frozenset[str]:
    """Return every slot the bot has asked for in this conversation."""
    return frozenset(
        m.asked for m in history if m.author is Author.BOT and m.asked and m.asked not in OWN_QUESTIONS
    )


def returning_question(asking: Asking, *, has_answered: bool) -> str | None:
    """Return the slot just asked for where its question comes back, once: the visitor asked something in between.

    A required question comes back as well when it was talked past. The last question is kept for how to reach them.
    """
    slot_id = last_asked(asking.history)
    question = asking.playbook.question_for(slot_id) if slot_id is not None else None
    if question is None or times_asked(asking.history, question.slot) != 1:
        return None
    if question.slot in asking.spared and not question.is_required:
        return None
    if not is_contact(question.slot, asking) and is_last(asking) and open_contacts(asking):
        return None
    is_due = (has_answered or question.is_required) and is_unknown(question.slot, asking)
    return question.slot if is_due and branch_holds(question, asking) else None


def next_question(asking: Asking) -> str | None:
    """Return the open slot whose answer matters most, once enough help was given; at last, how to reach them."""
    is_open_now = open_slots(asking)
    if is_last(asking):
        is_open_now = open_contacts(asking) or is_open_now
    if not is_open_now:
        return None
    return next((slot for slot in asking_order(asking) if slot in is_open_now), None)


def open_slots(asking: Asking) -> frozenset[str]:
    """Return the slots whose question may be put now: not asked before, unknown, and enough help was given."""
    asked = asked_slots(asking.history)
    return frozenset(
        question.slot
        for question in asking.playbook.questions
        if question.slot not in asked
        and question.slot not in asking.spared
        and is_unknown(question.slot, asking)
        and (asking.helped >= question.after_answers or has_said_much(asking))
        and branch_holds(question, asking)
    )


def open_contact(asking: Asking) -> str | None:
    """Return the slot that says how to reach the visitor where its question is the one that is open."""
    slot_id = last_asked(asking.history)
    return (
        slot_id if slot_id is not None and is_contact(slot_id, asking) and not is_reachable(asking) else None
    )


def open_contacts(asking: Asking) -> frozenset[str]:
    """Return the slots that may be asked for and say how to reach the visitor; none once we can."""
    if is_reachable(asking):
        return frozenset()
    return frozenset(slot for slot in open_slots(asking) if is_contact(slot, asking))


def is_contact(slot_id: str, asking: Asking) -> bool:
    """Whether the slot says how to reach the visitor."""
    slot = asking.playbook.slot(slot_id)
    return slot is not None and slot.kind in CONTACT_KINDS


def is_last(asking: Asking) -> bool:
    """Whether the conversation may hold one more question and no second."""
    return questions_put(asking.history) + 1 == asking.playbook.max_questions


def asking_order(asking: Asking) -> Sequence[str]:
    """Order the questions: how to reach a qualified visitor first, else last; between them what matters most."""
    playbook = asking.playbook
    kinds = {slot.id: slot.kind for slot in playbook.slots}
    matters = [worth.slot for worth in what_matters(playbook, asking.facts, now=asking.now)]
    by_priority = sorted(playbook.questions, key=lambda q: (not q.is_required, -q.priority))
    contact = [slot.id for slot in playbook.slots if slot.kind in CONTACT_KINDS]
    rest = [slot for slot in matters if kinds[slot] not in CONTACT_KINDS]
    if asking.stage in {"mql", "sql"}:
        return [*contact, *rest]
    return [*rest, *(q.slot for q in by_priority if kinds[q.slot] in CONTACT_KINDS)]


def branch_holds(question: Question, asking: Asking) -> bool:
    """Whether the visitor did and told what the question waits for."""
    if question.after_signals and not any(
        SIGNAL_PREFIX + one in asking.facts for one in question.after_signals
    ):
        return False
    heads = team_heads(asking.playbook, asking.facts)
    return not question.when or any(
        all(
            slot in asking.facts and holds(condition, asking.facts[slot], heads=heads)
            for slot, condition in together
        )
        for together in question.when
    )


def is_unknown(slot_id: str, asking: Asking) -> bool:
    """Whether nothing was said about the slot yet, in this message or before."""
    return slot_id not in asking.facts and all(fact.slot != slot_id for fact in asking.new_facts)


def may_yet_be_told(slot_id: str, asking: Asking) -> bool:
    """Whether nothing was said about the slot, or only that the visitor does not know yet."""
    said = [asking.facts.get(slot_id), *(fact for fact in asking.new_facts if fact.slot == slot_id)]
    return all(fact is None or fact.extractor == EVADED for fact in said)


def has_said_much(asking: Asking) -> bool:
    """Whether the visitor is already telling us about themselves, so that a question is no intrusion."""
    states = [fact.state for fact in asking.new_facts] + [fact.state for fact in asking.facts.values()]
    return any(state is not FactState.DECLINED for state in states)


def is_waved_off(asking: Asking) -> bool:
    """Whether the visitor waved us off and has shown no interest since, nor told anything of themselves."""
    no_questions = asking.facts.get(NO_QUESTIONS) or asking.facts.get(ANGRY)
    since = no_questions or asking.facts.get(WAVED_OFF)
    if since is None:
        return False
    shows = ASKED_FOR if no_questions is not None else INTEREST
    shown = any(
        fact.at > since.at and fact.state is FactState.KNOWN
        for slot, fact in asking.facts.items()
        if slot in shows or not slot.startswith(SIGNAL_PREFIX)
    )
    tells = asking.now > since.at and any(fact.state is FactState.KNOWN for fact in asking.new_facts)
    return not (shown or tells)


def is_in_trouble(asking: Asking) -> bool:
    """Whether the visitor has trouble with what they bought, and has told of nothing they want to buy since."""
    trouble = asking.facts.get(IN_TROUBLE)
    if trouble is None:
        return False
    buying = (SIGNAL_PREFIX + "asked_price", SIGNAL_PREFIX + "ready_to_buy")
    return not any((fact := asking.facts.get(slot)) and fact.at > trouble.at for slot in buying)


def refusals(asking: Asking) -> int:
    """Count the questions the visitor refused, this turn's included."""
    slots = {fact.slot for fact in asking.facts.values() if fact.state is FactState.DECLINED}
    return len(slots | {fact.slot for fact in asking.new_facts if fact.state is FactState.DECLINED})


def is_kept_back(fact: ReadFact, playbook: Playbook) -> bool:
    """Whether the visitor would not say, or not yet how to reach them: neither is the moment for another question."""
    slot = playbook.slot(fact.slot)
    is_put_off = fact.extractor == EVADED and slot is not None and slot.kind in CONTACT_KINDS
    return fact.state is FactState.DECLINED or is_put_off


def is_reachable(asking: Asking) -> bool:
    """Whether a kept fact says how to reach the visitor."""
    return any(
        fact.state is FactState.KNOWN and slot.kind in CONTACT_KINDS
        for fact in asking.facts.values()
        if (slot := asking.playbook.slot(fact.slot)) is not None
    )


def contact_question(asking: Asking, *, again: bool = False) -> str | None:
    """Return the slot of the e-mail address when we may still ask for it: not after the consent question.

    With `again` it may have been asked for before.
    """
    if is_reachable(asking) or any(message.asked == CONSENT for message in asking.history):
        return None
    asked = frozenset() if again else asked_slots(asking.history)
    for slot in asking.playbook.slots:
        if slot.kind is SlotKind.EMAIL and slot.id not in asked and may_yet_be_told(slot.id, asking):
            return slot.id
    return None
