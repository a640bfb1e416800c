"""What one file of a knowledge folder may cost to be read: bytes, entries, pages, memory and seconds."""

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds for one file; the last three hold for the process that reads it.

    `unpacked_ratio` is unpacked bytes for each packed byte. `reply_bytes` is what may come out of a file as JSON.
    """

    file_bytes: int = 25 * MIB
    html_bytes: int = 5 * MIB
    unpacked_bytes: int = 200 * MIB
    unpacked_ratio: int = 100
    archive_entries: int = 2_000
    pdf_pages: int = 2_000
    reply_bytes: int = 64 * MIB
    memory_bytes: int = 1_024 * MIB
    cpu_s: int = 60
    wall_s: float = 120.0


LIMITS = Limits()
