"""Sends what waits in the outbox, at least once, in the background, until it is received or given up.

A row is claimed for a while before it is sent, so that no two workers send it at once; a worker that dies leaves
it to be claimed again. Nothing is claimed that cannot be sent right away, so that what is erased meanwhile is not
sent; no transaction is open while we wait for a receiver; a slow receiver holds only a few of the places.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.domain.errors import StorageError
from bot.leads.schedule import next_attempt_at
from bot.outbound import Outcome, Parcel, Sender
from bot.store import Database, outbox
from bot.store.outbox import OutboxRow
from bot.telemetry import Outage

CLAIM = timedelta(seconds=60)
"""How long a claimed row is ours: three times what the slowest attempt may take."""

POLL_S = 5.0
"""How long rows of other processes, and those that become due, may lie; our own new ones wake the worker."""

PLACES = 32
PLACES_PER_TARGET = 4
"""Attempts under way at once, in all and before a receiver is passed over. A receiver that hangs holds at most
twice its places less one, because that many may be claimed together."""

log = structlog.get_logger(__name__)


class DeliveryWorker:
    """Delivers a database's outbox. `run` it as a task; `wake` it after a commit that put rows in."""

    def __init__(
        self,
        db: Database,
        senders: Mapping[str, Sender],
        *,
        clock: Callable[[], datetime],
        random: Callable[[], float],
        poll_s: float = POLL_S,
    ) -> None:
        """`senders` by the kind of target: `webhook`, `mail`; `random` returns numbers in [0, 1)."""
        self._db = db
        self._senders = senders
        self._clock = clock
        self._random = random
        self._poll_s = self._pause_s = poll_s
        self._news = asyncio.Event()
        self._outage = Outage()
        self._under_way: Counter[str] = Counter()

    def wake(self) -> None:
        """Look into the outbox now."""
        self._news.set()

    async def run(self) -> None:
        """Deliver for ever; cancel it to stop. What was under way is tried again when its claim is over."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._news.clear()
                for row in await self._claim_or_log():
                    group.create_task(self._deliver(row))
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._pause_s):
                        await self._news.wait()

    async def deliver_due(self) -> int:
        """Try once what is due now, as much as there are places for; return how many attempts that were."""
        rows = await self._claim()
        await asyncio.gather(*(self._deliver(row) for row in rows))
        return len(rows)

    async def _claim_or_log(self) -> list[OutboxRow]:
        try:
            rows = await self._claim()
        except StorageError as error:
            if self._outage.begins():
                log.warning("outbox.not_read", code=error.code, error=str(error))
            return []
        except (
            Exception
        ):  # one of the outermost loops: a database that is busy now must not end all deliveries
            log.exception("outbox.not_read")
            return []
        if self._outage.ends():
            log.info("outbox.read")
        return rows

    async def _claim(self) -> list[OutboxRow]:
        rows: list[OutboxRow] = []
        while (
            limit := min(PLACES - self._under_way.total(), PLACES_PER_TARGET)
        ) > 0 and await self._is_due():
            now = self._clock()
            full = [target for target, count in self._under_way.items() if count >= PLACES_PER_TARGET]
            async with self._db.write("outbox") as connection:
                claimed = await outbox.claim(
                    connection, now=now, until=now + CLAIM, limit=limit, skip_targets=full
                )
            if not claimed:
                break
            self._under_way.update(row.target for row in claimed)
            rows += claimed
        return rows

    async def _is_due(self) -> bool:
        # A look that only reads: a worker with nothing to do must not queue up with those who write.
        async with self._db.read() as connection:
            due = await outbox.next_due(connection)
        left_s = (due - self._clock()).total_seconds() if due is not None else self._poll_s
        self._pause_s = min(left_s, self._poll_s) if left_s > 0 else self._poll_s
        return left_s <= 0

    async def _deliver(self, row: OutboxRow) -> None:
        try:
            outcome = await self._attempt(row)
            await self._settle(row, outcome)
        except Exception:  # one of the outermost loops: the claim runs out, and the row is tried again
            log.exception("delivery.failed", delivery=row.item_id, lead_event=row.event)
        finally:
            self._under_way[row.target] -= 1
            self._under_way += Counter()
            self._news.set()

    async def _attempt(self, row: OutboxRow) -> Outcome:
        kind, _, address = row.target.partition(":")
        sender = self._senders.get(kind)
        if sender is None:
            return Outcome(kind="failed", detail=_MISSING.get(kind, f"There is no way to send to {kind!r}."))
        parcel = Parcel(
            parcel_id=row.item_id,
            site_id=row.site_id,
            event=row.event,
            address=address,
            payload=row.payload,
        )
        return await sender.send(parcel, now=self._clock())

    async def _settle(self, row: OutboxRow, outcome: Outcome) -> None:
        now = self._clock()
        next_at = next_attempt_at(
            row.attempts, now=now, retry_after_s=outcome.retry_after_s, random=self._random
        )
        # What ends a receiver changes many rows; everything else, one.
        async with self._db.write(None if outcome.kind == "gone" else row.item_id) as connection:
            match outcome.kind:
                case "delivered":
                    await outbox.mark_delivered(connection, row.item_id, at=now)
                case "gone":
                    await outbox.dead_target(
                        connection, site_id=row.site_id, target=row.target, at=now, detail=outcome.detail
                    )
                case "failed" if next_at is not None:
                    await outbox.retry(connection, row.item_id, next_at=next_at, detail=outcome.detail)
                case _:
                    await outbox.dead(connection, row.item_id, at=now, detail=outcome.detail)
        _tell(row, outcome, is_last=next_at is None)


_MISSING = {
    "mail": "No mail server is configured: set FOYER_SMTP_HOST and FOYER_SMTP_FROM.",
    "webhook": "Webhooks are switched off here.",
}


def _tell(row: OutboxRow, outcome: Outcome, *, is_last: bool) -> None:
    # The address stays out of the log: a mail address is personal, a webhook's path may be its secret.
    words = {
        "delivery": row.item_id,
        "lead_event": row.event,
        "kind": row.target.partition(":")[0],
        "site": row.site_id,
        "attempt": row.attempts,
        "detail": outcome.detail,
    }
    match outcome.kind:
        case "delivered":
            log.info("delivery.done", **words)
        case "failed" if not is_last:
            log.warning("delivery.to_be_retried", **words)
        case _:
            log.error("delivery.given_up", **words)
