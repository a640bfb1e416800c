"""HTTP and websockets: what the world outside can reach. Front page: `create_app`."""

from bot.web.app import create_app

__all__ = ["create_app"]
