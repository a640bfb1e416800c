"""The lead list as a file: CSV, XLSX, JSONL or Parquet, written while it is read, in constant memory.

CSV: RFC 4180, UTF-8, lines end in CRLF. There is no byte order mark, because importers (and Python's own
reader) take it for part of the first column's name; `bom` adds one for Excel, which else reads a file that is
opened by a double click in the computer's old code page. For Excel prefer XLSX.
XLSX: every cell is typed text, the score a number. What does not fit a cell goes on in the sheet "Continued".
JSONL: one object a line, the same names, values in their own shape. Parquet: numbers and times typed, null where
nothing is known.
"""

import asyncio
import re
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import orjson

from bot.domain.cells import csv_line
from bot.domain.errors import BotError
from bot.leads.parquet import ParquetFile, check_parquet
from bot.leads.profiles import PROFILES, Form, Profile
from bot.leads.rows import Sieve, Tally
from bot.leads.workbook import LeadWorkbook
from bot.store.lead_list import ListedLead
from bot.store.seen import SeenTexts

CHUNK_BYTES = 64 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_SURROGATE = re.compile("[\ud800-\udfff]")

Block = Iterable[ListedLead]


class ExportError(BotError):
    """An export that cannot be made as asked; the command line exits 2, the web answers 422."""

    code = "export"


@dataclass(frozen=True, slots=True)
class Export:
    """A file on its way: what it is, what to call it, its bytes, and what became of the leads so far."""

    media_type: str
    filename: str
    chunks: AsyncIterator[bytes]
    tally: Tally


class Writer(Protocol):
    """A format: what a file begins with, what each block of leads adds, and what it ends with."""

    def begin(self) -> bytes:
        """Return what the file begins with."""

    def add(self, block: Block) -> bytes:
        """Return what the block adds to the file; nothing while it is kept for later."""

    def finish(self) -> Iterator[bytes]:
        """Yield the rest of the file."""


def export_stream(
    blocks: AsyncIterator[Block],
    *,
    profile: Profile,
    file_format: str,
    bom: bool = False,
    outdone: AsyncGenerator[str, None] | None = None,
    left: SeenTexts | None = None,
) -> Export:
    """Return the lead list as a file. Nothing is read before the first chunk is asked for.

    Args:
        blocks: The leads, in the order of the file, some hundred at a time.
        profile: Whose columns; see `bot.leads.profiles`.
        file_format: csv, xlsx, jsonl or parquet.
        bom: Begin a CSV with a byte order mark.
        outdone: The leads that give way where an address may stand once, by id; without it the first of a list stays.
        left: Is told the id of each lead that agreed and is left out all the same.

    Raises:
        ExportError: There is no such format.
        ConfigurationError: What writes Parquet is not installed.
    """
    check_export(file_format, profile.name)
    media_type, writer_for = _FORMATS[file_format]
    tally = Tally()
    mark = BYTE_ORDER_MARK if bom and file_format == "csv" else b""
    gives_way = outdone if profile.is_strict else None
    sieve_for = partial(Sieve, profile, tally, left=left)
    chunks = _chunks(blocks, profile, sieve_for, writer_for, mark=mark, outdone=gives_way)
    return Export(media_type, f"leads.{file_format}", chunks, tally)


def check_export(file_format: str, profile: str, *, has_drafts: bool = False) -> None:
    """Check that there is such a format and profile, and that it takes drafts where they are wanted.

    Raises:
        ExportError: There is not, or it does not; the sentence says what there is.
        ConfigurationError: What writes Parquet is not installed.
    """
    if file_format not in _FORMATS:
        raise ExportError(f"There is no export format {file_format!r}; choose one of {', '.join(_FORMATS)}.")
    if profile not in PROFILES:
        raise ExportError(f"There is no export profile {profile!r}; choose one of {', '.join(PROFILES)}.")
    if has_drafts and profile == "mailchimp":
        raise ExportError("Mailchimp takes texts of at most 255 bytes, and no draft is as short.")
    if file_format == "parquet":
        check_parquet()


async def _chunks(
    blocks: AsyncIterator[Block],
    profile: Profile,
    sieve_for: Callable[[SeenTexts, SeenTexts], Sieve],
    writer_for: Callable[[Profile, Sieve, Path], Writer],
    *,
    mark: bytes,
    outdone: AsyncGenerator[str, None] | None,
) -> AsyncIterator[bytes]:
    with (
        SeenTexts() as seen,
        SeenTexts() as gives_way,
        tempfile.TemporaryDirectory(prefix="foyer-export-") as folder,
        _one_thread() as in_thread,
    ):
        writer = writer_for(profile, sieve_for(seen, gives_way), Path(folder))
        if begin := mark + writer.begin():
            yield begin
        if outdone is not None:
            async with aclosing(outdone) as ids:
                async for lead_id in ids:
                    gives_way.add(lead_id)
        async for block in blocks:
            if chunk := await in_thread(writer.add, block):
                yield chunk
        last = await in_thread(writer.finish)
        while chunk := await in_thread(next, last, b""):
            yield chunk


@contextmanager
def _one_thread() -> Iterator[Callable[..., Awaitable[Any]]]:
    """Give what runs a function in a thread of the export's own, so that rows do not hold up conversations.

    Always the same one: each further thread of a pool keeps memory of its own.
    """
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="export")
    try:
        yield partial(asyncio.get_running_loop().run_in_executor, thread)
    finally:
        thread.shutdown(wait=False)


class _Csv:
    def __init__(self, profile: Profile, sieve: Sieve, folder: Path) -> None:  # noqa: ARG002 - one shape
        self._header = profile.header
        self._numbers = [n for n, column in enumerate(profile.columns) if column.form is Form.NUMBER]
        self._sieve = sieve

    def begin(self) -> bytes:
        return csv_line(self._header).encode()

    def add(self, block: Block) -> bytes:
        return "".join(map(self._line, self._sieve.cells(block))).encode()

    def _line(self, row: list[Any]) -> str:
        for place in self._numbers:
            row[place] = str(row[place])
        return csv_line(row)

    def finish(self) -> Iterator[bytes]:
        return iter(())


class _Jsonl:
    def __init__(self, profile: Profile, sieve: Sieve, folder: Path) -> None:  # noqa: ARG002 - one shape
        self._sieve = sieve

    def begin(self) -> bytes:
        return b""

    def add(self, block: Block) -> bytes:
        return b"".join(map(_json_line, self._sieve.values(block)))

    def finish(self) -> Iterator[bytes]:
        return iter(())


def _json_line(value: dict[str, object]) -> bytes:
    try:
        return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:  # half a surrogate pair
        return orjson.dumps(_without_surrogates(value), option=orjson.OPT_APPEND_NEWLINE)


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


class _Xlsx:
    """A workbook is a packed file: it lies in the folder until it is complete."""

    def __init__(self, profile: Profile, sieve: Sieve, folder: Path) -> None:
        self._sieve = sieve
        self._path = folder / "leads.xlsx"
        self._book = LeadWorkbook(self._path, profile.header)

    def begin(self) -> bytes:
        return b""

    def add(self, block: Block) -> bytes:
        self._book.add_rows(self._sieve.cells(block))
        return b""

    def finish(self) -> Iterator[bytes]:
        self._book.close()
        with self._path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk


class _Parquet:
    def __init__(self, profile: Profile, sieve: Sieve, folder: Path) -> None:  # noqa: ARG002 - one shape
        self._sieve = sieve
        self._file = ParquetFile(profile.columns)

    def begin(self) -> bytes:
        return b""

    def add(self, block: Block) -> bytes:
        return self._file.add(self._sieve.cells(block))

    def finish(self) -> Iterator[bytes]:
        yield self._file.finish()


_FORMATS: Mapping[str, tuple[str, Callable[[Profile, Sieve, Path], Writer]]] = {
    "csv": ("text/csv; charset=utf-8", _Csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _Xlsx),
    "jsonl": ("application/x-ndjson", _Jsonl),
    "parquet": ("application/vnd.apache.parquet", _Parquet),
}
FORMATS = tuple(_FORMATS)
"""The formats there are; Parquet needs its extra."""
MEDIA_TYPES = tuple(media_type for media_type, _ in _FORMATS.values())
