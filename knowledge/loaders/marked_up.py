"""Microdata and RDFa Lite, as the objects that JSON-LD would write for them.

Promises: a value is the HTML of its element, or its `content`, `href` and such as text; where it stands is kept under
"@element", the fragment that leads there under "@fragment". What is marked up deeper than `DEEPEST` elements below its
thing is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

DEEPEST = 60
MOST_CHARACTERS = 5_000_000  # of all values: nested ones hold the same text again
SAID_BY = ("content", "href", "src", "data", "datetime", "value")
ADDRESSES = frozenset({"url", "sameAs", "image", "availability", "email"})  # of a link, where it leads


@dataclass(frozen=True, slots=True)
class Dialect:
    """The attributes that mark up: what begins a thing, names its type, its properties and itself."""

    scope: str
    type: str
    property: str
    id: str


DIALECTS = (
    Dialect("itemscope", "itemtype", "itemprop", "itemid"),
    Dialect("typeof", "typeof", "property", "resource"),
)


def marked_up(tree: Any, *, most: int) -> list[dict[str, Any]]:
    """Return what is marked up and no property of something else, in order; at most so many things a dialect."""
    return [thing for dialect in DIALECTS for thing in _outermost(tree, dialect, most)]


def _outermost(tree: Any, dialect: Dialect, most: int) -> Iterator[dict[str, Any]]:
    things = {element.mem_id: _begun(element, dialect) for element in tree.css(f"[{dialect.scope}]")[:most]}
    inner: set[int] = set()
    left = MOST_CHARACTERS
    for element in tree.css(f"[{dialect.property}]") if things else ():
        owner = _owner(element, things)
        if owner is None:
            continue
        names = [name.removeprefix("schema:") for name in (said_by(element, dialect.property)).split()]
        value = things.get(element.mem_id) or _value(element, is_address=not ADDRESSES.isdisjoint(names))
        left -= len(value) if isinstance(value, str) else 0
        if left < 0:
            break
        inner.add(element.mem_id)
        for name in names:
            owner.setdefault(name, []).append(value)
    yield from (thing for number, thing in things.items() if number not in inner)


def said_by(element: Any, attribute: str) -> str:
    """Return an attribute, "" where it is missing or has no value."""
    return element.attributes.get(attribute) or ""


def _begun(element: Any, dialect: Dialect) -> dict[str, Any]:
    identified = element if said_by(element, "id") else element.css_first("[id]")
    thing = {
        "@type": said_by(element, dialect.type).split(),
        "@element": element,
        "@fragment": said_by(identified, "id") if identified is not None else "",
    }
    return thing | {"@id": said_by(element, dialect.id)} if said_by(element, dialect.id) else thing


def _owner(element: Any, things: dict[int, dict[str, Any]]) -> dict[str, Any] | None:
    above = element.parent
    for _ in range(DEEPEST):
        if above is None:
            return None
        if above.mem_id in things:
            return things[above.mem_id]
        above = above.parent
    return None


def _value(element: Any, *, is_address: bool) -> str:
    names = (
        SAID_BY
        if is_address or element.tag in {"meta", "link", "img", "time", "data", "meter"}
        else SAID_BY[:1]
    )
    written = next((said for name in names if (said := said_by(element, name))), None)
    return str(element.html or "") if written is None else escape(written, quote=False)
