"""Markdown's own structure, for whoever reads it: tokens, and the words of a line."""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token


def parse_markdown(text: str) -> list[Token]:
    """Parse Markdown with tables into markdown-it's block tokens, which carry their lines."""
    return _parser().parse(text)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.parse("# *One*")  # it sorts its rules at the first use, which two threads must not do at once
    return parser


def plain_inline(inline: Token) -> str:
    """Return the words of a line without emphasis, links or code marks."""
    return "".join(
        child.content or " " * (child.type == "softbreak") for child in inline.children or ()
    ).strip()
