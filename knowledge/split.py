"""Documents become passages along headings and sentences, each within the embedding model's tokens.

Promises: a passage's text is exactly its span of the document's text; tables and code stay whole where they
fit (a table too big is cut at rows with its header repeated for the search, code at lines); what is searched
is never over the model's tokens, as its own tokenizer counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.blocks import Block, BlockKind, find_blocks
from knowledge.document import Document, DocumentKind, Passage, fingerprint
from knowledge.embedding import Embedder
from knowledge.plain import one_line, strip_markdown
from knowledge.sentences import Span, find_sentences, trim
from knowledge.tables import cell_spans

HEAD_SHARE = (
    0.17  # of the model's tokens, the most that the title may take, and the headings, and the attributes
)

LONGEST_SUBJECT = 80  # characters of a cell that stands for a row


def split_documents(documents: Iterable[Document], *, embedder: Embedder) -> list[Passage]:
    """Divide documents into passages, in order."""
    return [passage for document in documents for passage in _DocumentSplitter(document, embedder).split()]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A span under one path of headings; `lead`, a table's header, is repeated in what is searched.

    `row` is the row of a table it is a part of, where that is too long to be found as one.
    """

    start: int
    end: int
    n_tokens: int
    headings: tuple[str, ...] = ()
    lead: str = ""
    row: Span | None = None


class _DocumentSplitter:
    """Splits one document; tokens are counted a piece at a time and added up, exact at white space."""

    def __init__(self, document: Document, embedder: Embedder) -> None:
        self._document = document
        self._embedder = embedder
        self._special_tokens = embedder.count_tokens("")
        self._heads: dict[tuple[str, ...], tuple[str, int]] = {}
        self._seen: dict[str, int] = {}
        self._quotable: list[Span] = []

    def split(self) -> Iterator[Passage]:
        blocks = find_blocks(self._document.text, is_markdown=self._document.is_markdown)
        pieces = list(self._pieces(blocks))
        cut = {row for piece in pieces if (row := piece.row)}
        self._quotable = [
            one
            for block in blocks
            for span in block.quotable
            for one in (self._sentences(span) if span in cut else [span])
        ]
        if self._document.kind is not DocumentKind.PAGE:
            # Answers are shown whole, so the first passage is all of it; a long one gets more to be found by.
            pieces = [_Piece(0, len(self._document.text), 0), *(pieces if len(pieces) > 1 else ())]
        for piece in pieces:
            yield self._passage(piece)

    def _pieces(self, blocks: list[Block]) -> Iterator[_Piece]:
        opened: _Piece | None = None
        for block in blocks:
            for piece in self._block_pieces(block):
                joined = self._join(opened, piece)
                if opened and not joined:
                    yield opened
                opened = joined or piece
        if opened:
            yield opened

    def _block_pieces(self, block: Block) -> Iterator[_Piece]:
        """Yield a table or code whole when it fits; else the units of a block, or parts of them."""
        if block.kind in (BlockKind.TABLE, BlockKind.CODE):
            whole = self._piece((block.start, block.end), block.headings)
            if self._fits(whole):
                yield whole
                return
        lead, units = "", block.units
        if block.kind is BlockKind.TABLE and len(units) > 2:
            lead, units = self._document.text[block.start : units[1][1]], units[2:]
        for unit in units:
            piece = self._piece(unit, block.headings, lead)
            yield from self._row_pieces(piece) if lead and not self._fits(piece) else self._cut(piece)

    def _row_pieces(self, row: _Piece) -> Iterator[_Piece]:
        """Yield a row that is too long sentence by sentence, as a section that its first cell gives a name."""
        span = row.start, row.end
        subject = self._subject(span)
        headings = (
            (*row.headings, self._words(self._document.text[slice(*subject)])) if subject else row.headings
        )
        ends = [end for _, end in self._sentences(span)][:-1]
        for start, end in pairwise([row.start, *ends, row.end]):
            for piece in self._cut(self._piece(trim(self._document.text, (start, end)), headings)):
                yield replace(piece, row=span)

    def _sentences(self, row: Span) -> list[Span]:
        """Return the sentences of a row's cells, without the one that says what it is about."""
        text, subject = self._document.text, self._subject(row)
        cells = (cell for cell in cell_spans(text, row) if cell != subject)
        return [one for cell in cells for one in find_sentences(text, *cell)]

    def _subject(self, row: Span) -> Span | None:
        """Return the first cell of a row, which says what it is about, None where it could be no title."""
        first, *others = cell_spans(self._document.text, row) or [row]
        return first if others and first[1] - first[0] <= LONGEST_SUBJECT else None

    def _cut(self, piece: _Piece) -> Iterator[_Piece]:
        """Halve what is too long for the model until it fits."""
        if self._fits(piece) or piece.end - piece.start < 2:
            yield piece
        else:
            middle = _cut_point(self._document.text, (piece.start, piece.end))
            for half in ((piece.start, middle), (middle, piece.end)):
                start, end = trim(self._document.text, half)
                if start < end:
                    yield from self._cut(self._piece((start, end), piece.headings))

    def _join(self, opened: _Piece | None, piece: _Piece) -> _Piece | None:
        if opened is None or _place(opened) != _place(piece):
            return None
        n_tokens = opened.n_tokens + piece.n_tokens
        joined = _Piece(opened.start, piece.end, n_tokens, piece.headings, piece.lead, piece.row)
        return joined if self._fits(joined) else None

    def _piece(self, span: Span, headings: tuple[str, ...], lead: str = "") -> _Piece:
        start, end = span
        return _Piece(start, end, self._count(self._words(self._document.text[start:end])), headings, lead)

    def _fits(self, piece: _Piece) -> bool:
        _, head_tokens = self._head(piece.headings)
        n_tokens = self._special_tokens + head_tokens + self._count(self._words(piece.lead)) + piece.n_tokens
        return n_tokens <= self._embedder.max_tokens

    def _count(self, text: str) -> int:
        return self._embedder.count_tokens(text) - self._special_tokens if text else 0

    def _words(self, text: str) -> str:
        return strip_markdown(text) if self._document.is_markdown else one_line(text)

    def _head(self, headings: tuple[str, ...]) -> tuple[str, int]:
        """Return what stands before the text in what is searched, and its tokens."""
        if headings not in self._heads:
            attributes = self._document.attributes.items()
            details = ". ".join(f"{name}: {value}" for name, value in attributes if name != "image")
            parts = (self._document.title, self._section(headings), details)
            head = "\n".join(self._shorten(part) for part in parts if part)
            self._heads[headings] = head, self._count(head)
        return self._heads[headings]

    def _section(self, headings: tuple[str, ...]) -> str:
        below_title = headings[1:] if headings and headings[0] == self._document.title else headings
        return " > ".join(below_title)

    def _shorten(self, text: str) -> str:
        """Cut a line to its share of the tokens, at words where it has any."""
        text = one_line(text)
        limit = int(self._embedder.max_tokens * HEAD_SHARE)
        while self._count(text) > limit:
            shorter = text[: len(text) * 3 // 4]
            text = shorter.rpartition(" ")[0] or shorter
        return text

    def _passage(self, piece: _Piece) -> Passage:
        document = self._document
        text = document.text[piece.start : piece.end]
        search_text, n_tokens = self._search_text(piece)
        is_whole = piece.start == 0 and piece.end == len(document.text)
        questions = document.questions if is_whole else ()
        section, url = self._section(piece.headings), self._url(piece.headings)
        units = self._units(piece)
        content_hash = fingerprint([search_text, list(questions), text, document.title, section, url, units])
        return Passage(
            passage_id=self._passage_id(content_hash),
            document_id=document.document_id,
            kind=document.kind,
            title=document.title,
            section=section,
            text=text,
            search_text=search_text,
            start=piece.start,
            end=piece.end,
            content_hash=content_hash,
            n_tokens=n_tokens,
            url=url,
            group=document.group,
            questions=questions,
            attributes=document.attributes,
            head=self._head(piece.headings)[0],
            units=units,
            is_markdown=document.is_markdown,
            lead=piece.lead,
            tags=document.tags,
            language=document.language,
        )

    def _units(self, piece: _Piece) -> tuple[Span, ...]:
        """Return what can be quoted of a piece, as offsets into it; a sentence cut in two is cut here too."""
        clipped = ((max(start, piece.start), min(end, piece.end)) for start, end in self._quotable)
        return tuple((start - piece.start, end - piece.start) for start, end in clipped if start < end)

    def _search_text(self, piece: _Piece) -> tuple[str, int]:
        """Join head, table header and text; a long answer is cut here, its further passages hold the rest."""
        head, _ = self._head(piece.headings)
        body = self._words(self._document.text[piece.start : piece.end])
        text = "\n".join(part for part in (head, self._words(piece.lead), body) if part)
        while (n_tokens := self._embedder.count_tokens(text)) > self._embedder.max_tokens:
            kept = len(text) * self._embedder.max_tokens // n_tokens
            text = text[: min(kept, len(text) - 1)].rpartition(" ")[0] or text[: len(text) // 2]
        return text, n_tokens

    def _passage_id(self, content_hash: str) -> str:
        """Name a passage by its content, so that its id outlives changes elsewhere in the document."""
        self._seen[content_hash] = number = self._seen.get(content_hash, 0) + 1
        return f"{self._document.document_id}~{content_hash[:10]}" + (f"-{number}" if number > 1 else "")

    def _url(self, headings: tuple[str, ...]) -> str | None:
        url = self._document.url
        anchors = self._document.anchors
        anchor = next((anchors[title] for title in reversed(headings[-2:]) if title in anchors), None)
        return f"{url}#{anchor}" if url and anchor and "#" not in url else url


def _place(piece: _Piece) -> tuple[tuple[str, ...], str, Span | None]:
    """Return what pieces have in common that may be one passage."""
    return piece.headings, piece.lead, piece.row


def _cut_point(text: str, span: Span) -> int:
    """Return the white space nearest the middle of a span, else the middle."""
    start, end = span
    middle = (start + end) // 2
    for distance in range((end - start) // 2):
        for at in (middle + distance, middle - distance):
            if start < at < end and text[at].isspace():
                return at
    return middle
