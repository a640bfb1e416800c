"""The shape of foyer.yaml: every key, what it means, and what is allowed. The JSON Schema is made of this."""

import re
from typing import Annotated, Any, Literal

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BeforeValidator, Field

from bot.domain.errors import ConfigurationError
from bot.settings.crawl_section import CrawlSection, each_website_once
from bot.settings.identity_section import IdentitySection
from bot.settings.messages_section import MessagesSection
from bot.settings.model_section import ModelEntry
from bot.settings.origins import check_origin
from bot.settings.segment_model import SegmentName, SegmentSection
from bot.settings.tongues import Tongues, expand_variants, locale_of
from bot.settings.validation import Section, ShortText, Text
from bot.settings.widget_section import ProactiveSection, WidgetStrings

SITE_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
_HEX_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_FINDING = re.compile(r"[a-z-]+-[0-9a-f]{8}")
_SECRET = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}|whsec_[A-Za-z0-9+/]{32,88}={0,2}")


def _origin(text: str) -> str:
    try:
        return check_origin(text)
    except ConfigurationError as error:
        raise ValueError(str(error)) from None


def _matching(pattern: re.Pattern[str], remedy: str) -> AfterValidator:
    """Accept only text that matches as a whole; `remedy` says what to write instead."""

    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(f"{text!r} {remedy}")
        return text

    return AfterValidator(check)


def _address(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise ValueError(f"{text!r} is not an e-mail address: {error}") from None


def _web_url(text: str) -> str:
    if not re.fullmatch(r"(?:https?://[^\s/]+|/)\S*", text):
        raise ValueError(f"{text!r} is not a web address; write https://… or a path that begins with /")
    return text


def _endpoint(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@]+(?:[/?][^\s#]*)?", text):
        raise ValueError(f"{text!r} is no address to post to; write it like https://crm.example.com/leads")
    return text


def _secret(text: str) -> str:
    # The value is never repeated in the message: it may be a real secret with a typing mistake.
    if not _SECRET.fullmatch(text):
        raise ValueError(
            "`secret` must be `${FOYER_SECRET_NAME}`; set it to whsec_ and 24 to 64 bytes in base64"
        )
    return text


def choice_id(label: str) -> str:
    """Make an id of a label: small ASCII letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")[:60]


def _expand_choice(value: Any) -> Any:
    """Let a quick reply be written as its label alone."""
    return {"label": value} if isinstance(value, str) else value


def _only_once(values: list[str]) -> list[str]:
    double = next((value for position, value in enumerate(values) if value in values[:position]), None)
    if double is not None:
        raise ValueError(f"{double!r} stands here twice; remove one")
    return values


class ChoiceSection(Section):
    """A quick reply: the label that people read and send."""

    id: Annotated[str, Field(max_length=60)] = Field(
        default="", description="Stable name; made of the label."
    )
    label: ShortText = Field(description="What people read, and what is sent when they press it.")


ChoiceEntry = Annotated[
    ChoiceSection, BeforeValidator(_expand_choice, json_schema_input_type=str | ChoiceSection)
]
Replies = Annotated[list[ChoiceEntry], Field(max_length=6)]
FirstChoices = Annotated[
    Tongues[Replies], BeforeValidator(expand_variants, json_schema_input_type=Replies | dict[str, Replies])
]
TextInTongues = Annotated[
    Tongues[Text], BeforeValidator(expand_variants, json_schema_input_type=Text | dict[str, Text])
]


class ThemeSection(Section):
    """How the widget looks."""

    accent: Annotated[str, _matching(_HEX_COLOUR, "is not a colour; write it like '#2f6f4f', in quotes")] = (
        Field(
            default="#2f6f4f",
            description="The one accent colour, '#rrggbb' in quotes (a bare # begins a comment).",
        )
    )
    mode: Literal["auto", "light", "dark"] = Field(
        default="auto", description="Light, dark, or as the visitor's device."
    )
    position: Literal["right", "left"] = Field(
        default="right", description="The corner in which the button stands."
    )
    avatar: Annotated[str, AfterValidator(_web_url)] | None = Field(
        default=None,
        description="A square picture at the head of the panel: https://… or a path of your page.",
    )


class ConsentSection(Section):
    """The question before contact details are kept."""

    text: TextInTongues = Field(
        default={},
        description="The consent question, in words that people understand; or so for each language.",
    )
    version: ShortText | None = Field(
        default=None,
        description="Kept with every answer, in another language with its name; without it, a fingerprint of the text.",
    )
    policy_url: Annotated[str, AfterValidator(_web_url)] | None = Field(
        default=None, description="Where your privacy policy stands."
    )


class KnowledgeSection(Section):
    """Where the documentation is."""

    folder: ShortText = Field(default="knowledge", description="The folder, relative to the site's own.")
    crawl: Annotated[list[CrawlSection], AfterValidator(each_website_once)] = Field(
        default=[], max_length=20, description="Websites whose pages are fetched and answered from."
    )


class CheckSection(Section):
    """What `foyer check` need not name."""

    ignore: Annotated[
        list[Annotated[str, _matching(_FINDING, "is no id that `foyer check` prints")]],
        AfterValidator(_only_once),
    ] = Field(
        default=[],
        max_length=1000,
        description="Ids of findings that you accept, as `foyer check` prints them in brackets.",
    )


class WebhookSection(Section):
    """An endpoint that is told of leads (Standard Webhooks)."""

    url: Annotated[str, AfterValidator(_endpoint)] = Field(description="The https address to post to.")
    secret: Annotated[str, AfterValidator(_secret)] = Field(
        description="What signs the posts: `${FOYER_SECRET_NAME}`, read from the environment."
    )


class NotifySection(Section):
    """Who is told of a newly qualified lead."""

    email: list[Annotated[str, AfterValidator(_address)]] = Field(
        default=[], max_length=20, description="Addresses to write to (needs FOYER_SMTP_HOST)."
    )
    webhooks: list[WebhookSection] = Field(default=[], max_length=20, description="Endpoints to post to.")


class SiteFile(Section):
    """foyer.yaml: one site."""

    id: (
        Annotated[str, _matching(SITE_ID, "is no id; use small letters, digits, - and _, at most 63")] | None
    ) = Field(default=None, description="The site's id, as in data-site; without it, the folder's name.")
    name: ShortText | None = Field(default=None, description="What visitors read at the top of the panel.")
    origins: Annotated[list[Annotated[str, AfterValidator(_origin)]], AfterValidator(_only_once)] = Field(
        default=[],
        max_length=200,
        description="The pages' origins that may show the widget: https://www.example.com",
    )
    locale: Annotated[str, AfterValidator(locale_of)] = Field(
        default="en", description="The site's language, like en or en-GB."
    )
    region: (
        Annotated[str, _matching(re.compile("[A-Z]{2}"), "is no region; write two capitals like US or GB")]
        | None
    ) = Field(
        default=None,
        description="Where phone numbers and dates without a country are read; else the locale's.",
    )
    greeting: TextInTongues = Field(
        default={}, description="The first words in the panel, or so for each language."
    )
    choices: FirstChoices = Field(
        default={},
        description="Quick replies under the greeting: questions your documentation answers; or so for each language.",
    )
    theme: ThemeSection = Field(default=ThemeSection(), description="How the widget looks.")
    consent: ConsentSection = Field(default=ConsentSection(), description="The consent question.")
    knowledge: KnowledgeSection = Field(default=KnowledgeSection(), description="Where the documentation is.")
    check: CheckSection = Field(default=CheckSection(), description="What `foyer check` need not name.")
    messages: MessagesSection = Field(
        default=MessagesSection(), description="The bot's own sentences in your words, by name."
    )
    strings: WidgetStrings = Field(
        default={},
        description="The widget's own words in your words, by name; under a language, in that one (docs/widget.md).",
    )
    proactive: list[ProactiveSection] = Field(
        default=[], max_length=20, description="When the widget speaks first, on pages with data-triggers."
    )
    notify: NotifySection = Field(
        default=NotifySection(), description="Who is told of a newly qualified lead."
    )
    identity: IdentitySection = Field(
        default=IdentitySection(), description="How visitors are verified: the site's signed token."
    )
    model: ModelEntry | None = Field(
        default=None, description="The language model that phrases the answers; without it, none."
    )
    segments: Annotated[dict[SegmentName, SegmentSection], Field(max_length=100)] = Field(
        default={}, description="Saved filters of leads, by name."
    )
