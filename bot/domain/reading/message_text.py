"""A message prepared for reading: plain text, its clauses, and what each part may be believed for.

Everything found in it keeps exact offsets of the text as it was written.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.domain.facts import FactState, ReadFact
from bot.domain.reading.addresses import without_addresses
from bot.domain.reading.clauses import Clause, plain, split_clauses
from bot.domain.reading.dates import DateSpan, find_dates
from bot.domain.reading.money import Money, find_money
from bot.domain.reading.ranges import Range, find_ranges
from bot.domain.slots import Slot

_GUESS = re.compile(
    r"\s*(?:(?:no\s+idea|not\s+sure|idk|dunno|i?\s*don'?t\s+know|h+m+|u+m+|keine\s+ahnung|ni\s+idea)[\s,.–-]+)?"
    r"(?:(?:maybe|about|around|perhaps|probably|like|say|roughly|"
    r"something\s+like)\s+)?[\w$€£.,~–-]*\d[\w$€£.,~–-]*(?:\s+\w+){0,2}\s*\?\s*",
    re.IGNORECASE,
)
_REACH = 90
_MOST_FINDINGS = 60
"""Nobody tells more in one message; a flood of digits must not cost more than a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageText:
    """A message and what is found in it; `told` has everything blanked that is no statement about the visitor.

    Dates, sums and figures are found, and `told` is legible, outside of addresses only.
    """

    written: str
    text: str
    told: str
    clauses: tuple[Clause, ...]
    dates: tuple[DateSpan, ...]
    sums: tuple[Money, ...]
    figures: tuple[Range, ...]
    now: datetime
    region: str
    asked: Slot | None = field(default=None)

    def clause_at(self, position: int) -> Clause | None:
        """Return the clause that covers a position."""
        return next((clause for clause in self.clauses if clause.start <= position < clause.end), None)

    def before(self, position: int, clause: Clause) -> str:
        """Return the words of a clause before a position, as far back as any rule looks."""
        return self.text[max(clause.start, position - _REACH) : position]

    def after(self, position: int, clause: Clause) -> str:
        """Return the words of a clause after a position, as far ahead as any rule looks."""
        return self.text[position : min(clause.end, position + _REACH)]

    def told_with_addresses(self) -> str:
        """Return what is told with its addresses legible, for companies that are called by theirs: "acme.io"."""
        return _keep(self.text, (clause for clause in self.clauses if clause.is_told))

    def is_asked(self, slot: Slot) -> bool:
        """Whether this slot's question was the one just put."""
        return self.asked is not None and self.asked.id == slot.id


def prepare(written: str, *, now: datetime, region: str, asked: Slot | None) -> MessageText:
    """Return a message ready for reading."""
    text = plain(written)
    if asked is not None and _GUESS.fullmatch(text):
        # "maybe 50?" guesses, it does not ask.
        text = text.replace("?", " ")
    legible = without_addresses(text)
    clauses = tuple(
        clause._replace(text=text[clause.start : clause.end]) for clause in split_clauses(legible)
    )
    return MessageText(
        written=written,
        text=text,
        told=_keep(legible, (clause for clause in clauses if clause.is_told)),
        clauses=clauses,
        dates=tuple(find_dates(legible)[:_MOST_FINDINGS]),
        sums=tuple(find_money(legible, region=region)[:_MOST_FINDINGS]),
        figures=tuple(find_ranges(legible)[:_MOST_FINDINGS]),
        now=now,
        region=region,
        asked=asked,
    )


def blanked(message: MessageText, *spans: tuple[int, int]) -> MessageText:
    """Return the message read again as if the spans were not there; every offset and the written words stay."""
    text = message.text
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    read = prepare(text, now=message.now, region=message.region, asked=message.asked)
    return replace(read, written=message.written)


def _keep(text: str, clauses: Iterable[Clause]) -> str:
    kept = [" "] * len(text)
    end = 0
    for clause in clauses:
        start = clause.start
        # What stands between two told clauses (a comma, a dash) belongs to both.
        if end and not text[end:start].strip(" ,;:()-–—.!\n"):
            start = end
        kept[start : clause.end] = text[start : clause.end]
        end = clause.end
    return "".join(kept)


def make_fact(  # noqa: PLR0913  (a fact has that many parts)
    message: MessageText, slot: Slot, span: tuple[int, int], extractor: str, *, value: Any = None,
    state: FactState = FactState.KNOWN, confidence: float = 0.9,
) -> ReadFact:  # fmt: skip
    """Return a fact with its verbatim words."""
    start, end = span
    raw = message.written[start:end]
    start += len(raw) - len(raw.lstrip())
    end -= len(raw) - len(raw.rstrip())
    return ReadFact(
        slot=slot.id,
        state=state,
        value=value if state is FactState.KNOWN else None,
        text=message.written[start:end],
        start=start,
        end=end,
        confidence=confidence,
        extractor=extractor,
    )
