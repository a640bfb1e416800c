"""Markdown files: front matter gives title, url, language and tags; else the first heading gives the title.

Promises: the document's text is the file's own text below the front matter, so that a quote is verbatim.
"""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

from knowledge.document import LoadedSource
from knowledge.errors import UnreadableSourceError
from knowledge.links import web_address
from knowledge.loaders.encoding import decode
from knowledge.loaders.rows import words_of
from knowledge.loaders.text import page, title_of_path
from knowledge.markdown import parse_markdown, plain_inline
from knowledge.scope import language_code

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def load_markdown(source: str, content: bytes) -> LoadedSource:
    """Read a Markdown file.

    Raises:
        UnreadableSourceError: the bytes are no text, the front matter is no YAML, or there is no text.
    """
    text = decode(content)
    found = FRONT_MATTER.match(text)
    matter = _parse_front_matter(found.group(1)) if found else {}
    body = (text[found.end() :] if found else text).strip("\n")
    headings = find_headings(body)
    title = matter.get("title") or (headings[0] if headings else title_of_path(source))
    document = page(
        source, title=title, text=body, url=web_address(matter.get("url")), anchors=anchors_of(headings)
    )
    language = language_code(matter.get("lang") or matter.get("language"))
    tags = words_of(matter.get("tags", ""), separators="|;,\n")
    return LoadedSource(source=source, documents=(replace(document, language=language, tags=tags),))


def find_headings(text: str) -> list[str]:
    """List the headings of a Markdown text in order, without their markup."""
    tokens = parse_markdown(text)
    return [plain_inline(inline) for opening, inline in pairwise(tokens) if opening.type == "heading_open"]


def anchors_of(headings: list[str]) -> dict[str, str]:
    """Give each heading the fragment that GitHub and most site generators give it."""
    anchors: dict[str, str] = {}
    for heading in headings:
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        if slug:
            anchors.setdefault(heading, slug)
    return anchors


def _parse_front_matter(block: str) -> dict[str, str]:
    import yaml

    try:
        values: Any = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - makes strings, lists and mappings only
    except yaml.YAMLError as error:
        raise UnreadableSourceError(
            "broken_front_matter", f"The front matter is not YAML: {_first_line(error)}."
        ) from error
    if not isinstance(values, dict):
        raise UnreadableSourceError("broken_front_matter", "The front matter must be `key: value` lines.")
    return {str(key).lower(): text for key, value in values.items() if (text := _one_text(value))}


def _one_text(value: Any) -> str:
    """Return a value as one text, the entries of a list on lines of their own."""
    if isinstance(value, list):
        return "\n".join(entry.strip() for entry in value if isinstance(entry, str))
    return value.strip() if isinstance(value, str) else ""


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
