"""A thing by its name: the product, row, entry, section or sentence that is about it, quoted.

Promises: nothing is a thing's that does not hold its name; a nearer namesake goes before one that only holds
the name among others.
"""

import re
from dataclasses import dataclass

from knowledge.content import content_words
from knowledge.display import say_product, say_quotes
from knowledge.document import DocumentKind, Passage
from knowledge.groups import Group, find_groups
from knowledge.packed import PackedPassages
from knowledge.plain import cells_of
from knowledge.read import LONGEST_GROUP, Quote, Reader, quote_span, quote_whole
from knowledge.retrieve import Query, Retriever

SOUGHT = 10  # hits looked into for a name
SOUGHT_PASSAGES = 200  # of the documents they are in
NAMED_FROM = 0.6  # of a name's weight, to be held by what carries the name
ALIKE_FROM = 0.5  # of the words of a heading and a name, to be common to both
NAMESAKE, TITLED, MENTIONED = 3.0, 2.0, 1.0  # how near: its own row or product, its page, a sentence
ITEM = re.compile(r"^(?:[-*+]|\d{1,9}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is written about one thing: its words as shown, where they stand, and how near (0–4)."""

    said: str
    quoted: tuple[tuple[Passage, Quote], ...]
    nearness: float


class SubjectFinder:
    """Finds things by name in one version of the knowledge."""

    def __init__(self, passages: PackedPassages, retriever: Retriever, reader: Reader) -> None:
        """Take all passages, and what searches and reads them."""
        self._retriever = retriever
        self._reader = reader
        self._passages = passages

    def find(self, name: str, query: Query) -> Subject | None:
        """Return what is written about a name that answers a question best, None when nothing holds the name."""
        stems = self._stems(name)
        subjects = (self._subject(passage, name, stems, query) for passage in self._near(name, query))
        return max(filter(None, subjects), key=lambda subject: subject.nearness, default=None)

    def find_columns(self, left: str, right: str, query: Query) -> Subject | None:
        """Return the rows of a table in which both names are columns, None when there is none."""
        names = [self._stems(left), self._stems(right)]
        for passage in self._near(f"{left} {right}", query):
            for group in find_groups(passage):
                if group.is_table and self._has_columns(group, names):
                    span = (group.members[0][0], group.members[-1][1])
                    quoted = ((passage, quote_span(passage, span)),)
                    if span[1] - span[0] <= LONGEST_GROUP:
                        return Subject(say_quotes(quoted), quoted, NAMESAKE)
        return None

    def holds(self, text: str, name: str) -> bool:
        """Say whether a text holds a name."""
        return self._share(self._stems(name), frozenset(self._retriever.tokenize(text))) >= NAMED_FROM

    def _near(self, name: str, query: Query) -> list[Passage]:
        """Return the passages that hold a name, of the documents found for it; of an entry all of it."""
        hits = self._retriever.search(self._retriever.read_question(name, scope=query.scope), limit=SOUGHT)
        near: dict[str, Passage] = {}
        for passage in (hit.passage for hit in hits):
            of_it = self._passages.of_document(passage.document_id)
            is_page = passage.kind is DocumentKind.PAGE
            found = [passage, *of_it[:SOUGHT_PASSAGES]] if is_page else of_it[:1]
            near.update({one.passage_id: one for one in found})
        some = list(near.values())[:SOUGHT_PASSAGES]
        return [passage for passage in some if self.holds(f"{passage.search_text} {passage.text}", name)]

    def _has_columns(self, group: Group, names: list[frozenset[str]]) -> bool:
        cells = [self._stems(cell) for cell in cells_of(group.header)[1:]]
        columns = [{at for at, cell in enumerate(cells) if self._likeness(cell, name)} for name in names]
        return all(columns) and columns[0] != columns[1]

    def _subject(self, passage: Passage, name: str, stems: frozenset[str], query: Query) -> Subject | None:
        title = self._likeness(self._stems(passage.title), stems)
        if passage.kind is DocumentKind.PRODUCT and title:
            quote = quote_whole(passage)
            return Subject(say_product(passage, (quote,)), ((passage, quote),), NAMESAKE + title)
        return (
            self._row(passage, stems)
            or self._section(passage, name, stems, query)
            or self._sentence(passage, name, query)
        )

    def _row(self, passage: Passage, stems: frozenset[str]) -> Subject | None:
        """Return the row that the name begins, or the item."""
        found: list[tuple[float, tuple[int, int]]] = []
        for group in find_groups(passage):
            for member in group.members if group.is_table else ():
                subject = next(filter(None, cells_of(passage.text[slice(*member)])), "")
                likeness = self._likeness(self._stems(subject), stems)
                if likeness:
                    found.append((likeness, member))
        if not found:
            return None
        likeness, member = max(found, key=lambda entry: entry[0])
        quoted = ((passage, quote_span(passage, member)),)
        return Subject(say_quotes(quoted), quoted, NAMESAKE + likeness)

    def _section(self, passage: Passage, name: str, stems: frozenset[str], query: Query) -> Subject | None:
        heads = (passage.section.rpartition(" > ")[2], passage.title)
        likeness = max(self._likeness(self._stems(head), stems) for head in heads)
        if likeness < ALIKE_FROM:
            return None
        quoted = tuple((passage, quote) for quote in self._reader.read(passage, query).quotes)
        return Subject(_labelled(name, say_quotes(quoted)), quoted, TITLED + likeness)

    def _sentence(self, passage: Passage, name: str, query: Query) -> Subject | None:
        units = passage.units
        scores = self._reader.unit_scores(passage, query) if units else []
        naming = [
            (score, unit)
            for score, unit in zip(scores, units, strict=True)
            if self.holds(passage.text[slice(*unit)], name)
        ]
        if not naming:
            return None
        quoted = ((passage, quote_span(passage, max(naming)[1])),)
        return Subject(_labelled(name, say_quotes(quoted)), quoted, MENTIONED)

    def _stems(self, name: str) -> frozenset[str]:
        return frozenset(content_words(name, self._retriever.tokenize))

    def _likeness(self, held: frozenset[str], stems: frozenset[str]) -> float:
        """Return how much alike two names are (0–1), 0 when the weightiest word of the sought one is missing."""
        if self._share(stems, held) < NAMED_FROM:
            return 0.0
        return len(stems & held) / len(stems | held)

    def _share(self, stems: frozenset[str], held: frozenset[str]) -> float:
        keywords = self._retriever.table.keywords
        rarest = max(stems, key=keywords.weight, default="")
        return keywords.share_held(stems, held) if rarest in held else 0.0


def _labelled(name: str, said: str) -> str:
    said = ITEM.sub("", said)
    return said if name.lower() in said.lower() else f"{name}: {said}"
