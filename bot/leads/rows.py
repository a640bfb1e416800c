"""From leads to the rows of a list: who may be in it, made fit for whoever takes it in, and counted.

Promises: nobody who did not agree to be contacted is in any list; what is left out or shortened is counted by reason.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from bot.domain.conversation import Consent
from bot.leads.profiles import Cell, Form, Profile, fit, missing
from bot.store.lead_list import ListedLead
from bot.store.seen import SeenTexts

RowT = TypeVar("RowT")
_GIVEN = Consent.GIVEN.value
NO_CONSENT = "without consent"
DOUBLE = "with an address that a better lead in the list has"


@dataclass(slots=True)
class Tally:
    """What became of the leads: rows written, leads left out by reason, texts shortened. Grows while a list is made."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    shortened: int = 0


class Sieve:
    """Makes the rows of one list. `seen` keeps the addresses that a system takes once only.

    `outdone` are the ids of the leads that give way to a better one of the same address; `left` is told the id of each
    lead that is left out.
    """

    def __init__(
        self,
        profile: Profile,
        tally: Tally,
        seen: SeenTexts,
        outdone: SeenTexts,
        left: SeenTexts | None = None,
    ) -> None:
        self._profile = profile
        self._tally = tally
        self._seen = seen
        self._outdone = outdone
        self._left = left
        column = profile.columns[profile.position(profile.unique)] if profile.unique else None
        self._once = profile.position(column.name) if column and column.form is Form.EMAIL else None

    def cells(self, leads: Iterable[ListedLead]) -> Iterator[list[Cell]]:
        """Return the row of each lead that may be in the list."""
        if not self._profile.is_strict:
            return self._agreed(leads, self._profile.cells)
        return self._fitting(self._best(leads))

    def values(self, leads: Iterable[ListedLead]) -> Iterator[dict[str, object]]:
        """Yield each lead as JSON: values in their own shape, or the cells by their names."""
        if self._profile.values is not None:
            yield from self._agreed(leads, self._profile.values)
        else:
            header = self._profile.header
            for row in self.cells(leads):
                yield dict(zip(header, row, strict=True))

    def _agreed(self, leads: Iterable[ListedLead], shape: Callable[[ListedLead], RowT]) -> Iterator[RowT]:
        for lead in leads:
            if lead.consent == _GIVEN:
                self._tally.rows += 1
                yield shape(lead)
            else:
                self._tally.left_out[NO_CONSENT] += 1

    def _fitting(self, leads: Iterable[ListedLead]) -> Iterator[list[Cell]]:
        for lead in leads:
            for row in map(self._fit, self._agreed((lead,), self._profile.cells)):
                if self._is_wanted(row):
                    yield row
                elif self._left is not None:
                    self._left.add(lead.lead_id)

    def _best(self, leads: Iterable[ListedLead]) -> Iterator[ListedLead]:
        for lead in leads:
            if lead.lead_id in self._outdone:
                self._tally.left_out[DOUBLE] += 1
                if self._left is not None:
                    self._left.add(lead.lead_id)
            else:
                yield lead

    def _fit(self, row: list[Cell]) -> list[Cell]:
        return [
            cell if isinstance(cell, int) else fit(column, cell)
            for column, cell in zip(self._profile.columns, row, strict=True)
        ]

    def _is_wanted(self, row: list[Cell]) -> bool:
        reason = missing(self._profile, row)
        if reason is None and self._once is not None and (address := str(row[self._once])):
            reason = None if self._seen.add(address.casefold()) else DOUBLE
        if reason is None:
            self._tally.shortened += sum(isinstance(cell, str) and cell.endswith("…") for cell in row)
            return True
        self._tally.rows -= 1
        self._tally.left_out[reason] += 1
        return False
