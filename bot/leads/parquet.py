"""A lead list as Parquet, a row group for every few thousand leads. Needs the extra `parquet` (pyarrow)."""

import io
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from bot.domain.cells import clean
from bot.domain.errors import ConfigurationError
from bot.leads.profiles import Cell, Column, Form

GROUP_ROWS = 5_000
"""Rows of a row group: what is held in memory at a time."""


def check_parquet() -> None:
    """Check that Parquet can be written here.

    Raises:
        ConfigurationError: pyarrow is not installed; the sentence says how to install it.
    """
    # Arrow's own allocator keeps twenty megabytes more than it needs; it is chosen when arrow is first imported.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    try:
        import pyarrow.parquet  # noqa: F401 - only whether it is there
    except ImportError:
        raise ConfigurationError(
            "Parquet needs the extra `parquet`: pip install 'foyer[parquet]'. CSV, XLSX and JSONL need nothing."
        ) from None


class ParquetFile:
    """A Parquet file on its way: what it holds is taken from it while it is written."""

    def __init__(self, columns: Sequence[Column]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._columns = columns
        self._sink = io.BytesIO()
        self._schema = pa.schema([pa.field(column.name, _type(column)) for column in columns])
        # What is drained from the sink is gone, so pyarrow must count the bytes itself.
        self._writer = pq.ParquetWriter(pa.PythonFile(_Forward(self._sink), mode="w"), self._schema)
        self._batches: list[Any] = []
        self._waiting = 0

    def add(self, rows: Iterable[list[Cell]]) -> bytes:
        """Add rows; return the bytes of the file that are finished."""
        batch = self._batch(list(rows))
        self._batches.append(batch)
        self._waiting += batch.num_rows
        if self._waiting >= GROUP_ROWS:
            self._write()
        return self._drain()

    def finish(self) -> bytes:
        """Return the last bytes of the file."""
        if self._waiting:
            self._write()
        self._writer.close()
        return self._drain()

    def _batch(self, rows: Sequence[Sequence[Cell]]) -> Any:
        """Return the rows as columns of Arrow, which take a tenth of what they take as objects."""
        import pyarrow as pa

        arrays = [
            pa.array([_value(column, row[position]) for row in rows], _type(column))
            for position, column in enumerate(self._columns)
        ]
        return pa.record_batch(arrays, schema=self._schema)

    def _write(self) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.Table.from_batches(self._batches), row_group_size=self._waiting)
        self._batches.clear()
        self._waiting = 0

    def _drain(self) -> bytes:
        data = self._sink.getvalue()
        self._sink.seek(0)
        self._sink.truncate()
        return data


class _Forward(io.RawIOBase):
    """A file that only goes forward and tells how many bytes went through it."""

    def __init__(self, sink: io.BytesIO) -> None:
        self._sink = sink
        self._position = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def write(self, data: Any) -> int:
        written = self._sink.write(data)
        self._position += written
        return written


def _type(column: Column) -> Any:
    import pyarrow as pa

    match column.form:
        case Form.NUMBER:
            return pa.int64()
        case Form.DATE:
            return pa.timestamp("s", tz="UTC")
        case _:
            return pa.string()


def _value(column: Column, cell: Cell) -> Any:
    if isinstance(cell, int):
        return cell
    if not cell:
        return None
    return datetime.fromisoformat(cell) if column.form is Form.DATE else clean(cell)
