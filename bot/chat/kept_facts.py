"""What may be kept of what a message says: personal facts wait for a yes, and no other quotes such words. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from bot.chat.voice import Voice
from bot.domain.conversation import Consent, Message
from bot.domain.facts import CONFIRMED, SIGNAL_PREFIX, Fact, FactState, ReadFact, holds_detail
from bot.domain.masking import covering_parts_of, without
from bot.domain.reading import contact_words, details_in
from bot.domain.slots import CONTACT_KINDS, SlotKind
from bot.domain.withheld import withheld_words

Readings = Sequence[tuple[Message, tuple[ReadFact, ...]]]
"""Messages of the visitor with the facts that were read in each."""


def kept_facts(
    message: Message,
    facts: Sequence[ReadFact],
    shown: Sequence[tuple[str, str]],
    *,
    consent: Consent,
    private: Sequence[str],
    voice: Voice,
) -> tuple[Fact, ...]:
    """Turn what was read and shown into facts with their evidence, leaving out what consent does not cover yet."""
    waiting = () if consent is Consent.GIVEN else waiting_for_consent(facts, voice)
    kept = [with_evidence(fact, message) for fact in facts if fact not in waiting]
    kept += [signal(name, message, quote=quote) for name, quote in shown]
    cover = covering_parts_of(message.text, private)
    return tuple(fact for fact in covered_facts(kept, cover) if not _is_covered(fact))


def covered_facts(facts: Iterable[Fact], cover: Callable[[str], str]) -> list[Fact]:
    """Return the facts with their quotes and values as `cover` shows them."""
    return [
        replace(
            fact,
            quote=cover(fact.quote),
            value=cover(fact.value) if isinstance(fact.value, str) else fact.value,
        )
        for fact in facts
    ]


def _is_covered(fact: Fact) -> bool:
    """Whether nothing is left of the words that were taken for its value: a street is no company."""
    return isinstance(fact.value, str) and not any(map(str.isalnum, fact.value))


def waiting_for_consent(facts: Sequence[ReadFact], voice: Voice) -> tuple[ReadFact, ...]:
    """Return the personal facts, and those whose words hold a personal one ("My name is Ada" as a need)."""
    personal = [fact for fact in facts if is_personal(fact, voice) and holds_detail(fact)]
    return tuple(f for f in facts if any((f.start < p.end and p.start < f.end) or f is p for p in personal))


def signal(name: str, message: Message, *, quote: str) -> Fact:
    """Return one piece of evidence for something the visitor did, quoted verbatim."""
    return Fact(
        slot=SIGNAL_PREFIX + name,
        state=FactState.KNOWN,
        value=True,
        quote=quote if quote in message.text else message.text,
        message_id=message.message_id,
        extractor="signal",
        confidence=1.0,
        at=message.at,
    )


def withheld_facts(readings: Readings, *, private: Sequence[str], voice: Voice) -> tuple[Fact, ...]:
    """Return what waited for the yes, or was kept with words masked: oldest first, one fact a slot and message."""
    return tuple(
        with_evidence(fact, message)
        for message, facts in readings
        for fact in facts
        if fact.state is FactState.KNOWN
        and (fact in waiting_for_consent(facts, voice) or without(fact.text, private) != fact.text)
    )


def private_words(
    history: Sequence[Message],
    readings: Readings,
    *,
    known: Mapping[str, Fact],
    voice: Voice,
    within: Sequence[Message] | None = None,
) -> tuple[str, ...]:
    """Return every word that tells who somebody is, verbatim in each spelling, and the corrections we proposed.

    Args:
        history: the messages in which they are looked for, oldest first.
        readings: what was read in those of them that are read again.
        known: what is known, by slot.
        voice: how the site speaks.
        within: the messages whose words are meant; all of `history` without it.
    """
    words = {word for message, _ in readings for word in contact_words(message.text, region=voice.region)}
    read = [fact for _, facts in readings for fact in facts]
    for fact in read:
        if is_personal(fact, voice) and holds_detail(fact):
            words |= {str(fact.value) if fact.extractor == CONFIRMED else fact.text}
            words |= {fact.extractor.partition("email.typo:")[2]}
    companies = {slot.id for slot in voice.playbook.slots if slot.kind is SlotKind.COMPANY}
    firms = [fact.text for fact in read if fact.slot in companies]
    firms += [str(fact.value) for slot, fact in known.items() if slot in companies]
    firms = [firm for firm in firms if not (details_in(firm) or contact_words(firm, region=voice.region))]
    slots, region = voice.playbook.slots, voice.region
    words |= set(withheld_words(history, slots=slots, region=region, known=known, firms=firms, within=within))
    return tuple(sorted(words - {""}, key=len, reverse=True))


def volunteers_contact(facts: Sequence[ReadFact], voice: Voice) -> bool:
    """Whether a way to reach the visitor is among the facts, be it badly written: the consent question follows."""
    slots = contact_slots(voice)
    return any(fact.slot in slots and holds_detail(fact) for fact in facts)


def declines_contact(facts: Sequence[ReadFact], voice: Voice) -> bool:
    """Whether the visitor said no to a question for a contact, and gave no other."""
    slots = contact_slots(voice)
    declined = any(fact.slot in slots and fact.state is FactState.DECLINED for fact in facts)
    return declined and not volunteers_contact(facts, voice)


def contact_slots(voice: Voice) -> frozenset[str]:
    """Return the slots by which somebody can be reached."""
    return frozenset(slot.id for slot in voice.playbook.slots if slot.kind in CONTACT_KINDS)


def with_evidence(fact: ReadFact, message: Message) -> Fact:
    """Return the fact with the words and the message it was read from."""
    return Fact(
        slot=fact.slot,
        state=fact.state,
        value=fact.value,
        quote=fact.text,
        message_id=message.message_id,
        extractor=fact.extractor,
        confidence=fact.confidence,
        at=message.at,
    )


def is_personal(fact: ReadFact, voice: Voice) -> bool:
    """Whether the fact identifies a person."""
    slot = voice.playbook.slot(fact.slot)
    return slot is not None and slot.is_personal
