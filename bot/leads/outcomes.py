"""Outcomes from a sales system: which lead was won and which was lost, as a CSV file.

A row names its lead by `lead_id`, or by `email` where the lead has left that address; `outcome` says how it ended.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.errors import ConfigurationError
from bot.domain.mail_address import as_kept

OUTCOME_NAMES = ("outcome", "won", "status", "converted")
WON = frozenset({"won", "win", "yes", "true", "1", "closed won", "closedwon", "converted", "customer"})
LOST = frozenset({"lost", "loss", "no", "false", "0", "closed lost", "closedlost", "not converted"})
MAX_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How leads ended, by lead id and by e-mail address in small letters. `open_rows` have no end yet."""

    by_lead: Mapping[str, bool]
    by_email: Mapping[str, bool]
    rows: int
    open_rows: int

    def of(self, lead_id: str, email: str | None) -> bool | None:
        """Return whether the lead was won, None where the file does not say."""
        found = self.by_lead.get(lead_id)
        return self.by_email.get(as_kept(email)) if found is None and email is not None else found


def read_outcomes(path: Path) -> Outcomes:
    """Read the file; of two rows about one lead the later counts.

    Raises:
        ConfigurationError: it cannot be read, or a column or a word in it is none of ours.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigurationError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB; split it.")
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(csv.DictReader(file), path)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read ({error.strerror}).") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"{path} is no CSV file in UTF-8; save it as one.") from error


def _read(table: "csv.DictReader[str]", path: Path) -> Outcomes:
    names = {name.strip().lower(): name for name in table.fieldnames or () if name}
    outcome = next((names[name] for name in OUTCOME_NAMES if name in names), None)
    if outcome is None or not names.keys() & {"lead_id", "email"}:
        raise ConfigurationError(
            f"{path}:1: the columns `lead_id` (or `email`) and `outcome` are needed; there are "
            f"{', '.join(names) or 'none'}."
        )
    return _gather(table, names, outcome, path)


def _gather(
    table: Iterable[Mapping[str, str | None]], names: Mapping[str, str], outcome: str, path: Path
) -> Outcomes:
    by: dict[str, dict[str, bool]] = {"lead_id": {}, "email": {}}
    rows = open_rows = 0
    for line, row in enumerate(table, 2):
        ended = _ended(row.get(outcome) or "", f"{path}:{line}")
        rows += 1
        open_rows += ended is None
        for key, known in by.items():
            who = (row.get(names.get(key, "")) or "").strip()
            if who and ended is not None:
                known[as_kept(who) if key == "email" else who] = ended
    return Outcomes(by_lead=by["lead_id"], by_email=by["email"], rows=rows, open_rows=open_rows)


def _ended(cell: str, where: str) -> bool | None:
    word = " ".join(cell.lower().replace("_", " ").split())
    if word in WON or word in LOST:
        return word in WON
    if word in {"", "open"}:
        return None
    raise ConfigurationError(
        f"{where}: the outcome {cell!r} is neither won nor lost; write `won`, `lost` or nothing."
    )
