"""Products for a wish: "which plan for 5 people?", "under $100", "the cheapest", "something for a small office".

Promises: a product, or a plan in a table on a page, is named only when its own price, the cell that says for how
many, or its words meet all that is wished; what met it is given as its reasons, in the table's own words. Nothing
fits: nothing is named.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from knowledge.amounts import Budget, Range, find_budget, find_ranges, without_amounts
from knowledge.confidence import FUNCTION_WORDS
from knowledge.document import Passage
from knowledge.wares import Ware, wares_of

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
    """A ware that meets a wish, and the cells of its row that do: `(column, cell)`."""

    ware: Ware
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
    """The products and plans of one version, each read once."""

    def __init__(
        self,
        passages: Iterable[Passage],
        tokenize: Callable[[str], list[str]],
        share_held: Callable[[Iterable[str], Iterable[str]], float],
    ) -> None:
        """Take the passages, what makes words of a text, and what weighs how many of some words are held."""
        self._share_held = share_held
        self._generic = frozenset(tokenize(GENERIC + FUNCTION_WORDS))
        self._wares = [ware for passage in passages for ware in wares_of(passage, tokenize)]

    def __len__(self) -> int:
        """Count the wares."""
        return len(self._wares)

    def offers(
        self, wish: Wish, words: Sequence[str], *, accepts: Callable[[Passage], bool]
    ) -> tuple[Offer, ...]:
        """Return up to three wares that meet a wish, best first; those of a page where no product does.

        Args:
            wish: what is wished.
            words: the content words of the wish's `rest`.
            accepts: which passages' wares may be named.
        """
        matter = [word for word in words if word not in self._generic and not word.isdigit()]
        if not (matter or wish.budget or wish.counts or wish.is_cheapest or wish.is_dearest):
            return ()
        meeting = [ware for ware in self._wares if _meets(ware, wish) and accepts(ware.passage)]
        fitting = [(share, ware) for ware in meeting if (share := self._share(matter, ware)) is not None]
        products = [(share, ware) for share, ware in fitting if not ware.said]
        fitting = products or fitting
        if wish.is_cheapest or wish.is_dearest:
            fitting = _extreme(fitting, is_dearest=wish.is_dearest)
        fitting.sort(key=lambda entry: (-entry[0], _width(entry[1], wish), entry[1].price or 0.0))
        return tuple(Offer(ware, _reasons(ware, wish, set(matter))) for _, ware in fitting[:MOST_PRODUCTS])

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

    def _share(self, matter: Sequence[str], ware: Ware) -> float | None:
        """Return how much of what is wished in words a ware holds (0–1), None where that is too little."""
        if not matter:
            return 0.0 if ware.is_offered else None
        share = self._share_held(matter, ware.words)
        return share if share >= WORDS_FROM else None


def _meets(ware: Ware, wish: Wish) -> bool:
    if wish.budget and (ware.price is None or not wish.budget.allows(ware.price, ware.currency)):
        return False
    return all(_range_for(ware, count) for count in wish.counts)


def _range_for(ware: Ware, count: Range) -> Range | None:
    ends = [end for end in (count.least, count.most) if end is not None]
    return next((one for one in ware.ranges if one.noun == count.noun and all(map(one.covers, ends))), None)


def _width(ware: Ware, wish: Wish) -> float:
    """Return how much wider than wished its ranges are: the nearer one goes first."""
    ranges = filter(None, (_range_for(ware, count) for count in wish.counts))
    return sum((one.most or float("inf")) - (one.least or 0.0) for one in ranges)


def _reasons(ware: Ware, wish: Wish, matter: set[str]) -> tuple[tuple[str, str], ...]:
    """Return the cells that met the wish, each by its column."""
    found: list[tuple[str, str]] = []
    if ware.price is not None and (wish.budget or wish.is_cheapest or wish.is_dearest):
        found.append(("price", ware.price_said))
    nouns = {count.noun for count in wish.counts}
    found += [
        (suit.column, suit.cell)
        for suit in ware.suits
        if matter & suit.words or nouns.intersection(one.noun for one in suit.ranges)
    ]
    return tuple(found)


def _extreme(fitting: list[tuple[float, Ware]], *, is_dearest: bool) -> list[tuple[float, Ware]]:
    """Keep the cheapest or dearest; none when prices are in several currencies."""
    priced = [(share, ware) for share, ware in fitting if ware.price is not None]
    if not priced or len({ware.currency for _, ware in priced if ware.price}) > 1:
        return []
    prices = [ware.price for _, ware in priced if ware.price is not None]
    sought = max(prices) if is_dearest else min(prices)
    return [(share, ware) for share, ware in priced if ware.price == sought]
