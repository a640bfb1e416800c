"""What visitors think: of each answer, the least helpful first, and of whole chats.

Promises: no address or number stands in a comment, and no question of somebody who did not agree to be contacted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.cells import for_csv
from bot.domain.conversation import SiteId
from bot.domain.masking import without
from bot.domain.reading import contact_words
from bot.store import Database, feedback
from bot.store.feedback import RatedReply, RatingFilter

RATINGS_LIMIT = 5_000
"""The newest ratings that are looked at."""
RATING_COLUMNS = (
    "about", "helped", "comment", "at", "answer", "source", "document_id", "question", "conversation_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """How many ratings there are, and how many say that it helped."""

    rated: int
    helped: int

    @property
    def share(self) -> float | None:
        """The mean, 0–1; None without a rating."""
        return self.helped / self.rated if self.rated else None


@dataclass(frozen=True, slots=True)
class RatedAnswer:
    """The ratings of one answer, newest first: of what cites the same document first, or says the same words."""

    ratings: tuple[RatedReply, ...]

    @property
    def tally(self) -> Tally:
        """How it did."""
        return tally(self.ratings)

    @property
    def unhelpful(self) -> int:
        """How often it did not help."""
        return self.tally.rated - self.tally.helped


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """`answers` with the least helpful first; `chats` are the ratings at the end of conversations, newest first."""

    answers: tuple[RatedAnswer, ...]
    chats: tuple[RatedReply, ...]

    @property
    def ratings(self) -> list[RatedReply]:
        """All of them, newest first."""
        of_answers = (rating for answer in self.answers for rating in answer.ratings)
        return sorted((*of_answers, *self.chats), key=lambda one: one.opinion.at, reverse=True)


async def find_feedback(db: Database, site_id: SiteId, *, since: datetime | None = None) -> Feedback:
    """Return what a site's visitors think, as far as they said so at or after `since`."""
    async with db.read() as connection:
        where = RatingFilter(site_ids=frozenset({site_id}), since=since)
        rows = (await feedback.latest(connection, where, limit=RATINGS_LIMIT)).rows
    groups: dict[str, list[RatedReply]] = {}
    for row in rows:
        if not row.is_of_whole_chat:
            groups.setdefault(row.document_id or row.text, []).append(row)
    answers = sorted((RatedAnswer(tuple(group)) for group in groups.values()), key=_order)
    return Feedback(answers=tuple(answers), chats=tuple(row for row in rows if row.is_of_whole_chat))


def _order(answer: RatedAnswer) -> tuple[int, float]:
    return (-answer.unhelpful, -answer.ratings[0].opinion.at.timestamp())


def tally(ratings: Sequence[RatedReply]) -> Tally:
    """Count ratings."""
    return Tally(len(ratings), sum(one.opinion.helpful for one in ratings))


def comment_of(rating: RatedReply) -> str:
    """Return the visitor's word, addresses and numbers masked."""
    return without_contacts(rating.opinion.comment or "")


def without_contacts(text: str) -> str:
    """Return the text with addresses and numbers masked, whoever's they are."""
    return without(text, contact_words(text))


def rating_json(rating: RatedReply) -> dict[str, Any]:
    """Return a rating as JSON values, by `RATING_COLUMNS`."""
    return {
        "about": "chat" if rating.is_of_whole_chat else "answer",
        "helped": rating.opinion.helpful,
        "comment": comment_of(rating) or None,
        "at": rating.opinion.at.isoformat().replace("+00:00", "Z"),
        "answer": rating.text,
        "source": rating.title,
        "document_id": rating.document_id,
        "question": rating.question,
        "conversation_id": rating.conversation_id,
    }


def rating_in_full(rating: RatedReply) -> dict[str, Any]:
    """Return a rating as JSON values, with where it belongs and every source of the answer."""
    sources = [{"n": one.n, "title": one.title, "url": one.link or one.url} for one in rating.citations]
    belongs = {"site": rating.site_id, "message_id": rating.message_id, "lead_id": rating.lead_id}
    return rating_json(rating) | belongs | {"sources": sources}


def rating_cells(rating: RatedReply) -> list[str]:
    """Return a rating as cells of `RATING_COLUMNS`, none of which a spreadsheet calculates."""
    values = rating_json(rating) | {"helped": "yes" if rating.opinion.helpful else "no"}
    return [for_csv(str(values[column] or "")) for column in RATING_COLUMNS]
