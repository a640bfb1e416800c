"""One line an event, with the conversation and the trace it belongs to: ids, never contents.

What libraries say goes through the same form. Addresses and numbers are masked in every text: the message of an error
may quote what it failed on.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

MASKED = "•••"
ADDRESS = re.compile(r"[^\s@<>\"'(),:;]+@[^\s@<>\"'(),:;]+\.[^\s@<>\"'(),:;]+")
NUMBER = re.compile(r"(?<![\w.:-])\+?\(?\d[\d ()/.-]{6,}\d(?![\w:-])")
FREE_TEXTS = frozenset({"event", "error", "exception", "detail", "warning"})
"""What may hold somebody's words; everything else is an id, a count, a code or a time."""


def set_up_logging(*, level: str, as_json: bool, stream: TextIO | None = None) -> None:
    """Write lines to `stream`, standard error by default: JSON, or for a person who watches."""
    stream = stream or sys.stderr
    renderer: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask_contacts,
    ]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(stream),  # a line in one write: workers share the stream
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared[:-2],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                mask_contacts,
                renderer,
            ],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("uvicorn.error").addFilter(without_clients_mistakes)


def mask_contacts(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask e-mail addresses and telephone numbers in texts."""
    for name in FREE_TEXTS.intersection(line):
        line[name] = NUMBER.sub(MASKED, ADDRESS.sub(MASKED, str(line[name])))
    return line


def without_clients_mistakes(record: logging.LogRecord) -> bool:
    """Log a client's broken UTF-8, which uvicorn logs as a crash, without the traceback."""
    if record.exc_info and isinstance(record.exc_info[1], UnicodeDecodeError):
        record.exc_info = None
    return True
