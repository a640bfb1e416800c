"""Rows of Markdown tables, each said with the names of its columns."""

import re
from itertools import pairwise

from knowledge.plain import TABLE_RULE, cells_of
from knowledge.sentences import Span, trim

BAR = re.compile(r"(?<!\\)\|")


def describe_row(text: str, span: Span, lead: str = "") -> str | None:
    """Say a table's row as `Column: cell` pairs, to be found by; None when the span is no row below a header.

    Args:
        text: the text the row stands in.
        span: where the row is.
        lead: header and rule of a table whose further rows `text` begins with.
    """
    named = cells_by_column(text, span, lead)
    return ", ".join(_pair(name, cell) for name, cell in named) if named else None


def say_row(text: str, span: Span, lead: str = "") -> str | None:
    """Say a table's row as people would: what it is about, then the columns; None as for `describe_row`.

    `| Pro | €29 | 10 |` below `| Plan | Price | Users |` is "Pro — Price: €29, Users: 10".
    """
    named = cells_by_column(text, span, lead)
    if not named:
        return None
    (_, subject), *others = named
    if not others or not any(letter.isalpha() for letter in subject):
        return ", ".join(_pair(name, cell) for name, cell in named)
    return f"{subject} — " + ", ".join(_pair(name, cell) for name, cell in others)


def header_of(text: str, span: Span, lead: str = "") -> str | None:
    """Return the header line above a row, None when the span is no row below a header."""
    start, end = span
    row = text[start:end]
    if "|" not in row or "\n" in row:
        return None
    lines = f"{lead}\n{text[:start]}".strip("\n").split("\n")
    for at in range(len(lines) - 1, 0, -1):
        if _is_rule(lines[at]) and "|" in lines[at - 1]:
            return lines[at - 1]
        if "|" not in lines[at]:
            return None
    return None


def cells_by_column(text: str, span: Span, lead: str = "") -> tuple[tuple[str, str], ...] | None:
    """Return a table's row as `(column, cell)`, empty cells left out; None when the span is no row below a header."""
    header = header_of(text, span, lead)
    if header is None:
        return None
    pairs = zip(cells_of(header), cells_of(text[slice(*span)]), strict=False)
    return tuple((name, cell) for name, cell in pairs if cell)


def cell_spans(text: str, row: Span) -> list[Span]:
    """Return where the cells of a row stand, without the bars and the white space around them."""
    start, end = row
    bars = [found.start() for found in BAR.finditer(text, start, end)]
    edges = [start - 1, *bars, end]
    cells = (trim(text, (left + 1, right)) for left, right in pairwise(edges))
    return [(left, right) for left, right in cells if left < right]


def _pair(name: str, cell: str) -> str:
    return f"{name}: {cell}" if name else cell


def _is_rule(line: str) -> bool:
    return "-" in line and bool(TABLE_RULE.match(line))
