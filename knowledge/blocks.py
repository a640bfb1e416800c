"""The structure of a document's text: under which headings, and what is a table, code, a list or prose.

Promises: blocks are in order, do not overlap, lie inside the text, and together with the headings hold all
of it that is not white space.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from markdown_it.token import Token

from knowledge.markdown import parse_markdown, plain_inline
from knowledge.sentences import Span, find_sentences, trim


class BlockKind(StrEnum):
    """What may be divided where: prose and lists at sentences, code at lines, a table at rows."""

    PROSE = "prose"
    LIST = "list"
    CODE = "code"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text under one path of headings; `units` are the smallest pieces it may be cut into.

    `items` are those of a list, each with what is nested in it.
    """

    kind: BlockKind
    start: int
    end: int
    headings: tuple[str, ...]
    units: tuple[Span, ...]
    items: tuple[Span, ...] = ()

    @property
    def members(self) -> tuple[Span, ...]:
        """What is of one kind in it: the items of a list, the rows below a table's header."""
        return self.units[2:] if self.kind is BlockKind.TABLE else self.items

    @property
    def quotable(self) -> tuple[Span, ...]:
        """What can answer by itself: sentences, the rows below a table's header, code as a whole."""
        match self.kind:
            case BlockKind.CODE:
                return ((self.start, self.end),)
            case BlockKind.TABLE:
                return self.units[2:]
            case BlockKind.PROSE | BlockKind.LIST:
                return self.units


MARKDOWN_BLOCKS = {
    "bullet_list_open": BlockKind.LIST,
    "ordered_list_open": BlockKind.LIST,
    "fence": BlockKind.CODE,
    "code_block": BlockKind.CODE,
    "table_open": BlockKind.TABLE,
    "paragraph_open": BlockKind.PROSE,
    "blockquote_open": BlockKind.PROSE,
    "html_block": BlockKind.PROSE,
}


def find_blocks(text: str, *, is_markdown: bool) -> list[Block]:
    """Divide a text into blocks, along its Markdown where it is marked up."""
    if not is_markdown:
        units = tuple(find_sentences(text))
        return [Block(BlockKind.PROSE, units[0][0], units[-1][1], (), units)] if units else []
    return list(_markdown_blocks(text))


def _markdown_blocks(text: str) -> Iterator[Block]:
    line_starts = _line_starts(text)
    path: list[tuple[int, str]] = []
    tokens = parse_markdown(text)
    for index, token in enumerate(tokens):
        if token.level or token.map is None:
            continue
        if token.type == "heading_open":
            level = int(token.tag[1])
            path = [entry for entry in path if entry[0] < level]
            path.append((level, plain_inline(tokens[index + 1])))
            continue
        kind = MARKDOWN_BLOCKS.get(token.type)
        start, end = trim(text, (line_starts[token.map[0]], line_starts[token.map[1]]))
        if kind and start < end:
            items = tuple(
                _trimmed(text, _item_bounds((start, end), _item_starts(tokens, index, line_starts)))
            )
            units = tuple(_units(text, kind, (start, end), items))
            yield Block(kind, start, end, tuple(title for _, title in path), units, items)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return [min(start, len(text)) for start in starts]


def _item_starts(tokens: list[Token], index: int, line_starts: list[int]) -> list[int]:
    """Return where the items of the list that opens at `index` begin; nothing for other blocks."""
    if "list_open" not in tokens[index].type:
        return []
    starts: list[int] = []
    for token in tokens[index + 1 :]:
        if token.level == 0:
            break
        if token.type == "list_item_open" and token.level == 1 and token.map:
            starts.append(line_starts[token.map[0]])
    return starts


def _item_bounds(span: Span, starts: list[int]) -> list[int]:
    start, end = span
    return [start, *(at for at in starts[1:] if start < at < end), end] if starts else []


def _units(text: str, kind: BlockKind, span: Span, items: tuple[Span, ...]) -> Iterator[Span]:
    start, end = span
    match kind:
        case BlockKind.PROSE:
            yield from find_sentences(text, start, end)
        case BlockKind.LIST:
            for item in items:
                yield from find_sentences(text, *item)
        case BlockKind.CODE | BlockKind.TABLE:
            ends = [at + 1 for at in range(start, end) if text[at] == "\n"]
            yield from _trimmed(text, [start, *ends, end])


def _trimmed(text: str, bounds: list[int]) -> Iterator[Span]:
    for span in pairwise(bounds):
        start, end = trim(text, span)
        if start < end:
            yield start, end
