"""What a question was answered with: text, citations, and how sure we are."""

from dataclasses import dataclass
from typing import Literal

AnswerKind = Literal["faq", "extracted", "generated", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A piece of a source that supports an answer, quoted verbatim; `link` opens at the quoted words."""

    n: int
    document_id: str
    passage_id: str
    title: str
    url: str | None
    quote: str
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A question the visitor may have meant."""

    id: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product that is recommended, by the cells of its row; `reasons` are those that met what was asked."""

    document_id: str
    name: str
    price: str | None
    currency: str | None
    url: str | None
    image: str | None
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a lead's facts say of what would fit them; None is not known.

    `people` is from how many to how many; `yearly` is the most they can spend in a year, `once` in all, in `currency`.
    """

    people: tuple[float | None, float | None] | None = None
    need: str | None = None
    yearly: float | None = None
    once: float | None = None
    currency: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A product that fits, `said` in the words of its table, and by what: "people", "need", "money"."""

    product: Product
    said: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A passage of the company's own text, whole: what an answer may be written from."""

    document_id: str
    passage_id: str
    title: str
    url: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The outcome of one question. With kind "none" there is no text and there are no citations.

    `confidence` is the probability (0–1) that the best candidate answers; `hits` are document ids, best first;
    `unknown` what the question names beside what is answered, and nothing written does; `unanswered` what is asked
    beside what is answered, and nothing answers; `products` are recommended;
    `passages`, those cited first, are there for a language model to write from. An answer that `leans` was found with
    what was said before the question.
    """

    kind: AnswerKind
    text: str | None
    confidence: float
    citations: tuple[Citation, ...] = ()
    hits: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    unknown: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    products: tuple[Product, ...] = ()
    passages: tuple[Written, ...] = ()
    leans: bool = False
