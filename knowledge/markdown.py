"""Markdown's own structure, for whoever reads it: tokens, and the words of a line."""

from markdown_it import MarkdownIt
from markdown_it.token import Token


def parse_markdown(text: str) -> list[Token]:
    """Parse Markdown with tables into markdown-it's block tokens, which carry their lines."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)


def plain_inline(inline: Token) -> str:
    """Return the words of a line without emphasis, links or code marks."""
    return "".join(
        child.content or " " * (child.type == "softbreak") for child in inline.children or ()
    ).strip()
