"""The shape of what foyer.yaml says of the widget alone: its words, and the rules by which it speaks first."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.domain.proactive import ProactiveRule
from bot.settings.validation import Section

WIDGET_STRINGS = frozenset(
    {
        *("launcher", "unread", "close", "more", "dismiss", "name", "bot", "waiting", "live", "closed"),
        *("operator", "log", "input", "placeholder", "send", "replies", "below", "privacy", "retrying"),
        *(
            "refused",
            "stopped",
            "restart",
            "full",
            "tooLong",
            "you",
            "today",
            "yesterday",
            "sources",
            "source",
        ),
        *("newTab", "helpful", "unhelpful", "copy", "copied", "writing", "unsent", "again", "person"),
        *("transcript", "forget", "fresh", "conversation", "comment", "praise", "optional", "noted", "rate"),
        *(
            "yes",
            "no",
            "submit",
            "skip",
            "fieldName",
            "fieldCompany",
            "fieldEmail",
            "fieldPhone",
            "fieldEmpty",
        ),
        *("fieldWrongEmail", "fieldWrongPhone"),
    }
)
"""The names of the widget's own words (`widget/src/strings/en*.js`)."""

_LOCALE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def _known(name: str) -> str:
    if name not in WIDGET_STRINGS:
        raise ValueError(
            f"{name!r} is none of the widget's words; they are {', '.join(sorted(WIDGET_STRINGS))}"
        )
    return name


def _path(text: str) -> str:
    if not text.startswith(("/", "*")):
        raise ValueError(f"{text!r} is no path; write one like /pricing or /docs/*")
    return text


def _locale(text: str) -> str:
    if not _LOCALE.fullmatch(text):
        raise ValueError(f"{text!r} is no locale; write one like en or en-GB")
    return text


WidgetWord = Annotated[str, AfterValidator(_known)]
WidgetText = Annotated[str, Field(min_length=1, max_length=300)]


class ProactiveSection(Section):
    """When the widget speaks first: all that is given must hold."""

    say: Annotated[str, Field(min_length=1, max_length=300)] = Field(
        description="The line above the button, and the greeting behind it."
    )
    url: Annotated[str, AfterValidator(_path)] | None = Field(
        default=None, max_length=500, description="The page's path; * stands for anything: /pricing, /docs/*."
    )
    after_s: Annotated[int, Field(ge=0, le=3600)] = Field(default=0, description="Seconds on the page.")
    scroll_percent: Annotated[int, Field(ge=0, le=100)] = Field(
        default=0, description="How much of the page was seen."
    )
    exit: bool = Field(default=False, description="When the pointer leaves towards the tabs.")
    returning: bool | None = Field(
        default=None, description="Only visitors who have talked here before (true), or have not (false)."
    )
    locales: list[Annotated[str, AfterValidator(_locale)]] = Field(
        default=[], max_length=20, description="Only in these languages: en, pt-BR."
    )
    hours: Literal["open", "closed"] | None = Field(
        default=None, description="Only while people are at work, or are not (`hours` of the playbook)."
    )


def rules_of(sections: list[ProactiveSection]) -> tuple[ProactiveRule, ...]:
    """Return the rules as the rest of the program knows them."""
    return tuple(
        ProactiveRule(
            say=one.say,
            url=one.url,
            after_s=one.after_s,
            scroll_percent=one.scroll_percent,
            is_on_exit=one.exit,
            returning=one.returning,
            locales=tuple(one.locales),
            hours=one.hours,
        )
        for one in sections
    )


WidgetStrings = Annotated[Mapping[WidgetWord, WidgetText], Field(max_length=len(WIDGET_STRINGS))]
