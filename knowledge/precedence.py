"""What goes first: a curated entry, the products that have something to say too, or what was said before."""

from collections.abc import Sequence

from knowledge.amounts import Budget, Range, find_ranges
from knowledge.document import DocumentKind
from knowledge.found import FoundAnswer, SearchResult
from knowledge.hits import Hit
from knowledge.keywords import Tokenizer
from knowledge.priced import price_asked_of
from knowledge.recommend import Offer
from knowledge.strangers import ALIKE_FROM
from knowledge.wishes import Wish

CENTS = 2  # digits after the point
ENTRY_FROM = 0.8
"""The probability from which an entry goes before products, and before what a question leans on."""
OWN_FROM = 0.9  # similarity to an entry's question of one in nearly its own words, whatever was said before


def is_entry_itself(best: Hit) -> bool:
    """Say whether what a question finds by itself is an entry that is asked for in nearly its own words."""
    return best.question is not None and best.similarity >= OWN_FROM


def asks_itself(found: SearchResult, leaning: SearchResult, *, answer_from: float) -> bool:
    """Say whether a question that seems to lean is an entry's own, found surer without what it leans on.

    Args:
        found: what the question finds by itself.
        leaning: what it finds with what it leans on.
        answer_from: the probability from which an answer is given.
    """
    best = found.hits[0]
    if best.question is None or found.confidence <= leaning.confidence:
        return False
    is_same = bool(leaning.hits) and leaning.hits[0].answer_id == best.answer_id
    is_alone = leaning.confidence < answer_from and found.confidence >= ENTRY_FROM
    return is_same or is_alone or best.similarity >= ALIKE_FROM


def mentions_only(hits: Sequence[Hit], question: str, tokenize: Tokenizer) -> bool:
    """Say whether the best is an entry that is asked for the price of what none of its questions is about."""
    matter = price_asked_of(question, tokenize)
    if not hits or not matter or hits[0].passage.kind is not DocumentKind.FAQ:
        return False
    return matter.isdisjoint(tokenize(" ".join((hits[0].passage.title, *hits[0].passage.questions))))


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
