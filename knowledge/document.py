"""The nouns of this tower: a document as it was written, and a passage as it is found and quoted.

Promises: values only, no I/O; a passage survives the trip through a database row unchanged.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class DocumentKind(StrEnum):
    """What a document is, which decides how it answers."""

    PAGE = "page"
    FAQ = "faq"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One thing the company wrote down.

    An FAQ's `questions` are its phrasings (the first is shown) and its `text` is the answer. A product's
    `attributes` are its table columns (price, currency, image, for). `anchors` maps a heading to the
    fragment that opens the page there; `is_markdown` says that the text's structure is marked up. `language`
    is what the document declares, as an ISO 639-1 code.
    """

    document_id: str
    source: str
    kind: DocumentKind
    title: str
    text: str
    url: str | None = None
    group: str | None = None
    questions: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    anchors: Mapping[str, str] = field(default_factory=dict)
    is_markdown: bool = False
    language: str | None = None

    @property
    def content_hash(self) -> str:
        """A fingerprint of everything in the document; equal hashes mean nothing has to be done again."""
        return fingerprint(asdict(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a document that fits the embedding model.

    `start` and `end` are offsets in code points into the document's text, `text` is exactly that span.
    `search_text` is what is searched, never over the model's tokens: `head` (title and section, shortened)
    and the text without markup. `units` are the sentences, rows or code blocks that can be quoted, as offsets
    into `text`; `lead` the header of a table that `text` holds further rows of.
    """

    passage_id: str
    document_id: str
    kind: DocumentKind
    title: str
    section: str
    text: str
    search_text: str
    start: int
    end: int
    content_hash: str
    n_tokens: int
    url: str | None = None
    group: str | None = None
    questions: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    head: str = ""
    units: tuple[tuple[int, int], ...] = ()
    is_markdown: bool = False
    lead: str = ""
    tags: tuple[str, ...] = ()
    language: str | None = None

    def to_row(self) -> dict[str, Any]:
        """Return plain JSON values, one key a field."""
        row = asdict(self)
        units = [list(unit) for unit in self.units]
        lists = {"questions": list(self.questions), "tags": list(self.tags), "units": units}
        return row | {"kind": str(self.kind)} | lists

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "Passage":
        """Rebuild a passage from what `to_row` gave; keys it does not know are ignored."""
        known = {name: row[name] for name in cls.__dataclass_fields__ if name in row}
        shaped = {
            "kind": DocumentKind(row["kind"]),
            "questions": tuple(row.get("questions") or ()),
            "tags": tuple(row.get("tags") or ()),
            "units": tuple((start, end) for start, end in row.get("units") or ()),
        }
        return cls(**(known | shaped))


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadFailure:
    """What could not be read: where, a stable code, and a sentence that names the remedy."""

    source: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSource:
    """What one file or crawled page gave. `source` is its path in the knowledge folder, or the page's address.

    `content_hash` changes with its bytes, None when they could not be read. One that `is_unchanged` was not parsed:
    it gives what it gave when it was read last.
    """

    source: str
    documents: tuple[Document, ...] = ()
    failures: tuple[LoadFailure, ...] = ()
    content_hash: str | None = None
    size_bytes: int = 0
    is_unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSource:
    """What is remembered of a source that was read without a failure: its hash, and the documents it gave."""

    content_hash: str
    document_ids: tuple[str, ...]


def fingerprint(value: object) -> str:
    """Return 32 hexadecimal digits that change with any part of a JSON-able value."""
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()[:32]
