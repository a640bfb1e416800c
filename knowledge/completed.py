"""A follow-up that is only a number, said as the question it means: "and for 10?" after "which plan for 5 people?".

Promises: pure; only the number of the question before is replaced, with what bounds and counts it where the
follow-up says so; anything else is left as it was asked.
"""

import re
from collections.abc import Sequence

from knowledge.amounts import LEAST, MONEY_MARK, MOST, NUMBER

VISITORS = ("visitor", "user")
BOUND = rf"(?:{MOST}|{LEAST})"
OPENING = (
    r"(?:(?:and|or|but|so|ok|okay|then|what about|how about|what if|und|oder|was ist mit|wie ist es|et|ou|qu'en est-il"
    r"|y|o|qué tal)\b[\s,]*)*"
)
FOR = r"(?:(?:for|with|at|if we are|we are|für|bei|mit|wenn wir|pour|avec|para|con|si somos)\s+)?"
OF_TIME = r"(?:\s+(?:before|earlier|ahead|after|later|vorher|davor|danach|später|avant|après|antes|después))?"
BARE = re.compile(
    rf"^[^\w€$£]*{OPENING}{FOR}(?P<bound>{BOUND}\s+)?(?P<amount>{MONEY_MARK}?\s?{NUMBER}\s?{MONEY_MARK}?)"
    rf"(?P<noun>\s+[^\W\d]+)?{OF_TIME}\W*$",
    re.IGNORECASE,
)
AMOUNT = re.compile(
    rf"(?P<bound>{BOUND}\s+)?(?P<amount>(?:{MONEY_MARK}\s?)?{NUMBER}(?:\s?{MONEY_MARK})?)(?P<noun>\s+[^\W\d]+)?",
    re.IGNORECASE,
)
PER = frozenset({"per", "a", "an", "and", "or", "for", "und", "für", "et", "pour", "y", "para"})


def complete(question: str, history: Sequence[tuple[str, str]]) -> str:
    """Return a bare number as the question before with that number; any other question as it is.

    Args:
        question: what is asked.
        history: what was said before, oldest first, as (author, text).
    """
    if not _bare(question):
        return question
    asked = [text for author, text in history if author in VISITORS and text.strip()]
    for at in range(len(asked) - 1, -1, -1):
        if _bare(asked[at]):
            continue
        whole = asked[at]
        for later in (*asked[at + 1 :], question):
            whole = _with_number(whole, later)
        return whole
    return question


def find_earlier(history: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return what the visitor asked before, latest first, each as the question it means."""
    asked = [at for at, (author, text) in enumerate(history) if author in VISITORS and text.strip()]
    return tuple(complete(history[at][1], history[:at]) for at in reversed(asked))


def _bare(text: str) -> re.Match[str] | None:
    found = BARE.match(text)
    return found if found and any(c.isdigit() for c in text) else None


def _with_number(whole: str, later: str) -> str:
    """Return a question with its last number as a later one says it, the later one where it has none."""
    amounts = list(AMOUNT.finditer(whole))
    said = BARE.match(later)
    if not amounts or said is None:
        return later
    old = amounts[-1]
    noun = (said["noun"] or "").strip()
    is_counted = bool(noun) and bool(old["noun"]) and old["noun"].strip().lower() not in PER
    end = old.end() if is_counted else old.end("amount")
    bound = said["bound"] or old["bound"] or ""
    return f"{whole[: old.start()]}{bound}{said['amount'].strip()}{f' {noun}' if noun else ''}{whole[end:]}"
