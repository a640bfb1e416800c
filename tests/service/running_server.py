"""The real service as a process of its own: start it, stop it, kill it, start it again on the same home and port."""

import os
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.model.everywhere import model_section, with_model
from tests.postgres import fetch

ROOT = Path(__file__).resolve().parents[2]
READY = "Foyer is ready at "
START_WITHIN_S = 180.0
"""A cold start on a machine that runs the other tests too; 2 s are usual."""
ALLOWED_ORIGIN = "https://shop.example"

SITE = """\
id: harbour
name: Harbour Bikes
origins: [https://shop.example]
locale: en
"""
FAQ = """\
id,question,answer,variants
ship,Do you ship to France?,Yes. We ship to France for 12 euros within three days.,Is delivery to France possible?
price,How much is the city bike?,The city bike costs 900 euros.,What does the city bike cost?
guarantee,How long is the guarantee?,Every frame has a guarantee of ten years.,What warranty do the bikes have?
return,Can I return a bike?,You may return a bike within thirty days.,How do returns work?
"""
PAGES = {
    "battery.md": "# Batteries\n\n## Charging\n\nThe battery of the cargo bike charges fully in four hours.\n",
    "workshop.md": "# Workshop\n\n## Opening hours\n\nThe workshop opens at eight and closes at six.\n",
}
PRODUCTS = """\
id,name,description,price,currency,url,for
care-solo,Solo Care,A yearly service for your bike.,49,EUR,https://shop.example/care/solo,1 person
care-crew,Crew Care,Two services a year for every bike of a team.,199,EUR,https://shop.example/care/crew,2-10 people
"""
QUESTION, ANSWER = "Do you ship to France?", "12 euros"


def write_site(folder: Path) -> Path:
    """Write a small site whose answers are known."""
    knowledge = folder / "knowledge"
    knowledge.mkdir(parents=True)
    (folder / "foyer.yaml").write_text(SITE + model_section())
    shutil.copy(ROOT / "bot" / "playbooks" / "bant.yaml", folder / "playbook.yaml")
    (knowledge / "faq.csv").write_text(FAQ)
    (knowledge / "care.csv").write_text(PRODUCTS)
    for name, text in PAGES.items():
        (knowledge / name).write_text(text)
    return folder


def environment_of(home: Path, settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment that knows of this home and these settings alone."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("FOYER_")}
    return clean | {"FOYER_HOME": str(home), **with_model(settings or {})}


def until(holds: Callable[[], Any], *, within_s: float = 90.0, what: str = "the condition") -> Any:
    """Return what `holds` returns once it is true; fail when that takes too long."""
    deadline = time.monotonic() + within_s
    while not (found := holds()):
        assert time.monotonic() < deadline, f"{what} did not come true within {within_s} s"
        time.sleep(0.02)
    return found


class RunningServer:
    """One `foyer serve` on loopback; `settings` are further `FOYER_…` variables, `beside` further sites."""

    def __init__(
        self,
        site: Path,
        home: Path,
        settings: Mapping[str, str] | None = None,
        *,
        workers: int = 1,
        beside: Sequence[Path] = (),
        patience_s: float = START_WITHIN_S,
    ) -> None:
        self.site = site
        self.patience_s = patience_s
        self.beside = beside
        self.home = home
        self.log_file = home.with_suffix(".log")
        self.port = 0
        self.workers = workers
        self._environment = environment_of(home, settings)
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Where it listens; also its own origin."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> Mapping[str, str]:
        """What it was started with."""
        return self._environment

    @property
    def database_url(self) -> str:
        """The PostgreSQL that it works with."""
        return self._environment["FOYER_DATABASE_URL"]

    @property
    def log(self) -> str:
        """Everything it logged so far, over all its lives."""
        return self.log_file.read_text(errors="replace")

    @property
    def pid(self) -> int:
        """The process's id while it lives."""
        assert self._process is not None
        return self._process.pid

    def worker_pids(self) -> list[int]:
        """Return the processes of its workers, oldest first."""
        threads = Path(f"/proc/{self.pid}/task").glob(
            "*/children"
        )  # a child is its thread's while that lives
        return sorted(int(pid) for thread in threads for pid in thread.read_text().split())

    def start(self) -> "RunningServer":
        """Start it, on the port it had before, and wait until it says that it is ready."""
        with self.log_file.open("a") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "bot", "serve", *map(str, (self.site, *self.beside))),
                    *("--port", str(self.port), "--workers", str(self.workers)),
                ],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,  # no terminal, whoever runs the tests
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.port = int(self._ready_line().rpartition(":")[2])
        return self

    def _ready_line(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        readable, _, _ = select.select([self._process.stdout], [], [], self.patience_s)
        line = self._process.stdout.readline() if readable else ""
        if not line.startswith(READY):
            self.kill()
            raise AssertionError(f"the server did not come up: {line!r}\n{self.log[-3000:]}")
        return line.strip()

    def kill(self) -> None:
        """End it as a power cut would (kill -9)."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end, as systemd does; return its exit status."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        process = self._process
        if process is None:
            return 0
        if process.poll() is None:
            process.send_signal(how)
        status = process.wait(timeout=90)
        if process.stdout is not None:
            process.stdout.close()
        self._process = None
        return status

    def rows(self, query: str, *values: Any) -> list[Any]:
        """Read its database from outside, as nobody's guest: what is on disk, whatever the server says."""
        if "FOYER_DATABASE_URL" in self._environment:
            return fetch(self._environment["FOYER_DATABASE_URL"], query, *values)
        connection = sqlite3.connect(f"file:{self.home / 'foyer.db'}?mode=ro", uri=True, timeout=10)
        connection.row_factory = sqlite3.Row
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()
