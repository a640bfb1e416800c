"""What may be recommended, read once: the rows of a product table, and the plans of a table on a page.

Promises: a ware's name, price and `suits` are cells as they are written. A table on a page counts only where its
columns (or, of a table with one plan a column, its rows) say a price or how many may use it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from knowledge.amounts import CURRENCIES, PEOPLE, Range, currency_of, find_ranges, price_of
from knowledge.dimensions import Dimension, dimension_of, plain_label, unit_of
from knowledge.document import DocumentKind, Passage
from knowledge.groups import Group, find_groups
from knowledge.plain import cells_of
from knowledge.sentences import Span
from knowledge.units import UNITS

PRICED = re.compile(
    r"\b(?:price[sd]?|pricing|costs?|fees?|rates?|(?:per|a) (?:month|year|week|day)|monthly|yearly|annually)\b"
    r"|\b(?:preise?|kosten|gebühr(?:en)?|pro monat|monatlich|jährlich)\b|\b(?:prix|tarifs?|coûts?|par mois|mensuel)\b"
    r"|\b(?:precios?|coste?s?|tarifas?|cuota|al mes|mensual)\b|[€$£]|\b(?:eur|usd|gbp|chf)\b",
    re.IGNORECASE,
)
PEOPLED = re.compile(
    rf"\b(?:{'|'.join(sorted(PEOPLE))}|team(?: size)?|teamgröße|capacity|kapazität|capacité|capacidad)\b",
    re.IGNORECASE,
)
PLANS = re.compile(
    r"\b(?:plans?|pricing|tiers?|packages?|editions?|subscriptions?|memberships?|products?|options?|offers?"
    r"|tarife?|pakete?|angebote?|produkte?|forfaits?|formules?|offres?|abonnements?|planes|tarifas?|paquetes?|ofertas?)\b",
    re.IGNORECASE,
)
NO_MEASURE = frozenset({"for", "price", "currency", "image"})
KIND_COLUMNS = (
    "category",
    "type",
    "kind",
    "group",
    "kategorie",
    "typ",
    "art",
    "catégorie",
    "categoría",
    "tipo",
    "for",
)
HEAD_END = re.compile(  # a description says first what kind of thing it is
    r"[,.;:!?]|\b(?:with|without|for|of|that|which|in|from|mit|ohne|für|von|der|die|das|avec|sans|pour|de|qui|con|sin|para"
    r"|que)\b",
    re.IGNORECASE,
)
FREE = re.compile(r"^(?:free|for free|kostenlos|gratis|gratuite?)\b", re.IGNORECASE)
BOUNDLESS = re.compile(
    r"^(?:unlimited|any(?: number)?|no limit|∞|unbegrenzt|beliebig|illimité\w*|ilimitad\w*)\b", re.IGNORECASE
)


LEAST = frozenset({"min", "minimum", "minimal", "mindestens", "mínimo"})
UNSAID = frozenset({  # words of a column's label that nobody asks by: "Max. users", "number of seats included"
    "max", "maximum", "min", "minimum", "number", "no", "count", "of", "the", "included", "includes", "incl", "limit",
    "up", "to", "anzahl", "der", "die", "inkl", "inklusive", "maximal", "maximale", "nombre", "de", "des", "d",
    "inclus", "número", "máximo", "incluidos",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suit:
    """A cell that says for whom or how many, or measures something, with the numbers and the words in it."""

    column: str
    cell: str
    ranges: tuple[Range, ...]
    words: frozenset[str] = frozenset()
    label: frozenset[str] = frozenset()
    dimension: Dimension | None = None


@dataclass(frozen=True, slots=True)
class Ware:
    """Something that may be recommended.

    `price_said` is its price with the currency ("" for none), `ranges` the numbers of what it is for, `words` all
    that is written of it and `kinds` what says which kind of thing it is. A plan in a table has `said`, its cells as
    they are shown, and `spans`, their lines in the passage's text; `is_offered` is False where the table does not
    call itself an offer.
    """

    passage: Passage
    name: str
    words: frozenset[str]
    kinds: frozenset[str]
    price_said: str
    price: float | None
    currency: str | None
    suits: tuple[Suit, ...]
    ranges: tuple[Range, ...]
    is_offered: bool = True
    said: str = ""
    spans: tuple[Span, ...] = ()


def wares_of(passage: Passage, tokenize: Callable[[str], list[str]]) -> Iterator[Ware]:
    """Yield what a passage offers: a product itself, of a page the plans in its tables."""
    if passage.kind is DocumentKind.PRODUCT:
        yield _product(passage, tokenize)
    elif passage.kind is DocumentKind.PAGE and "|" in passage.text:
        for group in find_groups(passage):
            if group.is_table:
                yield from _plans(passage, group, tokenize)


def each_ware_once(wares: Iterable[Ware]) -> list[Ware]:
    """Keep one of the products that several pages describe by one name at one price: the one with most cells."""
    kept: dict[object, Ware] = {}
    for number, ware in enumerate(wares):
        same = (ware.name.casefold(), ware.price_said, ware.passage.language)
        key = number if ware.said else same
        if key not in kept or len(ware.suits) > len(kept[key].suits):
            kept[key] = ware
    return list(kept.values())


def price_said(product: Passage) -> str:
    """Return a product's price and currency as the table has them, "" when it has none."""
    return " ".join(filter(None, (product.attributes.get("price"), product.attributes.get("currency"))))


def _product(passage: Passage, tokenize: Callable[[str], list[str]]) -> Ware:
    cells = passage.attributes
    sought_for, price, currency = (cells.get(name, "") for name in ("for", "price", "currency"))
    suited = tuple(find_ranges(sought_for))
    suits = [Suit("for", sought_for, suited, frozenset(tokenize(sought_for)))] if sought_for else []
    suits += [
        _measure(column, cell, tokenize)
        for column, cell in cells.items()
        if cell and column not in NO_MEASURE
    ]
    kinds = [passage.title, *passage.tags, *(cells.get(name, "") for name in KIND_COLUMNS)]
    return Ware(
        passage=passage,
        name=passage.title,
        words=frozenset(tokenize(" ".join([*kinds, passage.text, *cells.values()]))),
        kinds=frozenset(tokenize(" ".join([*kinds, HEAD_END.split(passage.text, maxsplit=1)[0]]))),
        price_said=price_said(passage),
        price=_amount(price),
        currency=currency_of(currency) or _currency_in(price),
        suits=tuple(suits),
        ranges=suited or tuple(find_ranges(passage.text)),
    )


def _measure(column: str, cell: str, tokenize: Callable[[str], list[str]]) -> Suit:
    """Read a further cell of a product: its numbers, in the unit that it or its column says."""
    unit = unit_of(column)
    label = _label(column, tokenize)
    words = frozenset(plain_label(column).lower().split())
    if PEOPLE & words and not LEAST & words:
        return Suit(column, cell, _ranges(column, cell, is_limit=True), label=label)
    ranges = (one if one.noun else one.measured(unit) for one in find_ranges(cell))
    return Suit(column, cell, tuple(ranges), label=label, dimension=dimension_of(column))


def _label(column: str, tokenize: Callable[[str], list[str]]) -> frozenset[str]:
    """Return the words by which a column is asked for."""
    words = [word for word in plain_label(column).split() if word.lower() not in UNITS]
    telling = [word for word in words if word.lower() not in UNSAID]
    return frozenset(tokenize(" ".join(telling or words)))


@dataclass(frozen=True, slots=True)
class _Plan:
    """One plan of a table: its cells by their labels, each with its line."""

    name: str
    cells: tuple[tuple[str, str, Span], ...]


def _plans(passage: Passage, group: Group, tokenize: Callable[[str], list[str]]) -> Iterator[Ware]:
    plans = _read(passage, group)
    labels = [label for plan in plans for label, _, _ in plan.cells]
    priced = next((label for label in labels if PRICED.search(label)), None)
    about = f"{passage.section.rpartition(' > ')[2] or passage.title} {cells_of(group.header)[0]}"
    is_whole = priced is not None and any(map(PEOPLED.search, labels))
    is_offered = _is_offer(about) or (is_whole and _is_offer(passage.title))
    for plan in plans:
        cost = next((cell for label, cell, _ in plan.cells if label == priced), "")
        suits = tuple(
            Suit(label, cell, ranges, label=_label(label, tokenize))
            for label, cell, _ in plan.cells
            if label != priced and (ranges := _ranges(label, cell, is_limit=is_offered))
        )
        yield Ware(
            passage=passage,
            name=plan.name,
            words=frozenset(
                tokenize(
                    f"{passage.title} {about} {plan.name} {' '.join(f'{a} {b}' for a, b, _ in plan.cells)}"
                )
            ),
            kinds=frozenset(tokenize(f"{about} {plan.name}")),
            price_said=cost,
            price=_amount(cost),
            currency=_currency_in(cost) or _currency_in(priced or ""),
            suits=suits,
            ranges=tuple(one for suit in suits for one in suit.ranges),
            is_offered=is_offered,
            said=f"{plan.name} — {', '.join(f'{label}: {cell}' for label, cell, _ in plan.cells)}",
            spans=tuple(dict.fromkeys(span for _, _, span in plan.cells)),
        )


def _read(passage: Passage, group: Group) -> list[_Plan]:
    """Return a table's plans, one a row or one a column; none when nothing says a price or a number of people."""
    _, *heads = cells_of(group.header)
    lines = [(member, cells_of(passage.text[slice(*member)])) for member in group.members]
    if any(map(_tells, heads)):
        plans = [
            (cells[0], [(head, cell, line) for head, cell in zip(heads, cells[1:], strict=False)])
            for line, cells in lines
        ]
    else:
        telling = [(line, cells) for line, cells in lines if _tells(cells[0])]
        plans = [
            (head, [(cells[0], cells[at], line) for line, cells in telling if at < len(cells)])
            for at, head in enumerate(heads, 1)
        ]
    named = [(name, tuple(cell for cell in cells if cell[1])) for name, cells in plans if _is_name(name)]
    return [_Plan(name, cells) for name, cells in named if cells]


def _is_offer(heading: str) -> bool:
    return bool(PLANS.search(heading) or PRICED.search(heading))


def _tells(label: str) -> bool:
    return bool(PRICED.search(label) or PEOPLED.search(label))


def _is_name(cell: str) -> bool:
    return any(letter.isalpha() for letter in cell)


def _ranges(label: str, cell: str, *, is_limit: bool) -> tuple[Range, ...]:
    """Return the numbers in a cell, of what its column counts; a bare number in an offer is the most."""
    noun = "people" if PEOPLED.search(label) else unit_of(label) or (label.lower().split() or [""])[-1]
    if BOUNDLESS.match(cell):
        return (Range(None, None, noun).measured(noun),)
    told = find_ranges(cell)
    bare = [Range(None, one.most, "") if is_limit and one.least == one.most else one for one in told]
    return tuple(one if one.noun else other.measured(noun) for one, other in zip(told, bare, strict=True))


def _amount(price: str) -> float | None:
    return 0.0 if FREE.match(price.strip()) else price_of(price)


def _currency_in(price: str) -> str | None:
    """Return the currency that a price names by its sign, name or code."""
    marks = re.findall(r"[€$£]|[^\W\d_]+", price)
    known = (CURRENCIES.get(mark.lower(), mark if re.fullmatch("[A-Z]{3}", mark) else None) for mark in marks)
    return next(filter(None, known), None)
