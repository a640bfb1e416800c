"""Transaction 2: the reply and everything the turn learned, together or not at all."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.understand import MASK, Understood, facts_after
from bot.chat.voice import Voice
from bot.domain.capture import is_captured, stopped_at
from bot.domain.conversation import Consent, Conversation, LeadId, Message, MessageId, Reply
from bot.domain.facts import Fact
from bot.domain.lead import Assessment
from bot.domain.scoring import assess
from bot.store import Connection, consents, conversations, facts, gaps, leads
from bot.store.leads import LeadRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadChange:
    """A lead before and after a turn, for whoever is told about it. `before` is None for a new lead.

    The facts are current ones, signals included.
    """

    before: LeadRow | None
    facts_before: Sequence[Fact]
    after: LeadRow
    facts: Sequence[Fact]
    assessment: Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a turn came to. `expected_version` is the conversation's as it must still be, None for any."""

    conversation: Conversation
    expected_version: int | None
    message: Message
    history: tuple[Message, ...]
    fact_log: tuple[Fact, ...]
    understood: Understood
    reply: Reply
    is_gap: bool


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
    if outcome.is_gap and outcome.understood.reading.question is not None:
        await gaps.record(
            connection,
            site_id=conversation.site_id,
            question=shown_text(outcome, outcome.understood.reading.question),
            conversation_id=conversation.conversation_id,
            at=outcome.message.at,
        )
    change = await keep_lead(connection, outcome, reply, voice=voice, new_id=new_id)
    await tell(connection, change)
    return reply


async def keep_consent(connection: Connection, outcome: Outcome, *, voice: Voice) -> None:
    """Record an answer to the consent question with its exact text; each refusal masks what was volunteered."""
    consent = outcome.understood.consent
    conversation = outcome.conversation
    if consent is conversation.consent and not outcome.understood.private:
        return
    await conversations.set_consent(connection, conversation.conversation_id, consent)
    await consents.record(
        connection,
        site_id=conversation.site_id,
        visitor_id=conversation.visitor_id,
        conversation_id=conversation.conversation_id,
        message_id=outcome.message.message_id,
        answer=consent,
        text=voice.consent_text,
        text_version=voice.consent_version,
        locale=conversation.locale,
        at=outcome.message.at,
    )
    if consent is Consent.REFUSED:
        await conversations.redact(connection, conversation.conversation_id, outcome.understood.private)


async def keep_lead(
    connection: Connection, outcome: Outcome, reply: Message, *, voice: Voice, new_id: Callable[[str], str]
) -> LeadChange:
    """Append the new facts and store the lead as it is judged now."""
    conversation = outcome.conversation
    before = await leads.find_for_visitor(connection, conversation.visitor_id)
    lead_id = before.lead_id if before else LeadId(new_id("l"))
    log = [*outcome.fact_log, *outcome.understood.kept]
    known = facts_after({}, log)
    assessment = assess(voice.playbook, log, as_of=outcome.message.at)
    history = (*outcome.history, outcome.message, reply)
    consent = outcome.understood.consent
    after = LeadRow(
        lead_id=lead_id,
        site_id=conversation.site_id,
        visitor_id=conversation.visitor_id,
        conversation_id=conversation.conversation_id,
        created_at=before.created_at if before else outcome.message.at,
        updated_at=outcome.message.at,
        stage=assessment.stage,
        grade=assessment.grade,
        score=assessment.score,
        consent=consent,
        consent_at=consent_time(outcome, before),
        captured=is_captured(voice.playbook, known, consent),
        stopped_at=stopped_at(voice.playbook, known, consent, history),
        first_question=before.first_question if before and before.first_question else first_question(outcome),
        page=conversation.page_url,
        referrer=None,
        owner=before.owner if before else None,
        playbook_version=voice.playbook.version,
    )
    await leads.save(connection, row=after, receipts=assessment.receipts)
    await facts.append(
        connection, lead_id=lead_id, site_id=conversation.site_id, facts=outcome.understood.kept
    )
    return LeadChange(
        before=before,
        facts_before=tuple(facts_after({}, outcome.fact_log).values()),
        after=after,
        facts=tuple(known.values()),
        assessment=assessment,
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
    question = outcome.understood.reading.question
    return shown_text(outcome, question) if question is not None else None


def shown_text(outcome: Outcome, text: str) -> str:
    """Return the text without personal details that consent does not cover."""
    if outcome.understood.consent is Consent.GIVEN:
        return text
    return without(text, (fact.text for fact in outcome.understood.personal))


def without(text: str, private: Iterable[str]) -> str:
    """Mask each private part of the text."""
    for part in private:
        text = text.replace(part, MASK * len(part))
    return text
