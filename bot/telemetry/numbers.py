"""Counters and timers for Prometheus, in one place.

Of several processes each counts for itself, into files of a folder they share, and any of them shows the sum.
"""

import contextlib
import os
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

Among = Literal["livesum", "livemostrecent", "livemin"]

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""What the client library looks for when it is imported."""
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
MOST_VALUES = 50
"""Different values of one label; what comes after them is counted as `other`."""
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SIZES = (1, 2, 4, 8, 16, 32, 64)


def share_numbers(folder: Path) -> None:
    """Have this process and those it starts count into a folder. Call it before anything is counted."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("*.db"):
        left.unlink()
    os.environ[SHARED_FOLDER] = str(folder)


def forget_process(pid: int) -> None:
    """Leave what a process that ended had open, or was ready for, out of the sum; what it counted stays."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(pid)  # type: ignore[no-untyped-call]


class Numbers:
    """Everything that is counted. Methods may be called from any thread."""

    def __init__(self, sites: Collection[str]) -> None:
        """Begin to count; `sites` are those that may stand in a label."""
        from prometheus_client import CollectorRegistry

        self._values: dict[str, set[str]] = {"site": set(sites)}
        self._registry = CollectorRegistry()
        self._often: dict[tuple[object, ...], Any] = {}
        self._stages = self._timer("foyer_turn_seconds", "Stages of a turn.", "stage")
        self._requests = self._timer("foyer_http_seconds", "Requests by route.", "method", "route", "status")
        self._shared = self._timer("foyer_commit_transactions", "Transactions of one commit.", buckets=SIZES)
        self._replies = self._counter("foyer_replies", "Replies by kind.", "site", "kind")
        self._answers = self._counter("foyer_answers", "Questions looked up.", "site", "kind", "source")
        self._errors = self._counter("foyer_errors", "Errors told, by code.", "code")
        self._frames = self._counter("foyer_frames", "Frames of sockets.", "direction", "type")
        self._closes = self._counter("foyer_socket_closes", "Closed sockets.", "code")
        self._deliveries = self._counter("foyer_deliveries", "Attempts to deliver.", "kind", "outcome")
        self._tokens = self._counter("foyer_model_tokens", "Tokens of language models.", "site", "kind")
        self._paid = self._counter("foyer_model_cost", "What they cost, by currency.", "site", "currency")
        self._guessed = self._counter("foyer_model_estimated", "Calls that no provider counted.", "site")
        self._refused = self._counter("foyer_model_refused", "Calls over a budget.", "site", "whose")
        self._outcomes = self._counter(
            "foyer_model_outcomes", "What came of models.", "site", "of", "outcome"
        )
        self._sockets = self._gauge("foyer_sockets_open", "Open sockets.")
        self._waiting = self._gauge("foyer_embedding_queue", "Questions that are being looked up.")
        self._backlog = self._gauge(
            "foyer_outbox_pending", "What waits for delivery.", among="livemostrecent"
        )
        self._ready = self._gauge("foyer_ready", "Parts that can do their work.", "part", among="livemin")

    def _timer(self, name: str, about: str, *labels: str, buckets: Sequence[float] = SECONDS) -> Any:
        from prometheus_client import Histogram

        return Histogram(name, about, labels, buckets=buckets, registry=self._registry)

    def _counter(self, name: str, about: str, *labels: str) -> Any:
        from prometheus_client import Counter

        return Counter(name, about, labels, registry=self._registry)

    def _gauge(self, name: str, about: str, *labels: str, among: Among = "livesum") -> Any:
        """Make a gauge; `among` says how those of several processes become one."""
        from prometheus_client import Gauge

        return Gauge(name, about, labels, registry=self._registry, multiprocess_mode=among)

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage of a turn: `turn` is the whole, `read`, `think` and `keep` are within it."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self._at_hand(self._stages, name).observe(time.perf_counter() - begun)

    def replied(self, site_id: str, kind: str | None) -> None:
        """Count a reply that was kept."""
        self._replies.labels(self._one_of("site", site_id), self._one_of("kind", kind or "none")).inc()

    def answered(self, site_id: str, kind: str, *, is_remembered: bool) -> None:
        """Count a look into the documentation; its kind is `none` where nothing there answers."""
        source = "memory" if is_remembered else "search"
        self._answers.labels(self._one_of("site", site_id), self._one_of("kind", kind), source).inc()

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        """Count a question as waiting while the block runs."""
        with self._waiting.track_inprogress():
            yield

    def error(self, code: str) -> None:
        """Count an error that somebody was told."""
        self._errors.labels(self._one_of("code", code)).inc()

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Time a request by its route's template."""
        method, route = self._one_of("method", method), self._one_of("route", route)
        self._requests.labels(method, route, self._one_of("status", str(status))).observe(seconds)

    def frame(self, direction: str, kind: str) -> None:
        """Count a frame, `in` or `out`."""
        self._at_hand(self._frames, direction, self._one_of("type", kind)).inc()

    def socket_opened(self) -> None:
        """Count an open socket."""
        self._sockets.inc()

    def socket_closed(self, code: int | None) -> None:
        """Count it no more; None is a code that a client made up."""
        self._sockets.dec()
        self._closes.labels("other" if code is None else str(code)).inc()

    def delivered(self, kind: str, outcome: str) -> None:
        """Count an attempt to deliver."""
        self._deliveries.labels(self._one_of("kind", kind), outcome).inc()

    def model_used(
        self,
        site_id: str,
        *,
        input_tokens: int,
        cached_tokens: int,
        output_tokens: int,
        is_estimated: bool = False,
    ) -> None:
        """Count the tokens of a call; what the provider had kept is no `input`."""
        if is_estimated:
            self._guessed.labels(self._one_of("site", site_id)).inc()
        kinds = {"input": input_tokens - cached_tokens, "cached": cached_tokens, "output": output_tokens}
        for kind, tokens in kinds.items():
            self._tokens.labels(self._one_of("site", site_id), kind).inc(tokens)

    def model_paid(self, site_id: str, currency: str, *, micros: int) -> None:
        """Count what a call cost, in millionths of the currency."""
        site_id, currency = self._one_of("site", site_id), self._one_of("currency", currency)
        self._paid.labels(site_id, currency).inc(micros / 1e6)

    def model_refused(self, site_id: str, whose: str) -> None:
        """Count a call that was not made, by whose budget it would have exceeded."""
        self._refused.labels(self._one_of("site", site_id), whose).inc()

    def model_came_to(self, site_id: str, what: str, outcome: str) -> None:
        """Count what became of an answer, a sentence, facts or a question that a model was asked for."""
        site_id, outcome = self._one_of("site", site_id), self._one_of("outcome", outcome)
        self._outcomes.labels(site_id, what, outcome).inc()

    def committed(self, transactions: int) -> None:
        """Count a commit by how many transactions it kept."""
        self._shared.observe(transactions)

    def render(self, *, backlog: int, parts: Mapping[str, bool]) -> bytes:
        """Return everything as Prometheus reads it.

        Args:
            backlog: deliveries that wait.
            parts: each part of the service, and whether it can do its work.
        """
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        self._backlog.set(backlog)
        for part, is_ready in parts.items():
            self._ready.labels(part).set(is_ready)
        if SHARED_FOLDER not in os.environ:
            return bytes(generate_latest(self._registry))
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return bytes(generate_latest(together))

    def _at_hand(self, numbers: Any, *labels: str) -> Any:
        """Return the number of these few labels, which counts at every turn: the library's own look-up takes longer."""
        key = (id(numbers), *labels)
        found = self._often.get(key)
        if found is None:
            found = self._often[key] = numbers.labels(*labels)
        return found

    def _one_of(self, label: str, value: str) -> str:
        """Return the value, or `other` when a label would get too many: what is counted must not fill the memory."""
        known = self._values.setdefault(label, set())
        if value in known:
            return value
        if label == "site" or len(known) >= MOST_VALUES:
            return "other"
        known.add(value)
        return value
