"""What visitors think of the answers: which ones disappoint, and each rating with what it is about."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from fastapi.responses import Response
from starlette.datastructures import QueryParams

from bot.domain.conversation import SiteId
from bot.leads.mail_text import web_href
from bot.sources import Feedback, find_feedback, tally, without_contacts
from bot.store import UnknownCursorError, feedback
from bot.store.feedback import RatedReply, RatingFilter
from bot.web.console import words
from bot.web.console.filters import LONGEST_SPAN
from bot.web.console.pages import Visit, Visiting, page, page_router, redirect

PAGE = 30
OFTEN = 5
"""So many answers are named that did not help more than once."""
PATH = "/leads/feedback"
VERDICTS = {"": "Did not help", "good": "Helped", "all": "All"}
ABOUTS = {"": "Answers and chats", "answers": "Answers", "chats": "Whole chats"}

router = page_router()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen on the page; a value that is not one of ours is left out."""

    site: str = ""
    show: str = ""
    about: str = ""
    given: str = ""

    @property
    def query(self) -> str:
        """The choice as the query of an address."""
        fields = {"site": self.site, "show": self.show, "about": self.about, "given": self.given}
        return urlencode({name: value for name, value in fields.items() if value})

    @property
    def address(self) -> str:
        """The address of the page as it was chosen."""
        return f"{PATH}?{self.query}".rstrip("?")


@router.get(PATH)
async def show_feedback(visit: Visiting) -> Response:
    """Return the ratings as they were chosen, after the answers that most often did not help."""
    params = visit.request.query_params
    choice = choice_from(params)
    if "" in params.values():
        return redirect(choice.address)
    where, cursor = filter_of(visit, choice), params.get("cursor")
    try:
        async with visit.parts.db.read() as connection:
            found = await feedback.latest(connection, where, cursor=cursor, limit=PAGE)
    except UnknownCursorError:
        return redirect(choice.address)
    told = [await find_feedback(visit.parts.db, site, since=where.since) for site in where.site_ids or ()]
    return page(
        visit.request,
        "feedback",
        operator=visit.operator,
        choice=choice,
        sites=[(site, front.name) for site, front in visit.fronts.items()],
        verdicts=[
            (label, replace(choice, show=show).address, show == choice.show)
            for show, label in VERDICTS.items()
        ],
        abouts=ABOUTS,
        spans=words.SPANS,
        summary=summary_of(told),
        often=often_of(told),
        ratings=[rating_of(one, visit) for one in found.rows],
        is_first=cursor is None,
        next_query="&".join(filter(None, (choice.query, f"cursor={found.next_cursor}")))
        if found.next_cursor
        else None,
    )


def choice_from(params: QueryParams) -> Choice:
    """Return what an address chooses."""

    def known(name: str, among: Any) -> str:
        return params.get(name, "") if params.get(name, "") in among else ""

    return Choice(
        site=params.get("site", ""),
        show=known("show", VERDICTS),
        about=known("about", ABOUTS),
        given=known("given", words.SPANS),
    )


def filter_of(visit: Visit, choice: Choice) -> RatingFilter:
    """Return the ratings that are meant, of the sites that the person sees."""
    return RatingFilter(
        site_ids=frozenset(SiteId(site) for site in visit.fronts if choice.site in {"", site}),
        is_helpful={"": False, "good": True}.get(choice.show),
        is_of_whole_chat={"answers": False, "chats": True}.get(choice.about),
        since=visit.parts.clock() - LONGEST_SPAN[choice.given] if choice.given else None,
    )


def summary_of(told: list[Feedback]) -> list[str]:
    """Return what the ratings come to, in words: of answers, and of whole chats."""
    of_answers = tally([one for each in told for answer in each.answers for one in answer.ratings])
    of_chats = tally([one for each in told for one in each.chats])
    return [
        f"{counted.helped:,} of {words.counted(counted.rated, one, many)} helped ({counted.share:.0%})"
        for counted, one, many in (
            (of_answers, "rated answer", "rated answers"),
            (of_chats, "rated chat", "rated chats"),
        )
        if counted.share is not None
    ]


def often_of(told: list[Feedback]) -> list[dict[str, Any]]:
    """Return the answers that did not help more than once, the most often so first."""
    answers = [answer for each in told for answer in each.answers if answer.unhelpful > 1]
    ranked = sorted(answers, key=lambda answer: -answer.unhelpful)[:OFTEN]
    return [
        {
            "words": words.one_line(answer.ratings[0].title or answer.ratings[0].text),
            "unhelpful": answer.unhelpful,
            "rated": answer.tally.rated,
        }
        for answer in ranked
    ]


def rating_of(rating: RatedReply, visit: Visit) -> dict[str, Any]:
    """Return a rating as it is shown, without addresses and numbers; nothing of it is more than text."""
    return {
        "is_good": rating.opinion.helpful,
        "verdict": "Helped" if rating.opinion.helpful else "Did not help",
        "is_of_whole_chat": rating.is_of_whole_chat,
        "at": rating.opinion.at,
        "site": visit.fronts[rating.site_id].name,
        "question": words.one_line(without_contacts(rating.asked or "")),
        "text": words.as_said(rating.text),
        "comment": words.one_line(without_contacts(rating.opinion.comment or "")),
        "sources": [
            {"title": words.one_line(one.title), "href": web_href(one.link) or web_href(one.url)}
            for one in rating.citations
        ],
        "lead_id": rating.lead_id,
        "message_id": rating.message_id,
    }
