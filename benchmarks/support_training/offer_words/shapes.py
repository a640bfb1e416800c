"""What an offer is made of, and how its values are drawn."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attribute:
    """What an offer says of its items: the column's header, how a value is drawn, and how it is told.

    `told` and `denied` are clauses that follow the item's name; `{value}` is where the value goes. Of what is only
    so or not so, `denied` tells that it is not, and no value is drawn.
    """

    key: str
    header: str
    told: Sequence[str]
    denied: Sequence[str] = ()
    draw: Callable[[random.Random], str] = lambda _: ""
    is_price: bool = False

    @property
    def is_yes_or_no(self) -> bool:
        """Whether there is no value but so and not so."""
        return bool(self.denied)


@dataclass(frozen=True, slots=True)
class Language:
    """A language's kinds of items, attributes, and small words."""

    code: str
    item: str
    kinds: Sequence[str]
    attributes: Sequence[Attribute]
    yes: str
    no: str
    article: str
    than_article: str
    conjunction: str
    cheaper: Sequence[str]


def whole(pattern: str, *numbers: int) -> Callable[[random.Random], str]:
    """Draw one of some whole numbers."""
    return lambda chance: pattern.format(chance.choice(numbers))


def money(*patterns: str) -> Callable[[random.Random], str]:
    """Draw an amount, round or not."""
    # One way of writing for all: prices of an offer can be compared.
    return lambda chance: patterns[0].format(
        chance.choice((chance.randint(2, 40) * 10, chance.randint(5, 99)))
    )


def clock(pattern: str, *hours: int) -> Callable[[random.Random], str]:
    """Draw a time of day."""
    return lambda chance: pattern.format(chance.choice(hours), chance.choice(("00", "30", "15")))


def one_of(*values: str) -> Callable[[random.Random], str]:
    """Draw one of some values."""
    return lambda chance: chance.choice(values)
