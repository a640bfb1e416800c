"""`make bench` reaches every benchmark and every attack there is."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.__main__ import RUNS, Places, wanted
from benchmarks.attacks.__main__ import ATTACKS
from benchmarks.line.__main__ import options_of

ROOT = Path(__file__).resolve().parents[1]
BENCHMARKS = ROOT / "benchmarks"


def can_be_run(path: Path) -> bool:
    """Whether `python -m` does something with this file of a package."""
    return '__name__ == "__main__"' in path.read_text() and path != BENCHMARKS / "__main__.py"


def test_no_benchmark_is_left_out() -> None:
    modules = {path.stem for path in BENCHMARKS.glob("*.py") if can_be_run(path)}
    packages = {path.parent.name for path in BENCHMARKS.glob("*/__main__.py") if can_be_run(path)}

    assert {run.module.removeprefix("benchmarks.") for run in RUNS} == modules | packages


def test_no_attack_is_left_out() -> None:
    with_an_attack = {
        path.stem
        for path in (BENCHMARKS / "attacks").glob("*.py")
        if "\nasync def attack(" in path.read_text()
    }

    assert set(ATTACKS) == with_an_attack
    assert {run.name for run in RUNS if run.name.startswith("attacks.")} == {f"attacks.{a}" for a in ATTACKS}


def test_the_line_is_measured_at_its_full_sizes_unless_it_has_to_be_quick() -> None:
    [line] = wanted("line")
    places = Places(Path(), Path(), Path())

    full = options_of(line.arguments(places))
    quick = options_of(line.arguments(replace(places, is_quick=True)))
    own = options_of(["--quick", "--passages", "1000,100000"])

    assert {10_000, 100_000, 1_000_000} <= {*full.sockets, *full.passages, *full.messages}
    assert (quick.sockets, quick.passages, quick.messages) == ([1_000], [1_000, 10_000], [1_000, 100_000])
    assert own.passages == [1_000, 100_000]


def test_a_name_stands_for_itself_and_what_is_below_it() -> None:
    assert [run.name for run in wanted("confidence, line")] == ["line", "confidence"]
    assert len(wanted("attacks")) == len(ATTACKS)
    assert not any(run.is_only_named for run in wanted(""))
    with pytest.raises(ValueError, match="no such benchmark: lin;"):
        wanted("lin")


def test_what_cannot_be_run_here_is_said_in_the_table(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "benchmarks",
        "--data",
        str(tmp_path / "none"),
        "--only",
        "answers,support",
    ]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert [line.split("  not run: ")[0].split() for line in done.stdout.splitlines()[-2:]] == [
        ["support", "0"],
        ["answers", "0"],
    ]
