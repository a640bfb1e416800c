"""Products for a wish: "which plan for 5 people?", "under $100", "the cheapest", "something for a small office".

Promises: a product is named only when its own price, its `for` or its words meet all that is wished; what met
it is given as its reasons, in the table's own words. Nothing fits: nothing is named.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from knowledge.amounts import Budget, Range, currency_of, find_budget, find_ranges, price_of, without_amounts
from knowledge.confidence import FUNCTION_WORDS
from knowledge.document import Passage

MOST_PRODUCTS = 3
WORDS_FROM = 0.5  # of the weight of the words wished for, to be held by a product
CHEAPEST = re.compile(
    r"\bcheapest\b|\bleast expensive\b|\blowest.priced?\b|\bmost affordable\b"
    r"|\b(?:günstigste|billigste|preiswerteste)[nrms]?\b"
    r"|\b(?:le|la|les) (?:moins ch[eè]re?s?)\b|\bmás (?:barat[oa]s?|económic[oa]s?)\b",
    re.IGNORECASE,
)
DEAREST = re.compile(
    r"\bmost expensive\b|\bpriciest\b|\bteuerste[nrms]?\b"
    r"|\b(?:le|la) plus ch[eè]re?\b|\bmás car[oa]s?\b",
    re.IGNORECASE,
)
SEEKING = re.compile(
    r"\b(?:which|what|recommend\w*|suggest\w*|looking for|need|want|something|anything|have|sell|offer|show|find)\b"
    r"|\b(?:welche[rsnm]?|was|empfehl\w*|empfiehl\w*|suche[n]?|brauche[n]?|etwas|habt|gibt|haben)\b"
    r"|\b(?:quel(?:le)?s?|recommand\w*|conseill\w*|cherch\w*|besoin|quelque chose|avez|que)\b"
    r"|\b(?:qué|cuál(?:es)?|recom[ie]+nd\w*|busc\w*|necesit\w*|algo|tienen|tenéis)\b",
    re.IGNORECASE,
)
SOUGHT_FOR = re.compile(
    r"\b(?:something|anything|recommend\w*|suggest\w*|looking for|suitable|right|best)\b.*?\bfor\b"
    r"|\bwhich\s+(?:\w+\s+){1,2}for\b"
    r"|\b(?:etwas|empfehl\w*|suche[n]?|geeignet|welche[rsnm]?\s+\w+)\b.*?\bfür\b"
    r"|\b(?:quelque chose|recommand\w*|cherch\w*|convient|quel(?:le)?s?\s+\w+)\b.*?\bpour\b"
    r"|\b(?:algo|recom[ie]+nd\w*|busc\w*|adecuad\w*|(?:qué|cuál)\s+\w+)\b.*?\bpara\b",
    re.IGNORECASE,
)
# Words that say that something is sought, not what; and what every row of a product table is.
GENERIC = """
    plan plans product products item items option options package packages tariff subscription model models thing
    something anything offer offers recommend suggest look looking find show sell need want best suit suitable right
    good cheap cheapest least most expensive affordable price priced cost costs budget team teams company there any
    month monthly year yearly per people users
    tarif tarife produkt produkte angebot angebote paket etwas habt haben sie ihr gibt es was welche welcher welches
    welchen ist das der die den dem ein eine einen einem für ich wir uns mir suche brauche empfehlen empfehlt
    günstigste günstigsten billigste preis im monat team bis unter
    forfait forfaits offre offres produit produits quel quelle quels quelles est le la les un une des pour je nous
    vous avez cherche quelque chose moins cher chère prix par mois que de qu équipe
    producto productos oferta ofertas qué cuál cuáles es el los las una unos para yo tienen tenéis busco algo más
    barato barata precio al mes por equipo
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a product should be: within a budget, for so many, the cheapest or dearest; `rest` in other words."""

    budget: Budget | None
    counts: tuple[Range, ...]
    is_cheapest: bool
    is_dearest: bool
    rest: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A product that meets a wish, and the cells of its row that do: `(column, cell)`."""

    product: Passage
    reasons: tuple[tuple[str, str], ...]


def find_wish(question: str) -> Wish | None:
    """Return what a question wishes of a product, None when it seeks none."""
    budget = find_budget(question)
    is_cheapest, is_dearest = bool(CHEAPEST.search(question)), bool(DEAREST.search(question))
    counted = [count for count in find_ranges(question) if count.noun]
    people = [count for count in counted if count.noun == "people"]
    counts = tuple(people or (counted[:1] if budget is None else ()))
    is_sought = bool(SEEKING.search(question)) and bool(budget or counts)
    if not (is_cheapest or is_dearest or is_sought or SOUGHT_FOR.search(question)):
        return None
    rest = without_amounts(DEAREST.sub(" ", CHEAPEST.sub(" ", question)))
    return Wish(budget, counts, is_cheapest, is_dearest, rest)


class Shelf:
    """The products of one version, each read once."""

    def __init__(
        self,
        products: Iterable[Passage],
        tokenize: Callable[[str], list[str]],
        share_held: Callable[[Iterable[str], Iterable[str]], float],
    ) -> None:
        """Take the products, what makes words of a text, and what weighs how many of some words are held."""
        self._tokenize = tokenize
        self._share_held = share_held
        self._generic = frozenset(tokenize(GENERIC + FUNCTION_WORDS))
        self._products = [_read(product, tokenize) for product in products]

    def __len__(self) -> int:
        """Count the products."""
        return len(self._products)

    def offers(
        self, wish: Wish, words: Sequence[str], *, accepts: Callable[[Passage], bool]
    ) -> tuple[Offer, ...]:
        """Return up to three products that meet a wish, best first.

        Args:
            wish: what is wished.
            words: the content words of the wish's `rest`.
            accepts: which products may be named.
        """
        matter = [word for word in words if word not in self._generic and not word.isdigit()]
        meeting = (one for one in self._products if one.meets(wish) and accepts(one.passage))
        fitting = [(self._share(matter, product), product) for product in meeting]
        if matter:
            fitting = [(share, product) for share, product in fitting if share >= WORDS_FROM]
        elif not (wish.budget or wish.counts or wish.is_cheapest or wish.is_dearest):
            return ()
        if wish.is_cheapest or wish.is_dearest:
            fitting = _extreme(fitting, is_dearest=wish.is_dearest)
        fitting.sort(key=lambda entry: (-entry[0], entry[1].width(wish), entry[1].price or 0.0))
        return tuple(
            Offer(product.passage, product.reasons(wish, set(matter)))
            for _, product in fitting[:MOST_PRODUCTS]
        )

    def _share(self, matter: Sequence[str], product: "_Product") -> float:
        return self._share_held(matter, product.words) if matter else 0.0


@dataclass(frozen=True, slots=True)
class _Product:
    passage: Passage
    words: frozenset[str]
    for_words: frozenset[str]
    price: float | None
    currency: str | None
    ranges: tuple[Range, ...]

    def meets(self, wish: Wish) -> bool:
        if wish.budget and (self.price is None or not wish.budget.allows(self.price, self.currency)):
            return False
        return all(self.range_for(count) for count in wish.counts)

    def range_for(self, count: Range) -> Range | None:
        ends = [end for end in (count.least, count.most) if end is not None]
        return next(
            (one for one in self.ranges if one.noun == count.noun and all(map(one.covers, ends))), None
        )

    def width(self, wish: Wish) -> float:
        """Return how much wider than wished its ranges are: the nearer one goes first."""
        ranges = filter(None, map(self.range_for, wish.counts))
        return sum((one.most or float("inf")) - (one.least or 0.0) for one in ranges)

    def reasons(self, wish: Wish, matter: set[str]) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        if self.price is not None and (wish.budget or wish.is_cheapest or wish.is_dearest):
            found.append(("price", price_said(self.passage)))
        if wish.counts or matter & self.for_words:
            found.append(("for", self.passage.attributes.get("for", "")))
        return tuple((column, cell) for column, cell in found if cell)


def price_said(product: Passage) -> str:
    """Return a product's price and currency as the table has them, "" when it has none."""
    return " ".join(filter(None, (product.attributes.get("price"), product.attributes.get("currency"))))


def _read(product: Passage, tokenize: Callable[[str], list[str]]) -> _Product:
    sought_for, price = product.attributes.get("for", ""), product.attributes.get("price", "")
    mark = re.sub(r"[\d.,\s]+", " ", price).split()
    return _Product(
        passage=product,
        words=frozenset(tokenize(f"{product.title} {product.text} {' '.join(product.attributes.values())}")),
        for_words=frozenset(tokenize(sought_for)),
        price=price_of(price),
        currency=currency_of(product.attributes.get("currency") or (mark[0] if mark else None)),
        ranges=tuple(find_ranges(sought_for) or find_ranges(product.text)),
    )


def _extreme(fitting: list[tuple[float, _Product]], *, is_dearest: bool) -> list[tuple[float, _Product]]:
    """Keep the cheapest or dearest; none when prices are in several currencies."""
    priced = [(share, product) for share, product in fitting if product.price is not None]
    if not priced or len({product.currency for _, product in priced}) > 1:
        return []
    prices = [product.price for _, product in priced if product.price is not None]
    sought = max(prices) if is_dearest else min(prices)
    return [(share, product) for share, product in priced if product.price == sought]
