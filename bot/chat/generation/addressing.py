"""The visitor's own name where a model speaks to them: no passage bears it, so it is set apart, and put back.

"[name 1], a single kayak costs 18 euros [1]." is judged without its address. Pure.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from bot.chat.generation.verify import MARK

_NAME = r"\[name \d{1,9}(?:\.\d{1,9})?\]"
_TITLE = r"(?:(?:mr|mrs|ms|dr|frau|herrn?|monsieur|madame|mme|m|señora?|sra?|don|doña)\.?[ \t]+){0,2}"
_HELLO = (
    r"(?:(?:hi|hello|hey|dear|thanks|thank you|hallo|guten tag|liebe[rs]?|sehr geehrter?|danke|bonjour|chère?|cher|"
    r"merci|hola|buen[oa]s (?:días|tardes|noches)|estimad[oa]|querid[oa]|gracias)[ \t]*,?[ \t]+)?"
)
_ADDRESS = re.compile(
    rf"(?P<first>\A\s*{_HELLO}{_TITLE}{_NAME}[ \t]*(?:[,:!–—-]+[ \t]*)(?=\w))|"
    rf"(?P<last>[ \t]*,[ \t]*{_TITLE}{_NAME})(?=[ \t]*(?:[,.!]|\[\d{{1,3}}\]))",
    re.IGNORECASE,
)


class Apart(NamedTuple):
    """A sentence without its address, which stood `at` an offset of it: empty where there is none."""

    sentence: str
    address: str = ""
    at: int = 0

    def put_back(self, shown: str) -> str:
        """Return the sentence as it is shown, with the address in its place."""
        return shown[: self.at] + self.address + shown[self.at :]


def set_apart(written: str, lift: Callable[[str], str]) -> Apart:
    """Take the address out of a sentence.

    Args:
        written: what the model wrote, with placeholders.
        lift: puts in what placeholders stand for: those that it knows are the visitor's own.
    """
    match = _ADDRESS.search(written)
    if match is None or MARK.search(written, 0, match.start()) or lift(match.group()) == match.group():
        return Apart(lift(written))
    before, after = lift(written[: match.start()]), written[match.end() :]
    return Apart(before + lift(after), lift(match.group()), len(before))
