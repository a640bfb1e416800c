"""`make bench`: every benchmark, one after another; `--data DIR` names the evaluation sets."""

import argparse
import subprocess
import sys
from pathlib import Path

from tests.postgres import find_tool


def main() -> int:
    """Run what can be run with what is here; return how many failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    data = parser.parse_args().data
    runs = [
        ["benchmarks.serving"],
        ["benchmarks.line"],
        ["benchmarks.model"],
        ["benchmarks.widget"],
        ["benchmarks.indexing"],
        ["benchmarks.leads_export"],
        ["benchmarks.support", "--data", str(data.parent / "train")],
    ]
    if find_tool("initdb") is not None:
        runs.append(["benchmarks.leads_postgres"])
    else:
        print("No PostgreSQL here: lists from it are not measured. On Debian: apt install postgresql.")
    if data.is_dir():
        runs += [
            ["benchmarks.answers", "--data", str(data)],
            ["benchmarks.retrieval", "--data", str(data), "--sets", "", "--indexing", "stackfaq"],
            ["benchmarks.entities", str(data)],
            ["benchmarks.leads_score", "--data", str(data)],
            ["benchmarks.attacks", "model", "--data", str(data)],
        ]
    else:
        print(f"No evaluation sets at {data}: only what needs none is measured. Name them with --data DIR.")
    failed = 0
    for module, *arguments in runs:
        print(f"\n== {module}", flush=True)
        failed += subprocess.run([sys.executable, "-m", module, *arguments], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
