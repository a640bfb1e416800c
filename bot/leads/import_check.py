"""A dry run of an importer: what it would refuse or spoil in a lead list, by row, column and rule.

It knows the rules of the profile (`bot.leads.profiles`), reads the file as the importer would, and holds one row at a
time. Rows are counted as a spreadsheet counts them: the header is row 1.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.cells import calculates
from bot.leads.profiles import Column, Form, Profile, exceeds
from bot.leads.profiles.profile import PATTERNS
from bot.store.seen import SeenTexts

BYTE_ORDER_MARK = "\ufeff"
BATCH_ROWS = 5_000
_FORMS = {
    Form.EMAIL: "is no e-mail address as importers take it; write name@example.com",
    Form.PHONE: "is no international phone number; write + and digits only, like +14155550123",
    Form.WEB: "is no web address; write https://…",
    Form.DATE: "is no date; write it like 2027-01-31",
    Form.NUMBER: "is no whole number; write digits only",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend. `row` is None where the whole file is meant, `column` where the whole row is.

    `rule` is one of `columns encoding rows required length format choice duplicate formula`.
    """

    row: int | None
    column: str | None
    rule: str
    what: str


class UnreadableListError(ValueError):
    """The file cannot be read as a list at all."""


def check_list(path: Path, profile: Profile) -> Iterator[Finding]:
    """Yield what the importer would refuse or spoil, in the order of the rows; nothing when all is well.

    Args:
        path: A .csv, .xlsx, .jsonl or .parquet file.
        profile: Whose importer.

    Raises:
        UnreadableListError: It is none of these, or damaged.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise UnreadableListError(f"{path.name}: no list; it must end in {', '.join(_READERS)}")
    rows = read(path)
    header = next(rows, [])
    yield from _check_header(header, profile)
    known = {name: position for position, name in enumerate(header)}
    n_rows = 0
    with SeenTexts() as seen:
        for n_rows, row in enumerate(rows, start=1):
            cells = {name: row[at] if at < len(row) else "" for name, at in known.items()}
            yield from _check_row(n_rows + 1, cells, profile, seen, is_csv=path.suffix.lower() == ".csv")
            if len(row) > len(header):
                what = f"has {len(row)} cells, the header {len(header)}; put cells with commas in quotes"
                yield Finding(row=n_rows + 1, column=None, rule="columns", what=what)
    if profile.max_rows is not None and n_rows > profile.max_rows:
        what = f"{n_rows} rows; {profile.name} takes {profile.max_rows} at once: split the list (--since, --segment)"
        yield Finding(row=None, column=None, rule="rows", what=what)


def _check_header(header: Sequence[str], profile: Profile) -> Iterator[Finding]:
    if header and header[0].startswith(BYTE_ORDER_MARK):
        what = "begins with a byte order mark, which becomes part of the first column's name; save without it"
        yield Finding(row=1, column=header[0].lstrip(BYTE_ORDER_MARK), rule="encoding", what=what)
    for name in dict.fromkeys(name for name in header if header.count(name) > 1):
        yield Finding(row=1, column=name, rule="columns", what="stands in the header twice; remove one")
    needed = [column.name for column in profile.columns if column.required]
    for name in needed:
        if name not in header:
            yield Finding(row=1, column=name, rule="columns", what="is missing; the importer insists on it")
    if profile.one_of and not set(profile.one_of) & set(header):
        what = f"none of {', '.join(profile.one_of)} is there; the importer insists on one"
        yield Finding(row=1, column=None, rule="columns", what=what)


def _check_row(
    row: int, cells: dict[str, str], profile: Profile, seen: SeenTexts, *, is_csv: bool
) -> Iterator[Finding]:
    for column in profile.columns:
        if column.name not in cells:
            continue
        for rule, what in _complaints(column, cells[column.name], is_csv=is_csv):
            yield Finding(row=row, column=column.name, rule=rule, what=what)
    if set(profile.one_of) & set(cells) and not any(cells.get(name) for name in profile.one_of):
        what = f"has none of {', '.join(profile.one_of)}; fill one or leave the row out"
        yield Finding(row=row, column=None, rule="required", what=what)
    if profile.unique and (value := cells.get(profile.unique)) and not seen.add(value.casefold()):
        what = f"{_shown(value)} is in the list already; keep one row for it"
        yield Finding(row=row, column=profile.unique, rule="duplicate", what=what)


def _complaints(column: Column, text: str, *, is_csv: bool) -> Iterator[tuple[str, str]]:
    if not text:
        if column.required:
            yield "required", "is empty; the importer insists on it"
        return
    if any("\ud800" <= char <= "\udfff" for char in text):
        yield "encoding", "is not UTF-8; save the file as UTF-8"
    if (what := _wrong_form(column.form, text)) is not None:
        yield "format", f"{_shown(text)} {what}"
    if column.choices and text not in column.choices:
        yield "choice", f"{_shown(text)} is not taken; it is one of {', '.join(column.choices)}"
    if exceeds(column, text):
        limit = f"{column.max_chars} characters" if column.max_chars else f"{column.max_bytes} bytes"
        yield "length", f"is longer than {limit}; shorten it"
    if is_csv and calculates(text):
        yield "formula", f"{_shown(text)} would be calculated by a spreadsheet; put ' before it"


def _wrong_form(form: Form, text: str) -> str | None:
    pattern = PATTERNS.get(form)
    if pattern is not None and not pattern.fullmatch(text):
        return _FORMS[form]
    return "goes over more than one line; put it on one" if form is Form.LINE and "\n" in text else None


def _shown(text: str) -> str:
    shown = ascii(text) if not text.isprintable() else repr(text)
    return shown if len(shown) <= 60 else f"{shown[:59]}…"


def _read_csv(path: Path) -> Iterator[list[str]]:
    # What is no UTF-8 comes out as half surrogates, which `_complaints` names by row and column.
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        try:
            yield from csv.reader(file, strict=True)
        except csv.Error as error:
            raise UnreadableListError(f"{path.name}: no CSV: {error}") from error


def _read_xlsx(path: Path) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise UnreadableListError(f"{path.name}: no XLSX: {error}") from error
    for row in rows:
        yield [_words(cell) for cell in row]


def _read_jsonl(path: Path) -> Iterator[list[str]]:
    header: list[str] = []
    with path.open(encoding="utf-8", errors="surrogateescape") as file:
        for number, line in enumerate(file, start=1):
            try:
                values = dict(json.loads(line))
            except ValueError as error:
                raise UnreadableListError(f"{path.name}: line {number} is no JSON object: {error}") from error
            if not header:
                header = list(values)
                yield header
            yield [_words(values.get(name)) for name in header]


def _read_parquet(path: Path) -> Iterator[list[str]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableListError(f"{path.name}: no Parquet: {error}") from error
    with file:
        yield file.schema_arrow.names
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                yield [_words(cell) for cell in row]


def _words(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case str():
            return cell
        case float() if cell.is_integer():
            return str(int(cell))
        case dict() | list():
            return json.dumps(cell, ensure_ascii=False)
        case _ if hasattr(cell, "isoformat"):
            return f"{cell.isoformat()[:19]}Z"
        case _:
            return str(cell)


_READERS = {".csv": _read_csv, ".xlsx": _read_xlsx, ".jsonl": _read_jsonl, ".parquet": _read_parquet}
