"""What is known of a lead as numbers that a logistic regression can weigh. Pure, and plain JSON when kept.

A number becomes hinges and steps at its quantiles, so that "more" need not always mean "better"; a word becomes one
column for each value that is common enough; what nobody said is a value of its own, never a zero.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

Known: TypeAlias = Mapping[str, float | str | None]
"""One lead: a number or a word for each column, None where nothing is known."""

PIECES = 8
"""Into how many parts a number's range is cut, about as many leads in each."""
LEADS_A_VALUE = 10
"""A word that fewer leads have is none to learn from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How one column is read: `knots` of a number, rising; or the `values` of a word. One of both is empty."""

    name: str
    knots: tuple[float, ...] = ()
    values: tuple[str, ...] = ()

    def read(self, value: float | str | None) -> Iterator[float]:
        """Yield the column's features for a value."""
        if not self.knots:
            yield from (float(value == one) for one in self.values)
            return
        is_known = isinstance(value, int | float)
        yield float(not is_known)
        low, high = self.knots[0], self.knots[-1]
        number = min(max(float(value), low), high) if isinstance(value, int | float) else low
        yield from (max(number - knot, 0.0) / (high - low) for knot in self.knots[:-1])
        inner = self.knots[1:-1]
        piece = sum(number >= knot for knot in inner)
        yield from (float(is_known and place == piece) for place in range(len(inner) + 1))

    def as_json(self) -> dict[str, Any]:
        """Return the column as it is kept."""
        return {"name": self.name, "knots": list(self.knots), "values": list(self.values)}


def columns_of(leads: Sequence[Known]) -> tuple[Column, ...]:
    """Choose how each column is read, from the leads to learn from; one that says the same of all is left out."""
    names = dict.fromkeys(name for lead in leads for name in lead)
    return tuple(column for name in names if (column := _column(name, leads)) is not None)


def features_of(columns: Sequence[Column], lead: Known) -> list[float]:
    """Return every column's features, one after another."""
    return [feature for column in columns for feature in column.read(lead.get(column.name))]


def widths(columns: Sequence[Column]) -> list[int]:
    """Return how many features each column has."""
    return [len(list(column.read(None))) for column in columns]


def _column(name: str, leads: Sequence[Known]) -> Column | None:
    said = [lead.get(name) for lead in leads]
    numbers = sorted(float(value) for value in said if isinstance(value, int | float))
    if numbers:
        knots = _knots(numbers)
        return Column(name=name, knots=knots) if len(knots) > 1 else None
    common = Counter(value for value in said if isinstance(value, str)).most_common()
    values = tuple(str(value) for value, leads_with in common if leads_with >= LEADS_A_VALUE)
    is_always = len(common) == 1 and common[0][1] == len(leads)
    return Column(name=name, values=values) if values and not is_always else None


def _knots(numbers: Sequence[float]) -> tuple[float, ...]:
    """Return the quantiles that cut the numbers into pieces, without repetitions."""
    last = len(numbers) - 1
    wanted = [_between(numbers, last * piece / PIECES) for piece in range(PIECES + 1)]
    return (wanted[0], *(after for before, after in pairwise(wanted) if after > before))


def _between(numbers: Sequence[float], place: float) -> float:
    low = int(place)
    high = min(low + 1, len(numbers) - 1)
    return numbers[low] + (numbers[high] - numbers[low]) * (place - low)
