"""What an answer may be written from, and which sentence of it says what a written sentence says.

Promises: a quote is a span of the document's text, verbatim; the same passage and sentence give the same quote.
"""

import math
import re
from collections.abc import Iterable

from knowledge.document import DocumentKind, Passage
from knowledge.found import FoundCitation, cite
from knowledge.packed import PackedPassages
from knowledge.plain import strip_markdown
from knowledge.read import Quote, quote_whole

WORD = re.compile(r"\w+")
QUOTED_WHOLE = 400  # characters, as where an answer is quoted
NUMBER_WEIGHT = 3.0  # a number tells two rows of a table apart, words rarely do
LENGTH_OFFSET = 6  # words; of two units that hold as much, the shorter says it


def find_passages(passages: PackedPassages, places: Iterable[tuple[str, str]]) -> list[Passage]:
    """Return the passages at `(document_id, passage_id)`, in that order; what is not there is left out."""
    found = (
        next((one for one in passages.of_document(document) if one.passage_id == passage), None)
        for document, passage in places
    )
    return [passage for passage in found if passage is not None]


def whole_text(passage: Passage) -> str:
    """Return everything that is written in a passage: a product's cells and the header of a table, too."""
    cells = [f"{column}: {cell}" for column, cell in passage.attributes.items() if cell]
    is_product = passage.kind is DocumentKind.PRODUCT
    parts = [passage.title if is_product else "", *(cells if is_product else ()), passage.lead, passage.text]
    return "\n".join(part for part in parts if part.strip())


def cite_evidence(passage: Passage, sentence: str, passages: PackedPassages) -> FoundCitation:
    """Cite the unit of a passage that shares most with a sentence.

    Args:
        passage: one that the sentence leans on.
        sentence: what was written from it.
        passages: all passages of the version.
    """
    return cite([(passage, find_evidence(passage, sentence))], passages)[0]


def find_evidence(passage: Passage, sentence: str) -> Quote:
    """Return the unit that shares most with the sentence; all of a short answer, and of a passage without units."""
    is_short = passage.kind is not DocumentKind.PAGE and len(passage.text) <= QUOTED_WHOLE
    if is_short or not passage.units:
        return quote_whole(passage)
    said = _words(sentence)
    start, end = max(passage.units, key=lambda unit: _shared(_words(passage.text[unit[0] : unit[1]]), said))
    return Quote(passage.text[start:end], passage.start + start, passage.start + end)


def _shared(unit: set[str], said: set[str]) -> float:
    weights = (NUMBER_WEIGHT if word[0].isdigit() else 1.0 for word in unit & said)
    return sum(weights) / math.sqrt(LENGTH_OFFSET + len(unit))


def _words(text: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(strip_markdown(text))}
