"""What Lighthouse says of a page with and without the widget, where a copy of it is installed.

    python -m benchmarks.lighthouse [--runs 3] [--lighthouse PATH]

A phone on a slow line, as Lighthouse imagines it: scores 0–100 and times in ms, medians of runs in turns; the page is
served from another port, as a customer's is. Fails where the widget costs a page any point of a score. The paint that
Lighthouse works out waits for whatever had come before it, the widget's one file too; no browser's does.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.serving import served

PAGES = {
    "blank": "",
    "chat": '<script type="module" src="{server}/widget.js" data-site="demo"></script>',
}
HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="description" content="A page of words.">
<link rel="icon" href="data:,"></head><body><main><h1>A page</h1><p>Words.</p></main>{script}</body></html>"""
METRICS = {
    "first-contentful-paint": "first paint (ms)",
    "largest-contentful-paint": "largest paint (ms)",
    "total-blocking-time": "blocking time (ms)",
    "cumulative-layout-shift": "layout shift",
    "total-byte-weight": "bytes of all requests",
}
LIMIT_S = 120


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def pages(server: str) -> Iterator[str]:
    """Serve the pages on a port of their own while the block runs; yield its address."""
    with tempfile.TemporaryDirectory() as folder:
        for name, script in PAGES.items():
            page = HTML.replace("{script}", script.replace("{server}", server))
            (Path(folder) / f"{name}.html").write_text(page)
        host = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
        threading.Thread(target=host.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{host.server_port}"
        host.shutdown()
        host.server_close()


def judged(lighthouse: str, address: str) -> dict[str, float]:
    """Return what Lighthouse says of a page: every category's score, and the metrics."""
    done = subprocess.run(
        [lighthouse, address, "--quiet", "--output=json", "--chrome-flags=--headless --no-sandbox"],
        env=os.environ | {"CHROME_PATH": shutil.which("chromium") or ""},
        capture_output=True,
        text=True,
        check=True,
        timeout=LIMIT_S,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    scores = {one["title"]: 100 * one["score"] for one in told["categories"].values()}
    return scores | {title: told["audits"][name]["numericValue"] for name, title in METRICS.items()}


def measure(lighthouse: str, runs: int) -> dict[str, dict[str, float]]:
    """Return the median of every measure, by page."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in PAGES}
    with tempfile.TemporaryDirectory() as home, served(Path(home)) as server, pages(server.url) as address:
        for _ in range(runs):
            for name, all_of in found.items():
                all_of.append(judged(lighthouse, f"{address}/{name}.html"))
    return {
        name: {what: statistics.median(one[what] for one in all_of) for what in all_of[0]}
        for name, all_of in found.items()
    }


def table(found: dict[str, dict[str, float]]) -> str:
    """Return the measures, page beside page."""
    rows = {what: [f"{measures[what]:.0f}" for measures in found.values()] for what in found["blank"]}
    lines = [(what, *cells) for what, cells in ({"": [*found]} | rows).items()]
    return "\n".join(f"  {what:<24}" + "".join(f"{cell:>10}" for cell in cells) for what, *cells in lines)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--lighthouse", default=shutil.which("lighthouse"), help="the command, if not on the path"
    )
    options = parser.parse_args()
    if options.lighthouse is None:
        sys.stderr.write(
            "Lighthouse is missing: npm install --global lighthouse; or name it with --lighthouse\n"
        )
        return 1
    found = measure(options.lighthouse, options.runs)
    print(f"{options.runs} runs each, medians\n{table(found)}")
    scores = [what for what in found["blank"] if what not in METRICS.values()]
    return int(any(found["chat"][what] < found["blank"][what] for what in scores))


if __name__ == "__main__":
    sys.exit(main())
