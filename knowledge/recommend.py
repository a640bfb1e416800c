"""Products for a wish: "which plan for 5 people?", "under $100", "the lightest", "something for a small office".

Promises: a product, or a plan in a table on a page, is named only when its own price, the cells that say for how
many or how much, or its words meet all that is wished; what met it is given as its reasons, in the table's own
words. Nothing fits: nothing is named.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.amounts import Range, find_budget
from knowledge.dimensions import Dimension, Superlative, find_comparative
from knowledge.document import Passage
from knowledge.named import find_asked_cells, find_differing_cells, find_named, find_one
from knowledge.spelling import spell_as_sold
from knowledge.suiting import fits, is_named, is_of, is_wished, most_extreme, value_of
from knowledge.wares import Ware, each_ware_once, wares_of
from knowledge.wishes import PLAN_NOUNS, Wish, find_wish, generic_words

MOST_PRODUCTS = 3
MOST_LISTED = 6  # plans, where it is asked which there are
SUPERLATIVE = re.compile(r"\b([^\W\d_]{4,})est\b", re.IGNORECASE)
WORDS_FROM = 0.5  # of the weight of the words wished for, to be held by a product
ALL_WORDS = 0.999  # of them, where the question may wish for something else


@dataclass(frozen=True, slots=True)
class Offer:
    """A ware that meets a wish or is asked about, and the cells of its row that do: `(column, cell)`.

    `is_told` says that these cells are the answer, and not the ware.
    """

    ware: Ware
    reasons: tuple[tuple[str, str], ...]
    is_told: bool = False


class Shelf:
    """The products and plans of one version, each read once."""

    def __init__(
        self,
        passages: Iterable[Passage],
        tokenize: Callable[[str], list[str]],
        share_held: Callable[[Iterable[str], Iterable[str]], float],
    ) -> None:
        """Take the passages, what makes words of a text, and what weighs how many of some words are held."""
        self._share_held = share_held
        self._tokenize = tokenize
        self._generic = generic_words(tokenize)
        self._plan_nouns = frozenset(tokenize(PLAN_NOUNS))
        self._wares = each_ware_once(ware for passage in passages for ware in wares_of(passage, tokenize))
        self._products = [ware for ware in self._wares if not ware.said]
        self._labels = frozenset().union(*(suit.label for ware in self._products for suit in ware.suits))

    def __len__(self) -> int:
        """Count the wares."""
        return len(self._wares)

    def is_plan(self, ware: Ware) -> bool:
        """Say whether a ware calls itself a plan."""
        return bool(self._plan_nouns & ware.kinds)

    def spell(self, question: str, is_unknown: Callable[[str], bool]) -> str:
        """Return a question with the words that are written nowhere spelt like the products' names."""
        return spell_as_sold(question, (ware.name for ware in self._products), is_unknown, self._tokenize)

    def wish_of(self, question: str, earlier: Sequence[str] = ()) -> Wish | None:
        """Return what a question may wish of a product, None when it seeks none.

        Args:
            question: what is asked.
            earlier: the questions it leans on, latest first; "and the cheapest?" is of the kind sought there.
        """
        question = SUPERLATIVE.sub(self._spelt_out, question)
        wish = find_wish(question, self._tokenize, self._generic) if self._wares else None
        if wish and wish.superlative and not wish.matter:
            matter, words = self._kind_sought(earlier)
            return replace(wish, matter=matter, words=wish.words | words)
        return wish

    def _spelt_out(self, found: re.Match[str]) -> str:
        """Say the superlative of a column's label in two words: "brightest" is "most bright" of a brightness."""
        return f"most {found[1]}" if self._labels.intersection(self._tokenize(found[1])) else found[0]

    def more_or_less(
        self, question: str, subject: str, earlier: Sequence[str], *, accepts: Callable[[Passage], bool]
    ) -> tuple[Offer, ...] | None:
        """Return up to three products for "anything lighter?", nearest first; None where nothing such is asked.

        Args:
            question: what is asked.
            subject: the name of the product that was talked about last.
            earlier: the questions before, latest first; the kind that was sought there is kept to.
            accepts: which passages' products may be named.
        """
        sought = find_comparative(question)
        base = next((ware for ware in self._products if ware.name == subject), None)
        if sought is None or base is None or find_budget(question):
            return None
        own = find_wish(question.replace(sought.word, " "), self._tokenize, self._generic)
        matter = own.matter if own else ()
        words = frozenset(self._tokenize(question))
        wish = Wish(
            None, (), sought, frozenset(), words, matter or self._kind_sought(earlier)[0], is_sure=True
        )
        told = value_of(base, wish, sought)
        kin = [one for one in self._products if accepts(one.passage) and self._share(wish, one) is not None]
        if told is None or not kin:
            return None
        valued = [(value, ware) for ware in kin if (value := value_of(ware, wish, sought))]
        sign = 1 if sought.is_greatest else -1
        further = [
            (sign * (number - told[0]), ware)
            for (number, unit), ware in valued
            if unit == told[1] and sign * (number - told[0]) > 0
        ]
        further.sort(key=lambda entry: entry[0])
        return tuple(Offer(ware, self._reasons(ware, wish)) for _, ware in further[:MOST_PRODUCTS])

    def repeats(self, passage: Passage, subject: str, question: str) -> bool:
        """Say whether a passage is the product that is talked about, and its row holds nothing of what is asked now."""
        rows = (one for one in self._products if one.passage.document_id == passage.document_id)
        ware = next((one for one in rows if one.name == subject), None)
        matter = [word for word in self._tokenize(question) if word not in self._generic]
        return ware is not None and bool(matter) and self._share_held(matter, ware.words) < WORDS_FROM

    def _kind_sought(self, earlier: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
        """Return what the latest question that sought products sought, and how it calls plans."""
        for question in earlier:
            wish = find_wish(question, self._tokenize, self._generic)
            if wish is None or find_named(question, self._products, self._tokenize, generic=self._generic):
                continue
            plans = wish.words & self._plan_nouns
            if plans or (wish.matter and any(self._share(wish, ware) is not None for ware in self._products)):
                return wish.matter, plans
        return (), frozenset()

    def told(
        self, question: str, subject: str, before: str, *, with_plans: bool = False
    ) -> tuple[Offer, ...]:
        """Return up to three products that a question calls by their names, each with the cells it asks for.

        Args:
            question: what is asked.
            subject: the title of what was talked about, where the question leans on it; else empty.
            before: the question before, where this one leans on it; else empty.
            with_plans: whether plans in tables on pages are told of too.
        """
        wares = [ware for ware in self._wares if ware.is_offered] if with_plans else self._products
        found = find_asked_cells(
            question, wares, self._tokenize, generic=self._generic, subject=subject, before=before
        )
        if found:
            return tuple(Offer(ware, cells, is_told=True) for ware, cells in found[:MOST_PRODUCTS])
        words = frozenset(self._tokenize(question))
        named = find_named(question, self._products, self._tokenize, generic=self._generic)
        return tuple(
            Offer(ware, tuple((suit.column, suit.cell) for suit in ware.suits if suit.words & words))
            for ware in named[:MOST_PRODUCTS]
        )

    def compared(self, question: str, left: str, right: str) -> tuple[Offer, ...]:
        """Return two products with the cells that a comparison of them asks for, none where their rows have none."""
        first, second = (find_one(name, self._products, self._tokenize) for name in (left, right))
        if first is None or second is None or first is second:
            return ()
        cells = find_differing_cells(question, first, second, self._tokenize)
        if not all(cells):
            return ()
        return tuple(
            Offer(ware, some, is_told=True) for ware, some in zip((first, second), cells, strict=True)
        )

    def lacks(self, wish: Wish, is_unknown: Callable[[str], bool]) -> bool:
        """Say whether a kind is sought of what is sold that nothing written is: "do you sell ceiling lamps"."""
        kinds = frozenset().union(*(ware.kinds for ware in self._products))
        return wish.is_of_stock and wish.matter[-1] in kinds and any(map(is_unknown, wish.matter))

    def offers(self, wish: Wish, *, accepts: Callable[[Passage], bool]) -> tuple[Offer, ...]:
        """Return up to three wares that meet a wish, best first; those of a page where no product does.

        Of a question for plans only what is called a plan is meant, if anything is; which there are lists up to six.

        Args:
            wish: what is wished.
            accepts: which passages' wares may be named.
        """
        plans = self._plans_called(wish)
        wares = plans or (self._wares if wish.is_sure else self._products)
        extreme = self._extreme_of(wish, wares)
        if not (wish.matter or wish.budget or wish.counts or extreme or plans):
            return ()
        meeting = [ware for ware in wares if self._meets(ware, wish) and accepts(ware.passage)]
        fitting = [(share, ware) for ware in meeting if (share := self._share(wish, ware)) is not None]
        if not (wish.is_sure or plans) and not any(
            ware.kinds.intersection(wish.matter) for _, ware in fitting
        ):
            return ()
        products = [(share, ware) for share, ware in fitting if not ware.said]
        fitting = products or fitting
        if extreme:
            fitting = most_extreme(fitting, wish, extreme)
        fitting.sort(key=lambda entry: (-entry[0], self._width(entry[1], wish), entry[1].price or 0.0))
        most = MOST_PRODUCTS if wish.is_sure or not plans else MOST_LISTED
        return tuple(Offer(ware, self._reasons(ware, wish)) for _, ware in fitting[:most])

    def speaks_of(self, passage: Passage, wish: Wish) -> bool:
        """Say whether what a passage offers tells the very things that are wished, whatever they are there."""
        nouns = {count.noun for count in wish.counts}
        wares = [ware for ware in self._wares if ware.passage.document_id == passage.document_id]
        if not (wish.budget or nouns):
            return False
        if any(not ware.said for ware in wares):
            return True
        return any(
            (ware.price is not None or not wish.budget) and nouns <= {one.noun for one in ware.ranges}
            for ware in wares
        )

    def _plans_called(self, wish: Wish) -> list[Ware]:
        """Return what calls itself as the question calls the plans it asks for: of "team plans" those for teams."""
        called = [ware for ware in self._wares if self._plan_nouns & wish.words & ware.kinds]
        for word in wish.words & self._generic:
            called = [ware for ware in called if word in ware.kinds] or called
        return called

    def _extreme_of(self, wish: Wish, wares: Sequence[Ware]) -> Superlative | None:
        """Return the superlative that a column of the wares answers, None when there is none."""
        sought = wish.superlative
        if sought is None or any(value_of(ware, wish, sought) for ware in wares):
            return sought
        return None

    def _share(self, wish: Wish, ware: Ware) -> float | None:
        """Return how much of what is wished in words a ware holds (0–1), None where that is too little."""
        if not wish.matter:
            return 0.0 if ware.is_offered and (wish.is_sure or ware.said) else None
        labels = frozenset().union(*(suit.label for suit in ware.suits if is_wished(suit, wish)))
        share = self._share_held(wish.matter, ware.words | labels)
        return share if share >= (WORDS_FROM if wish.is_sure else ALL_WORDS) else None

    def _meets(self, ware: Ware, wish: Wish) -> bool:
        if wish.budget and (ware.price is None or not wish.budget.allows(ware.price, ware.currency)):
            return False
        return all(self._range_for(ware, wish, count) for count in wish.counts)

    def _range_for(self, ware: Ware, wish: Wish, count: Range) -> Range | None:
        """Return a ware's range that a count is within: of the columns that the question names, if any counts so."""
        counting = [suit for suit in ware.suits if any(one.noun == count.noun for one in suit.ranges)]
        named = [suit for suit in counting if is_named(suit, wish)]
        ranges = [one for suit in named or counting for one in suit.ranges] or ware.ranges
        return next((one for one in ranges if one.noun == count.noun and fits(one, count)), None)

    def _width(self, ware: Ware, wish: Wish) -> float:
        """Return how much wider than wished its ranges are: the nearer one goes first."""
        ranges = filter(None, (self._range_for(ware, wish, count) for count in wish.counts))
        return sum((one.most or float("inf")) - (one.least or 0.0) for one in ranges)

    def _reasons(self, ware: Ware, wish: Wish) -> tuple[tuple[str, str], ...]:
        """Return the cells that met the wish, each by its column."""
        found: list[tuple[str, str]] = []
        is_priced = wish.superlative is not None and wish.superlative.dimension is Dimension.PRICE
        if ware.price is not None and (wish.budget or is_priced):
            found.append(("price", ware.price_said))
        nouns = {count.noun for count in wish.counts}
        found += [
            (suit.column, suit.cell)
            for suit in ware.suits
            if suit.words.intersection(wish.matter)
            or nouns.intersection(one.noun for one in suit.ranges)
            or (wish.superlative and is_of(suit, wish, wish.superlative))
        ]
        return tuple(found)
