"""What a website asks of robots: RFC 9309, with `Crawl-delay` and `Sitemap` as they are in use.

Promises: linear in the size of the file, of which the first 500 KiB count; only the rules for us are kept.
"""

import math
from dataclasses import dataclass, field

from bot.sources.crawl.patterns import matches, normalise

NAME = "FoyerBot"
MOST_BYTES = 500 * 1024
MOST_RULES = 5_000
LONGEST_RULE = 2_000
MOST_SITEMAPS = 100


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that hold for us: (pattern, whether it allows). Without any, everything is allowed."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay_s: float = 0.0
    sitemaps: tuple[str, ...] = ()

    def allows(self, path: str) -> bool:
        """Return whether a path with its query may be visited: the longest pattern decides, a tie allows."""
        covering = [(len(pattern), allows) for pattern, allows in self.rules if matches(pattern, path)]
        return max(covering, default=(0, True))[1]


@dataclass(slots=True)
class _Group:
    rules: list[tuple[str, bool]] = field(default_factory=list)
    delay_s: float = 0.0


def parse_robots(content: bytes) -> Robots:
    """Return what a robots.txt says to us, else to everybody; what cannot be read says nothing."""
    groups = {NAME.lower(): _Group(), "*": _Group()}
    named: set[str] = set()
    current: set[str] = set()
    sitemaps: list[str] = []
    is_naming = False
    for line in content[:MOST_BYTES].decode("utf-8-sig", errors="replace").splitlines():
        key, colon, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        match key.lower() if colon else "":
            case "user-agent":
                current = (current if is_naming else set()) | (
                    {value.partition("/")[0].strip().lower()} & groups.keys()
                )
                is_naming = True
                named |= current
            case "allow" | "disallow" | "crawl-delay" as rule:
                is_naming = False
                for name in current:
                    _add(groups[name], rule, value)
            case "sitemap" if value and len(sitemaps) < MOST_SITEMAPS:
                sitemaps.append(value)
    ours = groups[NAME.lower() if NAME.lower() in named else "*"]
    return Robots(tuple(ours.rules), ours.delay_s, tuple(sitemaps))


def _add(group: _Group, rule: str, value: str) -> None:
    if rule == "crawl-delay":
        group.delay_s = _seconds(value)
    elif 0 < len(value) <= LONGEST_RULE and len(group.rules) < MOST_RULES:
        group.rules.append((normalise(value), rule == "allow"))


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    return seconds if math.isfinite(seconds) and seconds > 0 else 0.0
