"""What the web floor works with; `bot.assemble` puts it together."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.bus import Bus
from bot.chat.handoff import Handoff
from bot.chat.talk import Talk
from bot.domain.answer import Answer
from bot.domain.playbook import Playbook
from bot.domain.segment import Segment
from bot.leads import Receivers
from bot.leads.draft import FromSite
from bot.sources import Gap
from bot.store import Database
from bot.telemetry import Numbers
from bot.web.going_away import GoingAway
from bot.web.limits import Limiter
from bot.web.login import Doorman
from bot.web.origins import Origins
from bot.web.sessions import Openings


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqEntry:
    """One curated question with its answer."""

    id: str
    question: str
    answer: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a look at a part of the service found: `ready` or what is wrong, how long it took, and how much waits."""

    state: str
    took_ms: float
    waiting: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A site as the web shows it.

    `answer` takes a question, how many related ones to name, and the language and tags to keep to;
    `identity_secrets` are what its own server may sign with;
    `button` is what the widget's button wears otherwise than by default, by attribute;
    `config` returns what a visitor's client of a locale may know; `faq` the version of the knowledge that serves
    and its curated entries; `gaps` every gap of questions asked since a time; `keep_gap` keeps a question of another
    program that was not answered; `reindex` the report of `foyer index`;
    `proactive` the rules by which the widget may speak first then.
    """

    site_id: str
    name: str
    config: Callable[[str | None], Mapping[str, Any]]
    accent: str | None
    button: Mapping[str, str]
    answer: Callable[[str, int, str | None, Sequence[str]], Awaitable[tuple[Answer, tuple[FaqEntry, ...]]]]
    identity_secrets: Sequence[bytes] = field(repr=False)
    is_answering: Callable[[], bool]
    faq: Callable[[], tuple[str, tuple[FaqEntry, ...]]]
    knowledge: Callable[[], Awaitable[dict[str, Any]]]
    gaps: Callable[[datetime | None], Awaitable[list[Gap]]]
    keep_gap: Callable[[str], Awaitable[None]]
    reindex: Callable[[bool], Awaitable[dict[str, Any]]]
    proactive: Callable[[datetime], Sequence[Mapping[str, Any]]] = field(default=lambda _: ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything a request may need. `fronts` and `origins` change when a site's files change.

    `serving_version` names what answers on a site now; None while nothing does that may be remembered.
    """

    db: Database
    bus: Bus
    talk: Talk
    handoff: Handoff
    limiter: Limiter
    openings: Openings
    clock: Callable[[], datetime]
    new_id: Callable[[str], str]
    fronts: Callable[[], Mapping[str, Front]]
    origins: Callable[[], Origins]
    readiness: Callable[[], Mapping[str, str]]
    serving_version: Callable[[str], str | None]
    playbook_of: Callable[[str], Playbook]
    receivers_of: Callable[[str], Receivers]
    segments_of: Callable[[str], Mapping[str, Segment]]
    writer_of: Callable[[str], FromSite]
    doorman: Doorman
    going_away: GoingAway
    control_token: str
    public_url: str
    numbers: Numbers
    checks: Callable[[], Awaitable[Mapping[str, Checked]]]
    metrics_token: str | None = field(default=None, repr=False)
