"""What is wrong in a file that people write: where, what, and how to mend it.

A `FilesError` carries every problem found; as text it is one sentence with the first of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `line` counts from 1; None where the whole file is meant."""

    file: Path
    line: int | None
    what: str

    def __str__(self) -> str:
        """Return `file:line: what`, the form that editors and terminals can jump to."""
        place = str(self.file) if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.what}"


class FilesError(ConfigurationError):
    """One or more problems in files that people write."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        more = len(self.problems) - 1
        also = f" (and {more} more; `foyer check` names {'it' if more == 1 else 'them all'})" if more else ""
        super().__init__(f"{self.problems[0]}{also}")
