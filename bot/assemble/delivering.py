"""Who is told of a lead: from the change a turn made to rows in the outbox, and the worker that sends them."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.assemble.code_key import code_key
from bot.assemble.housekeeping import Housekeeping
from bot.assemble.live_site import LiveSite
from bot.assemble.parts_of_life import new_id, now
from bot.chat.keep import LeadChange
from bot.chat.proving import EVENT, CodeRules
from bot.domain.conversation import Consent
from bot.domain.facts import SIGNAL_PREFIX, Fact
from bot.domain.lead import Assessment, Lead
from bot.domain.playbook import Playbook
from bot.leads import (
    ARRIVAL_WAIT,
    DeliveryWorker,
    Receivers,
    Story,
    conversation_url,
    deliveries_for,
    propose_merges,
    refresh,
    tell_of_withdrawal,
    write_mail,
)
from bot.leads.code_mail import write_code_mail
from bot.leads.notice_mail import write_notice_mail
from bot.leads.notices import ERASED, WITHDRAWN
from bot.outbound import Guard, MailSender, MailServer, MailText, Outcome, Parcel, Sender, WebhookSender
from bot.settings import Environment, Site
from bot.store import Connection, Database, outbox
from bot.store.leads import LeadRow
from bot.telemetry import Numbers

ASKED_PERSON = SIGNAL_PREFIX + "asked_person"


class CountingSender:
    """Counts what came of each attempt of a sender."""

    def __init__(self, sender: Sender, count: Callable[[str], None]) -> None:
        self._sender = sender
        self._count = count

    async def send(self, parcel: Parcel, *, now: datetime) -> Outcome:
        """Try once."""
        outcome = await self._sender.send(parcel, now=now)
        self._count(outcome.kind)
        return outcome


class LeadNews:
    """Puts what a turn made known about a lead into the outbox, and wakes the worker after the commit."""

    def __init__(
        self,
        db: Database,
        environment: Environment,
        live: Mapping[str, LiveSite],
        housekeeping: Housekeeping,
        numbers: Numbers | None = None,
    ) -> None:
        self._numbers = numbers
        self._housekeeping = housekeeping
        self._live = live
        self._public_url = environment.public_url
        self._guard = Guard(environment.outbound_allow)
        server = mail_server(environment)
        self._code_key = code_key(environment.home, environment.code_secret) if server is not None else b""
        self._mail = MailSender(server, self._write) if server is not None else None
        self._environment = environment
        self.worker = DeliveryWorker(db, self._senders(), clock=now, random=random.random)
        self._has_news = False

    def _senders(self) -> dict[str, Sender]:
        senders: dict[str, Sender] = {"webhook": WebhookSender(self._guard, self._secrets_of)}
        if self._mail is not None:
            senders["mail"] = self._mail
        numbers = self._numbers
        if numbers is None:
            return senders
        return {
            kind: CountingSender(sender, partial(numbers.delivered, kind)) for kind, sender in senders.items()
        }

    def _write(self, parcel: Parcel) -> MailText:
        """Return the words of a mail by what it is about."""
        if parcel.event == EVENT:
            return write_code_mail(parcel, key=self._code_key)
        return write_notice_mail(parcel) if parcel.event in {WITHDRAWN, ERASED} else write_mail(parcel)

    def code_rules(self, site: Site) -> CodeRules | None:
        """Return how a site proves addresses with codes; None where it does not, or nothing can be mailed."""
        if self._mail is None or not site.identity.codes:
            return None
        return CodeRules(
            key=self._code_key,
            per_visitor_an_hour=self._environment.limit_codes_per_visitor,
            per_address_a_day=self._environment.limit_codes_per_address,
            per_site_an_hour=self._environment.limit_codes_per_site,
        )

    def _secrets_of(self, site_id: str, url: str) -> Sequence[str]:
        live = self._live.get(site_id)
        hooks = live.site.notify.webhooks if live else ()
        return tuple(hook.secret for hook in hooks if hook.url == url)

    async def tell(self, connection: Connection, change: LeadChange) -> None:
        """Put what is to be told into the outbox, in the turn's own transaction."""
        self._has_news |= change.has_mail
        if change.after.consent in {Consent.REFUSED, Consent.WITHDRAWN}:
            self._housekeeping.note_masked()
        site = self._live[change.after.site_id].site
        items = deliveries_for(
            receivers=receivers_of(site),
            playbook=site.playbook,
            before=lead_before(change),
            after=lead_after(change),
            story=self._story(change, site),
            at=change.after.updated_at,
        )
        due_at = change.after.updated_at + ARRIVAL_WAIT if is_yes(change) else None
        for item in items:
            await outbox.put(
                connection,
                item_id=item.item_id,
                event=item.event,
                site_id=change.after.site_id,
                target=item.target,
                payload=dict(item.payload),
                now=change.after.updated_at,
                lead_id=change.after.lead_id,
                conversation_id=change.after.conversation_id,
                due_at=due_at,
            )
            self._has_news = True
        if is_withdrawal(change):
            at = change.after.updated_at
            held = replace(change.after, captured=change.before is not None and change.before.captured)
            self._has_news |= await tell_of_withdrawal(connection, held, receivers=receivers_of(site), at=at)
        await self._follow(connection, change, site.playbook)

    async def _follow(self, connection: Connection, change: LeadChange, playbook: Playbook) -> None:
        """Look for the same person among other leads, and bring what is shown of merged ones up to date."""
        row, before = change.after, change.before
        if before is None or change.is_known_anew:
            await propose_merges(connection, row.visitor_id, now=row.updated_at, new_id=new_id)
        if before is not None and before.merged_into is not None:
            await refresh(connection, row.lead_id, playbook)

    def after_commit(self) -> None:
        """Have what was put in sent at once."""
        if self._has_news:
            self._has_news = False
            self.worker.wake()

    def _story(self, change: LeadChange, site: Site) -> Story:
        row = change.after
        return Story(
            site_id=site.id,
            site_name=site.name,
            conversation_id=row.conversation_id,
            asked_person=has_asked_person(change.facts),
            asked_person_before=has_asked_person(change.facts_before),
            first_question=row.first_question,
            page=row.page,
            referrer=row.referrer,
            campaign=row.campaign,
            conversation_url=conversation_url(self._public_url, row),
        )

    def close(self) -> None:
        """Close the connections to the world."""
        self._guard.close()
        if self._mail is not None:
            self._mail.close()


def is_yes(change: LeadChange) -> bool:
    """Whether the visitor agreed with this turn, so that where they came from may be told a moment later."""
    was = change.before.consent if change.before is not None else Consent.NOT_ASKED
    return was is not Consent.GIVEN and change.after.consent is Consent.GIVEN


def is_withdrawal(change: LeadChange) -> bool:
    """Whether the visitor took back with this turn that they may be contacted."""
    was = change.before.consent if change.before is not None else Consent.NOT_ASKED
    return was is Consent.GIVEN and change.after.consent is Consent.WITHDRAWN


def has_asked_person(facts: Sequence[Fact]) -> bool:
    """Whether the visitor asked for a person."""
    return any(fact.slot == ASKED_PERSON for fact in facts)


def receivers_of(site: Site) -> Receivers:
    """Return whom the site wants told."""
    return Receivers(mail=site.notify.email_to, webhooks=tuple(hook.url for hook in site.notify.webhooks))


def lead_before(change: LeadChange) -> Lead | None:
    """Return the lead as it was."""
    row = change.before
    if row is None:
        return None
    assessment = Assessment(score=row.score, grade=row.grade, stage=row.stage, receipts=tuple(row.receipts))
    return lead_of(row, change.facts_before, assessment)


def lead_after(change: LeadChange) -> Lead:
    """Return the lead as it is."""
    return lead_of(change.after, change.facts, change.assessment)


def lead_of(row: LeadRow, facts: Sequence[Fact], assessment: Assessment) -> Lead:
    """Return the domain's lead for a stored row; signals are no facts of the playbook."""
    return Lead(
        lead_id=row.lead_id,
        facts=tuple(fact for fact in facts if not fact.slot.startswith(SIGNAL_PREFIX)),
        assessment=assessment,
        captured=row.captured,
        stopped_at=row.stopped_at,
    )


def mail_server(environment: Environment) -> MailServer | None:
    """Return the configured mail server, if there is one."""
    if environment.smtp_host is None or environment.smtp_from is None:
        return None
    return MailServer(
        host=environment.smtp_host,
        port=environment.smtp_port,
        sender=environment.smtp_from,
        encryption=environment.smtp_encryption,
        user=environment.smtp_user,
        password=environment.smtp_password.get_secret_value() if environment.smtp_password else None,
    )
