"""Is a sentence that a language model wrote supported by the passages it cites? This is the room's front page."""

from knowledge.support.check import check_sentence
from knowledge.support.verdict import Reason, Source, Verdict

__all__ = ["Reason", "Source", "Verdict", "check_sentence"]
