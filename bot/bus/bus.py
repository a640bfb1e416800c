"""What every bus does. Two ship: one of a single process, and one that tells other processes too."""

from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.bus.memory import Subscription
from bot.domain.conversation import Author, ConversationStatus, Message, MessageId


class Bus(Protocol):
    """Passes news on to everybody who subscribed to its topic, a conversation or a visitor. Nothing ever waits."""

    def subscribe(self, topic: str) -> AbstractAsyncContextManager[Subscription]:
        """Hear everything that is published on the topic while the block runs."""

    def listen(self, topic: str, on_arrival: Callable[[], None] | None = None) -> Subscription:
        """Hear everything that is published on the topic from now on, until `leave`; `on_arrival` may not wait."""

    def leave(self, topic: str, subscription: Subscription) -> None:
        """Hear nothing more."""

    def publish(self, topic: str, head_seq: int, message: Message | None = None) -> None:
        """Tell that there are stored messages up to `head_seq`, of which `message` is the last. Commit first."""

    def publish_delta(self, topic: str, *, in_reply_to: MessageId, n: int, text: str) -> None:
        """Pass on words of a reply being written."""

    def publish_typing(self, topic: str, *, author: Author) -> None:
        """Tell that somebody is writing."""

    def publish_status(self, topic: str, status: ConversationStatus) -> None:
        """Tell who answers from now on. Commit first."""

    def publish_erased(self, topic: str) -> None:
        """Tell that the visitor was erased. Commit first."""

    def publish_masked(self, topic: str) -> None:
        """Tell that words were taken out of messages that are known already. Commit first."""

    def publish_lead(self, topic: str) -> None:
        """Tell that more is known of the visitor. Commit first."""

    def publish_roll_call(self, topic: str) -> None:
        """Have every socket find out whether its client is still there."""

    def publish_busy(self, message_ids: Collection[MessageId]) -> None:
        """Tell that this process is at the turns of these messages."""
