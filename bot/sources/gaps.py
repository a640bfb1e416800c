"""Gaps: what visitors asked and nothing written answered, by meaning, with who could be told once it is written.

Promises: nobody is named without their consent; a group that is answered by what is written now says so.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.cells import for_csv
from bot.domain.conversation import SiteId
from bot.sources.gap_groups import Matter, group_questions
from bot.sources.versions import ActiveKnowledge
from bot.store import Database, gaps
from bot.store.gaps import GapRow
from knowledge import Embedder, tokenizer_for

GAPS_LIMIT = 5_000
"""The newest questions that are looked at."""
COLUMNS = (
    "question", "count", "visitors", "first_asked", "last_asked", "answered", "nearest", "nearest_url",
    "contacts", "lead_ids", "conversation_ids",
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
        """How many people asked."""
        return len({row.visitor_id or row.conversation_id for row in self.asked})


async def find_gaps(
    db: Database,
    site_id: SiteId,
    embedder: Embedder,
    knowledge: ActiveKnowledge | None,
    *,
    since: datetime | None = None,
) -> list[Gap]:
    """Return every gap of a site, in the order of a list; with `knowledge`, compared with what is written."""
    async with db.read() as connection:
        rows = await gaps.latest(connection, site_id, since=since, limit=GAPS_LIMIT)
    found = await asyncio.to_thread(group_gaps, rows[::-1], embedder, knowledge)
    return sorted(found, key=lambda gap: gap.order)


def group_gaps(rows: Sequence[GapRow], embedder: Embedder, knowledge: ActiveKnowledge | None) -> list[Gap]:
    """Group questions, oldest first, by meaning."""
    matter = Matter(tokenizer_for("en"))
    sound = [row for row in rows if matter.is_in(row.question)]
    empty = [row for row in rows if not matter.is_in(row.question)]
    groups = [
        ([sound[at] for at in members], True)
        for members in group_questions([row.question for row in sound], embedder.embed)
    ]
    groups += [(empty, False)] if empty else []
    return [
        _gap(members, knowledge if has_matter else None, has_matter=has_matter)
        for members, has_matter in groups
    ]


def _gap(rows: Sequence[GapRow], knowledge: ActiveKnowledge | None, *, has_matter: bool) -> Gap:
    wordings: dict[str, int] = {}
    for row in rows:
        wordings[row.question] = wordings.get(row.question, 0) + 1
    example = max(wordings, key=lambda wording: (wordings[wording], "•" not in wording))
    nearest, is_answered = None, False
    if knowledge is not None:
        answer = knowledge.base.answer(example)
        is_answered = answer.kind != "none"
        passages = knowledge.passages.of_document(answer.hits[0]) if answer.hits else ()
        if passages:
            passage = passages[0]
            nearest = Nearest(document_id=passage.document_id, title=passage.title, url=passage.url)
    return Gap(
        question=example, asked=tuple(rows), nearest=nearest, is_answered=is_answered, has_matter=has_matter
    )


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
        "; ".join(dict.fromkeys(row.conversation_id for row in gap.asked)),
    )
    return [for_csv(cell) for cell in cells]


def _time(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
