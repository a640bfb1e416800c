"""What is counted, logged and traced of each turn while the service runs."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

import structlog

from bot.domain.conversation import Message
from bot.settings import Environment, Site
from bot.telemetry import Numbers, Traces

log = structlog.get_logger(__name__)


class Watching:
    """The numbers and traces of one process."""

    def __init__(self, environment: Environment, sites: Sequence[Site]) -> None:
        self.numbers = Numbers([site.id for site in sites])
        self.traces = Traces(environment.otlp_endpoint)

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Time a stage of a turn."""
        return self._traced(name) if self.traces.is_on else self.numbers.stage(name)

    @contextmanager
    def _traced(self, name: str) -> Iterator[None]:
        with self.numbers.stage(name), self.traces.span(name):
            yield

    def note_reply(self, site_id: str, message: Message) -> None:
        """Count and log a reply that was kept."""
        self.numbers.replied(site_id, message.kind)
        log.info("turn.kept", site=site_id, message_id=message.message_id, kind=message.kind)

    def close(self) -> None:
        """Send what is left of the traces."""
        self.traces.close()
