"""`make bench`: every benchmark and every attack, one after another, and a table of what came of each at the end.

    make bench [DATA=DIR] [ONLY=line,attacks.cuts,confidence] [QUICK=1]
    python -m benchmarks [--data DIR] [--only NAMES] [--quick] [--list]

DATA names the evaluation sets. A name stands for itself and for what begins with it and a point: `attacks` is all
attacks. What makes a model or coefficients anew takes hours, and runs only when it is named.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.attacks.__main__ import ATTACKS
from tests.postgres import find_tool

OK, FAILED = "ok", "failed"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the sets are, those to measure with and those to learn from, and where what is made is put.

    `is_quick` leaves out the sizes that take longest.
    """

    data: Path
    train: Path
    made: Path
    is_quick: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One benchmark: its name, how it is called, and what it needs: `data`, `train`, `postgres` or `lighthouse`."""

    name: str
    arguments: Callable[[Places], Sequence[str]] = lambda _: ()
    needs: str | None = None
    is_only_named: bool = False

    @property
    def module(self) -> str:
        """What is run with `python -m`."""
        return f"benchmarks.{self.name.partition('.')[0]}"


def _data(places: Places) -> list[str]:
    return ["--data", str(places.data)]


def _train(places: Places) -> list[str]:
    return ["--data", str(places.train)]


def _trained(places: Places) -> list[str]:
    return ["--data", str(places.train), "--out", str(places.made)]


def _attack(name: str) -> Run:
    return Run(
        f"attacks.{name}", lambda places: [name, *_data(places)], "data" if name in FROM_SETS else None
    )


FROM_SETS = frozenset({"frames", "widget", "model"})
"""Attacks that say what is in a set."""
RUNS = (
    Run("serving"),
    Run("line", lambda at: ["--quick"] if at.is_quick else []),
    Run("model"),
    Run("widget"),
    Run("lighthouse", needs="lighthouse"),
    Run("indexing"),
    Run("leads_export"),
    Run("leads_postgres", needs="postgres"),
    Run("support", _train, "train"),
    Run("answers", _data, "data"),
    Run("retrieval", lambda at: [*_data(at), "--sets", "", "--indexing", "stackfaq"], "data"),
    Run("entities", lambda at: [str(at.data)], "data"),
    Run("leads_score", _data, "data"),
    Run("expected", _data, "data"),
    *map(_attack, ATTACKS),
    Run("confidence", _data, "data", is_only_named=True),
    Run("reader_training", _trained, "train", is_only_named=True),
    Run("support_training", _trained, "train", is_only_named=True),
)


def main() -> int:
    """Run what is wanted and can be run with what is here; return how many failed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"), help="the folder of the sets")
    parser.add_argument("--only", default="", help="names, separated by commas")
    parser.add_argument("--quick", action="store_true", help="without the sizes that take longest")
    parser.add_argument("--list", action="store_true", help="print the names and end")
    options = parser.parse_args()
    if options.list:
        print("\n".join(run.name + ("  (only when named)" if run.is_only_named else "") for run in RUNS))
        return 0
    try:
        runs = wanted(options.only)
    except ValueError as error:
        parser.error(str(error))
    data: Path = options.data
    made = Path(tempfile.mkdtemp(prefix="foyer-trained-"))
    places = Places(data, data.parent / "train", made, is_quick=options.quick)
    rows = [(run.name, *run_one(run, places)) for run in runs]
    print_table(rows)
    return sum(result == FAILED for _, result, _ in rows)


def wanted(only: str) -> list[Run]:
    """Return the runs that the names stand for; without names, all that need not be named.

    Raises:
        ValueError: a name stands for none.
    """
    names = [name.strip() for name in only.split(",") if name.strip()]
    if not names:
        return [run for run in RUNS if not run.is_only_named]
    for name in names:
        if not any(_is_meant(run, name) for run in RUNS):
            raise ValueError(f"no such benchmark: {name}; --list names them all")
    return [run for run in RUNS if any(_is_meant(run, name) for name in names)]


def _is_meant(run: Run, name: str) -> bool:
    return run.name == name or run.name.startswith(f"{name}.")


def run_one(run: Run, places: Places) -> tuple[str, float]:
    """Run it; return what came of it, and how many seconds that took."""
    missing = missing_for(run.needs, places)
    if missing is not None:
        return f"not run: {missing}", 0.0
    print(f"\n== {run.name}", flush=True)
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-m", run.module, *run.arguments(places)], check=False)
    return (OK if done.returncode == 0 else FAILED), time.monotonic() - began


def missing_for(needs: str | None, places: Places) -> str | None:
    """Say what is not here of what a run needs."""
    match needs:
        case "data" if not places.data.is_dir():
            return f"no evaluation sets at {places.data}; name them with --data DIR"
        case "train" if not places.train.is_dir():
            return f"no sets to learn from at {places.train}, beside --data"
        case "postgres" if find_tool("initdb") is None:
            return "no PostgreSQL here; on Debian: apt install postgresql"
        case "lighthouse" if shutil.which("lighthouse") is None:
            return "no Lighthouse here; npm install --global lighthouse"
        case _:
            return None


def print_table(rows: Sequence[tuple[str, str, float]]) -> None:
    """Print what came of each run."""
    width = max(len(name) for name, *_ in rows)
    print(f"\n{'benchmark':{width}}  {'seconds':>8}  result")
    for name, result, seconds in rows:
        print(f"{name:{width}}  {seconds:8.0f}  {result}")


if __name__ == "__main__":
    sys.exit(main())
