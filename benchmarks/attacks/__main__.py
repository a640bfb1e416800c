"""What the line is attacked with, and what others notice.

    python -m benchmarks.attacks [slowloris flood bodies readers frames cuts traced kills indexing widget model]
        [--data DIR] [--count N]

Each attack starts a server of its own with the limits as they come. The judge is outside the server: what a fresh
client is sent, the database file, /proc. Where nothing is wanted of something, and there is some, the exit code is 1.
"""

import argparse
import asyncio
import importlib
import inspect
import platform
import sys
import time
from pathlib import Path

ATTACKS = (
    "slowloris", "flood", "bodies", "readers", "frames", "cuts", "traced", "kills", "indexing", "widget", "model",
)  # fmt: skip


def main() -> int:
    """Run the named attacks, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("attacks", nargs="*", help=f"any of {', '.join(ATTACKS)}; none runs all")
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--count", type=int, help="connections, cuts or kills, instead of the full number")
    options = parser.parse_args()
    unknown = set(options.attacks) - set(ATTACKS)
    if unknown:
        parser.error(f"no such attack: {', '.join(sorted(unknown))}")
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    failed = 0
    for name in options.attacks or ATTACKS:
        attack = importlib.import_module(f"benchmarks.attacks.{name}").attack
        given = {"data": options.data, "connections": options.count, "count": options.count}
        wanted = inspect.signature(attack).parameters
        began = time.monotonic()
        rows = asyncio.run(attack(**{k: v for k, v in given.items() if k in wanted and v is not None}))
        print(f"\n== {name} ({time.monotonic() - began:.0f} s)")
        for what, measured, wanted_to_be in rows:
            failed += wanted_to_be == "0" and measured != "0"
            print(f"{what:44} {measured:>14}   {wanted_to_be}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
