"""A site as the rest of the program sees it: foyer.yaml, playbook.yaml and where its knowledge is, checked.

`load_site` promises that what it returns works together; otherwise it raises with file, line and remedy.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from bot.domain.crawl_plan import CrawlPlan
from bot.domain.errors import ConfigurationError
from bot.domain.languages import ANY_LANGUAGE
from bot.domain.model_settings import ModelSettings
from bot.domain.playbook import Playbook
from bot.domain.proactive import ProactiveRule
from bot.domain.segment import Segment
from bot.settings.choices import choices_of
from bot.settings.consent_texts import ConsentTexts, consent_texts
from bot.settings.crawl_section import plan_of
from bot.settings.identity_section import IdentityMeans, identity_means
from bot.settings.messages_section import check_messages
from bot.settings.model_section import model_of
from bot.settings.model_warnings import model_warnings
from bot.settings.origins import is_open_http
from bot.settings.playbook_file import bundled_playbook, load_playbook
from bot.settings.problems import FilesError, Problem
from bot.settings.segments import read_segments
from bot.settings.site_file import NotifySection, SiteFile
from bot.settings.tongues import Spellings
from bot.settings.validation import check_file
from bot.settings.variables import resolve
from bot.settings.widget_section import rules_of
from bot.settings.yaml_file import Place, YamlFile, read_yaml

SITE_FILE = "foyer.yaml"
PLAYBOOK_FILE = "playbook.yaml"
DOCUMENT_SUFFIXES = frozenset(
    {".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".txt", ".csv", ".xlsx", ".json", ".jsonl"}
)
BUTTON = {"accent": "#2f6f4f", "position": "right"}
"""What the widget's button wears by itself."""
REGIONS = {"de": "DE", "es": "ES", "fr": "FR", "it": "IT", "nl": "NL", "pl": "PL", "pt": "PT"}
"""The country that a language is called after: dates and phone numbers are read as there, not as in the US."""

_SECRET_VALUE = re.compile(r"whsec_[A-Za-z0-9+/]{32,88}={0,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """How the widget looks: `accent` is `#rrggbb`."""

    accent: str
    mode: Literal["auto", "light", "dark"]
    position: Literal["right", "left"]
    avatar: str | None = None

    def as_json(self) -> dict[str, str]:
        """Return the theme as the widget's configuration has it."""
        given = {"accent": self.accent, "mode": self.mode, "position": self.position, "avatar": self.avatar}
        return {name: value for name, value in given.items() if value}

    def of_button(self) -> dict[str, str]:
        """Return what the button wears otherwise than by default, before the widget has asked for the rest."""
        given = {"accent": self.accent, "position": self.position}
        return {name: value for name, value in given.items() if value != BUTTON[name]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An endpoint that is told of leads; the secret never shows in a representation."""

    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """Who is told of a newly qualified lead."""

    email_to: tuple[str, ...] = ()
    webhooks: tuple[Webhook, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One bot: where it may appear, how it looks and speaks, what it knows and what it wants to know."""

    id: str
    folder: Path
    name: str
    origins: tuple[str, ...]
    locale: str
    region: str
    spellings: Spellings
    theme: Theme
    consent: ConsentTexts
    messages: Mapping[str, str]
    proactive: tuple[ProactiveRule, ...] = ()
    notify: Notify
    playbook: Playbook
    knowledge_folder: Path
    segments: Mapping[str, Segment] = field(default_factory=dict)
    accepted_findings: frozenset[str] = frozenset()
    crawls: tuple[CrawlPlan, ...] = ()
    identity: IdentityMeans = field(default_factory=IdentityMeans)
    model: ModelSettings | None = None

    @property
    def greeting(self) -> str:
        """The first words in the panel, in the site's own language."""
        return self.spellings.heard_in(None).greeting

    @property
    def accent(self) -> str:
        """The one accent colour, `#rrggbb`."""
        return self.theme.accent


def load_site(folder: Path, environ: Mapping[str, str] | None = None) -> Site:
    """Read a site's folder.

    A folder without foyer.yaml is a site too, with every default, when it has a `knowledge` folder or
    documents of its own: then these are its knowledge.

    Args:
        folder: the site's folder.
        environ: where `${…}` in foyer.yaml is looked up; the process's environment by default.

    Raises:
        ConfigurationError: something can not work; the text names file, line and remedy.
    """
    file = _read_site_file(folder)
    parsed = check_file(file, SiteFile)
    playbook = _playbook(folder, parsed.locale)
    check_messages(parsed.messages, file, playbook)
    segments = read_segments(parsed.segments, file, playbook)
    return replace(_site(folder, file, parsed, environ), playbook=playbook, segments=segments)


def load_site_file(folder: Path, environ: Mapping[str, str] | None = None) -> Site:
    """Read foyer.yaml alone: a site with the bundled playbook `simple` and no segments. See `load_site`."""
    file = _read_site_file(folder)
    return _site(folder, file, check_file(file, SiteFile), environ)


def _site(folder: Path, file: YamlFile, parsed: SiteFile, environ: Mapping[str, str] | None) -> Site:
    name = parsed.name or name_of_folder(folder)
    variables = os.environ if environ is None else environ
    return Site(
        id=parsed.id or id_of_folder(folder),
        folder=folder,
        name=name,
        origins=tuple(parsed.origins),
        locale=parsed.locale,
        region=parsed.region or region_of_locale(parsed.locale),
        spellings=_spellings(parsed, file, name),
        theme=_theme(parsed),
        consent=consent_texts(parsed),
        messages=parsed.messages.model_dump(exclude_none=True),
        proactive=rules_of(parsed.proactive, parsed.locale),
        notify=_notify(parsed.notify, file, variables),
        playbook=bundled_playbook("simple", locale=parsed.locale),
        knowledge_folder=_knowledge_folder(folder, parsed, file),
        accepted_findings=frozenset(parsed.check.ignore),
        crawls=tuple(map(plan_of, parsed.knowledge.crawl)),
        identity=identity_means(parsed.identity, file, variables),
        model=model_of(parsed.model, file, variables),
    )


def demo_site_folder() -> Path:
    """Return the bundled demo: Foyer's own documentation, qualifying people interested in Foyer."""
    return Path(__file__).resolve().parent.parent / "demo_site"


def id_of_folder(folder: Path) -> str:
    """Return the id that a site has for its folder's name."""
    return re.sub(r"[^a-z0-9_-]+", "-", folder.resolve().name.lower()).strip("-_")[:63] or "site"


def name_of_folder(folder: Path) -> str:
    """Return the name that a site has for its folder's name."""
    return folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "Our website"


def region_of_locale(locale: str) -> str:
    """Return the region that a locale names, else the country its language is called after, else US."""
    language, _, last = locale.rpartition("-")
    if language and re.fullmatch("[A-Za-z]{2}", last):
        return last.upper()
    return REGIONS.get(locale.partition("-")[0].lower(), "US")


def site_snippet(site: Site, base_url: str) -> str:
    """Return the one line that puts the widget on a page, with what its button looks like before anything is asked."""
    attributes = "".join(f' data-{name}="{value}"' for name, value in site.theme.of_button().items())
    source = f"{base_url.rstrip('/')}/widget.js"
    return f'<script type="module" src="{source}" data-site="{site.id}"{attributes}></script>'


def site_warnings(site: Site) -> tuple[str, ...]:
    """Return what works but deserves a word."""
    warnings = []
    if not site.origins:
        warnings.append("`origins` is empty: the widget appears only on pages of this server, such as /demo.")
    warnings.extend(
        f"The origin {origin} is not encrypted: anybody on the way can read the chat. Use https."
        for origin in site.origins
        if is_open_http(origin)
    )
    warnings.extend(
        f"The website {plan.url} is crawled without encryption: anybody on the way can change it. Use https."
        for plan in site.crawls
        if is_open_http(plan.url)
    )
    warnings.extend(
        f"The webhook {hook.url} is not encrypted: leads would travel in the clear. Use https."
        for hook in site.notify.webhooks
        if is_open_http(hook.url)
    )
    return (*warnings, *model_warnings(site.model))


def _read_site_file(folder: Path) -> YamlFile:
    path = folder / SITE_FILE
    if not folder.is_dir():
        raise ConfigurationError(
            f"{folder}: there is no such folder; `foyer init {folder}` writes a site there."
        )
    if path.is_file():
        return read_yaml(path)
    for misnamed in ("foyer.yml", "Foyer.yaml"):
        if (folder / misnamed).is_file():
            raise ConfigurationError(f"{folder / misnamed}: the file must be called {SITE_FILE}; rename it.")
    if (folder / "knowledge").is_dir() or _has_documents(folder):
        return YamlFile(path, None, {})
    raise ConfigurationError(f"{folder}: there is no {SITE_FILE} in it; `foyer init DIR` writes a new site.")


def _has_documents(folder: Path) -> bool:
    return any(path.suffix.lower() in DOCUMENT_SUFFIXES and path.is_file() for path in folder.iterdir())


def _spellings(parsed: SiteFile, file: YamlFile, name: str) -> Spellings:
    choices = {
        tag: choices_of(given, file=file, place=("choices", tag)) for tag, given in parsed.choices.items()
    }
    return Spellings(
        own=parsed.locale,
        greeting=parsed.greeting or {ANY_LANGUAGE: f"Hello. Ask me anything about {name}."},
        choices=choices or {ANY_LANGUAGE: ()},
        strings=parsed.strings,
    )


def _theme(parsed: SiteFile) -> Theme:
    accent = parsed.theme.accent.lower()
    if len(accent) == 4:
        accent = "#" + "".join(digit * 2 for digit in accent[1:])
    return Theme(
        accent=accent, mode=parsed.theme.mode, position=parsed.theme.position, avatar=parsed.theme.avatar
    )


def _notify(section: NotifySection, file: YamlFile, environ: Mapping[str, str]) -> Notify:
    webhooks = []
    for position, hook in enumerate(section.webhooks):
        place: Place = ("notify", "webhooks", position, "secret")
        secret = resolve(hook.secret, environ)
        if secret is None or not _SECRET_VALUE.fullmatch(secret):
            what = "is not set" if secret is None else "is not whsec_ and 24 to 64 bytes in base64"
            raise FilesError([file.problem(place, f"the variable in `secret: {hook.secret}` {what}")])
        webhooks.append(Webhook(url=hook.url, secret=secret))
    return Notify(email_to=tuple(section.email), webhooks=tuple(webhooks))


def _playbook(folder: Path, locale: str) -> Playbook:
    path = folder / PLAYBOOK_FILE
    return load_playbook(path, locale=locale) if path.is_file() else bundled_playbook("simple", locale=locale)


def _knowledge_folder(folder: Path, parsed: SiteFile, file: YamlFile) -> Path:
    wanted = folder / parsed.knowledge.folder
    if wanted.is_dir():
        return wanted
    if not file.path.is_file():
        return folder
    if parsed.knowledge.crawl and "folder" not in parsed.knowledge.model_fields_set:
        return wanted  # a site may answer from its website alone
    place: Place = ("knowledge", "folder")
    what = f"the knowledge folder {wanted} does not exist; make it, or name another in `knowledge.folder`"
    raise FilesError([Problem(file.path, file.line_of(place), what)])
