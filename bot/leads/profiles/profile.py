"""What a lead list looks like to the system that takes it in: its columns, their order, and the importer's rules.

The same rules write a list and check one (`bot.leads.import_check`), so that what we export can be imported.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.cells import calculates, clean
from bot.domain.mail_address import for_machines
from bot.store.lead_list import ListedLead

Cell = str | int
ELLIPSIS = "…"
"""What shortened text ends with, so that nobody takes it for the whole."""

EMAIL = re.compile(
    r"[A-Za-z0-9_][A-Za-z0-9._%+'&/-]*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
"""Narrower than the standard: importers refuse quoted and international addresses. A domain is in ASCII by then."""
PHONE = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
WEB = re.compile(r"https?://[^\s/]+\S*")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+Z)?", re.ASCII)
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,15}", re.ASCII)


class Form(StrEnum):
    """What the text of a cell has to look like. A LINE is text without line ends."""

    TEXT = "text"
    LINE = "line"
    EMAIL = "email"
    PHONE = "phone"
    WEB = "web"
    DATE = "date"
    NUMBER = "number"


PATTERNS = {
    Form.EMAIL: EMAIL,
    Form.PHONE: PHONE,
    Form.WEB: WEB,
    Form.DATE: DATE,
    Form.NUMBER: WHOLE_NUMBER,
}
"""The forms that are all or nothing: what does not match is no e-mail address, and half of one is none either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its header, and what the importer takes in it. Limits are None where there is none."""

    name: str
    form: Form = Form.TEXT
    required: bool = False
    max_chars: int | None = None
    max_bytes: int | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The list as one system takes it in.

    `cells` returns a lead's cells in the order of the columns, before limits; `values`, where given, returns the
    lead as JSON with values in their own shape. Of the columns `one_of`, one must be filled; what stands in
    `unique` (whatever its case) may stand there once. `is_strict` says that another system's rules hold: cells are made
    fit, and a lead that the system would refuse is left out and counted.
    """

    name: str
    columns: tuple[Column, ...]
    cells: Callable[[ListedLead], list[Cell]]
    values: Callable[[ListedLead], dict[str, Any]] | None = None
    one_of: tuple[str, ...] = ()
    unique: str | None = None
    max_rows: int | None = None
    is_strict: bool = True

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]

    def position(self, name: str) -> int:
        """Return where the column of that name stands."""
        return self.header.index(name)


def fit(column: Column, text: str) -> str:
    """Return `text` as the importer takes it in that column; shortened text ends in "…", what cannot be is "".

    An address or a number that is not in form, or too long, is left out: half of it would be a wrong one.
    """
    text = clean(text)
    if column.form in PATTERNS:
        text = for_machines(text.strip()) if column.form is Form.EMAIL else text.strip()
        return text if PATTERNS[column.form].fullmatch(text) and not exceeds(column, text) else ""
    if column.form is Form.LINE:
        text = " ".join(text.split())
    guard = "'" if calculates(text) else ""
    if not exceeds(column, guard + text):
        return text
    shortened = text[: (column.max_chars or column.max_bytes or 0) - len(guard) - 1]
    while exceeds(column, f"{guard}{shortened}{ELLIPSIS}"):
        shortened = shortened[:-1]
    return shortened.rstrip() + ELLIPSIS


def exceeds(column: Column, text: str) -> bool:
    """Whether the importer would refuse or cut the text for its length."""
    if column.max_chars is not None and len(text.encode("utf-16-le", "replace")) // 2 > column.max_chars:
        return True
    return column.max_bytes is not None and len(text.encode("utf-8", "replace")) > column.max_bytes


def missing(profile: Profile, cells: Sequence[Cell]) -> str | None:
    """Say what an importer would miss in the row, None when it is complete."""
    for column, cell in zip(profile.columns, cells, strict=True):
        if column.required and cell == "":
            return f"no {column.name}"
    if profile.one_of and not any(cells[profile.position(name)] for name in profile.one_of):
        return f"none of {', '.join(profile.one_of)}"
    return None
