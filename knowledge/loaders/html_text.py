"""The text of an HTML element, a line for each block, marked up as Markdown where it is a heading or an item."""

import re
from typing import Any

FURNITURE = "script, style, noscript, template, nav, header, footer, aside, form, svg, iframe"
BREAK = "\x1e"  # ASCII record separator: white space is no structure in HTML, so structure needs another mark
BLOCKS = (
    "p, div, section, article, ul, ol, li, dl, dt, dd, table, tr, pre, blockquote, summary,"
    " h1, h2, h3, h4, h5, h6"
)
HEADING_MARKS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
BLOCK_MARKS = HEADING_MARKS | {"summary": "## ", "dt": "## ", "li": "- "}
ROW = re.compile(r"^\|.*\|$")
RULE = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+$")


def block_text(element: Any) -> str:
    """Return the text of an element without its furniture, its tables as Markdown; the element is changed."""
    for furniture in reversed(element.css(FURNITURE)):  # the inner before what holds it: it is freed with it
        furniture.decompose()
    for table in [table for table in element.css("table") if _is_data(table)]:
        rows = [_row(row) for row in table.css("tr")]
        table.replace_with("".join(BREAK + row for row in rows if row.strip("| ")) + BREAK)
    for numbered in element.css("ol"):
        _number(numbered)
    for block in element.css(BLOCKS):
        block.insert_before(BREAK + BLOCK_MARKS.get(block.tag, ""))
        block.insert_after(BREAK)
    lines = (" ".join(line.split()) for line in element.text().split(BREAK))
    text = "\n\n".join(line for line in lines if line.strip("#- "))
    return with_rules(re.sub(r"(?<=\|)\n\n(?=\|)", "\n", text))


def with_rules(text: str) -> str:
    """Make each run of rows between bars a Markdown table: its first is the header where none is marked."""
    lines: list[str] = []
    n_rows = 0
    for line in map(str.rstrip, text.split("\n")):
        n_rows = n_rows + 1 if ROW.match(line) else 0
        if n_rows == 2 and not RULE.match(line):
            n_columns = lines[-1].replace("\\|", "").count("|") - 1
            lines.append("|" + "---|" * n_columns)
        lines.append(line)
    return "\n".join(lines)


def _is_data(table: Any) -> bool:
    """Say whether a table holds rows of several cells, not the layout of a page."""
    has_tables = len(table.css("table")) > 1  # it finds itself
    return not has_tables and any(len(row.css("td, th")) > 1 for row in table.css("tr"))


def _row(row: Any) -> str:
    cells = (" ".join(cell.text(separator=" ").split()) for cell in row.css("td, th"))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _number(numbered: Any) -> None:
    """Write the number of each item of an ordered list before its words."""
    start = numbered.attributes.get("start") or ""
    number = int(start) if start.isdecimal() and len(start) < 8 else 1
    for item in numbered.iter():
        if item.tag == "li":
            item.insert_before(f"{BREAK}{number}. ")
            item.insert_after(BREAK)
            item.unwrap()
            number += 1
