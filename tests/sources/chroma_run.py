"""A real Chroma server (`chroma run`) on loopback."""

import sys
from pathlib import Path

from tests.listening_server import ListeningServer


class ChromaServer(ListeningServer):
    """One `chroma run`."""

    def command(self) -> list[str | Path]:
        """Return what starts it from this environment."""
        program = Path(sys.executable).with_name("chroma")
        return [program, "run", "--path", self.folder, "--host", "127.0.0.1", "--port", str(self.port)]
