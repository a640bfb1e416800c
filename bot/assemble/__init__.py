"""The wiring: reads settings, picks implementations, owns the real clock. Nothing below knows it exists.

Front page: what commands need to open things.
"""

from bot.assemble.parts_of_life import new_id, now
from bot.assemble.storage import database_url, open_database
from bot.settings import Environment, load_environment

__all__ = ["Environment", "database_url", "load_environment", "new_id", "now", "open_database"]
