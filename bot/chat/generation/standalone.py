"""A question completed from the conversation by a model, where patterns could not; looked up beside the question."""

import re
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from bot.chat.generation.asking import Asking, Refused, asked_of
from bot.chat.generation.generate import Generator
from bot.chat.generation.prompting import BARE, Mask, as_data, last_said, render
from bot.chat.generation.verify import plain
from bot.domain.conversation import VisitorId
from bot.llm import Failed, Piece, Prompt, Spoken

LONGEST = 300
QUESTION_TOKENS = 80
LEAST_LETTERS = 4
WORD = re.compile(r"[^\W_]+")
POINTING = frozenset(
    {
        "that", "this", "these", "those", "them", "they", "their", "there", "then", "what", "which", "when", "where",
        "with", "does", "have", "about", "same", "other", "dies", "diese", "dieser", "dieses", "jene", "jener", "damit",
        "dazu", "davon", "daran", "denn", "auch", "welche", "welcher", "cela", "celui", "celle", "ceux", "cette",
        "avec", "aussi", "quel", "quelle", "esto", "este", "esta", "estos", "estas", "para", "como", "cual", "también",
    }
)  # fmt: skip
"""Words of the question that a completed one may do without: they point at what it names instead."""

OPENERS = re.compile(
    r"\W*(?:und|aber|oder|also|auch|dann|et|mais|ou|alors|donc|y|pero|o|entonces)\s", re.IGNORECASE
)
POINTERS = re.compile(
    r"\b(?:dies\w*|jene[rnms]?|da(?:von|zu|mit|für|ran|rin|raus|gegen)|dort|beide[nrs]?|derselbe|dieselbe[n]?|erstere\w*|"
    r"letztere\w*|ihn|ihm|ihnen|ça|cela|celui|celle|ceux|celles|elles?|ils?|même|autre|eso|ese|esa|esos|esas|"
    r"aquel\w*|ella|ellas|ellos|él|mism[oa]s?|otr[oa]s?|ahí|allí)\b"
    r"|\b(?:der|die|das|den|dem|es|sie|er|lo|la|los|las)\s*\W*$",
    re.IGNORECASE,
)
NOBODY = re.compile(r"\b(?:(?i:il y a|y a-t-il|existe-t-il|est-il|faut-il)|Ihnen)\b")
"""Words that look as if they pointed at something, and do not."""


def points_back(question: str) -> bool:
    """Whether a German, French or Spanish question points at what was said; of English ones the knowledge tells."""
    return OPENERS.match(question) is not None or POINTERS.search(NOBODY.sub(" ", question)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """A question that leans on what was said before it, oldest first, as (author, text)."""

    question: str
    history: Sequence[tuple[str, str]]
    visitor_id: VisitorId
    at: datetime
    mask: Mask = BARE


@dataclass(frozen=True, slots=True)
class Completed:
    """The question as it reads alone; None where a model could not say it in given words, or `has_failed`."""

    question: str | None
    has_failed: bool = False


async def complete_question(generator: Generator, leaning: Leaning, *, within_s: float) -> Completed:
    """Have a model say the question as it reads without the conversation, within that many seconds."""
    mark, mask = generator.mark, leaning.mask
    rendered = render(
        "standalone",
        mark=mark,
        history=last_said([(author, mask.cover(text)) for author, text in leaning.history], mark),
        question=as_data(mask.cover(leaning.question), mark),
    )
    room = generator.model.room_for(QUESTION_TOKENS)
    prompt = Prompt(rendered.system, (Spoken("user", rendered.data),), room)
    asking = await asked_of(generator.purse, prompt, leaning.visitor_id, at=leaning.at)
    if isinstance(asking, Refused):
        generator.note("question", asking.reason)
        return Completed(None)
    read = await _read_whole(generator, asking, within_s)
    if isinstance(read, Failed):
        generator.note("question", read.code)
        return Completed(None, has_failed=True)
    written = mask.lift(read)
    completed = None if mark in plain(written) else checked(written, leaning.question, leaning.history)
    generator.note("question", "completed" if completed else "unchanged")
    return Completed(completed)


def checked(written: str, question: str, history: Sequence[tuple[str, str]]) -> str | None:
    """Return what was written if it is one line in words of the conversation that still asks the question."""
    line = written.strip().strip("\"'“”„«» ")
    if not line or "\n" in line or len(line) > LONGEST:
        return None
    asked, said = _words(question), _words(" ".join(text for _, text in history))
    completed = _words(line)
    carried = {word for word in asked if len(word) >= LEAST_LETTERS and word not in POINTING}
    told = asked | said | POINTING
    is_theirs = all(word in told or (word.isalpha() and len(word) < LEAST_LETTERS) for word in completed)
    return line if is_theirs and carried <= completed and completed != asked else None


async def _read_whole(generator: Generator, asking: Asking, within_s: float) -> str | Failed:
    written = ""
    async with asking, aclosing(generator.model.stream(asking.prompt, within_s=within_s)) as pieces:
        async for piece in pieces:
            if not isinstance(piece, Piece):
                asking.used(piece.usage)
                return piece if isinstance(piece, Failed) else written
            written += piece.text
            if len(written) > LONGEST:
                break
    return ""


def _words(text: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(text)}
