"""A real Redis on loopback that keeps nothing."""

import shutil

from tests.listening_server import ListeningServer
from tests.needed import needed


class RedisServer(ListeningServer):
    """One `redis-server`."""

    scheme = "redis"

    def command(self) -> list[str]:
        """Return what starts it, where it is installed."""
        program = shutil.which("redis-server")
        needed("redis-server", program, "apt install redis-server")
        place = ("--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder))
        return [str(program), *place, "--save", "", "--appendonly", "no"]
