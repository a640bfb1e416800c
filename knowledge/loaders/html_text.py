"""The text of an HTML element, a line for each block, marked up as Markdown where it is a heading or an item."""

from typing import Any

FURNITURE = "script, style, noscript, template, nav, header, footer, aside, form, svg, iframe"
BREAK = "\x1e"  # ASCII record separator: white space is no structure in HTML, so structure needs another mark
BLOCKS = (
    "p, div, section, article, ul, ol, li, dl, dt, dd, table, tr, pre, blockquote, summary,"
    " h1, h2, h3, h4, h5, h6"
)
HEADING_MARKS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
BLOCK_MARKS = HEADING_MARKS | {"summary": "## ", "dt": "## ", "li": "- "}


def block_text(element: Any) -> str:
    """Return the text of an element without its furniture; the element is changed."""
    for furniture in reversed(element.css(FURNITURE)):  # the inner before what holds it: it is freed with it
        furniture.decompose()
    for block in element.css(BLOCKS):
        block.insert_before(BREAK + BLOCK_MARKS.get(block.tag, ""))
        block.insert_after(BREAK)
    lines = (" ".join(line.split()) for line in element.text().split(BREAK))
    return "\n\n".join(line for line in lines if line.strip("#- "))
