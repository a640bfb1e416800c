"""Rows of CSV, XLSX, JSON and JSONL files as plain cells, each knowing where it stood.

Column names are lower case without spaces around them. Foreign errors end here as named failures.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.errors import UnreadableSourceError
from knowledge.limits import Limits
from knowledge.loaders.archive import check_archive
from knowledge.loaders.encoding import decode

Cell = str | tuple[str, ...]
DELIMITERS = ",;\t|"
LIST_COLUMNS = ("variants", "tags")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its place as people count, its cells ("" where empty), or what is wrong with it."""

    place: str
    cells: dict[str, Cell] = field(default_factory=dict)
    problem: str = ""

    def get(self, column: str) -> str:
        """Return a cell's text, "" when it is missing or empty."""
        cell = self.cells.get(column, "")
        return cell if isinstance(cell, str) else " ".join(cell)

    def values(self, column: str) -> Cell:
        """Return a cell as it was written: a text, or the parts of a JSON list."""
        return self.cells.get(column, "")


def words_of(cell: Cell, *, separators: str = "|;\n") -> tuple[str, ...]:
    """Return the entries of a list cell; a text is split at any of the separators."""
    parts: Iterable[str] = re.split(f"[{re.escape(separators)}]", cell) if isinstance(cell, str) else cell
    return tuple(part.strip() for part in parts if part.strip())


def read_csv(content: bytes, *, recognise: Callable[[Sequence[str]], object]) -> list[Row]:
    """Read a CSV file, by the first delimiter whose header is recognised, else the one that makes most columns."""
    text = decode(content).lstrip("\n")
    header_line = text.split("\n", 1)[0]
    headers = {d: _header(next(csv.reader([header_line], delimiter=d), [])) for d in DELIMITERS}
    widest = max(DELIMITERS, key=lambda delimiter: len(headers[delimiter]))
    delimiter = next((d for d in DELIMITERS if recognise(headers[d])), widest)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = _header(next(reader, []))
    rows: list[Row] = []
    try:
        for cells in reader:
            rows.append(_row_of_cells(f"row {len(rows) + 2}", header, cells))
    except csv.Error as error:
        rows.append(Row(f"row {len(rows) + 2}", problem=f"the CSV cannot be read further ({error})."))
    return rows


def read_xlsx(content: bytes, *, limits: Limits) -> list[list[Row]]:
    """Read the filled sheets of a workbook."""
    from python_calamine import CalamineError, CalamineWorkbook

    check_archive(content, limits=limits, code="broken_workbook")
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [(name, workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableSourceError(
            "broken_workbook", f"The workbook cannot be read ({error}); save it again."
        ) from error
    return [
        [
            _row_of_cells(f"sheet {name!r} row {number}", _header(table[0]), cells)
            for number, cells in enumerate(table[1:], start=2)
        ]
        for name, table in sheets
        if len(table) > 1
    ]


def read_json(content: bytes) -> list[Row]:
    """Read a JSON list of objects, or an object that holds one such list."""
    try:
        value: Any = json.loads(decode(content))
    except (ValueError, RecursionError) as error:
        raise UnreadableSourceError("broken_json", f"The file is not JSON ({error}).") from error
    if isinstance(value, dict):
        value = next((inner for inner in value.values() if isinstance(inner, list)), None)
    if not isinstance(value, list):
        raise UnreadableSourceError("broken_json", "The JSON must be a list of objects, one a row.")
    return [_row_of_object(f"row {number}", item) for number, item in enumerate(value, start=1)]


def read_jsonl(content: bytes) -> list[Row]:
    """Read one JSON object a line; a line that is none is a row with a problem."""
    rows: list[Row] = []
    for number, line in enumerate(decode(content).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            rows.append(_row_of_object(f"row {number}", json.loads(line)))
        except (ValueError, RecursionError) as error:
            rows.append(Row(f"row {number}", problem=f"the line is not JSON ({error})."))
    return rows


def _header(cells: Sequence[Any]) -> list[str]:
    return [_text(cell).lower() for cell in cells]


def _row_of_cells(place: str, header: list[str], cells: Sequence[Any]) -> Row:
    if any(_text(cell) for cell in cells[len(header) :]):
        return Row(
            place,
            problem=f"it has {len(cells)} cells under {len(header)} columns; quote cells with delimiters.",
        )
    filled = zip(header, map(_text, cells), strict=False)
    return Row(place, {name: text for name, text in filled if name})


def _row_of_object(place: str, item: Any) -> Row:
    if not isinstance(item, dict):
        return Row(place, problem="it is not an object with named columns.")
    cells: dict[str, Cell] = {}
    for key, value in item.items():
        name = str(key).strip().lower()
        if isinstance(value, list) and name in LIST_COLUMNS:
            cells[name] = tuple(_text(part) for part in value)
        elif isinstance(value, dict | list):
            return Row(place, problem=f"the column {name!r} must be a text.")
        else:
            cells[name] = _text(value)
    return Row(place, cells)


def _text(value: Any) -> str:
    """Return a cell as people would type it: whole numbers without a point, nothing for empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
