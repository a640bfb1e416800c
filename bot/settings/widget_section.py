"""The shape of what foyer.yaml says of the widget alone: its words, and the rules by which it speaks first."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from bot.domain.languages import ANY_LANGUAGE, said_in
from bot.domain.proactive import ProactiveRule
from bot.settings.tongues import Tongues, expand_variants, locale_of
from bot.settings.validation import Section

WIDGET_STRINGS = frozenset(
    {
        *("launcher", "unread", "close", "more", "dismiss", "name", "bot", "waiting", "live", "closed"),
        *("operator", "log", "input", "placeholder", "send", "replies", "below", "privacy", "retrying"),
        *(
            "refused",
            "stopped",
            "erased",
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
            "fieldName",
            "fieldCompany",
            "fieldEmail",
            "fieldPhone",
            "fieldWebsite",
            "fieldEmpty",
        ),
        *("fieldWrongEmail", "fieldWrongPhone", "fieldWrongWebsite", "discard"),
    }
)
"""The names of the widget's own words (`widget/src/strings/en*.js`)."""


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


def _expand_strings(value: Any) -> Any:
    """Words that stand under no language are said so in every language."""
    if not isinstance(value, dict):
        return value
    layers = {name: words for name, words in value.items() if isinstance(words, dict)}
    common = {name: word for name, word in value.items() if name not in layers}
    return {ANY_LANGUAGE: common, **layers} if common else layers


WidgetWord = Annotated[str, AfterValidator(_known)]
WidgetText = Annotated[str, Field(min_length=1, max_length=300)]
WidgetStrings = Annotated[
    Tongues[dict[WidgetWord, WidgetText]],
    BeforeValidator(
        _expand_strings, json_schema_input_type=dict[str, WidgetText | dict[WidgetWord, WidgetText]]
    ),
]
Line = Annotated[
    Tongues[WidgetText],
    BeforeValidator(expand_variants, json_schema_input_type=WidgetText | dict[str, WidgetText]),
    Field(min_length=1),
]


class ProactiveSection(Section):
    """When the widget speaks first: all that is given must hold."""

    say: Line = Field(
        description="The line above the button, and the greeting behind it; or so for each language."
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
    locales: list[Annotated[str, AfterValidator(locale_of)]] = Field(
        default=[], max_length=20, description="Only in these languages: en, pt-BR."
    )
    attributes: dict[Annotated[str, Field(max_length=60)], str | bool | int | float] = Field(
        default={}, max_length=10, description="What the page has told of the visitor: `{plan: trial}`."
    )
    hours: Literal["open", "closed"] | None = Field(
        default=None, description="Only while people are at work, or are not (`hours` of the playbook)."
    )


def rules_of(sections: list[ProactiveSection], own: str) -> tuple[ProactiveRule, ...]:
    """Return the rules as the rest of the program knows them; `own` is the site's locale."""
    return tuple(
        ProactiveRule(
            say=said_in(ANY_LANGUAGE, one.say, own),
            says={tag: words for tag, words in one.say.items() if tag != ANY_LANGUAGE},
            url=one.url,
            after_s=one.after_s,
            scroll_percent=one.scroll_percent,
            is_on_exit=one.exit,
            returning=one.returning,
            locales=tuple(one.locales),
            attributes=one.attributes,
            hours=one.hours,
        )
        for one in sections
    )
