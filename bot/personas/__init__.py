"""Personas: made-up visitors who talk to a site by a seed, know what is true of them, and see what the bot took of it.

Pure, and knows nothing of how conversations are played. This is its front page.
"""

from bot.personas.language import Language
from bot.personas.languages import language_of
from bot.personas.personas import PERSONAS, Talk
from bot.personas.tally import summary
from bot.personas.trial import Exchange, Trial, without_signals
from bot.personas.visitor import Heard, Line, Visitor

__all__ = [
    "PERSONAS",
    "Exchange",
    "Heard",
    "Language",
    "Line",
    "Talk",
    "Trial",
    "Visitor",
    "language_of",
    "summary",
    "without_signals",
]
