"""Tables of answers, documents or products, from CSV, XLSX, JSON or JSONL.

Promises: a table is an FAQ when it has question and answer, documents when it has title and text, products
when a column can be their name; a row that cannot be used is one failure that names its number, and the
other rows are loaded. Rows of one `group` are phrasings of one answer, the first that the group has.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.document import Document, DocumentKind, LoadedSource, LoadFailure
from knowledge.errors import UnreadableSourceError
from knowledge.limits import Limits
from knowledge.links import web_address
from knowledge.loaders.columns import find_kind, with_known_names
from knowledge.loaders.rows import Row, read_csv, read_json, read_jsonl, read_xlsx, words_of
from knowledge.loaders.slug import slug
from knowledge.scope import language_code

PRODUCT_COLUMNS = {"id", "name", "description", "url", "tags", "lang", "language"}
NO_TEXT = PRODUCT_COLUMNS | {"price", "currency", "image"}


def load_csv(source: str, content: bytes) -> LoadedSource:
    """Read a CSV file with a header line."""
    return _load(source, read_csv(content, recognise=find_kind))


def load_xlsx(source: str, content: bytes, *, limits: Limits) -> LoadedSource:
    """Read every sheet of a workbook; each has its own header row."""
    parts = [_load(source, rows) for rows in read_xlsx(content, limits=limits)]
    if not parts:
        raise UnreadableSourceError(
            "empty_document", "The workbook has no filled sheet; fill one or remove the file."
        )
    return _without_repeated_ids(source, parts)


def load_json(source: str, content: bytes) -> LoadedSource:
    """Read a JSON list of objects."""
    return _load(source, read_json(content))


def load_jsonl(source: str, content: bytes) -> LoadedSource:
    """Read one JSON object a line."""
    return _load(source, read_jsonl(content))


@dataclass(slots=True)
class _Reading:
    """What has been gathered of one table so far."""

    source: str
    documents: list[Document] = field(default_factory=list)
    failures: list[LoadFailure] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def fail(self, row: Row | None, code: str, message: str) -> None:
        where = f"{row.place}: " if row else ""
        self.failures.append(LoadFailure(source=self.source, code=code, message=where + message))

    def take_id(self, row: Row, name: str) -> str | None:
        """Return the row's id, else one made from its name; None when the id was taken by an earlier row."""
        given = row.get("id")
        document_id = given or f"{self.source}#{slug(name)}"
        if document_id in self.ids and given:
            self.fail(row, "duplicate_id", f"the id {given!r} was used above; give each row its own id.")
            return None
        number = 2
        base = document_id
        while document_id in self.ids:
            document_id, number = f"{base}-{number}", number + 1
        self.ids.add(document_id)
        return document_id


def _load(source: str, rows: Sequence[Row]) -> LoadedSource:
    reading = _Reading(source)
    sound = list(_sound_rows(rows, reading))
    columns = list(dict.fromkeys(name for row in sound for name in row.cells))
    if not sound:
        if not reading.failures:
            raise UnreadableSourceError(
                "empty_document", "The table has no rows; fill it or remove the file."
            )
        return LoadedSource(source=source, failures=tuple(reading.failures))
    kind = find_kind(columns)
    if kind is None:
        raise UnreadableSourceError(
            "unknown_columns",
            "No column can be what is asked or sold. The table needs the columns question and answer, title and"
            " text, or, for products, name (or product, plan …) beside description, price or other columns; it has"
            f" {', '.join(columns)[:200] or 'none'}.",
        )
    named = with_known_names(sound, kind)
    match kind:
        case DocumentKind.FAQ:
            _read_faq(named, reading)
        case DocumentKind.PAGE:
            _read_pages(named, reading)
        case DocumentKind.PRODUCT:
            _read_products(named, reading)
    return LoadedSource(source=source, documents=tuple(reading.documents), failures=tuple(reading.failures))


def _sound_rows(rows: Sequence[Row], reading: _Reading) -> Iterator[Row]:
    for row in rows:
        if row.problem:
            reading.fail(row, "broken_row", row.problem)
        elif any(row.cells.values()):
            yield row


def _read_faq(rows: Sequence[Row], reading: _Reading) -> None:
    groups: dict[str, list[tuple[Row, str]]] = {}
    for row in rows:
        question = row.get("question")
        if not question:
            reading.fail(row, "empty_row", "the question is empty; write one or remove the row.")
            continue
        if not (row.get("answer") or row.get("group")):
            reading.fail(row, "empty_row", "the answer is empty; write one or remove the row.")
            continue
        document_id = reading.take_id(row, question)
        if document_id:
            groups.setdefault(row.get("group") or f"\0{document_id}", []).append((row, document_id))
    for members in groups.values():
        _add_answer(members, reading)


def _add_answer(members: list[tuple[Row, str]], reading: _Reading) -> None:
    """Add one FAQ document for the rows that are phrasings of one answer."""
    answered = next((row for row, _ in members if row.get("answer")), None)
    first, document_id = members[0]
    if answered is None:
        message = f"the group {first.get('group')!r} has no answer in any of its rows; write one."
        reading.fail(first, "group_without_answer", message)
        return
    phrasings = [
        phrase for row, _ in members for phrase in (row.get("question"), *words_of(row.values("variants")))
    ]
    tags = [tag for row, _ in members for tag in words_of(row.values("tags"), separators="|;,\n")]
    reading.documents.append(
        Document(
            document_id=document_id,
            source=reading.source,
            kind=DocumentKind.FAQ,
            title=first.get("question"),
            text=answered.get("answer"),
            url=answered.get("url") or first.get("url") or None,
            group=first.get("group") or None,
            questions=tuple(dict.fromkeys(phrasings)),
            tags=tuple(dict.fromkeys(tags)),
            language=_language(first),
        )
    )


def _read_pages(rows: Sequence[Row], reading: _Reading) -> None:
    for row in rows:
        text = row.get("text")
        if not text:
            reading.fail(row, "empty_row", "the text is empty; write one or remove the row.")
            continue
        _add(row, reading, kind=DocumentKind.PAGE, title=row.get("title"), text=text)


def _read_products(rows: Sequence[Row], reading: _Reading) -> None:
    has_descriptions = any("description" in row.cells for row in rows)
    for row in rows:
        name = row.get("name")
        text = row.get("description") if has_descriptions else _cells_in_words(row)
        if not (name and text):
            missing = "description" if name else "name"
            reading.fail(row, "empty_row", f"the {missing} is empty; write one or remove the row.")
            continue
        attributes = {
            column: cell
            for column in row.cells
            if column not in PRODUCT_COLUMNS and (cell := row.get(column))
        }
        _add(row, reading, kind=DocumentKind.PRODUCT, title=name, text=text, attributes=attributes)


def _cells_in_words(row: Row) -> str:
    """Describe a product that nobody has described by its further cells, else by its name."""
    cells = ((column, row.get(column)) for column in row.cells if column not in NO_TEXT)
    return ", ".join(f"{column.replace('_', ' ')}: {cell}" for column, cell in cells if cell) or row.get(
        "name"
    )


def _add(
    row: Row,
    reading: _Reading,
    *,
    kind: DocumentKind,
    title: str,
    text: str,
    attributes: Mapping[str, str] | None = None,
) -> None:
    document_id = reading.take_id(row, title or text)
    if document_id is None:
        return
    reading.documents.append(
        Document(
            document_id=document_id,
            source=reading.source,
            kind=kind,
            title=title,
            text=text,
            url=web_address(row.get("url")),
            group=row.get("group") or None,
            attributes=attributes or {},
            tags=words_of(row.values("tags"), separators="|;,\n"),
            language=_language(row),
        )
    )


def _language(row: Row) -> str | None:
    return language_code(row.get("lang") or row.get("language"))


def _without_repeated_ids(source: str, parts: Sequence[LoadedSource]) -> LoadedSource:
    seen: set[str] = set()
    documents: list[Document] = []
    failures = [failure for part in parts for failure in part.failures]
    for document in (document for part in parts for document in part.documents):
        if document.document_id in seen:
            message = f"the id {document.document_id!r} is used in two sheets; give each row its own id."
            failures.append(LoadFailure(source=source, code="duplicate_id", message=message))
            continue
        seen.add(document.document_id)
        documents.append(document)
    return LoadedSource(source=source, documents=tuple(documents), failures=tuple(failures))
