"""Transaction 2: the reply and everything the turn learned, together or not at all."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.agreement import shown_consent
from bot.chat.kept_facts import covered_facts
from bot.chat.proving import CodeDeed, keep_deed
from bot.chat.understand import Understood, facts_after
from bot.chat.voice import Voice
from bot.domain.capture import UNCLEAR, is_captured, personal_slots, reachable_at, stopped_at
from bot.domain.conversation import Consent, Conversation, LeadId, Message, MessageId, Reply
from bot.domain.facts import Fact, FactState, holds_detail
from bot.domain.identity import AddressKeys, IdentityKind, Proof, no_keys
from bot.domain.lead import Assessment
from bot.domain.masking import covering, covering_parts_of
from bot.domain.reading import Act
from bot.domain.scoring import assess
from bot.domain.slots import CONTACT_KINDS
from bot.store import (
    Connection,
    consents,
    conversations,
    facts,
    gaps,
    identities,
    leads,
    visitors,
    withdrawal,
)
from bot.store.leads import LeadRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadChange:
    """A lead before and after a turn, for whoever is told about it. `before` is None for a new lead.

    The facts are current ones, signals included. `has_mail`: the turn put a mail into the outbox already;
    `is_known_anew`: what the visitor is known by may have changed.
    """

    before: LeadRow | None
    facts_before: Sequence[Fact]
    after: LeadRow
    facts: Sequence[Fact]
    assessment: Assessment
    has_mail: bool = False
    is_known_anew: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a turn came to; `expected_version` is the conversation's (None for any)."""

    conversation: Conversation
    expected_version: int | None
    message: Message
    history: tuple[Message, ...]
    fact_log: tuple[Fact, ...]
    understood: Understood
    judged: Assessment
    reply: Reply
    gaps: tuple[str, ...]
    deed: CodeDeed | None = None
    address_keys: AddressKeys = no_keys


TellOfLead = Callable[[Connection, LeadChange], Awaitable[None]]


async def keep_turn(
    connection: Connection,
    outcome: Outcome,
    *,
    voice: Voice,
    tell: TellOfLead,
    at: datetime,
    new_id: Callable[[str], str],
) -> Message:
    """Store the reply, the consent, the facts, the lead's new judgement and its deliveries.

    Raises:
        VersionConflictError: the conversation moved on since it was read; nothing is stored.
    """
    conversation = outcome.conversation
    reply = await conversations.add_reply(
        connection,
        conversation_id=conversation.conversation_id,
        expected_version=outcome.expected_version,
        in_reply_to=outcome.message.message_id,
        message_id=MessageId(new_id("m")),
        reply=outcome.reply,
        at=at,
    )
    await keep_consent(connection, outcome, voice=voice)
    for question in outcome.gaps:
        await gaps.record(
            connection,
            site_id=conversation.site_id,
            question=shown_text(outcome, question),
            conversation_id=conversation.conversation_id,
            at=outcome.message.at,
        )
    change = await keep_lead(connection, outcome, reply, voice=voice, new_id=new_id)
    if outcome.deed is not None:
        await keep_deed(connection, outcome.deed, conversation, change.after.lead_id, voice=voice, at=at)
        change = replace(change, has_mail=outcome.deed.is_right is None)
    is_linked = await keep_identity(connection, change, voice=voice, address_keys=outcome.address_keys)
    await tell(connection, replace(change, is_known_anew=is_linked or outcome.deed is not None))
    return reply


async def keep_consent(connection: Connection, outcome: Outcome, *, voice: Voice) -> None:
    """Record an answer to the consent question with its exact text.

    Each refusal masks what was volunteered; taking a yes back deletes what was kept by it, too.
    """
    understood, conversation = outcome.understood, outcome.conversation
    if understood.decides:
        await record_consent(connection, outcome, voice=voice)
    if understood.consent is Consent.WITHDRAWN and understood.decides:
        slots, words = personal_slots(voice.playbook), words_to_hide(outcome, voice)
        await withdrawal.withdraw(connection, conversation.visitor_id, slots=slots, words=words)
    elif understood.gone:
        await conversations.redact(connection, conversation.conversation_id, understood.gone)


async def record_consent(connection: Connection, outcome: Outcome, *, voice: Voice) -> None:
    """Keep what was said to the consent question with the text that was shown."""
    consent, conversation = outcome.understood.consent, outcome.conversation
    await conversations.set_consent(connection, conversation.conversation_id, consent)
    text, version, locale = shown_consent(outcome.message, outcome.history, voice)
    await consents.record(
        connection,
        site_id=conversation.site_id,
        visitor_id=conversation.visitor_id,
        conversation_id=conversation.conversation_id,
        message_id=outcome.message.message_id,
        answer=consent,
        text=text,
        text_version=version,
        locale=locale or conversation.locale,
        at=outcome.message.at,
    )


def touches_consent(understood: Understood) -> bool:
    """Whether a message answers for the visitor's consent: then what is kept of the conversation may be masked."""
    return understood.decides or bool(understood.gone)


def words_to_hide(outcome: Outcome, voice: Voice) -> tuple[str, ...]:
    """Return everything personal that was said or kept and that no consent covers, the longest first."""
    if outcome.understood.consent is Consent.GIVEN:
        return ()
    kept = withdrawal.words_of(outcome.fact_log, personal_slots(voice.playbook))
    return tuple(sorted({*outcome.understood.private, *kept}, key=len, reverse=True))


async def keep_lead(
    connection: Connection, outcome: Outcome, reply: Message, *, voice: Voice, new_id: Callable[[str], str]
) -> LeadChange:
    """Append the new facts and store the lead as it is judged now."""
    conversation = outcome.conversation
    before = await leads.find_for_visitor(connection, conversation.visitor_id)
    learned = learn(outcome, reply, before.stopped_at if before else None, voice=voice)
    after = lead_row(outcome, learned, before, lead_id=before.lead_id if before else LeadId(new_id("l")))
    await leads.save(connection, row=after, receipts=learned.assessment.receipts, before=before)
    kept = covered_facts(outcome.understood.kept, covering(words_to_hide(outcome, voice)))
    await facts.append(connection, lead_id=after.lead_id, site_id=conversation.site_id, facts=kept)
    return LeadChange(
        before=before,
        facts_before=tuple(facts_after({}, outcome.fact_log).values()),
        after=after,
        facts=tuple(learned.known.values()),
        assessment=learned.assessment,
    )


async def keep_identity(
    connection: Connection, change: LeadChange, *, voice: Voice, address_keys: AddressKeys
) -> bool:
    """Link the lead with the addresses its visitor gave and agreed to; return whether that changed anything.

    They are claimed, unless their site vouches for one.
    """
    row = change.after
    if row.consent is not Consent.GIVEN:
        return False
    vouched = await visitors.find_vouched_address(connection, row.visitor_id)
    addresses = {
        (kind, value): Proof.TOKEN
        if kind is IdentityKind.EMAIL and vouched in address_keys(value)
        else Proof.TYPED
        for kind, value in reachable_at(voice.playbook, change.facts)
    }
    return await identities.keep_reachable(
        connection, row.site_id, row.visitor_id, addresses, at=row.updated_at
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What is known after a turn: the current facts, their judgement, and how far the capture got."""

    known: Mapping[str, Fact]
    assessment: Assessment
    captured: bool
    stopped_at: str | None
    playbook_version: str


def learn(outcome: Outcome, reply: Message, stopped_before: str | None, *, voice: Voice) -> Learned:
    """Judge everything the visitor said so far, this message included.

    Args:
        outcome: what the turn came to.
        reply: what was said, as it is stored.
        stopped_before: the gate that stood between the visitor and a lead before this turn, if any.
        voice: how the site speaks.
    """
    log = log_after(outcome, voice)
    known = facts_after({}, log)
    playbook, consent = voice.playbook, outcome.understood.consent
    # What was judged counts what a consent that is taken back had let us keep.
    is_less = consent is Consent.WITHDRAWN
    history = (*outcome.history, outcome.message, reply)
    return Learned(
        known=known,
        assessment=assess(playbook, log, as_of=outcome.message.at) if is_less else outcome.judged,
        captured=is_captured(playbook, known, consent),
        stopped_at=stopped_at(
            playbook, known, consent, history, is_unclear=is_contact_unclear(outcome, stopped_before, voice)
        ),
        playbook_version=playbook.version,
    )


def is_contact_unclear(outcome: Outcome, stopped_before: str | None, voice: Voice) -> bool:
    """Whether the visitor's latest word on a contact is one that cannot be right."""
    slots = {slot.id for slot in voice.playbook.slots if slot.kind in CONTACT_KINDS}
    given = [fact for fact in outcome.understood.facts if fact.slot in slots]
    is_unclear = any(fact.state is FactState.UNCLEAR and holds_detail(fact) for fact in given)
    return is_unclear if given else stopped_before == UNCLEAR


def log_after(outcome: Outcome, voice: Voice) -> list[Fact]:
    """Return every fact that is known after the turn; without consent, none that is personal or quotes such words."""
    slots = personal_slots(voice.playbook) if outcome.understood.consent is Consent.WITHDRAWN else frozenset()
    log = [fact for fact in (*outcome.fact_log, *outcome.understood.kept) if fact.slot not in slots]
    return covered_facts(log, covering(words_to_hide(outcome, voice)))


def lead_row(outcome: Outcome, learned: Learned, before: LeadRow | None, *, lead_id: LeadId) -> LeadRow:
    """Return the lead's row: what is new of it, and what stays from before."""
    conversation = outcome.conversation
    at = outcome.message.at
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
        consent=outcome.understood.consent,
        consent_at=consent_time(outcome, before),
        captured=learned.captured,
        stopped_at=learned.stopped_at,
        first_question=before.first_question if before and before.first_question else first_question(outcome),
        page=conversation.page_url,
        referrer=before.referrer if before and outcome.understood.consent is Consent.GIVEN else None,
        campaign=before.campaign if before and outcome.understood.consent is Consent.GIVEN else None,
        owner=before.owner if before else None,
        playbook_version=learned.playbook_version,
    )


def consent_time(outcome: Outcome, before: LeadRow | None) -> datetime | None:
    """Return when the visitor said yes, None while they have not."""
    if outcome.understood.consent is not Consent.GIVEN:
        return None
    if outcome.conversation.consent is Consent.GIVEN and before is not None:
        return before.consent_at
    return outcome.message.at


def first_question(outcome: Outcome) -> str | None:
    """Return what the visitor asks in this message, as far as consent lets it be shown."""
    reading = outcome.understood.reading
    is_asked = reading.question is not None and reading.act is not Act.STATEMENT
    return shown_text(outcome, reading.question) if is_asked and reading.question else None


def shown_text(outcome: Outcome, text: str) -> str:
    """Return the text without personal details that consent does not cover."""
    return covering_parts_of(outcome.message.text, outcome.understood.private)(text)
