"""What is found for a question, as values: an answer with its citations, and hits with their probability."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.document import Passage
from knowledge.hits import Hit
from knowledge.links import web_address
from knowledge.packed import PackedPassages
from knowledge.plain import one_line
from knowledge.read import Quote
from knowledge.recommend import Offer
from knowledge.text_fragment import place_link

UNTITLED_CHARACTERS = 60
NEAREST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCitation:
    """A quote and where it stands: offsets in code points into the document's text.

    `url` is the address of the page or section, `link` the one that opens at the quoted words; `full_title` names the
    section, too.
    """

    document_id: str
    passage_id: str
    title: str
    url: str | None
    quote: str
    start: int
    end: int
    full_title: str
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundProduct:
    """A product that is recommended; `price` and `currency` as the table has them.

    `reasons` are the cells that met the wish, as `(column, cell)`.
    """

    document_id: str
    name: str
    price: str | None
    currency: str | None
    url: str | None
    image: str | None
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAnswer:
    """The outcome of one question; with kind "none" there is no text and no citation.

    `confidence` is the probability (0–1) that the best hit answers; `hits` are document ids, best first;
    `suggestions` are `(document_id, question)` that may be meant; `unknown` what a comparison names and
    nothing written does; `unanswered` what is asked beside what is answered, and nothing answers; `products` what is
    recommended, at most three; `nearest` the passages found, best first, as `(document_id, passage_id)`. An answer that
    `leans` was found with what was said before the question.
    """

    kind: Literal["faq", "extracted", "none"]
    text: str | None
    confidence: float
    citations: tuple[FoundCitation, ...] = ()
    hits: tuple[str, ...] = ()
    suggestions: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    products: tuple[FoundProduct, ...] = ()
    nearest: tuple[tuple[str, str], ...] = ()
    leans: bool = False

    @property
    def read_from(self) -> tuple[tuple[str, str], ...]:
        """The passages an answer may be written from: those cited, then those found, each once."""
        cited = [(citation.document_id, citation.passage_id) for citation in self.citations]
        return tuple(dict.fromkeys([*cited, *self.nearest]))


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """Hits, best first, and the probability (0–1) that the first one answers."""

    hits: tuple[Hit, ...]
    confidence: float

    @property
    def nearest(self) -> tuple[tuple[str, str], ...]:
        """The first few passages, as `(document_id, passage_id)`."""
        return tuple((hit.passage.document_id, hit.passage.passage_id) for hit in self.hits[:NEAREST])


def product_of(offer: Offer) -> FoundProduct:
    """Return a recommended product, or plan in a table, by its cells."""
    ware, passage = offer.ware, offer.ware.passage
    return FoundProduct(
        document_id=passage.document_id,
        name=ware.name,
        price=(ware.price_said or None) if ware.said else passage.attributes.get("price"),
        currency=passage.attributes.get("currency"),
        url=passage.url,
        image=web_address(passage.attributes.get("image")),
        reasons=offer.reasons,
    )


def title_of(passage: Passage) -> str:
    """Return a passage's title, or how it begins where it has none."""
    return passage.title or one_line(passage.text)[:UNTITLED_CHARACTERS]


def full_title_of(passage: Passage) -> str:
    """Return a passage's title with the headings below it."""
    title = title_of(passage)
    section = (passage.section or "").removeprefix(title).removeprefix(" > ")
    return f"{title} – {section}" if section else title


def cite(quoted: Iterable[tuple[Passage, Quote]], passages: PackedPassages) -> tuple[FoundCitation, ...]:
    """Say where quotes stand; what is said twice in the same words is cited once.

    Args:
        quoted: quotes and their passages.
        passages: all passages of the version.
    """
    citations: dict[str, FoundCitation] = {}
    for passage, quote in quoted:
        citation = FoundCitation(
            document_id=passage.document_id,
            passage_id=passage.passage_id,
            title=title_of(passage),
            url=passage.url,
            quote=quote.text,
            start=quote.start,
            end=quote.end,
            full_title=full_title_of(passage),
            link=place_link(
                passage,
                quote.start - passage.start,
                quote.end - passage.start,
                passages.of_document(passage.document_id),
            ),
        )
        citations.setdefault(one_line(quote.text).casefold(), citation)
    return tuple(citations.values())


def extracted(nothing: FoundAnswer, text: str, citations: tuple[FoundCitation, ...]) -> FoundAnswer:
    """Return quotes of pages as an answer."""
    return replace(nothing, kind="extracted", text=text, citations=citations, suggestions=())
