"""A program that serves on loopback: start it, kill it, start it again on the same port and folder."""

import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

UP_WITHIN_S = 90.0


class ListeningServer:
    """One process; a subclass says its `scheme` and its `command`."""

    scheme = "http"

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def command(self) -> Sequence[str | Path]:
        """Return what starts it on its port."""
        raise NotImplementedError

    def start(self) -> Self:
        """Start it and wait until it listens."""
        self._process = subprocess.Popen(self.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + UP_WITHIN_S
        while not self._listens():
            assert time.monotonic() < deadline, f"{self.command()[0]} did not come up"
            time.sleep(0.02)
        return self

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def freeze(self) -> None:
        """Stop it where it stands: it accepts connections, and answers nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, sign: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(sign)

    def kill(self) -> None:
        """End it without a word."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
