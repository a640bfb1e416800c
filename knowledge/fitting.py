"""The product or plan that fits somebody by what is known of them: how many they are, what they seek, can spend.

Promises: one is named only where its own cells say so; what is known and speaks against it leaves it out. Seats are
counted only by what sells itself to a team; amounts of money are compared only in one currency.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.amounts import Range, currency_of
from knowledge.answer import KnowledgeBase
from knowledge.document import Passage
from knowledge.found import FoundProduct, product_of
from knowledge.recommend import Offer
from knowledge.suiting import fits
from knowledge.wares import Ware
from knowledge.wishes import Wish

PEOPLE = "people"
SEATS = re.compile(
    r"\b(?:users?|seats?|teams?|team ?size|employees?|staff|members?|agents?|colleagues"
    r"|(?:be)?nutzer\w*|mitarbeite\w*|plätze|teamgröße|utilisateurs?|salariés|équipes?|collaborateurs"
    r"|usuarios?|emplead[oa]s|equipos?)\b",
    re.IGNORECASE,
)
MONTHLY = re.compile(r"\b(?:month\w*|monat\w*|mois|mensuel\w*|mes|mensual\w*)\b", re.IGNORECASE)
YEARLY = re.compile(
    r"\b(?:year(?:s|ly)?|annual\w*|jahr\w*|jährlich\w*|ans?|annuel\w*|años?|anual\w*)\b", re.IGNORECASE
)
PERIODS = ((MONTHLY, 12), (YEARLY, 1))
PER_HEAD = re.compile(
    r"(?:\b(?:per|each|a|pro|je|par|por)\b|/)\s*(?:user|seat|person|head|agent|member|employee|nutzer|benutzer|platz"
    r"|mitarbeiter|utilisateur|personne|usuario|persona)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of somebody; None is not known.

    `people` is from how many to how many they are, `need` what they seek in their own words, `yearly` the most they can
    spend in a year (`once`: in all) in `currency`, an ISO 4217 code or None where they named none. `language` is
    theirs: rows and pages in it go before others.
    """

    people: tuple[float | None, float | None] | None = None
    need: str | None = None
    yearly: float | None = None
    once: float | None = None
    currency: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """What fits, `said` in the words of its table, and by what of what is known: "people", "need", "money"."""

    product: FoundProduct
    said: str
    by: tuple[str, ...]


def find_fit(base: KnowledgeBase, known: Known) -> Fit | None:
    """Return the product or plan that fits best, None where none is known to fit.

    Args:
        base: the knowledge whose tables of products and plans are looked at.
        known: what is known of somebody.
    """
    by_need = _by_need(base, known)
    by_people = _by_people(base, known)
    both = [(offer, other) for offer in by_need for other in by_people if offer.ware is other.ware]
    if both:
        offer, other = both[0]
        joined = replace(offer, reasons=tuple(dict.fromkeys((*offer.reasons, *other.reasons))))
        return _fit(joined, ["need", PEOPLE], known)
    return next(
        (
            _fit(offer, [why], known)
            for why, offers in (("need", by_need), (PEOPLE, by_people))
            for offer in offers
        ),
        None,
    )


def _fit(offer: Offer, by: list[str], known: Known) -> Fit:
    is_within = _is_affordable(offer.ware, known) is True
    return Fit(product_of(offer), _said(offer), tuple([*by, "money"] if is_within else by))


def _said(offer: Offer) -> str:
    ware = offer.ware
    cells = [cell if column == "for" else f"{column}: {cell}" for column, cell in offer.reasons]
    return ware.said or ", ".join(filter(None, (ware.name, ware.price_said, *cells)))


def _by_need(base: KnowledgeBase, known: Known) -> list[Offer]:
    """Return what holds all that is sought in words, unless it is for fewer or more people."""
    wish = base.shelf.wish_of(known.need) if known.need else None
    if wish is None:
        return []
    sought = replace(wish, budget=None, superlative=None, is_sure=False)
    return [one for one in _offers(base, sought, known) if not _is_for_seats(base, one.ware, known.people)
            or _holds(one.ware, known.people)]  # fmt: skip


def _by_people(base: KnowledgeBase, known: Known) -> list[Offer]:
    if known.people is None or known.people == (None, None):
        return []
    count = Range(*known.people, PEOPLE)
    wish = Wish(None, (count,), None, frozenset(), frozenset(), (), is_sure=True)
    return [one for one in _offers(base, wish, known) if _is_for_seats(base, one.ware, known.people)]


def _offers(base: KnowledgeBase, wish: Wish, known: Known) -> list[Offer]:
    def is_theirs(passage: Passage) -> bool:
        return passage.language in {None, known.language}

    offers = base.shelf.offers(wish, accepts=is_theirs) or base.shelf.offers(wish, accepts=lambda _: True)
    return [offer for offer in offers if _is_affordable(offer.ware, known) is not False]


def _is_for_seats(base: KnowledgeBase, ware: Ware, people: tuple[float | None, float | None] | None) -> bool:
    """Say whether it counts who uses it as a team's plan does, and not as a tent does."""
    if people is None or not any(one.noun == PEOPLE for one in ware.ranges):
        return False
    told = " ".join(f"{suit.column} {suit.cell}" for suit in ware.suits)
    return bool(base.shelf.is_plan(ware) or SEATS.search(told))


def _holds(ware: Ware, people: tuple[float | None, float | None] | None) -> bool:
    count = Range(*(people or (None, None)), PEOPLE)
    return any(one.noun == PEOPLE and fits(one, count) for one in ware.ranges)


def _is_affordable(ware: Ware, known: Known) -> bool | None:
    """Say whether its price is within what they can spend, None where that cannot be compared."""
    most = known.yearly if known.once is None else known.once
    is_other = None not in {known.currency, ware.currency} and currency_of(known.currency) != ware.currency
    if ware.price is None or most is None or is_other:
        return None
    text = " ".join(_told(ware))
    periods = [times for pattern, times in PERIODS if pattern.search(text)]
    heads = (known.people or (None, None))[0] if PER_HEAD.search(text) else 1
    if known.once is not None:
        return None if periods else ware.price * (heads or 1) <= most
    least_a_year = ware.price * (min(periods) if len(periods) == 1 else 1) * (heads or 1)
    if least_a_year > most:
        return False
    return True if len(periods) == 1 and heads is not None else None


def _told(ware: Ware) -> Iterator[str]:
    yield ware.said or ware.passage.text
    yield ware.price_said
    for column, cell in ware.passage.attributes.items():
        yield f"{column} {cell}"
