"""Which request a line of log belongs to, and spans for OpenTelemetry where an address for them is configured."""

import contextlib
import re
import secrets
from collections.abc import Iterator
from typing import Any

TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?")
"""https://www.w3.org/TR/trace-context/#traceparent-header"""


def trace_id_of(traceparent: str) -> str:
    """Return the trace that a caller says it is part of, a new one where it says nothing that can be read."""
    found = TRACEPARENT.fullmatch(traceparent)
    if found is None or set(found[1]) == {"0"}:
        return secrets.token_hex(16)
    return found[1]


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
    def span(self, name: str, **ids: str) -> Iterator[None]:
        """Open a span for the block, with ids as its attributes."""
        if self._tracer is None:
            yield
            return
        with self._tracer.start_as_current_span(name, attributes=ids):
            yield

    def close(self) -> None:
        """Send what is left."""
        if self._provider is not None:
            self._provider.shutdown()


def _provider(endpoint: str) -> Any:
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": "foyer"}))
    exporter = OTLPSpanExporter(endpoint=endpoint, insecure=endpoint.startswith("http://"))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider
