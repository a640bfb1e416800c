"""Rows of Markdown tables, each said with the names of its columns."""

from knowledge.plain import TABLE_RULE, cells_of
from knowledge.sentences import Span


def describe_row(text: str, span: Span) -> str | None:
    """Say a table's row as `Column: cell` pairs; None when the span is no row below a header in this text."""
    pairs = cells_by_column(text, span)
    return None if pairs is None else ", ".join(f"{name}: {cell}" for name, cell in pairs)


def cells_by_column(text: str, span: Span) -> tuple[tuple[str, str], ...] | None:
    """Return a table's row as `(column, cell)`; None when the span is no row below a header in this text."""
    start, end = span
    row = text[start:end]
    if not row.startswith("|") or "\n" in row:
        return None
    lines = text[:start].rstrip("\n").split("\n")
    ruled = next(
        (at for at in range(len(lines) - 1, 0, -1) if not lines[at].startswith("|") or _is_rule(lines[at])), 0
    )
    if not ruled or not _is_rule(lines[ruled]):
        return None
    return tuple(zip(cells_of(lines[ruled - 1]), cells_of(row), strict=False))


def _is_rule(line: str) -> bool:
    return "-" in line and bool(TABLE_RULE.match(line))
