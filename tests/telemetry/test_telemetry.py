"""Numbers, lines of log and traces, each by itself."""

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.telemetry import Numbers, Traces, called_with, caller_of, set_up_logging
from tests.trace_collector import attributes_of, collecting

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    set_up_logging(level="info", as_json=True, stream=stream)
    yield stream
    structlog.reset_defaults()
    logging.basicConfig(level=logging.WARNING, force=True)


def test_a_label_never_takes_more_values_than_it_may() -> None:
    numbers = Numbers(["shop"])

    for n in range(500):
        numbers.error(f"code_{n}")
        numbers.request("GET", f"/made-up/{n}", 404, 0.01)
        numbers.replied(f"site_{n}", "faq")

    lines = numbers.render(backlog=0, parts={}).decode().splitlines()
    assert len([line for line in lines if line.startswith("foyer_errors_total")]) == 51
    assert len([line for line in lines if line.startswith("foyer_http_seconds_count")]) == 51
    assert 'foyer_replies_total{kind="faq",site="other"} 500.0' in lines


def test_several_processes_show_their_sum(tmp_path: Path) -> None:
    count = (
        "import os, sys; from pathlib import Path; from bot.telemetry import Numbers, share_numbers\n"
        "if 'PROMETHEUS_MULTIPROC_DIR' not in os.environ: share_numbers(Path(sys.argv[1]))\n"
        "numbers = Numbers(['shop']); numbers.replied('shop', 'faq')\n"
        "print(numbers.render(backlog=0, parts={}).decode())"
    )
    run = [sys.executable, "-c", count, str(tmp_path)]
    first = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    shared = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    second = subprocess.run(run, capture_output=True, text=True, check=True, env=shared).stdout

    assert 'foyer_replies_total{kind="faq",site="shop"} 1.0' in first
    assert 'foyer_replies_total{kind="faq",site="shop"} 2.0' in second


class Pieces(io.StringIO):
    """A stream that keeps what is written apart."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def write(self, text: str) -> int:
        self.pieces.append(text)
        return len(text)


def test_a_line_is_one_write_for_workers_share_the_stream() -> None:
    stream = Pieces()
    set_up_logging(level="info", as_json=True, stream=stream)

    structlog.get_logger().info("turn.kept", message_id="m1")
    logging.getLogger("library").error("it broke")

    structlog.reset_defaults()
    logging.basicConfig(level=logging.WARNING, force=True)
    assert [(json.loads(piece)["event"], piece[-1]) for piece in stream.pieces] == [
        ("turn.kept", "\n"),
        ("it broke", "\n"),
    ]


def test_contacts_are_masked_wherever_an_error_quotes_them(log: io.StringIO) -> None:
    try:
        raise ValueError("cannot store 'Jo, jo.miller@shop.example, (030) 1234 5678'")  # noqa: TRY301
    except ValueError:
        structlog.get_logger().exception("turn.failed", conversation_id="c_20261121_1234567890")
        logging.getLogger("uvicorn.error").exception("bad call to %s", "+49 170 1234567")

    own, foreign = (json.loads(line) for line in log.getvalue().splitlines())
    assert own["conversation_id"] == "c_20261121_1234567890"
    assert "ValueError" in own["exception"]
    assert foreign["event"].startswith("bad call to")
    for private in ("jo.miller", "1234 5678", '1234567"'):
        assert private not in log.getvalue()


@pytest.mark.parametrize(
    ("header", "trace"),
    [
        (f"00-{TRACE}-00f067aa0ba902b7-01", TRACE),
        (f"01-{TRACE}-00f067aa0ba902b7-01-more", TRACE),
        (f"00-{TRACE}-00f067aa0ba902b7-01-more", None),
        (f"ff-{TRACE}-00f067aa0ba902b7-01", None),
        (f"00-{TRACE}-{'0' * 16}-01", None),
        ("00-" + "0" * 32 + "-00f067aa0ba902b7-01", None),
        (f"00-{TRACE.upper()}-00f067aa0ba902b7-01", None),
        (f"00-{TRACE}-00f067aa0ba902b7-01\n", None),
        ("", None),
    ],
)
def test_a_caller_may_say_which_trace_it_is_part_of(header: str, trace: str | None) -> None:
    found = caller_of(header).trace_id

    assert found == trace if trace else (found != TRACE and len(found) == 32)


def test_tracing_that_is_not_configured_imports_nothing() -> None:
    script = (
        "import sys; from bot.telemetry import Traces\n"
        "with Traces().span('turn'): pass\n"
        "print(any(name.startswith('opentelemetry') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


def test_a_span_that_fails_names_the_kind_of_its_error_and_none_of_its_words() -> None:
    def keep() -> None:
        with (
            called_with(f"00-{TRACE}-00f067aa0ba902b7-01"),
            structlog.contextvars.bound_contextvars(conversation_id="c1", text="jo.miller@shop.example"),
            traces.span("keep"),
        ):
            raise ValueError("cannot store 'jo.miller@shop.example'")

    with collecting() as collector:
        traces = Traces(collector.url)
        with pytest.raises(ValueError, match="cannot store"):
            keep()
        traces.close()

    [span] = collector.of_trace(TRACE)
    assert attributes_of(span) == {"conversation_id": "c1", "error.type": "ValueError"}
    assert span.parent_span_id.hex() == "00f067aa0ba902b7"
    assert span.status.code == span.status.STATUS_CODE_ERROR
    assert "jo.miller" not in str(span)
