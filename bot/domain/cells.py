"""What may stand in a cell of a spreadsheet: text that no program calculates, complete, and importable again.

CSV: text that a spreadsheet would calculate gets a leading `'` (OWASP ASVS 1.2.10). To undo it, remove one
leading `'` where the rest would calculate: that is `restore`. A valid E.164 phone and a plain number stay.
XLSX: cells are typed as text, so nothing is prefixed; text over the format's limit is split, never cut.
Both: control characters go, except tab and line feed; a lone surrogate becomes U+FFFD.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

XLSX_CELL_UNITS = 32_767
"""Excel's limit for one cell, in UTF-16 code units."""

_PHONE = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)
_TRIGGERS = frozenset("=+-@|")
_BETWEEN = "~"
_RISKY = re.compile(
    r"~[^0-9A-Za-z~\u00c0-\u024f]"
    r"(?:(?<=\+)(?![1-9][0-9]{6,14}~)|(?<=-)(?![0-9]{1,15}(?:\.[0-9]{1,15})?~)|(?<![+-]))"
)
"""A cell that begins with no letter or digit and is no phone and no number: it is looked at again, at leisure."""
_MINUS_SIGN = "\N{MINUS SIGN}"  # NFKC keeps it apart from the hyphen, some spreadsheets do not
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return `text` without control characters; line ends become a line feed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", _SURROGATE.sub("\ufffd", text))


def calculates(text: str) -> bool:
    """Return whether a spreadsheet might take `text` for something to calculate.

    Leading blanks and invisible characters are looked through; full-width and small forms count as what they
    mean.
    """
    if _PHONE.fullmatch(text) or _NUMBER.fullmatch(text):
        return False
    if text[:1] in {"\t", "\r", "\0"}:
        return True
    seen = next((char for char in text if not _is_invisible(char)), "")
    return seen == _MINUS_SIGN or unicodedata.normalize("NFKC", seen)[:1] in _TRIGGERS


def for_csv(text: str) -> str:
    """Return `text` as a CSV cell that stays text."""
    cell = clean(text)
    return f"'{cell}" if calculates(cell) or _is_escaped(cell) else cell


def csv_line(cells: Sequence[str]) -> str:
    """Return a row as a line of CSV (RFC 4180): its cells stay text, in quotes only where they have to be."""
    joined = _joined(cells)
    if not _is_harmless(joined, len(cells)):
        return _written(map(for_csv, cells))
    if '"' in joined or len(cells) == 1:
        return _written(cells)
    # A harmless row has no line ends: only commas are left to look for, at a quarter of what the module takes.
    return ",".join([f'"{cell}"' if "," in cell else cell for cell in cells]) + "\r\n"


def are_harmless(cells: Sequence[str]) -> bool:
    """Whether all cells stay text in CSV as they are; False may mean that some have to be looked at one by one."""
    return _is_harmless(_joined(cells), len(cells))


def restore(cell: str) -> str:
    """Return the text that `for_csv` was given (without its control characters)."""
    return cell[1:] if _is_escaped(cell) else cell


def parts_for_xlsx(text: str, *, room_for: str = "") -> list[str]:
    """Return `text` in pieces that each fit an XLSX cell; a character is never torn apart.

    With `room_for`, the first piece leaves room for that note.
    """
    text = clean(text)
    limit = XLSX_CELL_UNITS - _units(room_for)
    if len(text) * 2 <= limit or _units(text) <= limit:
        return [text]
    parts: list[str] = []
    start = used = 0
    for index, char in enumerate(text):
        units = _units(char)
        if used + units > limit:
            parts.append(text[start:index])
            start, used, limit = index, 0, XLSX_CELL_UNITS
        used += units
    parts.append(text[start:])
    return parts


def _joined(cells: Sequence[str]) -> str:
    return f"{_BETWEEN}{_BETWEEN.join(cells)}{_BETWEEN}"


def _is_harmless(joined: str, count: int) -> bool:
    is_plain = joined.isprintable() and joined.count(_BETWEEN) == count + 1
    return is_plain and _RISKY.search(joined) is None


def _written(cells: Iterable[str]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def _is_invisible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in {"Cc", "Cf", "Zs", "Zl", "Zp"}


def _is_escaped(cell: str) -> bool:
    return cell.startswith("'") and calculates(cell.lstrip("'"))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
