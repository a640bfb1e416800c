"""The FAQ endpoint for any other program: ask a site's documentation, list its curated entries."""

import hashlib
from typing import Annotated, Any

import orjson
import structlog
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import StringConstraints

from bot.domain.answer import Answer
from bot.domain.errors import StorageError
from bot.web.errors import Problem, too_many
from bot.web.faq_memory import FaqMemory, Given
from bot.web.limits import address_of
from bot.web.parts import FaqEntry, Front
from bot.web.spelled import product_data
from bot.web.visitor_http import front_for, parts_of

log = structlog.get_logger(__name__)
router = APIRouter(prefix="/api/v1/faq", tags=["faq"])

SiteParameter = Annotated[str, Query(min_length=1, max_length=64, examples=["demo"])]
QuestionParameter = Annotated[
    str, Query(min_length=1, max_length=1_000, examples=["How do I add Foyer to my website?"])
]
LANGUAGE = r"^[A-Za-z]{2,3}([-_].*)?$"
Tag = Annotated[str, StringConstraints(max_length=100)]


@router.get("", summary="Ask a question")
async def ask(
    request: Request,
    site: SiteParameter,
    q: QuestionParameter,
    k: Annotated[int, Query(ge=0, le=10)] = 3,
    lang: Annotated[str | None, Query(max_length=35, pattern=LANGUAGE, examples=["en"])] = None,
    tag: Annotated[list[Tag] | None, Query(max_length=10)] = None,
) -> Any:
    """Answer from the documentation, with citations, and name up to `k` related questions.

    `lang` and `tag` (repeated: all of them) keep to passages in that language and with those tags.

    An answer of kind `none` has a null text and no citations: the documentation does not say. Its `suggestions`, if
    any, are up to three entries that may be meant. Of several questions in one, those that nothing answers beside the
    others are named in `unanswered`.
    """
    front = front_for(site, request)
    await count(request)
    if not front.is_answering():
        raise Problem(503, "starting", "The knowledge is still being indexed.", {"Retry-After": "2"})
    version = parts_of(request).serving_version(site)
    answer, related = await front.answer(q, k, lang, tag or [])
    near = [{"id": entry.id, "question": entry.question} for entry in related]
    body = orjson.dumps({"answer": answer_json(answer), "related": near})
    if answer.kind == "none" and not answer.suggestions:
        await keep_gap(request, front, q)
    elif version is not None and not (answer.unknown or answer.unanswered):  # those are the asker's own words
        memory: FaqMemory = request.app.state.faq_memory
        memory.keep(request.scope["query_string"], Given(site, version, body))
    for one in answer.unanswered:
        await keep_gap(request, front, one)
    return Response(body, media_type="application/json")


async def keep_gap(request: Request, front: Front, question: str) -> None:
    """Keep a question that was not answered, of an address so many an hour; answering does not depend on it."""
    limiter = parts_of(request).limiter
    address = address_of(request, limiter.allowance.trusted_proxies)
    if await limiter.wait_s("faq_gap", address) is not None:
        return
    try:
        await front.keep_gap(question)
    except StorageError as error:
        log.warning("gap.not_kept", site=front.site_id, code=error.code)


async def count(request: Request) -> None:
    """Hold the caller to the limit."""
    limiter = parts_of(request).limiter
    wait_s = await limiter.wait_s("faq", address_of(request, limiter.allowance.trusted_proxies))
    if wait_s is not None:
        raise too_many(wait_s)


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return an answer as the contract spells it."""
    data: dict[str, Any] = {
        "kind": answer.kind,
        "text": answer.text,
        "confidence": round(answer.confidence, 4),
        "citations": [
            {
                "document_id": c.document_id,
                "passage_id": c.passage_id,
                "title": c.title,
                "url": c.url,
                "link": c.link,
                "quote": c.quote,
            }
            for c in answer.citations
        ],
    }
    if answer.suggestions:
        data["suggestions"] = [{"id": one.id, "question": one.question} for one in answer.suggestions]
    if answer.unanswered:
        data["unanswered"] = list(answer.unanswered)
    if answer.unknown:
        data["unknown"] = list(answer.unknown)
    if answer.products:
        data["products"] = [product_data(product) for product in answer.products]
    return data


@router.get("/entries", summary="List the curated entries")
async def entries(request: Request, site: SiteParameter) -> Response:
    """Return every curated question with its answer; unchanged lists answer 304."""
    front = front_for(site, request)
    await count(request)
    body = {
        "entries": [
            {"id": e.id, "question": e.question, "answer": e.answer, "url": e.url} for e in listed(front)
        ]
    }
    return tagged(request, orjson.dumps(body), "application/json")


def listed(front: Front) -> tuple[FaqEntry, ...]:
    """Return the entries of the knowledge that serves now."""
    _, found = front.faq()
    return found


def tagged(request: Request, body: bytes, media_type: str) -> Response:
    """Return the body with an ETag, or 304 when the caller has it."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "public, max-age=60"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


json_ld = APIRouter(prefix="/api/v1", tags=["faq"])


@json_ld.get("/faq.jsonld", summary="The entries as schema.org FAQPage")
async def faq_page(request: Request, site: SiteParameter) -> Response:
    """Return JSON-LD that may stand inside a script element: `</` is escaped."""
    front = front_for(site, request)
    await count(request)
    page = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {"@type": "Question", "name": e.question, "acceptedAnswer": {"@type": "Answer", "text": e.answer}}
            for e in listed(front)
        ],
    }
    return tagged(request, orjson.dumps(page).replace(b"</", b"<\\/"), "application/ld+json")
