"""An XLSX lead list, written row by row: typed text cells, never a formula, nothing cut without a word.

Text that does not fit a cell ends with a note and goes on in the sheet "Continued"; more leads than a sheet
can hold go on in the sheet "Leads 2".
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.cells import calculates, clean, parts_for_xlsx

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS = 1_048_576
"""Rows of a sheet, the header included: Excel's limit."""

CONTINUED = "Continued"
NOTE = " […goes on in the sheet “Continued”]"
COLUMN_WIDTH = 18


class LeadWorkbook:
    """A workbook that is written from top to bottom and closed once. Not for two threads at a time."""

    def __init__(self, path: Path, header: Sequence[str], *, max_rows: int = MAX_ROWS) -> None:
        """Begin the workbook at `path`; temporary files lie beside it. `max_rows` is lower in tests."""
        import xlsxwriter

        self._book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "tmpdir": str(path.parent),
            },
        )
        self._header = header
        self._max_rows = max_rows
        self._bold: Format = self._book.add_format({"bold": True, "num_format": "@"})
        self._text: Format = self._book.add_format({"num_format": "@"})
        # What Excel itself sets for text that begins like a formula: it stays text when the cell is edited.
        self._quoted: Format = self._book.add_format({"num_format": "@", "quote_prefix": True})
        self._n_sheets = 0
        self._sheet = self._add_sheet()
        self._row = 1
        self._continued: Worksheet | None = None
        self._continued_row = 1

    def add_rows(self, rows: Sequence[Sequence[str | int]]) -> None:
        """Add rows below those already there; the first cell of each names the lead."""
        for cells in rows:
            if self._row >= self._max_rows:
                self._sheet = self._add_sheet()
                self._row = 1
            for column, cell in enumerate(cells):
                if isinstance(cell, int):
                    self._sheet.write_number(self._row, column, cell)
                else:
                    self._write_text(column, cell, lead_id=str(cells[0]))
            self._row += 1

    def close(self) -> None:
        """Pack the file."""
        self._book.close()

    def _add_sheet(self) -> "Worksheet":
        self._n_sheets += 1
        sheet = self._book.add_worksheet("Leads" if self._n_sheets == 1 else f"Leads {self._n_sheets}")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(0, len(self._header) - 1), COLUMN_WIDTH)
        for column, name in enumerate(self._header):
            sheet.write_string(0, column, clean(name), self._bold)
        return sheet

    def _write_text(self, column: int, text: str, *, lead_id: str) -> None:
        first, *rest = parts_for_xlsx(text)
        if rest:
            first, *rest = parts_for_xlsx(text, room_for=NOTE)
            self._continue(lead_id, self._header[column], rest)
            first += NOTE
        if first:
            self._put(self._sheet, self._row, column, first)

    def _continue(self, lead_id: str, column_name: str, parts: Sequence[str]) -> None:
        if self._continued is None:
            self._continued = self._book.add_worksheet(CONTINUED)
            for column, name in enumerate(("lead_id", "column", "part", "text")):
                self._continued.write_string(0, column, name, self._bold)
        for number, part in enumerate(parts, start=2):
            if self._continued_row >= self._max_rows:
                raise OverflowError(f"the sheet {CONTINUED!r} is full; export with --since, or as CSV")
            self._put(self._continued, self._continued_row, 0, lead_id)
            self._put(self._continued, self._continued_row, 1, column_name)
            self._continued.write_number(self._continued_row, 2, number)
            self._put(self._continued, self._continued_row, 3, part)
            self._continued_row += 1

    def _put(self, sheet: "Worksheet", row: int, column: int, text: str) -> None:
        kind = self._quoted if calculates(text) else self._text
        if text.startswith("<r>"):
            # XlsxWriter takes a string from <r> to </r> for finished XML and writes it unescaped: a visitor
            # could write cells of their own. In pieces (three at least) it escapes each.
            outcome = sheet.write_rich_string(row, column, "<", "r", text[2:], kind)
        else:
            outcome = sheet.write_string(row, column, text, kind)
        assert outcome == 0, f"a cell was cut: {outcome}"
