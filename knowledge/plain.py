"""Text without its markup, for searching and for showing in one line."""

import re

CODE = re.compile(
    r"^[ \t]*(```+|~~~+)[^\n]*\n(.*?)(?:^[ \t]*\1[ \t]*$|\Z)|(?<!`)(`+)(?!`)(.+?)(?<!`)\3(?!`)",
    re.DOTALL | re.MULTILINE,
)
LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>|<!--.*?-->", re.DOTALL)
EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<!\w)([*_])(?=\S)([^*_\n]+?)(?<=\S)\3(?!\w)")
MARKS = re.compile(r"^[ \t]*(?:[-*+][ \t]+|>[ \t]?|#{1,6}[ \t]+)", re.MULTILINE)
TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.MULTILINE)
LAID_OUT = re.compile(r"^[ \t]*(?:[-*+>][ \t]|\d{1,3}[.)][ \t]|```|~~~|\|)", re.MULTILINE)


def strip_markdown(text: str) -> str:
    """Return the words of a Markdown text on one line; code keeps its characters, links their label."""
    parts: list[str] = []
    end = 0
    for code in CODE.finditer(text):
        parts += [_strip_prose(text[end : code.start()]), code.group(2) or code.group(4) or ""]
        end = code.end()
    return one_line("".join([*parts, _strip_prose(text[end:])]))


def one_line(text: str) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(text.split())


def show(text: str) -> str:
    """Return a quote as people read it: prose on one line, a row by its cells, lists and code as they are."""
    if text.lstrip().startswith("|"):
        rows = (row for row in text.splitlines() if not TABLE_RULE.match(row))
        return "; ".join(", ".join(filter(None, cells_of(row))) for row in rows)
    return text if LAID_OUT.search(text) else one_line(text)


def cells_of(row: str) -> list[str]:
    """Return the cells of a Markdown table's row, without markup, "" where one is empty."""
    cells = row.replace("\\|", "\0").strip().removeprefix("|").removesuffix("|").split("|")
    return [_strip_prose(cell).replace("\0", "|").strip() for cell in cells]


def _strip_prose(text: str) -> str:
    text = LINK.sub(r"\1", TABLE_RULE.sub("", text))
    text = EMPHASIS.sub(lambda found: found.group(2) or found.group(4), TAG.sub(" ", text))
    return MARKS.sub("", text).replace(" | ", " , ").replace("|", " ")
