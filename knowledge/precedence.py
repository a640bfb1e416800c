"""What goes first where a curated entry and the products both have something to say."""

from collections.abc import Sequence

from knowledge.amounts import Budget, Range, find_ranges
from knowledge.found import FoundAnswer
from knowledge.keywords import Tokenizer
from knowledge.recommend import Offer
from knowledge.wishes import Wish

CENTS = 2  # digits after the point
ENTRY_FROM = 0.8
"""The probability from which an entry goes before products, and before what a question leans on."""


def is_entry_about(offers: Sequence[Offer], found: FoundAnswer) -> bool:
    """Whether a sure entry names one of the products: "How heavy is the Harbour?" may be asked there."""
    said = _said(found).casefold()
    return _is_sure_entry(found) and any(offer.ware.name.casefold() in said for offer in offers)


def is_answered(wish: Wish, found: FoundAnswer, tokenize: Tokenizer) -> bool:
    """Whether an entry answers before products are offered: surely, and about the very thing or number wished."""
    if not _is_sure_entry(found):
        return False
    if wish.is_of_stock and not set(wish.matter).issubset(tokenize(_said(found))):
        return False
    ranges = find_ranges(_said(found))
    if wish.counts:
        return any(one.noun == count.noun and one == count for count in wish.counts for one in ranges)
    if wish.budget is None:
        return True
    ends = _ends(wish.budget)
    return any(ends & _ends(one) for one in ranges)


def _ends(told: Budget | Range) -> set[float]:
    """Return the numbers that are named, whether they are within or not."""
    return {round(end, CENTS) for end in (told.least, told.most) if end is not None}


def _is_sure_entry(found: FoundAnswer) -> bool:
    return found.kind == "faq" and found.confidence >= ENTRY_FROM


def _said(found: FoundAnswer) -> str:
    return " ".join(f"{citation.title} {citation.quote}" for citation in found.citations)
