"""What is known of a visitor after a message, whoever answers it: the facts, their judgement, the lead's row. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.chat.kept_facts import covered_facts
from bot.chat.understand import Understood, facts_after
from bot.chat.voice import Voice
from bot.domain.capture import UNCLEAR, is_captured, personal_slots, stopped_at
from bot.domain.conversation import Consent, Conversation, LeadId, Message
from bot.domain.facts import Fact, FactState, holds_detail
from bot.domain.lead import Assessment
from bot.domain.masking import covering, covering_parts_of
from bot.domain.reading import Act
from bot.domain.scoring import assess
from bot.domain.slots import CONTACT_KINDS
from bot.store import withdrawal
from bot.store.leads import LeadRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message as it was understood, with what stood before it.

    `judged` is what everything that was said is worth, this message included.
    """

    conversation: Conversation
    message: Message
    history: tuple[Message, ...]
    fact_log: tuple[Fact, ...]
    understood: Understood
    judged: Assessment


def words_to_hide(heard: Heard, voice: Voice) -> tuple[str, ...]:
    """Return everything personal that was said or kept and that no consent covers, the longest first."""
    if heard.understood.consent is Consent.GIVEN:
        return ()
    kept = withdrawal.words_of(heard.fact_log, personal_slots(voice.playbook))
    return tuple(sorted({*heard.understood.private, *kept}, key=len, reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What is known after a turn: the current facts, their judgement, and how far the capture got."""

    known: Mapping[str, Fact]
    assessment: Assessment
    captured: bool
    stopped_at: str | None
    playbook_version: str


def learn(heard: Heard, reply: Message | None, stopped_before: str | None, *, voice: Voice) -> Learned:
    """Judge everything the visitor said so far, this message included.

    Args:
        heard: the message as it was understood.
        reply: what we said to it, as it is stored; None where an operator answers.
        stopped_before: the gate that stood between the visitor and a lead before this turn, if any.
        voice: how the site speaks.
    """
    log = log_after(heard, voice)
    known = facts_after({}, log)
    playbook, consent = voice.playbook, heard.understood.consent
    # What was judged counts what a consent that is taken back had let us keep.
    is_less = consent is Consent.WITHDRAWN
    history = (*heard.history, heard.message, *([] if reply is None else [reply]))
    return Learned(
        known=known,
        assessment=assess(playbook, log, as_of=heard.message.at) if is_less else heard.judged,
        captured=is_captured(playbook, known, consent),
        stopped_at=stopped_at(
            playbook, known, consent, history, is_unclear=is_contact_unclear(heard, stopped_before, voice)
        ),
        playbook_version=playbook.version,
    )


def is_contact_unclear(heard: Heard, stopped_before: str | None, voice: Voice) -> bool:
    """Whether the visitor's latest word on a contact is one that cannot be right."""
    slots = {slot.id for slot in voice.playbook.slots if slot.kind in CONTACT_KINDS}
    given = [fact for fact in heard.understood.facts if fact.slot in slots]
    is_unclear = any(fact.state is FactState.UNCLEAR and holds_detail(fact) for fact in given)
    return is_unclear if given else stopped_before == UNCLEAR


def log_after(heard: Heard, voice: Voice) -> list[Fact]:
    """Return every fact that is known after the turn; without consent, none that is personal or quotes such words."""
    slots = personal_slots(voice.playbook) if heard.understood.consent is Consent.WITHDRAWN else frozenset()
    log = [fact for fact in (*heard.fact_log, *heard.understood.kept) if fact.slot not in slots]
    return covered_facts(log, covering(words_to_hide(heard, voice)))


def lead_row(heard: Heard, learned: Learned, before: LeadRow | None, *, lead_id: LeadId) -> LeadRow:
    """Return the lead's row: what is new of it, and what stays from before."""
    conversation = heard.conversation
    at = heard.message.at
    return LeadRow(
        lead_id=lead_id,
        site_id=conversation.site_id,
        visitor_id=conversation.visitor_id,
        conversation_id=conversation.conversation_id,
        created_at=before.created_at if before else at,
        updated_at=at,
        stage=learned.assessment.stage,
        grade=learned.assessment.grade,
        score=learned.assessment.score,
        consent=heard.understood.consent,
        consent_at=consent_time(heard, before),
        captured=learned.captured,
        stopped_at=learned.stopped_at,
        first_question=before.first_question if before and before.first_question else first_question(heard),
        page=conversation.page_url,
        referrer=before.referrer if before and heard.understood.consent is Consent.GIVEN else None,
        campaign=before.campaign if before and heard.understood.consent is Consent.GIVEN else None,
        owner=before.owner if before else None,
        playbook_version=learned.playbook_version,
    )


def consent_time(heard: Heard, before: LeadRow | None) -> datetime | None:
    """Return when the visitor said yes, None while they have not."""
    if heard.understood.consent is not Consent.GIVEN:
        return None
    if heard.conversation.consent is Consent.GIVEN and before is not None:
        return before.consent_at
    return heard.message.at


def first_question(heard: Heard) -> str | None:
    """Return what the visitor asks in this message, as far as consent lets it be shown."""
    reading = heard.understood.reading
    is_asked = reading.question is not None and reading.act is not Act.STATEMENT
    return shown_text(heard, reading.question) if is_asked and reading.question else None


def shown_text(heard: Heard, text: str) -> str:
    """Return the text without personal details that consent does not cover."""
    return covering_parts_of(heard.message.text, heard.understood.private)(text)
