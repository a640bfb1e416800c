"""Products that a page describes in schema.org's words, as a product table would have them.

Promises: a price is a figure that is offered, the lowest of several; codes are said in the page's language.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urljoin, urlsplit

from knowledge.document import Document, DocumentKind
from knowledge.loaders.schema_words import (
    AVAILABILITY,
    AVAILABLE,
    FROM,
    LABELS,
    PERIODS,
    UNITS,
    place_of,
)
from knowledge.loaders.things import Thing, html_text

PRODUCTS = frozenset({"Product", "ProductModel", "ProductGroup", "IndividualProduct", "Vehicle", "Car"})
OFFERED = frozenset(
    {"SoftwareApplication", "WebApplication", "MobileApplication", "Service", "Book", "Course"}
)
OFFERS = frozenset({"Offer", "AggregateOffer"})
LONGEST_NAME = 300  # characters
LONGEST_CELL = 500
MOST_COLUMNS = 60
MOST_PRICES = 100  # of one ware
MOST_INNER = 20  # offers of an offer
EARLIER = frozenset({"ListPrice", "StrikethroughPrice", "SRP", "MSRP", "RegularPrice"})
FIGURE = re.compile(r"\d[\d., ']*")


@dataclass(frozen=True, slots=True)
class Price:
    """One offer: its figure in `currency` per `per` ("" for none), what it is called and whether it is there."""

    figure: float
    currency: str
    per: str
    name: str = ""
    availability: str = ""
    description: str = ""


def wares_in(
    things: Sequence[Thing], *, source: str, url: str | None, language: str | None
) -> Iterator[Document]:
    """Yield the products of a page, each name once; their ids are not yet told apart."""
    named: set[str] = set()
    for thing, offers in _offered(things):
        prices = list(islice(_prices(offers, place_of(language)), MOST_PRICES))
        is_ware = bool(PRODUCTS & thing.types) or (bool(OFFERED & thing.types) and bool(prices))
        for title, some in _by_name(thing, prices) if is_ware else ():
            cells = _cells(thing, some, place_of(language), url)
            described = [price.description for price in some if price.description and len(some) == 1]
            written = next(iter([*described, *thing.texts("description")]), "")
            text = html_text(written) or _in_words(cells)
            if title.casefold() in named or not text:
                continue
            named.add(title.casefold())
            yield Document(
                document_id=title,
                source=source,
                kind=DocumentKind.PRODUCT,
                title=title,
                text=text,
                url=_own_page(thing, url),
                attributes=cells,
                is_markdown=True,
            )


def _offered(things: Sequence[Thing]) -> Iterator[tuple[Thing, list[Thing]]]:
    """Yield each thing with what is offered of it, by itself, its variants, or in a list of offers."""
    of_offers = [
        (item, thing) for thing in things if OFFERS & thing.types for item in thing.things("itemOffered")
    ]
    listed = {id(item.said) for item, _ in of_offers}
    yield from ((item, [offer, *item.things("offers")]) for item, offer in of_offers)
    for thing in things:
        if id(thing.said) not in listed:
            variants = (offer for one in thing.things("hasVariant") for offer in one.things("offers"))
            yield thing, [*thing.things("offers"), *islice(variants, MOST_PRICES)]


def _prices(offers: Sequence[Thing], place: int) -> Iterator[Price]:
    """Yield the prices of offers; of several together those within, else the lowest and the highest."""
    for offer in offers:
        inner = [price for one in offer.things("offers")[:MOST_INNER] if (price := _price(one, place))]
        lowest = None if inner else _price(offer, place)
        highest = _figure(offer.text("highPrice"))
        yield from inner or ([lowest] if lowest else [])
        if lowest and highest is not None and highest > lowest.figure:
            yield replace(lowest, figure=highest)


def _price(offer: Thing, place: int) -> Price | None:
    specified = offer.things("priceSpecification")
    current = [one for one in specified if not EARLIER & {re.split("[/:]", one.text("priceType"))[-1]}]
    telling = (offer, *(current or specified))
    said = next(
        (figure for one in telling if (figure := _figure(one.text("price", "lowPrice"))) is not None), None
    )
    if said is None:
        return None
    return Price(
        figure=said,
        currency=next(filter(None, (one.text("priceCurrency") for one in telling)), "").upper()[:3],
        per=next(filter(None, (_period(one, place) for one in telling)), ""),
        name=offer.text("name")[:LONGEST_NAME],
        availability=_availability(offer, place),
        description=next(iter(offer.texts("description")), ""),
    )


def _by_name(thing: Thing, prices: Sequence[Price]) -> Iterator[tuple[str, list[Price]]]:
    """Yield a ware's title with its prices: one for each offer with a name of its own, as plans have them."""
    title = thing.text("name", "headline")[:LONGEST_NAME]
    names = [price.name for price in prices]
    has_names = len(prices) > 1 and all(names) and len(set(names)) == len(names) and title not in names
    if title and has_names:
        for price in prices:
            is_told = title.casefold() in price.name.casefold()
            yield (price.name if is_told else f"{title} {price.name}"), [price]
    elif title:
        yield title, list(prices)


def _cells(thing: Thing, prices: Sequence[Price], place: int, url: str | None) -> Mapping[str, str]:
    cells: dict[str, str] = _priced(prices, place)
    for name, labels in LABELS.items():
        cells[labels[place].lower()] = _measured(thing, name)
    for one in thing.things("additionalProperty"):
        label = one.text("name")[:LONGEST_NAME].lower()
        if label:
            cells.setdefault(label, _with_unit(one))
    there = next((price.availability for price in prices if price.availability), "")
    cells[AVAILABILITY[place].lower()] = there
    image = thing.text("image") or next((one.text("url", "contentUrl") for one in thing.things("image")), "")
    cells["image"] = _address(image, url) or ""
    filled = [(label, cell[:LONGEST_CELL]) for label, cell in cells.items() if cell]
    return dict(filled[:MOST_COLUMNS])


def _priced(prices: Sequence[Price], place: int) -> dict[str, str]:
    if not prices:
        return {}
    cheapest = min(prices, key=lambda price: price.figure)
    figures = {price.figure for price in prices if price.currency == cheapest.currency}
    said = _said(cheapest.figure) if len(figures) == 1 else f"{FROM[place]} {_said(cheapest.figure)}"
    if cheapest.per:
        return {"price": " ".join(filter(None, (said, cheapest.currency, cheapest.per)))}
    return {"price": said, "currency": cheapest.currency}


def _measured(thing: Thing, name: str) -> str:
    """Return a property as a text: of a brand its name, of a weight its value with the unit."""
    return thing.text(name) or next((one.text("name") or _with_unit(one) for one in thing.things(name)), "")


def _with_unit(quantity: Thing) -> str:
    value = quantity.text("value", "minValue")
    most = quantity.text("maxValue")
    value = f"{value}-{most}" if value and most and value != most else value or most
    code = quantity.text("unitCode")
    unit = quantity.text("unitText") or UNITS.get(code, "")
    return f"{value} {unit}".strip() if value else ""


def _period(specification: Thing, place: int) -> str:
    code = specification.text("billingDuration", "unitCode", "billingIncrement")
    said = PERIODS.get(code)
    unit = specification.text("unitText")
    return said[place] if said else f"/ {unit}"[:LONGEST_CELL] if unit else ""


def _availability(offer: Thing, place: int) -> str:
    said = AVAILABLE.get(re.split(r"[/:]", offer.text("availability"))[-1])
    return said[place] if said else ""


def _figure(text: str) -> float | None:
    """Return the one figure of a price, however its thousands are grouped; None where there is none or several."""
    found = FIGURE.findall(text)
    if len(found) != 1 or len(found[0]) > 20:
        return None
    digits = re.sub(r"[ ']", "", found[0]).rstrip(".,")
    whole, mark, rest = re.sub(r"[.,](?=\d{3}(?:[.,]|$))", "", digits).replace(",", ".").rpartition(".")
    return float(f"{whole.replace('.', '')}{mark}{rest}")


def _said(figure: float) -> str:
    return str(int(figure)) if figure.is_integer() else f"{figure:.2f}"


def _in_words(cells: Mapping[str, str]) -> str:
    told = (
        f"{label}: {cell}" for label, cell in cells.items() if label not in {"price", "currency", "image"}
    )
    return ", ".join(told) or " ".join(filter(None, (cells.get("price"), cells.get("currency"))))


def _own_page(thing: Thing, url: str | None) -> str | None:
    """Return a product's page, where it is one of the same website, else the page that describes it."""
    own = _address(thing.text("url"), url)
    is_same = own and (url is None or urlsplit(own).netloc == urlsplit(url).netloc)
    fragment = f"#{thing.fragment}" if thing.fragment else ""
    return own if is_same else f"{url}{fragment}" if url else None


def _address(written: str, url: str | None) -> str | None:
    try:
        address = urljoin(url or "", written)
        return address if urlsplit(address).scheme in {"http", "https"} and written else None
    except ValueError:
        return None
