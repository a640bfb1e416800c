"""What an index run has to tell: how far it is, what changed, and the report at its end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from knowledge import LoadFailure


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an index run is: the share of the folder's bytes from 0 to 1, and the passages written."""

    share: float
    passages: int


OnProgress = Callable[[Progress], None]


@dataclass(slots=True, kw_only=True)
class Changes:
    """Documents against the version that serves."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    @property
    def is_none(self) -> bool:
        """Whether the serving version is still exactly right."""
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What an index run did, as `foyer index` prints it."""

    changes: Changes
    passages: int
    index_version: int
    seconds: float
    failures: tuple[LoadFailure, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the report in the contract's shape."""
        changes = self.changes
        return {
            "documents": {
                "added": changes.added,
                "changed": changes.changed,
                "removed": changes.removed,
                "unchanged": changes.unchanged,
                "failed": len(self.failures),
            },
            "passages": self.passages,
            "index_version": self.index_version,
            "seconds": round(self.seconds, 3),
            "failures": [{"source": f.source, "code": f.code, "message": f.message} for f in self.failures],
        }
