"""Office files are zip archives: what such an archive may hold before a parser is let near it.

Promises: sizes are judged by what is said to be inside, before anything is unpacked; what lies about its size
meets the memory limit of the parsing child.
"""

import io
import stat
import zipfile
import zlib

from knowledge.errors import UnreadableSourceError
from knowledge.limits import MIB, Limits

OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # the container of Word and Excel before 2007, and of files with a password
SMALL_BYTES = MIB  # below it a high ratio says only that a table repeats itself
PROLOGUE_BYTES = 65_536  # a document type stands at the top of an XML file
ENCRYPTED_FLAG = 0x1
BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError, RuntimeError)


def check_archive(content: bytes, *, limits: Limits, code: str) -> None:
    """See that an office file is a sound archive within the limits.

    Args:
        content: the file.
        limits: what it may hold.
        code: the failure's code when it is no archive.

    Raises:
        UnreadableSourceError: it is encrypted, broken, too large or none that an office program writes.
    """
    if content.startswith(OLD_OFFICE):
        raise UnreadableSourceError(
            "encrypted", "The file has a password or an old format; save it without, as .docx or .xlsx."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, len(content), limits)
            for entry in entries:
                _check_entry(entry)
                _check_prologue(archive, entry)
    except BROKEN as error:
        raise UnreadableSourceError(code, "The file is damaged or of another kind; save it again.") from error


def _check_sizes(entries: list[zipfile.ZipInfo], size_bytes: int, limits: Limits) -> None:
    if len(entries) > limits.archive_entries:
        raise UnreadableSourceError(
            "too_large",
            f"The file holds {len(entries)} parts, the limit is {limits.archive_entries}; split it.",
        )
    unpacked = sum(entry.file_size for entry in entries)
    is_dense = unpacked > max(SMALL_BYTES, size_bytes * limits.unpacked_ratio)
    if unpacked > limits.unpacked_bytes or is_dense:
        raise UnreadableSourceError(
            "too_large", f"The file unpacks from {size_bytes} to {unpacked} bytes; split it or save it again."
        )


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & ENCRYPTED_FLAG:
        raise UnreadableSourceError("encrypted", "The file has a password; save it without.")
    parts = entry.filename.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or ":" in parts[0] or stat.S_ISLNK(entry.external_attr >> 16):
        raise UnreadableSourceError(
            "unsafe_archive", f"The file's part {entry.filename[:80]!r} leads out of it; save it again."
        )


def _check_prologue(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse document types: no office program writes one, and entities live in nothing else."""
    if not entry.filename.lower().endswith((".xml", ".rels")):
        return
    with archive.open(entry) as part:
        prologue = part.read(PROLOGUE_BYTES).replace(b"\0", b"")
    if b"<!doctype" in prologue.lower():
        raise UnreadableSourceError(
            "unsafe_archive", f"The file's part {entry.filename[:80]!r} declares entities; save it again."
        )
