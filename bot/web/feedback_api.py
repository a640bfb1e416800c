"""What visitors think of answers and chats, for other programs."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request

from bot.domain.conversation import SiteId
from bot.sources import rating_in_full
from bot.store import feedback
from bot.store.feedback import RatingFilter
from bot.web.auth import ApiAccess
from bot.web.moment import Moment
from bot.web.visitor_http import parts_of

router = APIRouter(prefix="/api/v1/leads/feedback", tags=["leads"])

Helped = Annotated[bool | None, Query(description="Only what helped, or only what did not.")]
About = Annotated[Literal["answer", "chat"] | None, Query(description="Only answers, or only whole chats.")]


@router.get("", summary="What visitors think of answers and chats")
async def list_feedback(
    request: Request,
    access: ApiAccess,
    site: Annotated[str | None, Query(max_length=64)] = None,
    helped: Helped = None,
    about: About = None,
    since: Annotated[Moment | None, Query(description="Only what was rated at or after this time.")] = None,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """Return a page of ratings, newest first; what was asked is told of those who agreed to be contacted."""
    reach = access.site_or_own(site)
    where = RatingFilter(
        site_ids=frozenset({SiteId(reach)}) if reach else None,
        is_helpful=helped,
        is_of_whole_chat=None if about is None else about == "chat",
        since=since,
    )
    async with parts_of(request).db.read() as connection:
        found = await feedback.latest(connection, where, cursor=cursor, limit=limit)
    return {"ratings": [rating_in_full(one) for one in found.rows], "next_cursor": found.next_cursor}
