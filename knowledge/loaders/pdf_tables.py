"""Tables of a PDF page, found by how their words are laid out: a PDF knows places, not rows and cells.

Promises: only three or more lines in a row with as many short cells each are taken for a table, so that text set in
columns stays text; nothing is added to the words.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

FEWEST_ROWS = 3  # with the header
LONGEST_CELL = 40  # characters
APART = 20.0  # points between the beginnings of two cells
SHOWING = (b"Tj", b"TJ", b"'", b'"')
GAP = re.compile(r"\s{2,}")


class Places:
    """Notes where words begin while a page is read: whether a look at its layout is worth the time."""

    def __init__(self) -> None:
        """Begin without any place."""
        self._lines: dict[int, tuple[float, float]] = {}

    def note(self, operator: bytes, _operands: Any, _matrix: Any, text_matrix: Sequence[float]) -> None:
        """Note one operator of the page's content."""
        if operator in SHOWING:
            left, height = float(text_matrix[4]), round(float(text_matrix[5]))
            first, last = self._lines.get(height, (left, left))
            self._lines[height] = min(first, left), max(last, left)

    @property
    def may_be_table(self) -> bool:
        """Say whether enough lines have words that begin apart from each other."""
        return sum(last - first >= APART for first, last in self._lines.values()) >= FEWEST_ROWS


def find_rows(layout: str) -> dict[str, str]:
    """Return the rows of the tables in a page laid out with spaces, as Markdown, by their words."""
    lines = (GAP.split(line.strip()) for line in layout.splitlines() if line.strip())
    return {
        " ".join(" ".join(cells).split()): "| "
        + " | ".join(cell.replace("|", "\\|") for cell in cells)
        + " |"
        for run in _runs(lines)
        if len(run) >= FEWEST_ROWS
        for cells in run
    }


def _runs(lines: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    run: list[list[str]] = []
    for cells in lines:
        is_row = len(cells) > 1 and all(len(cell) <= LONGEST_CELL for cell in cells)
        if run and not (is_row and len(cells) == len(run[0])):
            yield run
            run = []
        if is_row:
            run.append(cells)
    yield run
