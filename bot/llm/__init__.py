"""Language models, through langchain: words in, words out, and every failure of the outside as a value.

    models = LanguageModels(connect, clock=time.monotonic)   # once a process; `connect` is bot.outbound's
    model = models.open(site.model)
    async with contextlib.aclosing(model.stream(prompt)) as reply:
        async for item in reply: ...                          # Piece, Piece, …, Finished | Failed

Promises: langchain and the providers' libraries are imported when a model is first needed, not before; nothing of
a prompt or a reply is logged; a key shows nowhere.
"""

from bot.llm.language_model import LanguageModel
from bot.llm.models import Connect, LanguageModels
from bot.llm.words import (
    Failed,
    FailureCode,
    Finished,
    LineState,
    Piece,
    Prompt,
    Proposed,
    Spoken,
    Usage,
)

__all__ = [
    "Connect",
    "Failed",
    "FailureCode",
    "Finished",
    "LanguageModel",
    "LanguageModels",
    "LineState",
    "Piece",
    "Prompt",
    "Proposed",
    "Spoken",
    "Usage",
]
