"""The shape of `knowledge.crawl` in foyer.yaml, and the plan that is made of it."""

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

from bot.domain.crawl_plan import CrawlPlan
from bot.settings.validation import Section

_UNITS_S = {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_DURATION = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s?([smhd])")
_NEVER = "never"
MOST_PAGES = 5_000


def seconds_of(text: str) -> float | None:
    """Return the seconds of a checked duration such as `24h`; None for `never`."""
    match = _DURATION.fullmatch(text)
    return float(match.group(1)) * _UNITS_S[match.group(2)] if match else None


def _duration(*, least: str, most: str, or_never: bool = False) -> AfterValidator:
    def check(text: str) -> str:
        seconds = seconds_of(text)
        if text == _NEVER and or_never:
            return text
        if seconds is None:
            raise ValueError(f"{text!r} is no duration; write one like {least} or {most}")
        if not (seconds_of(least) or 0.0) <= seconds <= (seconds_of(most) or 0.0):
            raise ValueError(f"{text!r} is not between {least} and {most}")
        return text

    return AfterValidator(check)


def _start(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@\\]+(?:/[^\s?#\\]*)?", text) or not _has_good_port(text):
        raise ValueError(f"{text!r} is no website to begin at; write it like https://www.example.com/docs/")
    return text


def _has_good_port(text: str) -> bool:
    try:
        return urlsplit(text).port != 0 and bool(urlsplit(text).hostname)
    except ValueError:
        return False


def _sitemap(value: Any) -> Any:
    if not isinstance(value, bool) and not (
        isinstance(value, str) and re.fullmatch(r"https?://[^\s#@\\]+", value)
    ):
        raise ValueError(
            f"`sitemap` must be true, false or an address like https://…/sitemap.xml, not {value!r}"
        )
    return value


def _pattern(text: str) -> str:
    if not re.fullmatch(r"[/*]\S*", text):
        raise ValueError(
            f"{text!r} is no path; write one like /docs/ or /*.pdf$, `*` for anything, `$` for the end"
        )
    return text


def _contact(text: str) -> str:
    if not re.fullmatch(r"https?://[\x21-\x7e]+|[\x21-\x7e]+@[\x21-\x7e]+", text):
        raise ValueError(
            f"{text!r} is no way to reach you; write an address like https://www.example.com/contact"
        )
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]


class CrawlSection(Section):
    """A website whose pages are fetched and answered from."""

    url: Annotated[str, AfterValidator(_start)] = Field(
        description="Where to begin; nothing outside of its folder is visited."
    )
    sitemap: Annotated[bool | str, BeforeValidator(_sitemap)] = Field(
        default=True, description="true looks for sitemaps; or the address of one; false goes without."
    )
    follow_links: bool | None = Field(
        default=None, description="Whether links are followed; without it, only where there is no sitemap."
    )
    include: list[Pattern] = Field(
        default=[], max_length=100, description="Paths to visit, as in robots.txt; without any, all."
    )
    exclude: list[Pattern] = Field(default=[], max_length=100, description="Paths to leave out; wins.")
    max_pages: int = Field(default=500, ge=1, le=MOST_PAGES, description="Pages to keep at most.")
    max_depth: int = Field(default=5, ge=0, le=20, description="Links away from where the crawl begins.")
    every: Annotated[str, _duration(least="15m", most="30d", or_never=True)] = Field(
        default="24h", description="How often to look for changes, like 30m, 24h, 7d; or never."
    )
    delay: Annotated[str, _duration(least="0.5s", most="60s")] = Field(
        default="1s", description="Time between two requests, at least 0.5s."
    )
    contact: Annotated[str, AfterValidator(_contact)] | None = Field(
        default=None,
        description="Shown to the website: how to reach you. Without it, the website's own address.",
    )


def plan_of(section: CrawlSection) -> CrawlPlan:
    """Return the plan that a checked section means."""
    return CrawlPlan(
        url=section.url,
        sitemap=section.sitemap,
        follow_links=section.follow_links,
        include=tuple(section.include),
        exclude=tuple(section.exclude),
        max_pages=section.max_pages,
        max_depth=section.max_depth,
        every_s=seconds_of(section.every),
        delay_s=seconds_of(section.delay) or 0.0,
        contact=section.contact,
    )


def each_website_once(sections: list[CrawlSection]) -> list[CrawlSection]:
    """Refuse two crawls that begin at the same address: they would share a folder."""
    urls = [section.url for section in sections]
    double = next((url for url in urls if urls.count(url) > 1), None)
    if double is not None:
        raise ValueError(f"{double!r} is crawled twice; remove one")
    return sections
