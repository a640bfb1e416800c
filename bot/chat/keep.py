"""Transaction 2: the reply and everything the turn learned, together or not at all."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.agreement import shown_consent
from bot.chat.kept_facts import covered_facts
from bot.chat.learned import Heard, lead_row, learn, shown_text, words_to_hide
from bot.chat.proving import CodeDeed, keep_deed
from bot.chat.understand import Understood, facts_after
from bot.chat.voice import Voice
from bot.domain.capture import personal_slots, reachable_at
from bot.domain.conversation import Consent, LeadId, Message, MessageId, Reply
from bot.domain.facts import Fact
from bot.domain.identity import AddressKeys, IdentityKind, Proof, no_keys
from bot.domain.lead import Assessment
from bot.domain.masking import covering
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

    heard: Heard
    expected_version: int | None
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
    heard, conversation = outcome.heard, outcome.heard.conversation
    reply = await conversations.add_reply(
        connection,
        conversation_id=conversation.conversation_id,
        expected_version=outcome.expected_version,
        in_reply_to=heard.message.message_id,
        message_id=MessageId(new_id("m")),
        reply=outcome.reply,
        at=at,
    )
    await keep_consent(connection, heard, voice=voice)
    for question in outcome.gaps:
        await gaps.record(
            connection,
            site_id=conversation.site_id,
            question=shown_text(heard, question),
            conversation_id=conversation.conversation_id,
            at=heard.message.at,
        )
    change = await keep_lead(connection, heard, reply, voice=voice, new_id=new_id)
    if outcome.deed is not None:
        await keep_deed(connection, outcome.deed, conversation, change.after.lead_id, voice=voice, at=at)
        change = replace(change, has_mail=outcome.deed.is_right is None)
    is_linked = await keep_identity(connection, change, voice=voice, address_keys=outcome.address_keys)
    await tell(connection, replace(change, is_known_anew=is_linked or outcome.deed is not None))
    return reply


async def keep_heard(
    connection: Connection,
    heard: Heard,
    *,
    voice: Voice,
    tell: TellOfLead,
    address_keys: AddressKeys,
    new_id: Callable[[str], str],
) -> None:
    """Store the facts of a message that an operator answers, the lead's new judgement and its deliveries."""
    change = await keep_lead(connection, heard, None, voice=voice, new_id=new_id)
    is_linked = await keep_identity(connection, change, voice=voice, address_keys=address_keys)
    await tell(connection, replace(change, is_known_anew=is_linked))


async def keep_consent(connection: Connection, heard: Heard, *, voice: Voice) -> None:
    """Record an answer to the consent question with its exact text.

    Each refusal masks what was volunteered; taking a yes back deletes what was kept by it, too.
    """
    understood, conversation = heard.understood, heard.conversation
    if understood.decides:
        await record_consent(connection, heard, voice=voice)
    if understood.consent is Consent.WITHDRAWN and understood.decides:
        slots, words = personal_slots(voice.playbook), words_to_hide(heard, voice)
        await withdrawal.withdraw(connection, conversation.visitor_id, slots=slots, words=words)
    elif understood.gone:
        await conversations.redact(connection, conversation.conversation_id, understood.gone)


async def record_consent(connection: Connection, heard: Heard, *, voice: Voice) -> None:
    """Keep what was said to the consent question with the text that was shown."""
    consent, conversation = heard.understood.consent, heard.conversation
    await conversations.set_consent(connection, conversation.conversation_id, consent)
    text, version, locale = shown_consent(heard.message, heard.history, voice)
    await consents.record(
        connection,
        site_id=conversation.site_id,
        visitor_id=conversation.visitor_id,
        conversation_id=conversation.conversation_id,
        message_id=heard.message.message_id,
        answer=consent,
        text=text,
        text_version=version,
        locale=locale or conversation.locale,
        at=heard.message.at,
    )


def touches_consent(understood: Understood) -> bool:
    """Whether a message answers for the visitor's consent: then what is kept of the conversation may be masked."""
    return understood.decides or bool(understood.gone)


async def keep_lead(
    connection: Connection, heard: Heard, reply: Message | None, *, voice: Voice, new_id: Callable[[str], str]
) -> LeadChange:
    """Append the new facts and store the lead as it is judged now."""
    conversation = heard.conversation
    before = await leads.find_for_visitor(connection, conversation.visitor_id)
    learned = learn(heard, reply, before.stopped_at if before else None, voice=voice)
    after = lead_row(heard, learned, before, lead_id=before.lead_id if before else LeadId(new_id("l")))
    await leads.save(connection, row=after, receipts=learned.assessment.receipts, before=before)
    kept = covered_facts(heard.understood.kept, covering(words_to_hide(heard, voice)))
    await facts.append(connection, lead_id=after.lead_id, site_id=conversation.site_id, facts=kept)
    return LeadChange(
        before=before,
        facts_before=tuple(facts_after({}, heard.fact_log).values()),
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
