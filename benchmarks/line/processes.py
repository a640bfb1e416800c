"""What a process has used so far: its own processor time and memory, read from /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS_PER_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Process:
    """A running process, by its number."""

    pid: int

    def cpu_s(self) -> float:
        """Return the processor seconds used so far, by all threads, in user and kernel mode; children not."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_S

    def workers(self) -> list["Process"]:
        """Return its children."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [Process(int(pid)) for pid in children.split()]

    def resident_mb(self) -> float:
        """Return the memory it holds now (MB), what it shares with others included."""
        return self._rollup("Rss")

    def proportional_mb(self) -> float:
        """Return the memory it holds now (MB), what it shares counted by its share."""
        return self._rollup("Pss")

    def _rollup(self, name: str) -> float:
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024
