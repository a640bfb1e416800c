"""How the console says things: times, stages, states, numbers. Everything a visitor wrote is made fit to show here."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from bot.domain.facts import BY_MODEL, Fact, FactState
from bot.leads.learned_order import Sort

JOINERS = frozenset("\u200c\u200d\ufe0f")
STAGES: Mapping[str, str] = {
    "sql": "Ready for sales",
    "mql": "Worth a look",
    "lead": "Contact",
    "visitor": "Visitor",
    "disqualified": "Disqualified",
}
STATES: Mapping[str, str] = {
    "known": "Known",
    "none": "None, they said",
    "declined": "Did not want to say",
    "unclear": "Unclear",
    "not_asked": "Not spoken of",
}
CONSENTS: Mapping[str, str] = {
    "given": "Agreed",
    "refused": "Did not agree",
    "withdrawn": "Took it back",
    "not_asked": "Not asked yet",
}
ORDERS: Mapping[Sort, str] = {
    "newest": "Newest first",
    "score": "Best first",
    "learned": "Likeliest first",
}
SPANS: Mapping[str, str] = {
    "24h": "the last 24 hours",
    "7d": "the last 7 days",
    "30d": "the last 30 days",
    "90d": "the last 90 days",
}
TITLE_OF: Mapping[int, str] = {
    403: "This was not done",
    404: "There is nothing here",
    422: "This cannot be done like that",
    429: "Too many tries",
    503: "Not right now",
}
MINUTE, HOUR, DAY = 60, 3_600, 86_400
CERTAIN = 0.95
GUESSED = 0.5
"""The confidence of what a visitor told with doubt: "maybe 20k"."""


def doubt(fact: Fact) -> str:
    """Return why a known fact is not sure: told as a guess, or pointed at by a language model; else ""."""
    if fact.state is not FactState.KNOWN:
        return ""
    if fact.extractor == BY_MODEL:
        return "found by the language model"
    return "a guess" if fact.confidence <= GUESSED else ""


def ago(at: datetime, now: datetime) -> str:
    """Return a time as people say it: `2 h ago`; over a month back, the day."""
    passed = (now - at).total_seconds()
    if passed < MINUTE:
        return "just now"
    if passed < HOUR:
        return f"{int(passed // MINUTE)} min ago"
    if passed < DAY:
        return f"{int(passed // HOUR)} h ago"
    days = int(passed // DAY)
    if days > 30:
        return f"{at.astimezone(UTC):%-d %b %Y}"
    return "yesterday" if days == 1 else f"{days} days ago"


def percent(share: float) -> str:
    """Return a probability (0–1) in words that claim no certainty: `72 %`, `over 95 %`, `under 5 %`."""
    if share > CERTAIN:
        return f"over {CERTAIN:.0%}".replace("%", " %")
    if share < 1 - CERTAIN:
        return f"under {1 - CERTAIN:.0%}".replace("%", " %")
    return f"{share * 100:.0f} %"


def exact(at: datetime) -> str:
    """Return a time to the minute, in UTC."""
    return f"{at.astimezone(UTC):%-d %B %Y, %H:%M} UTC"


def one_line(text: str) -> str:
    """Return the text on one line, without marks that cannot be seen or that turn the direction of writing."""
    return " ".join("".join(char if _is_shown(char) else " " for char in text).split())


def as_said(text: str) -> str:
    """Return the text with its line ends and without the other marks that cannot be seen."""
    return "".join(char if _is_shown(char) or char == "\n" else " " for char in text)


def _is_shown(char: str) -> bool:
    """Whether a character may stand on a page: joiners make one emoji, or one Persian word, of several letters."""
    return char.isprintable() or char in JOINERS


def counted(number: int, one: str, many: str) -> str:
    """Return a number with what it counts: `1 lead`, `1,200 leads`."""
    return f"{number:,} {one if number == 1 else many}"


def marked(text: str, quotes: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """Yield the text in pieces, each with the name of what it says where a quote stands there.

    Args:
        text: what was said.
        quotes: quotes from it and what each is evidence of; the longest is looked for first.
    """
    found: list[tuple[int, int, str]] = []
    for quote, name in sorted(quotes.items(), key=lambda item: -len(item[0])):
        start = text.find(quote) if quote else -1
        if start >= 0 and all(start >= end or start + len(quote) <= begin for begin, end, _ in found):
            found.append((start, start + len(quote), name))
    place = 0
    for start, end, name in sorted(found):
        if start > place:
            yield text[place:start], None
        yield text[start:end], name
        place = end
    if place < len(text):
        yield text[place:], None
