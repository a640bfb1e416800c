"""What the first visitor would otherwise wait for."""

import ctypes

from bot.assemble.parts_of_life import now
from bot.domain.reading import read_message
from bot.settings import bundled_playbook
from knowledge import Embedder


def warm_up(embedder: Embedder) -> None:
    """Load what reads the first date, number and address, and what embeds the first question."""
    read_message(
        "3.4.2027 +1 415 555 2671 a@example.com",
        slots=bundled_playbook("simple").slots,
        asked=None,
        now=now(),
    )
    embedder.embed_questions(["What do you offer?"])


def give_back_memory() -> None:
    """Return to the system what loading took and needs no more, where the C library can do that."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
