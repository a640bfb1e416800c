"""For whom something is: "for my daughter", "for our bakery", "we are a delivery firm", among a site's own choices."""

import re
from collections.abc import Iterator

from bot.domain.facts import ReadFact
from bot.domain.reading.message_text import MessageText, make_fact
from bot.domain.slots import Slot

_FLAGS = re.IGNORECASE
BUSINESS = (
    r"(?:company|business|firm|bakery|caf[ée]|restaurant|hotel|shop|store|office|agency|start-?up|studio|workshop|"
    r"practice|clinic|school|club|association|organi[sz]ation|brewery|farm)"
)
_MINE = r"(?:my|our)\s+(?:(?:own|small|little|new|family|whole)\s+)*"
_KIN = (
    r"(?:(?:grand)?(?:daughter|son|mother|father|child|kid|ma|pa)s?|wife|husband|sister|brother|mum|mom|dad|niece|"
    r"nephew|friend|girlfriend|boyfriend|aunt|uncle|cousin|parents|children)"
)
_FOR = {
    "business": re.compile(
        rf"\bfor\s+{_MINE}(?:\w+\s+)?{BUSINESS}\b|"
        rf"\b(?:we\s+are|we're)\s+an?\s+(?:\w+\s+){{0,2}}(?:company|business|firm|agency|start-?up|{BUSINESS})\b",
        _FLAGS,
    ),
    "gift": re.compile(
        rf"\bfor\s+{_MINE}(?:\d+[\s-]year[\s-]old\s+)?{_KIN}\b(?!['’]s)|\bas\s+a\s+(?:gift|present)\b", _FLAGS
    ),
    "self": re.compile(r"\bfor\s+(?:myself|me(?=\s*(?:$|[.,!]))|my\s+own\s+use)\b", _FLAGS),
}
_LABEL = {
    "business": re.compile(r"\b(?:business|company|firm|work)\b", _FLAGS),
    "gift": re.compile(r"\b(?:gift|present|some(?:body|one)\s+else)\b", _FLAGS),
    "self": re.compile(r"\b(?:my|your)self\b", _FLAGS),
}


def read_recipient(message: MessageText, told: str, slot: Slot) -> Iterator[ReadFact]:
    """Yield the choice that says for whom it is, where the slot's choices tell a business, a gift and oneself apart."""
    choices = {kind: [c for c in slot.choices if label.search(c.label)] for kind, label in _LABEL.items()}
    if sum(len(found) == 1 for found in choices.values()) < 2:
        return
    for kind, pattern in _FOR.items():
        match = pattern.search(told)
        if match is None or len(choices[kind]) != 1:
            continue
        if not re.search(
            r"\b(?:not|no|isn't|never)\s+$", told[max(0, match.start() - 8) : match.start()], _FLAGS
        ):
            value = choices[kind][0].id
            yield make_fact(message, slot, match.span(), "choice.recipient", value=value, confidence=0.8)
            return
