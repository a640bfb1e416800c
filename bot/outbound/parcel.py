"""What is sent to the world and what came of it: the vocabulary that senders and the outbox worker share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One event for one receiver.

    `parcel_id` stays the same over all attempts, so that a receiver can tell a repetition; `payload` is the
    whole body: `{"type", "timestamp", "data"}`. `address` is a URL or an e-mail address.
    """

    parcel_id: str
    site_id: str
    event: str
    address: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one attempt, with a sentence for the operator that holds nothing personal.

    `gone` means that the receiver wants nothing any more (HTTP 410); `refused` that trying again cannot help.
    `retry_after_s` is how long the receiver asked us to wait.
    """

    kind: Literal["delivered", "failed", "refused", "gone"]
    detail: str
    retry_after_s: float | None = None


class Sender(Protocol):
    """One way to reach a receiver: `WebhookSender` and `MailSender`."""

    async def send(self, parcel: Parcel, *, now: datetime) -> Outcome:
        """Try once. What the outside does is told in the outcome, never raised."""
        ...
