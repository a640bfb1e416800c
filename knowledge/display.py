"""Quotes as people read them: prose on one line, lists as they are, rows with the names of their columns."""

from collections.abc import Sequence
from itertools import pairwise

from knowledge.blocks import BlockKind, find_blocks
from knowledge.dimensions import with_unit
from knowledge.document import Passage
from knowledge.named import PRICE
from knowledge.plain import TABLE_RULE, one_line, show
from knowledge.read import Quote
from knowledge.recommend import Offer
from knowledge.sentences import Span
from knowledge.tables import say_row
from knowledge.wares import price_said


def say_quotes(quoted: Sequence[tuple[Passage, Quote]]) -> str:
    """Say quotes one after another, what is laid out in lines of its own."""
    shown = [say_quote(passage, quote) for passage, quote in quoted]
    text = shown[0] if shown else ""
    for before, after in pairwise(shown):
        text += ("\n\n" if _is_block(before) or _is_block(after) else " ") + after
    return text.strip()


def say_quote(passage: Passage, quote: Quote) -> str:
    """Say one quote of a passage."""
    span = quote.start - passage.start, quote.end - passage.start
    if not passage.is_markdown:
        return one_line(quote.text)
    return _say_rows(passage.text, span, passage.lead) or show(quote.text)


def say_rows(quoted: Sequence[tuple[Passage, Quote]]) -> str:
    """Say the rows of a table that stand in several quotes, each an item when they are several."""
    lines = (line for passage, quote in quoted for line in say_quote(passage, quote).split("\n"))
    return say_side_by_side([line.removeprefix("- ") for line in lines])


def say_text(passage: Passage) -> str:
    """Say all of an answer as it was written, its tables row by row."""
    text = passage.text
    if not passage.is_markdown:
        return text
    for block in reversed(find_blocks(text, is_markdown=True)):
        if block.kind is BlockKind.TABLE and block.members:
            rows = _say_rows(text, (block.members[0][0], block.members[-1][1]), "")
            text = text[: block.start] + rows + text[block.end :]
    return text


def say_product(product: Passage, quotes: Sequence[Quote], reasons: Sequence[str] = ()) -> str:
    """Say a product's name and price, further cells that are reasons, and what is quoted of its description."""
    text = say_quotes([(product, quote) for quote in quotes])
    is_described = text != product.title
    untold = (reason for reason in reasons if reason not in text)
    cells = "; ".join(dict.fromkeys(filter(None, (price_said(product), *untold))))
    return f"{product.title}{f' ({cells})' if cells else ''}{f': {text}' if is_described else ''}"


def say_offer(offer: Offer, quotes: Sequence[Quote]) -> str:
    """Say a product by the cells asked for, or with those that met the wish; of a plan in a table all its cells."""
    ware = offer.ware
    if offer.is_told and [column for column, _ in offer.reasons] == [PRICE]:
        return f"{ware.name} — {offer.reasons[0][1]}"
    if offer.is_told:
        return f"{ware.name} — {', '.join(f'{column}: {cell}' for column, cell in _labelled(offer))}"
    return ware.said or say_product(ware.passage, quotes, [with_unit(*reason) for reason in offer.reasons])


def _labelled(offer: Offer) -> list[tuple[str, str]]:
    return [(column.replace("_", " "), cell) for column, cell in offer.reasons]


def say_side_by_side(said: Sequence[str]) -> str:
    """Say things below one another, each an item where each is one line; the same words are said once."""
    different = list(dict.fromkeys(said))
    if len(different) > 1 and not any("\n" in words for words in different):
        return "\n".join(f"- {words}" for words in different)
    return "\n\n".join(different)


def _say_rows(text: str, span: Span, lead: str) -> str:
    """Say rows of a table, each an item when they are several; "" when the span is no rows."""
    rows: list[str] = []
    start, end = span
    for line in text[start:end].split("\n"):
        said = say_row(text, (start, start + len(line)), lead)
        if said is None and not TABLE_RULE.match(line):
            return ""
        rows += [said] if said else []
        start += len(line) + 1
    return rows[0] if len(rows) == 1 else "\n".join(f"- {row}" for row in rows)


def _is_block(text: str) -> bool:
    """Whether what is shown must stand on lines of its own: code, a list."""
    return text.lstrip().startswith("```") or "\n" in text.strip() or text.startswith(("- ", "* ", "+ "))
