"""Which trace a line of log and a span belong to, and spans for OpenTelemetry where an address for them is configured.

Lines and spans of the same work carry the same ids: the trace of the caller, or a new one, and the conversation and
message that are bound for the log. https://www.w3.org/TR/trace-context/
"""

import contextlib
import re
import secrets
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

from structlog.contextvars import bound_contextvars, get_contextvars

TRACEPARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
FIRST_VERSION, NO_VERSION = "00", "ff"
SAMPLED = 1
SENT_WITHIN_S = 2.0
"""A collector that is away holds up a stop no longer than this."""
IDS = ("conversation_id", "message_id")
"""What a span takes over of what is bound for the log."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The trace that work belongs to; of a caller that has a span in it, that span, and whether it is recorded."""

    trace_id: str
    span_id: str | None = None
    flags: int = SAMPLED


_caller: ContextVar[Caller | None] = ContextVar("caller", default=None)


def caller_of(traceparent: str) -> Caller:
    """Return the trace that a caller says it is part of, a new one where it says nothing that can be read."""
    found = TRACEPARENT.fullmatch(traceparent)
    if found is None or found[1] == NO_VERSION or found[2] == "0" * 32 or found[3] == "0" * 16:
        return Caller(secrets.token_hex(16))
    if found[1] == FIRST_VERSION and found[5] is not None:
        return Caller(secrets.token_hex(16))
    return Caller(found[2], found[3], int(found[4], 16))


@contextlib.contextmanager
def called_with(traceparent: str) -> Iterator[None]:
    """Have the lines of log and the spans of the block belong to the caller's trace, or to a new one."""
    caller = caller_of(traceparent)
    before = _caller.set(caller)
    try:
        with bound_contextvars(trace_id=caller.trace_id):
            yield
    finally:
        _caller.reset(before)


class Span(Protocol):
    """What may still be said of a span while it is open."""

    def update_name(self, name: str) -> None:
        """Call it something else."""

    def set_attribute(self, key: str, value: str | int) -> None:
        """Add an attribute: an id, a code or a count, never what somebody wrote."""


class Traces:
    """Opens spans; without an address, does nothing and imports nothing."""

    def __init__(self, endpoint: str | None = None) -> None:
        """Send spans to `endpoint`, an OTLP collector's gRPC address such as http://127.0.0.1:4317."""
        self._provider: Any = _provider(endpoint) if endpoint is not None else None
        self._tracer: Any = self._provider.get_tracer("foyer") if self._provider is not None else None

    @property
    def is_on(self) -> bool:
        """Whether anybody hears of spans."""
        return self._tracer is not None

    @contextlib.contextmanager
    def span(self, name: str, *, is_served: bool = False) -> Iterator[Span | None]:
        """Open a span for the block, in the trace and with the ids that its lines of log have.

        What fails leaves the name of its error: the words of one may quote what a visitor wrote.

        Args:
            name: what is done.
            is_served: whether it is a request of somebody else.
        """
        if self._tracer is None:
            yield None
            return
        from opentelemetry.trace import SpanKind, Status, StatusCode

        bound = get_contextvars()
        with self._tracer.start_as_current_span(
            name,
            context=_context(),
            kind=SpanKind.SERVER if is_served else SpanKind.INTERNAL,
            attributes={name: bound[name] for name in IDS if name in bound},
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield span
            except Exception as error:
                span.set_attribute("error.type", type(error).__name__)
                span.set_status(Status(StatusCode.ERROR))
                raise

    def close(self) -> None:
        """Send what is left."""
        if self._provider is not None:
            self._provider.shutdown()


def _context() -> Any:
    """Return the context of the caller's span where no span of ours is open; else, or without one, None."""
    from opentelemetry import trace

    caller = _caller.get()
    if caller is None or caller.span_id is None or trace.get_current_span().get_span_context().is_valid:
        return None
    far = trace.SpanContext(
        int(caller.trace_id, 16),
        int(caller.span_id, 16),
        is_remote=True,
        trace_flags=trace.TraceFlags(caller.flags),
    )
    return trace.set_span_in_context(trace.NonRecordingSpan(far))


def _provider(endpoint: str) -> Any:
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

    class Bound(RandomIdGenerator):
        """Gives a span that has no other above it the trace of the log."""

        def generate_trace_id(self) -> int:
            caller = _caller.get()
            return super().generate_trace_id() if caller is None else int(caller.trace_id, 16)

    resource = Resource.create({"service.name": "foyer"})
    provider = TracerProvider(resource=resource, id_generator=Bound())
    exporter = OTLPSpanExporter(
        endpoint=endpoint, insecure=endpoint.startswith("http://"), timeout=SENT_WITHIN_S
    )
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider
