"""What the service tells its operators about itself: numbers, lines of log, traces. Ids, never contents.

Promises: a label takes one of a few values known beforehand; nothing that a visitor wrote gets into a number, and
addresses and numbers are masked in a log; tracing is imported only where it is configured.
"""

from bot.telemetry.logs import set_up_logging
from bot.telemetry.numbers import Numbers, forget_process, share_numbers
from bot.telemetry.outage import Outage
from bot.telemetry.traces import Span, Traces, called_with, caller_of

__all__ = [
    "Numbers",
    "Outage",
    "Span",
    "Traces",
    "called_with",
    "caller_of",
    "forget_process",
    "set_up_logging",
    "share_numbers",
]
