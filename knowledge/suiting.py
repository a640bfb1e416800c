"""Whether what a ware's row tells meets a wish: its numbers, its columns, and which of several is the most or least.

Promises: pure; numbers are compared in one unit a kind, and never across currencies.
"""

from knowledge.amounts import Range
from knowledge.dimensions import Dimension, Superlative
from knowledge.wares import Suit, Ware
from knowledge.wishes import Wish

PEOPLE = "people"


def fits(told: Range, count: Range) -> bool:
    """Say whether a cell's range holds what is wished, or a wish for more or less the one number of a cell."""
    ends = [end for end in (count.least, count.most) if end is not None]
    is_one = told.least == told.most and told.noun != PEOPLE
    is_open = told.most is None and count.most is None
    return all(map(told.covers, ends)) or (
        (is_one or is_open) and told.least is not None and count.covers(told.least)
    )


def is_wished(suit: Suit, wish: Wish) -> bool:
    """Say whether a column is named, if only by a part of its label where so much of it is wished."""
    nouns = {count.noun for count in wish.counts}
    return is_named(suit, wish) or any(one.noun in nouns for one in suit.ranges)


def is_named(suit: Suit, wish: Wish) -> bool:
    """Say whether a question names a column, by what it measures or by its label."""
    return suit.dimension in wish.dimensions or (bool(suit.label) and suit.label <= wish.words)


def is_of(suit: Suit, wish: Wish, superlative: Superlative) -> bool:
    """Say whether a superlative is one of a column."""
    if superlative.dimension is not None:
        return suit.dimension is superlative.dimension
    return is_named(suit, wish)


def value_of(ware: Ware, wish: Wish, superlative: Superlative) -> tuple[float, str] | None:
    """Return what a superlative compares of a ware, with its currency or unit; None when its row does not say."""
    if superlative.dimension is Dimension.PRICE:
        return None if ware.price is None else (ware.price, (ware.currency or "") if ware.price else "")
    suits = (suit for suit in ware.suits if is_of(suit, wish, superlative))
    told = next((one for suit in suits for one in suit.ranges), None)
    end = None if told is None else told.most if superlative.is_greatest else told.least
    return None if told is None or end is None else (end, told.noun)


def most_extreme(
    fitting: list[tuple[float, Ware]], wish: Wish, superlative: Superlative
) -> list[tuple[float, Ware]]:
    """Keep the greatest or least; none when they are in several currencies or units."""
    valued = [(value, entry) for entry in fitting if (value := value_of(entry[1], wish, superlative))]
    if not valued or len({unit for (number, unit), _ in valued if number}) > 1:
        return []
    numbers = [number for (number, _), _ in valued]
    sought = max(numbers) if superlative.is_greatest else min(numbers)
    return [entry for (number, _), entry in valued if number == sought]
