"""Gaps: what visitors asked and nothing written answered, by meaning, with who could be told once it is written.

Promises: nobody is named without their consent; a group that is answered by what is written now says so.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.cells import for_csv
from bot.domain.conversation import SiteId
from bot.sources.gap_groups import Matter
from bot.sources.gap_memory import GapMemory
from bot.sources.versions import ActiveKnowledge
from bot.store import Database, gaps
from bot.store.gaps import GapRow
from knowledge import Embedder, FoundAnswer, tokenizer_for

GAPS_LIMIT = 5_000
"""The newest questions that are looked at."""
CHAT, FAQ = "chat", "faq"
"""Where something was asked: by a visitor in the chat, or by another program at the FAQ endpoint."""
COLUMNS = (
    "question", "count", "visitors", "first_asked", "last_asked", "answered", "nearest", "nearest_url",
    "contacts", "lead_ids", "conversation_ids", "in_chat", "at_faq_endpoint",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """What is written nearest to a gap."""

    document_id: str
    title: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Questions of one meaning, oldest first. `question` is an example: the wording nearest to what all mean."""

    question: str
    asked: tuple[GapRow, ...]
    nearest: Nearest | None
    is_answered: bool
    has_matter: bool

    @property
    def id(self) -> str:
        """A name that stays as long as its first question does."""
        return f"g{min(row.gap_id for row in self.asked)}"

    @property
    def order(self) -> tuple[bool, bool, int, float, str]:
        """Where it stands in a list: open ones first, the most asked first, then the latest."""
        last = self.asked[-1].at.timestamp()
        return (not self.has_matter, self.is_answered, -len(self.asked), -last, self.id)

    @property
    def contacts(self) -> tuple[str, ...]:
        """Every contact that was left by those who asked, once."""
        return tuple(dict.fromkeys(contact for row in self.asked for contact in row.contacts))

    @property
    def n_visitors(self) -> int:
        """How many people asked in the chat."""
        return len({row.visitor_id or row.conversation_id for row in self.asked if row.conversation_id})

    @property
    def n_of_programs(self) -> int:
        """How often other programs asked, at the FAQ endpoint."""
        return sum(row.conversation_id is None for row in self.asked)


async def find_gaps(
    db: Database,
    site_id: SiteId,
    embedder: Embedder,
    knowledge: ActiveKnowledge | None,
    *,
    since: datetime | None = None,
    memory: GapMemory | None = None,
) -> list[Gap]:
    """Return every gap of a site, in the order of a list; with `knowledge`, compared with what is written.

    `memory` is what the last list of this site left; with it, only what is new is worked out.
    """
    async with db.read() as connection:
        rows = await gaps.latest(connection, site_id, since=since, limit=GAPS_LIMIT)
    memory = memory or GapMemory()
    async with memory.lock:
        found = await asyncio.to_thread(group_gaps, rows[::-1], embedder, knowledge, memory)
    return sorted(found, key=lambda gap: gap.order)


def group_gaps(
    rows: Sequence[GapRow], embedder: Embedder, knowledge: ActiveKnowledge | None, memory: GapMemory
) -> list[Gap]:
    """Group questions, oldest first, by meaning."""
    matter = Matter(tokenizer_for("en"))
    sound = [row for row in rows if matter.is_in(row.question)]
    empty = [row for row in rows if not matter.is_in(row.question)]
    groups = [
        [sound[at] for at in members]
        for members in memory.groups([row.question for row in sound], embedder.embed_questions)
    ]
    examples = [_example(members) for members in groups]
    answers = memory.answers(knowledge, examples) if knowledge is not None else {}
    titles = _nearest_of(knowledge, answers) if knowledge is not None else {}
    found = [
        Gap(
            question=example,
            asked=tuple(members),
            nearest=titles.get(example),
            is_answered=example in answers and answers[example].kind != "none",
            has_matter=True,
        )
        for members, example in zip(groups, examples, strict=True)
    ]
    return found + ([_without_matter(empty)] if empty else [])


def _without_matter(rows: Sequence[GapRow]) -> Gap:
    return Gap(question=_example(rows), asked=tuple(rows), nearest=None, is_answered=False, has_matter=False)


def _example(rows: Sequence[GapRow]) -> str:
    wordings: dict[str, int] = {}
    for row in rows:
        wordings[row.question] = wordings.get(row.question, 0) + 1
    return max(wordings, key=lambda wording: (wordings[wording], "•" not in wording))


def _nearest_of(knowledge: ActiveKnowledge, answers: Mapping[str, FoundAnswer]) -> dict[str, Nearest]:
    """Return what is nearest to each question: the first passage of the document that was found first."""
    best = {q: knowledge.passages.of_document(answer.hits[0]) for q, answer in answers.items() if answer.hits}
    first = {question: passages[0] for question, passages in best.items() if passages}
    return {
        question: Nearest(document_id=one.document_id, title=one.title, url=one.url)
        for question, one in first.items()
    }


def shown_gaps(found: Sequence[Gap], *, everything: bool = False, at_least: int = 1) -> list[Gap]:
    """Return the gaps that are still open and asked so often; with `everything`, the others too."""
    return [
        gap
        for gap in found
        if len(gap.asked) >= at_least and (everything or (gap.has_matter and not gap.is_answered))
    ]


def gap_json(gap: Gap) -> dict[str, Any]:
    """Return a gap as JSON values."""
    nearest = gap.nearest
    return {
        "id": gap.id,
        "question": gap.question,
        "count": len(gap.asked),
        "channels": {channel: count for channel, count in _channels(gap).items() if count},
        "visitors": gap.n_visitors,
        "first_asked": _time(gap.asked[0].at),
        "last_asked": _time(gap.asked[-1].at),
        "answered": gap.is_answered,
        "nearest": {"document_id": nearest.document_id, "title": nearest.title, "url": nearest.url}
        if nearest
        else None,
        "contacts": list(gap.contacts),
        "asked": [
            {
                "question": row.question,
                "at": _time(row.at),
                "channel": CHAT if row.conversation_id else FAQ,
                "conversation_id": row.conversation_id,
                "lead_id": row.lead_id,
                "contact_left": bool(row.contacts),
                "contacts": list(row.contacts),
            }
            for row in gap.asked
        ],
    }


def gap_cells(gap: Gap) -> list[str]:
    """Return a gap as cells of `COLUMNS`, none of which a spreadsheet calculates."""
    nearest = gap.nearest
    cells = (
        gap.question,
        str(len(gap.asked)),
        str(gap.n_visitors),
        _time(gap.asked[0].at),
        _time(gap.asked[-1].at),
        "yes" if gap.is_answered else "no",
        nearest.title if nearest else "",
        (nearest.url or "") if nearest else "",
        "; ".join(gap.contacts),
        "; ".join(dict.fromkeys(row.lead_id for row in gap.asked if row.lead_id)),
        "; ".join(dict.fromkeys(row.conversation_id for row in gap.asked if row.conversation_id)),
        *(str(count) for count in _channels(gap).values()),
    )
    return [for_csv(cell) for cell in cells]


def _channels(gap: Gap) -> dict[str, int]:
    return {CHAT: len(gap.asked) - gap.n_of_programs, FAQ: gap.n_of_programs}


def _time(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
