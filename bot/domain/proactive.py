"""When the widget speaks before it is spoken to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.domain.hours import OpeningHours, is_open


@dataclass(frozen=True, slots=True, kw_only=True)
class ProactiveRule:
    """A line above the button, and when it appears: everything given must hold.

    `says` is the line in other words for some languages, by lower-case tag. `url` is a path in which `*` stands for
    anything, `scroll_percent` is 0–100, `returning` asks whether the browser holds a conversation, `attributes` are
    what the page must have told of the visitor, `hours` whether people are at work.
    """

    say: str
    says: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    after_s: int = 0
    scroll_percent: int = 0
    is_on_exit: bool = False
    returning: bool | None = None
    locales: tuple[str, ...] = ()
    attributes: Mapping[str, str | bool | int | float] = field(default_factory=dict)
    hours: Literal["open", "closed"] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what a browser needs to decide, without what was decided already."""
        given = {
            "say": self.say,
            "says": dict(self.says),
            "url": self.url,
            "after_s": self.after_s,
            "scroll_percent": self.scroll_percent,
            "exit": self.is_on_exit,
            "locales": list(self.locales),
            "attributes": dict(self.attributes),
        }
        return {name: value for name, value in given.items() if value} | (
            {} if self.returning is None else {"returning": self.returning}
        )


def rules_now(
    rules: Sequence[ProactiveRule], hours: OpeningHours | None, now: datetime
) -> tuple[ProactiveRule, ...]:
    """Return the rules that may hold at this hour; without opening hours people are always there."""
    state = "open" if hours is None or is_open(hours, now) else "closed"
    return tuple(rule for rule in rules if rule.hours in {None, state})
