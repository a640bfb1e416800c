"""Proving an address with a code: what a turn has to know of it, and what it keeps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.chat.phrases import phrase
from bot.chat.voice import Voice
from bot.domain.capture import reachable_at
from bot.domain.conversation import Consent, Conversation, LeadId, Message
from bot.domain.events import EventName
from bot.domain.facts import Fact
from bot.domain.identity import AddressKeys, IdentityKind, Proof, no_keys
from bot.domain.mail_address import for_machines
from bot.domain.verification import LIFE, Pending, Verification, is_right
from bot.store import Connection, codes, identities, outbox, visitors
from bot.store.codes import SentCounts
from bot.store.identities import IdentityRow

EVENT: EventName = "identity.code_requested"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRules:
    """How a site proves addresses: the key that codes are made with, and how many may be sent."""

    key: bytes = field(repr=False)
    per_visitor_an_hour: int = 3
    per_address_a_day: int = 5
    per_site_an_hour: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is kept about proving the visitor's addresses: those that are proved, the code that waits, the counts.

    `vouched` is the digest of an address that the site itself says is theirs, which `address_keys` tells.
    """

    proved: frozenset[str]
    pending: Pending | None
    sent: SentCounts
    vouched: str | None = None
    address_keys: AddressKeys = no_keys

    def proves(self, address: str | None) -> bool:
        """Whether nothing is left to prove of the address."""
        return address is not None and (address in self.proved or self.vouched in self.address_keys(address))


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeDeed:
    """What a turn does about a code: send one, or compare digits with one; `is_right` is None when it sends."""

    code: Pending
    is_right: bool | None = None


async def load_standing(
    connection: Connection,
    conversation: Conversation,
    known: Mapping[str, Fact],
    voice: Voice,
    address_keys: AddressKeys,
    *,
    now: datetime,
) -> Standing:
    """Read what a turn has to know."""
    rows = await identities.of_visitor(connection, conversation.visitor_id)
    return Standing(
        proved=frozenset(row.value for row in rows if row.proof.verifies),
        pending=await codes.pending(connection, conversation.visitor_id),
        sent=await codes.count_sent(
            connection,
            site_id=conversation.site_id,
            visitor_id=conversation.visitor_id,
            address=address_in(known, voice),
            now=now,
        ),
        vouched=await visitors.find_vouched_address(connection, conversation.visitor_id),
        address_keys=address_keys,
    )


def address_in(known: Mapping[str, Fact], voice: Voice) -> str | None:
    """Return the e-mail address among the facts, if every mail server can write to it.

    Letters beyond ASCII before the @ take one with SMTPUTF8; a code that never leaves must not be called sent.
    """
    reachable = reachable_at(voice.playbook, known.values())
    address = next((value for kind, value in reachable if kind is IdentityKind.EMAIL), None)
    return address if address is None or for_machines(address).isascii() else None


def verification_of(
    message: Message,
    standing: Standing,
    known: Mapping[str, Fact],
    *,
    consent: Consent,
    voice: Voice,
    rules: CodeRules,
) -> Verification:
    """Return what can be done about the visitor's address in this turn."""
    address = address_in(known, voice) if consent is Consent.GIVEN else None
    sent = standing.sent
    return Verification(
        address=None if standing.proves(address) else address,
        may_send=sent.of_visitor < rules.per_visitor_an_hour
        and sent.of_address < rules.per_address_a_day
        and sent.of_site < rules.per_site_an_hour,
        pending=standing.pending,
        is_right=is_right(message.text, standing.pending, key=rules.key),
        text=message.text,
    )


def deed_of(
    said: str, verification: Verification | None, new_id: Callable[[str], str], *, now: datetime
) -> CodeDeed | None:
    """Return what a turn that says so does about a code."""
    if verification is None:
        return None
    if said == "code_sent" and verification.address is not None:
        code = Pending(code_id=new_id("k"), address=verification.address, expires_at=now + LIFE, attempts=0)
        return CodeDeed(code=code)
    if said in {"verified", "code_wrong"} and verification.pending is not None:
        return CodeDeed(code=verification.pending, is_right=said == "verified")
    return None


async def keep_deed(
    connection: Connection,
    deed: CodeDeed,
    conversation: Conversation,
    lead_id: LeadId,
    *,
    voice: Voice,
    at: datetime,
) -> None:
    """Send the code by way of the outbox, or note what comparing came to."""
    if deed.is_right is None:
        await _send(connection, deed.code, conversation, lead_id, voice=voice, at=at)
        return
    await codes.count_attempt(connection, deed.code.code_id, used_at=at if deed.is_right else None)
    if deed.is_right:
        row = IdentityRow(
            site_id=conversation.site_id,
            visitor_id=conversation.visitor_id,
            kind=IdentityKind.EMAIL,
            value=deed.code.address,
            proof=Proof.CODE,
            at=at,
        )
        await identities.link(connection, row)


async def _send(
    connection: Connection,
    code: Pending,
    conversation: Conversation,
    lead_id: LeadId,
    *,
    voice: Voice,
    at: datetime,
) -> None:
    """Put the e-mail into the outbox; the code itself is put in where it leaves the house."""
    await codes.put(
        connection,
        code,
        site_id=conversation.site_id,
        visitor_id=conversation.visitor_id,
        conversation_id=conversation.conversation_id,
        at=at,
    )
    minutes = LIFE // timedelta(minutes=1)
    data = {
        "code_id": code.code_id,
        "subject": phrase("code_subject", voice.messages, name=voice.name),
        "text": phrase("code_mail", voice.messages, name=voice.name, code="{code}", minutes=str(minutes)),
    }
    await outbox.put(
        connection,
        item_id=f"code_{code.code_id}",
        event=EVENT,
        site_id=conversation.site_id,
        target=f"mail:{code.address}",
        payload={"type": EVENT, "timestamp": at.isoformat(), "data": data},
        now=at,
        lead_id=lead_id,
        conversation_id=conversation.conversation_id,
    )
