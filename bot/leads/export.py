"""The lead list as a file: CSV, XLSX or JSONL, written while it is read, in constant memory.

CSV: RFC 4180, UTF-8, lines end in CRLF. There is no byte order mark, because importers (and Python's own
reader) take it for part of the first column's name; `bom` adds one for Excel, which else reads a file that is
opened by a double click in the computer's old code page. For Excel prefer XLSX.
XLSX: every cell is typed text, the score a number. What does not fit a cell goes on in the sheet "Continued".
JSONL: one object a line, the same names, values in their own shape.
"""

import asyncio
import csv
import io
import re
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import orjson

from bot.domain.cells import for_csv
from bot.domain.errors import BotError
from bot.domain.slots import Slot
from bot.leads.columns import LeadRecord, header, values_of, words_of
from bot.leads.workbook import LeadWorkbook

FileFormat = Literal["csv", "xlsx", "jsonl"]
CHUNK_BYTES = 64 * 1024
ROWS_AT_ONCE = 200
PROFILES = ("generic",)

_SURROGATE = re.compile("[\ud800-\udfff]")


class ExportError(BotError):
    """An export that cannot be made as asked; the command line exits 2, the web answers 422."""

    code = "export"


@dataclass(frozen=True, slots=True)
class Export:
    """A file on its way: what it is, what to call it, and its bytes."""

    media_type: str
    filename: str
    chunks: AsyncIterator[bytes]


def export_stream(
    records: AsyncIterator[LeadRecord],
    *,
    slots: Sequence[Slot],
    file_format: str,
    profile: str = "generic",
    bom: bool = False,
) -> Export:
    """Return the lead list as a file. Nothing is read before the first chunk is asked for.

    Args:
        records: The leads, in the order of the file.
        slots: The playbook's; each is three columns.
        file_format: csv, xlsx or jsonl.
        profile: Whose columns; generic.
        bom: Begin a CSV with a byte order mark.

    Raises:
        ExportError: There is no such format or profile.
    """
    check_export(file_format, profile)
    media_type, write = _FORMATS[file_format]
    chunks = _with_mark(write(records, slots)) if bom and file_format == "csv" else write(records, slots)
    return Export(media_type, f"leads.{file_format}", chunks)


def check_export(file_format: str, profile: str) -> None:
    """Check that there is such a format and profile.

    Raises:
        ExportError: There is not; the sentence names those that there are.
    """
    if file_format not in _FORMATS:
        raise ExportError(f"There is no export format {file_format!r}; choose one of {', '.join(_FORMATS)}.")
    if profile not in PROFILES:
        raise ExportError(f"There is no export profile {profile!r} yet; choose one of {', '.join(PROFILES)}.")


async def _csv(records: AsyncIterator[LeadRecord], slots: Sequence[Slot]) -> AsyncIterator[bytes]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header(slots))
    async for record in records:
        writer.writerow(cell if isinstance(cell, int) else for_csv(cell) for cell in words_of(record, slots))
        if buffer.tell() >= CHUNK_BYTES:
            yield _drain(buffer)
    yield _drain(buffer)


async def _jsonl(records: AsyncIterator[LeadRecord], slots: Sequence[Slot]) -> AsyncIterator[bytes]:
    lines = bytearray()
    async for record in records:
        lines += orjson.dumps(_without_surrogates(values_of(record, slots)), option=orjson.OPT_APPEND_NEWLINE)
        if len(lines) >= CHUNK_BYTES:
            yield bytes(lines)
            lines.clear()
    yield bytes(lines)


async def _xlsx(records: AsyncIterator[LeadRecord], slots: Sequence[Slot]) -> AsyncIterator[bytes]:
    with tempfile.TemporaryDirectory(prefix="foyer-export-") as folder:
        path = Path(folder) / "leads.xlsx"
        # Rows are formatted and the file is packed in threads: both would hold up every conversation.
        book = await asyncio.to_thread(LeadWorkbook, path, header(slots))
        async for rows in _batches(records, slots):
            await asyncio.to_thread(book.add_rows, rows)
        await asyncio.to_thread(book.close)
        with path.open("rb") as file:
            while chunk := await asyncio.to_thread(file.read, CHUNK_BYTES):
                yield chunk


async def _batches(
    records: AsyncIterator[LeadRecord], slots: Sequence[Slot]
) -> AsyncIterator[list[list[str | int]]]:
    rows: list[list[str | int]] = []
    async for record in records:
        rows.append(words_of(record, slots))
        if len(rows) >= ROWS_AT_ONCE:
            yield rows
            rows = []
    if rows:
        yield rows


async def _with_mark(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield b"\xef\xbb\xbf"
    async for chunk in chunks:
        yield chunk


def _drain(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _without_surrogates(value: Any) -> Any:
    match value:
        case str():
            return _SURROGATE.sub("\ufffd", value)
        case Mapping():
            return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
        case list() | tuple():
            return [_without_surrogates(item) for item in value]
        case _:
            return value


_FORMATS: Mapping[str, tuple[str, Callable[..., AsyncIterator[bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "jsonl": ("application/x-ndjson", _jsonl),
}
