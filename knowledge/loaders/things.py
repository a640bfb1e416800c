"""What an HTML page says for machines, in schema.org's words: JSON-LD, microdata and RDFa Lite, read alike.

Promises: what is broken is left out, and the page's text is still good; loops, depth and mass are bounded. Values are
HTML or plain text as they were written: `plain` and `html_text` make text of them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from knowledge.loaders.html_text import block_text
from knowledge.loaders.marked_up import marked_up

MOST_THINGS = 2_000
MOST_VALUES = 200  # of one property
DEEPEST = 20  # levels that are looked into
LONGEST_VALUE = 100_000  # characters
INNER = (
    "@graph", "mainEntity", "hasPart", "itemListElement", "item", "publisher", "department", "subOrganization",
    "hasOfferCatalog", "makesOffer", "itemOffered",
)  # fmt: skip
COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$")
TAG = re.compile(r"<[^>]{0,1000}>")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that is described; `by_id` are the page's others, to which its properties may point."""

    said: Mapping[str, Any]
    by_id: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)

    @property
    def types(self) -> frozenset[str]:
        """Its types without their vocabulary: "Product"."""
        named = (one for one in _listed(self.said.get("@type")) if isinstance(one, str))
        return frozenset(re.split(r"[/#:]", one)[-1] for one in named)

    @property
    def element(self) -> Any | None:
        """Where the page shows it, if it is marked up there; gone once it was taken out of the tree."""
        return self.said.get("@element")

    @property
    def fragment(self) -> str | None:
        """What leads to where the page shows it."""
        return self.said.get("@fragment") or None

    def texts(self, name: str) -> list[str]:
        """Return a property's texts and numbers as they are written."""
        return [text for value in self._values(name) if (text := _written(value))]

    def text(self, *names: str) -> str:
        """Return the first text of the first of these properties that has one, on one line; else ""."""
        return next((text for name in names for one in self.texts(name) if (text := plain(one))), "")

    def things(self, *names: str) -> list["Thing"]:
        """Return what properties describe further."""
        values = (value for name in names for value in self._values(name) if isinstance(value, Mapping))
        return [Thing(self._meant(value), self.by_id) for value in values]

    def _values(self, name: str) -> list[Any]:
        return _listed(self.said.get(name, self.said.get(f"schema:{name}")))[:MOST_VALUES]

    def _meant(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a mere reference points at."""
        named = value.get("@id")
        is_reference = len(value) <= 2 and isinstance(named, str) and named in self.by_id
        return self.by_id[str(named)] if is_reference else value


def find_things(tree: Any) -> list[Thing]:
    """Return what a page describes, each once: linked data first, then what is marked up, in their order."""
    linked = [
        data for script in tree.css('script[type^="application/ld+json" i]') for data in _parsed(script)
    ]
    nodes: dict[int, Mapping[str, Any]] = {}
    for data in (linked, marked_up(tree, most=MOST_THINGS)):
        _gather(data, nodes, DEEPEST)
    by_id = {str(node["@id"]): node for node in nodes.values() if "@id" in node and len(node) > 2}
    return [Thing(node, by_id) for node in nodes.values()]


def plain(written: str) -> str:
    """Return a value as text on one line."""
    return " ".join(unescape(TAG.sub(" ", written)).split())


def html_text(written: str) -> str:
    """Return a value that may be HTML as text, its lists and tables as Markdown."""
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(written).body
    return block_text(body) if body is not None else ""


def _parsed(script: Any) -> Iterator[Any]:
    text = COMMENT.sub("", COMMENT.sub("", script.text()))
    try:
        yield json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return  # a page may carry broken data of other kinds


def _gather(value: Any, nodes: dict[int, Mapping[str, Any]], depth: int) -> None:
    """Add the things that are described in a value to `nodes`, each once."""
    if depth < 0 or len(nodes) >= MOST_THINGS:
        return
    if isinstance(value, list):
        for one in value[:MOST_THINGS]:
            _gather(one, nodes, depth - 1)
    elif isinstance(value, Mapping) and id(value) not in nodes:
        nodes[id(value)] = value
        for name in INNER:
            _gather(value.get(name, value.get(f"schema:{name}")), nodes, depth - 1)


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("@value")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)[:LONGEST_VALUE].strip()


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value is not None else []
