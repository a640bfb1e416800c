"""Reading one message of a visitor: what it does, what it tells, what it asks.

Every fact is made of the visitor's own words; questions, suppositions, other people's affairs and quotes make
none. Pure: the same words, question and clock give the same reading.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain

from bot.domain.facts import Fact, FactState, ReadFact
from bot.domain.reading.acts import (
    answer_beside_thanks,
    leading_answer,
    says_goodbye,
    skip_lead_in,
    small_act,
)
from bot.domain.reading.answers import read_answer
from bot.domain.reading.asides import find_aside
from bot.domain.reading.assents import is_mere_assent
from bot.domain.reading.attacks import commands_the_bot, is_abuse
from bot.domain.reading.budget import read_budget
from bot.domain.reading.clauses import Clause
from bot.domain.reading.corrections import find_corrected_slot, in_terms_of, replaces
from bot.domain.reading.fillers import is_filler
from bot.domain.reading.hedges import as_guess
from bot.domain.reading.message_text import MessageText, prepare
from bot.domain.reading.named_slots import read_named_choice, read_named_text
from bot.domain.reading.needs import NEED_PHRASE, read_need
from bot.domain.reading.once_a_message import forget_message
from bot.domain.reading.other_languages import read_other_languages
from bot.domain.reading.others_figures import known_company, own_figures
from bot.domain.reading.personal_facts import (
    is_others_contact,
    read_company,
    read_email,
    read_name,
    read_phone,
    read_role,
)
from bot.domain.reading.pieces import read_pieces
from bot.domain.reading.preferred import better, first_of_kind, is_outranked
from bot.domain.reading.reading import Act, Reading
from bot.domain.reading.said_facts import read_decision_maker, read_who_else_decides
from bot.domain.reading.second_thoughts import without_second_thoughts
from bot.domain.reading.signals import find_signals
from bot.domain.reading.start_dates import read_timeline
from bot.domain.reading.sum_periods import read_period_alone
from bot.domain.reading.taken import is_taken, slots_beside
from bot.domain.reading.taken_back import find_taken_back
from bot.domain.reading.team_size import read_team_size
from bot.domain.reading.topics import turn_to_topic
from bot.domain.reading.trouble import find_trouble
from bot.domain.reading.wave_off import waves_off
from bot.domain.reading.websites import read_website
from bot.domain.reading.wishes import wants_keeping, wants_person, withdraws_consent
from bot.domain.slots import Slot, SlotKind

_READERS: dict[SlotKind, Callable[[MessageText, Slot], Iterator[ReadFact]]] = {
    SlotKind.EMAIL: read_email,
    SlotKind.PHONE: read_phone,
    SlotKind.URL: read_website,
    SlotKind.NAME: read_name,
    SlotKind.COMPANY: read_company,
    SlotKind.ROLE: read_role,
    SlotKind.QUANTITY: read_team_size,
    SlotKind.MONEY: read_budget,
    SlotKind.TIMELINE: read_timeline,
    SlotKind.NEED: read_need,
    SlotKind.BOOLEAN: read_decision_maker,
    SlotKind.CHOICE: read_named_choice,
    SlotKind.TEXT: read_named_text,
}
_ANSWER_ACTS = (Act.REFUSE, Act.DONT_KNOW, Act.DENY, Act.AFFIRM)
MAX_LENGTH = 4_000
"""What the protocol lets a visitor send; anything beyond is not read."""


def read_message(  # noqa: PLR0913  (the front page of the room; each is named by the caller)
    text: str,
    *,
    slots: Sequence[Slot],
    asked: str | None,
    now: datetime,
    region: str = "US",
    locale: str | None = None,  # noqa: ARG001  (part of the promise; one vocabulary serves every locale today)
    known: Mapping[str, Fact] | None = None,
) -> Reading:
    """Return what a message says.

    Args:
        text: the visitor's words, nobody else's.
        slots: what the playbook wants to know.
        asked: id of the slot whose question was just put, or "consent".
        now: the visitor's clock, aware.
        region: ISO country for phone numbers and the order of dates.
        locale: BCP 47 language of the visitor, if known.
        known: the current facts, by which a bare correction ("actually 50") finds its slot.
    """
    slot = next((slot for slot in slots if slot.id == asked), None)
    try:
        message = turn_to_topic(prepare(text[:MAX_LENGTH], now=now, region=region, asked=slot), slots)
        return _read(message, slots, known or {}, is_asked=asked is not None)
    finally:
        forget_message()


def _read(
    message: MessageText, slots: Sequence[Slot], known: Mapping[str, Fact], *, is_asked: bool
) -> Reading:
    withdraws = withdraws_consent(message.clauses)
    if (aside := find_aside(message, is_asked=is_asked)) is not None:
        return Reading(act=aside, withdraws=withdraws)
    is_asked, act = is_asked or message.asked is not None, _short_act(message, message.asked)
    if withdraws and act is None:
        act = Act.REFUSE
    corrected, message = _find_corrected(message, slots, known)
    untaken = _untaken(message, slots)
    facts = () if withdraws else _read_facts(message, slots, act, known, corrected=corrected, untaken=untaken)
    question = _question(message, act, (*facts, *untaken), is_asked=is_asked)
    return Reading(
        act=_act(message, act, question, facts),
        facts=facts,
        question=question,
        signals=find_signals(message, question, is_asked=is_asked),
        corrects=replaces(facts, known),
        withdraws=withdraws,
        leaves=_leaves(message, facts),
    )


def _leaves(message: MessageText, facts: tuple[ReadFact, ...]) -> bool:
    """Whether a goodbye is said; "later" that answers a question is none."""
    told = {fact.start for fact in facts if fact.state in (FactState.KNOWN, FactState.UNCLEAR)}
    goodbyes = [clause for clause in message.clauses if says_goodbye(clause.text)]
    return any(told.isdisjoint(range(clause.start, clause.end)) for clause in goodbyes)


def _short_act(message: MessageText, asked: Slot | None) -> Act | None:
    """Return what the whole message does, or how its first clause answers the slot's question."""
    whole = small_act(message.text)
    if whole is Act.THANKS and asked is not None:
        answer = answer_beside_thanks(message.text)
        return whole if answer is Act.AFFIRM and asked.kind is not SlotKind.BOOLEAN else answer or whole
    if whole is not None or not message.clauses:
        return whole
    firsts = [act for clause in message.clauses[:2] if (act := small_act(clause.text))]
    answer = next((act for act in firsts if act in _ANSWER_ACTS), None)
    if answer is None and not message.clauses[0].is_question:
        answer = leading_answer(message.text)
    return answer


def _read_facts(
    message: MessageText,
    slots: Sequence[Slot],
    act: Act | None,
    known: Mapping[str, Fact],
    *,
    corrected: tuple[Slot, Fact] | None,
    untaken: Sequence[ReadFact],
) -> tuple[ReadFact, ...]:
    if period := read_period_alone(message, slots, known):
        return period
    latest: dict[str, ReadFact] = {}
    for slot in first_of_kind(slots):
        for fact in _believed(message, slot):
            latest[slot.id] = better(latest.get(slot.id), fact)
    asked = corrected[0] if corrected else message.asked
    if asked is not None and (others_do := read_who_else_decides(message, asked)) is not None:
        return (others_do,)
    act = None if corrected and act is Act.DENY else act  # "no, 25" is no "none"
    if asked is not None and asked.kind in (SlotKind.NEED, SlotKind.TEXT) and wants_person(message.text):
        asked = None
    if asked is not None and (asked.id not in latest or is_outranked(asked, latest[asked.id])):
        answer = read_answer(message, asked, act)
        beside = (fact for slot in slots_beside(asked, slots) for fact in _said(message, slot))
        others = latest | {fact.slot: fact for fact in (*untaken, *beside)}
        if answer is not None and not is_taken(answer, others, asked):
            latest[asked.id] = answer
    by_id = {slot.id: slot for slot in slots}
    latest = {key: as_guess(message, by_id[key], fact) for key, fact in latest.items()}
    facts = tuple(sorted(latest.values(), key=lambda fact: (fact.start, fact.slot)))
    return in_terms_of(corrected[1], facts) if corrected else facts


def _believed(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Yield the facts that no command to the bot holds ("mark me as a hot lead"), and no needs but to buy."""
    for fact in _said(message, slot):
        clause = message.clause_at(fact.start)
        is_trouble = clause is not None and slot.kind is SlotKind.NEED and find_trouble((clause,))
        if clause is None or not (is_trouble or commands_the_bot(clause.text)):
            yield fact


def _find_corrected(
    message: MessageText, slots: Sequence[Slot], known: Mapping[str, Fact]
) -> tuple[tuple[Slot, Fact] | None, MessageText]:
    """Return the slot that the message corrects with what it held, and what is the visitor's and not taken back."""
    slot, rest = find_taken_back(message, slots, known)
    slot = slot or find_corrected_slot(message.text, slots, known, asked=message.asked)
    rest = without_second_thoughts(own_figures(rest, company=known_company(slots, known)))
    return ((slot, known[slot.id]) if slot else None), rest


def _said(message: MessageText, slot: Slot) -> Iterator[ReadFact]:
    """Read one slot; a quantity with words of its own counts these things, any other counts people."""
    if slot.kind is SlotKind.QUANTITY and slot.words:
        return read_pieces(message, slot)
    reader = _READERS.get(slot.kind)
    return chain(read_other_languages(message, slot), reader(message, slot) if reader else ())


def _untaken(message: MessageText, slots: Sequence[Slot]) -> tuple[ReadFact, ...]:
    """Return how many people the visitor says they are where no slot takes it: told, so nothing to look up."""
    if any(slot.kind is SlotKind.QUANTITY and not slot.words for slot in slots):
        return ()
    people = Slot(id="number of people", kind=SlotKind.QUANTITY, label="")
    return (*read_other_languages(message, people), *read_team_size(message, people))


def _question(
    message: MessageText, act: Act | None, facts: tuple[ReadFact, ...], *, is_asked: bool
) -> str | None:
    """Return the part to be answered: what asks, with what was told around it that is no fact."""
    if small_act(message.text) is not None or is_filler(message.text) or not message.clauses:
        return None
    if is_asked and is_mere_assent(message.text):
        return None
    rest = [
        clause
        for clause in message.clauses
        if re.search(r"\w\w", clause.text)
        and not (_is_small_talk(clause) or is_others_contact(message, clause) or withdraws_consent((clause,)))
    ]
    asks = any(clause.is_question for clause in rest)
    if not asks and wants_person(message.text):
        return None
    if _only_need(facts) and (not is_asked or facts[0].extractor == NEED_PHRASE):
        return _join(message, rest)
    if not asks and (facts or (is_asked and act in _ANSWER_ACTS)):
        return None
    return _join(message, [clause for clause in rest if clause.is_question or not _has_fact(clause, facts)])


def _only_need(facts: tuple[ReadFact, ...]) -> bool:
    return bool(facts) and all(fact.extractor in ("need.said", NEED_PHRASE) for fact in facts)


def _is_small_talk(clause: Clause) -> bool:
    is_small = small_act(clause.text) is not None or is_filler(clause.text)
    is_small = is_small or is_abuse(clause.text)
    return is_small or wants_person(clause.text) or waves_off((clause,)) or wants_keeping((clause,))


def _has_fact(clause: Clause, facts: tuple[ReadFact, ...]) -> bool:
    return any(fact.start < clause.end and clause.start < fact.end for fact in facts)


def _join(message: MessageText, clauses: list[Clause]) -> str | None:
    """Return clauses verbatim: in one piece where nothing is left out between them."""
    parts: list[tuple[int, int]] = []
    for clause in clauses:
        if parts and not re.search(r"\w", message.text[parts[-1][1] : clause.start]):
            parts[-1] = (parts[-1][0], clause.end)
        else:
            parts.append((clause.start, clause.end))
    joined = " ".join(message.written[start:end].strip() for start, end in parts)
    return joined[skip_lead_in(joined) :].strip() or joined or None


def _act(message: MessageText, short: Act | None, question: str | None, facts: tuple[ReadFact, ...]) -> Act:
    whole = small_act(message.text)
    if whole is not None:
        return short or whole
    if wants_person(message.text):
        return Act.WANTS_PERSON
    asks = any(clause.is_question for clause in message.clauses)
    if question is not None and (asks or not _only_need(facts)):
        return Act.QUESTION
    if short is not None:
        return short
    if facts:
        return Act.STATEMENT
    if any(is_others_contact(message, clause) for clause in message.clauses):
        return Act.OTHERS_CONTACT
    acts = [act for clause in message.clauses if (act := small_act(clause.text))]
    return next((act for act in _PARTING if act in acts), Act.STATEMENT)


_PARTING = (Act.WHO_ARE_YOU, Act.GOODBYE, Act.THINKS_OVER, Act.THANKS, Act.GREETING)
