"""The cells of a product that a question asks for by its name: "how heavy is the Harbour?", "price of the Gull".

Promises: pure; only a question all of whose words the product's own row holds is answered so, and only with cells
as they are written.
"""

import re
from collections.abc import Callable, Sequence

from knowledge.amounts import PEOPLE
from knowledge.dimensions import (
    Dimension,
    dimensions_in,
    find_comparative,
    find_superlative,
    plain_label,
    without_dimensions,
)
from knowledge.wares import Suit, Ware

Cells = tuple[tuple[str, str], ...]
Tokenizer = Callable[[str], list[str]]
PRICE = "price"
SHARED_BY = 3  # products that have a word of a name in common may be meant by it
PART_FROM = 3  # letters of such a word
OWN = re.compile(r"\b(?:its?|sein[er]?|son|sa|ses|sus?)\b", re.IGNORECASE)
# Whom a product is for is asked in words that its row need not hold: "how old must a child be for the …?"
PERSONS = "must may be someone somebody person people child kid rider adult kind person muss enfant doit niño niña debe"
# What a row does with its cells: "how many users does Team include?", "what storage comes with Team?"
HOLDING = (
    "include includes included allow allows allowed come comes contain contains use uses used max maximum limit"
    " enthält enthalten erlaubt inbegriffen maximal inclut compris inclus permet incluye incluidos permite"
)
PEOPLE_COUNTED = re.compile(
    rf"\b(?:how many|number of|wie viele|combien d(?:e |['’])|cuánt[oa]s)\s*(?:\w+ )?(?:{'|'.join(sorted(PEOPLE))})\b",
    re.IGNORECASE,
)
STOCK_ASKED = re.compile(
    r"\b(?:(?:in|out of) stock|available|sold out|auf lager|vorrätig|lieferbar|verfügbar|ausverkauft"
    r"|en stock|disponibles?|épuisée?s?|agotad[oa]s?)\b",
    re.IGNORECASE,
)
STOCK = frozenset({
    "availability", "available", "stock", "verfügbarkeit", "verfügbar", "lagerbestand", "lager", "disponibilité",
    "disponibilidad",
})  # fmt: skip


def find_asked_cells(
    question: str,
    products: Sequence[Ware],
    tokenize: Tokenizer,
    *,
    generic: frozenset[str],
    subject: str = "",
    before: str = "",
) -> list[tuple[Ware, Cells]]:
    """Return the products that a question names, or leans on, with the cells it asks for; none without such cells.

    Args:
        question: what is asked.
        products: the rows of product tables.
        tokenize: makes stems of a text.
        generic: stems that say nothing of what is asked.
        subject: the title of the product that is talked about, where the question leans on it.
        before: the question before, whose column is asked for again: "and the Gull?".
    """
    words = tokenize(question)
    named = whole = _wholly_named(words, products, tokenize)
    if not whole and find_superlative(question) is None:
        named = _partly_named(set(words) - generic, products, tokenize)
    if not named and subject and not _asks_for_another(question):
        named = [ware for ware in products if ware.name == subject]
    unsaid = generic.union(tokenize(f"{PERSONS} {HOLDING}"), *(tokenize(ware.name) for ware in named))
    matter = [word for word in tokenize(without_dimensions(question)) if word not in unsaid]
    asks_itself = matter or any(_asked(question, ware, tokenize)[0] for ware in named)
    asking = question if asks_itself else before
    found: list[tuple[Ware, Cells]] = []
    for ware in named:
        cells, labels = _asked(asking, ware, tokenize)
        if cells and all(word in ware.words or word in labels for word in matter):
            found.append((ware, cells))
    return found


def find_named(
    question: str, products: Sequence[Ware], tokenize: Tokenizer, *, generic: frozenset[str]
) -> list[Ware]:
    """Return the products that a question names, wholly or as no other is, and whose rows hold all that it says."""
    words = tokenize(question)
    matter = [word for word in words if word not in generic]
    named = _wholly_named(words, products, tokenize)
    if not named and find_superlative(question) is None:
        part = _partly_named(set(matter), products, tokenize)
        named = part if len(part) == 1 else []
    return [ware for ware in named if all(word in ware.words for word in matter)]


def find_one(name: str, products: Sequence[Ware], tokenize: Tokenizer) -> Ware | None:
    """Return the one product that is called so, by its whole name or a part that no other has; else None."""
    words = tokenize(name)
    named = _wholly_named(words, products, tokenize) or _partly_named(set(words), products, tokenize)
    return named[0] if len(named) == 1 else None


def find_differing_cells(question: str, left: Ware, right: Ware, tokenize: Tokenizer) -> tuple[Cells, Cells]:
    """Return the cells of the columns that a comparison asks for, or that tell two products apart.

    There are none where nothing but the price differs.

    Args:
        question: what is asked; "is A heavier than B" asks for the weights.
        left: the one product.
        right: the other.
        tokenize: makes stems of a text.
    """
    comparative = find_comparative(question)
    wanted = comparative.dimension if comparative else None
    dimensions = dimensions_in(question) | ({wanted} if wanted else frozenset())
    words = frozenset(tokenize(question))
    first, second = _cells_of(left), _cells_of(right)
    suits = (*left.suits, *right.suits)
    asked = {suit.column for suit in suits if _is_asked(suit, dimensions, words)}
    asked |= {PRICE} if Dimension.PRICE in dimensions else set()
    columns = asked or {one for one in first | second if first.get(one) != second.get(one)}
    if not asked and columns == {PRICE}:
        return (), ()  # their descriptions say more
    return tuple(one for one in first.items() if one[0] in columns), tuple(
        one for one in second.items() if one[0] in columns
    )


def _cells_of(ware: Ware) -> dict[str, str]:
    price = {PRICE: ware.price_said} if ware.price_said else {}
    return price | {suit.column: suit.cell for suit in ware.suits}


def _asks_for_another(question: str) -> bool:
    """Say whether a question that leans on a product asks for another: "and the cheapest?", not "its maximum range"."""
    return bool(find_comparative(question) or (find_superlative(question) and not OWN.search(question)))


def _wholly_named(words: Sequence[str], products: Sequence[Ware], tokenize: Tokenizer) -> list[Ware]:
    """Return the products whose name stands in the question; where one stands in another, the longer."""
    names = ((ware, tuple(tokenize(ware.name))) for ware in products)
    whole = [(ware, name) for ware, name in names if name and _stands_in(name, words)]
    return [
        ware
        for ware, name in whole
        if not any(len(other) > len(name) and _stands_in(name, other) for _, other in whole)
    ]


def _partly_named(said: set[str], products: Sequence[Ware], tokenize: Tokenizer) -> list[Ware]:
    """Return the products that alone have a word of those said in their names; else those that share the rarest."""
    names = [(ware, frozenset(tokenize(ware.name))) for ware in products]
    bearing = [[ware for ware, name in names if word in name] for word in said if len(word) >= PART_FROM]
    alone = [wares[0] for wares in bearing if len(wares) == 1]
    if alone:
        return [ware for ware in products if ware in alone]
    return min((wares for wares in bearing if 0 < len(wares) <= SHARED_BY), key=len, default=[])


def _stands_in(name: Sequence[str], words: Sequence[str]) -> bool:
    size = len(name)
    return any(tuple(words[at : at + size]) == tuple(name) for at in range(len(words) - size + 1))


def _asked(question: str, ware: Ware, tokenize: Tokenizer) -> tuple[Cells, frozenset[str]]:
    """Return the cells that a question asks for, and the words by which it names their columns."""
    dimensions = dimensions_in(question)
    words = frozenset(tokenize(question))
    suits = [suit for suit in ware.suits if _is_asked(suit, dimensions, words)]
    labels = frozenset().union(*(suit.label for suit in suits))
    if not suits:
        suits, labels = _asked_otherwise(question, ware, tokenize)
    if suits:
        return tuple((suit.column, suit.cell) for suit in suits), labels
    if Dimension.PRICE in dimensions and ware.price_said:
        return ((PRICE, ware.price_said),), labels
    return (), labels


def _asked_otherwise(question: str, ware: Ware, tokenize: Tokenizer) -> tuple[list[Suit], frozenset[str]]:
    """Return the columns that a question means by other words, and these: seats are users, "in stock" is available."""
    for asked, columns in ((PEOPLE_COUNTED, PEOPLE), (STOCK_ASKED, STOCK)):
        found = asked.search(question)
        suits = [
            suit for suit in ware.suits if columns.intersection(plain_label(suit.column).lower().split())
        ]
        if found and suits:
            return suits, frozenset(tokenize(f"{found.group()} {' '.join(columns)}"))
    return [], frozenset()


def _is_asked(suit: Suit, dimensions: frozenset[Dimension], words: frozenset[str]) -> bool:
    return (suit.dimension in dimensions) or (bool(suit.label) and suit.label <= words)
