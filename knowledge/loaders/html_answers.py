"""Questions and answers that an HTML page marks as such: schema.org FAQPage, `<details>` and `<dl>`.

Promises: each becomes an FAQ document whose id is made of its question; what the page shows of it is taken out
of the tree, so that the main text does not say it again; what is both shown and in linked data is one.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.document import Document, DocumentKind
from knowledge.loaders.html_text import block_text
from knowledge.loaders.slug import slug

FURNITURE = frozenset({"nav", "header", "footer", "aside", "form"})
LONGEST_QUESTION = 300  # characters; longer is no question but a folded page
DEEPEST = 20  # levels of JSON-LD that are looked into


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, in all its phrasings, what is answered, and the fragment where the page shows it."""

    questions: tuple[str, ...]
    text: str
    fragment: str | None = None


def take_answers(tree: Any, *, source: str, url: str | None) -> tuple[Document, ...]:
    """Take the questions and answers out of a page; `url` is where the page is."""
    linked = list(_linked_data(tree))
    said = {answer.questions[0] for answer in linked}
    shown = (*_details(tree), *_definitions(tree))
    answers = dict.fromkeys([*linked, *(answer for answer in shown if answer.questions[0] not in said)])
    documents: dict[str, Document] = {}
    for answer in answers:
        document_id = base = f"{source}#{slug(answer.questions[0])}"
        number = 2
        while document_id in documents:
            document_id, number = f"{base}-{number}", number + 1
        documents[document_id] = _document(answer, document_id, source=source, url=url)
    return tuple(documents.values())


def _document(answer: Answer, document_id: str, *, source: str, url: str | None) -> Document:
    fragment = f"#{answer.fragment}" if answer.fragment else ""
    return Document(
        document_id=document_id,
        source=source,
        kind=DocumentKind.FAQ,
        title=answer.questions[0],
        text=answer.text,
        url=f"{url}{fragment}" if url else None,
        questions=answer.questions,
        is_markdown=True,
    )


def _linked_data(tree: Any) -> Iterator[Answer]:
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            data = json.loads(script.text())
        except (ValueError, RecursionError):
            continue  # a page may carry broken data of other kinds; its text is still good
        for node in _nodes(data):
            if "FAQPage" in _listed(node.get("@type")):
                for entry in _listed(node.get("mainEntity")):
                    yield from _linked_answer(entry)


def _nodes(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Walk lists and graphs to the things that are described."""
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "hasPart"):
            if isinstance(data.get(key), dict | list):
                yield from _nodes(data[key], depth + 1)


def _linked_answer(entry: Any) -> Iterator[Answer]:
    if not isinstance(entry, dict):
        return
    texts = [
        _fragment_text(answer.get("text"))
        for key in ("acceptedAnswer", "suggestedAnswer")
        for answer in _listed(entry.get(key))
        if isinstance(answer, dict)
    ]
    question, text = _fragment_text(entry.get("name")), next(filter(None, texts), "")
    if _is_question(question) and text:
        yield Answer((" ".join(question.split()),), text)


def _details(tree: Any) -> list[Answer]:
    """Take what folds out, in order; an answer that holds further folds is what is left of it without them."""
    answers: list[Answer] = []
    for details in _inner_first(tree, "details"):
        summary = details.css_first("summary")
        question = _one_line(summary) if summary is not None else ""
        if not _is_question(question):
            continue
        fragment = _fragment(details) or _fragment(summary)
        summary.decompose()
        text = block_text(details)
        details.decompose()
        if text:
            answers.append(Answer((question,), text, fragment))
    return answers[::-1]


def _definitions(tree: Any) -> Iterator[Answer]:
    lists: list[list[Answer]] = []
    for definitions in _inner_first(tree, "dl"):
        lists.append(list(_defined_in(definitions)))
        definitions.decompose()
    for answers in reversed(lists):
        yield from answers


def _inner_first(tree: Any, selector: str) -> list[Any]:
    """Find elements outside the furniture, such that one is taken out of the tree before what holds it."""
    return [element for element in reversed(tree.css(selector)) if not _is_furniture(element)]


def _defined_in(definitions: Any) -> Iterator[Answer]:
    terms: list[Any] = []
    texts: list[str] = []
    for entry in definitions.css("dt, dd"):
        if entry.tag == "dt" and texts:
            yield from _defined(terms, texts)
            terms, texts = [], []
        if entry.tag == "dt":
            terms.append(entry)
        else:
            texts.append(block_text(entry))
    yield from _defined(terms, texts)


def _defined(terms: list[Any], texts: list[str]) -> Iterator[Answer]:
    questions = tuple(question for question in map(_one_line, terms) if _is_question(question))
    text = "\n\n".join(filter(None, texts))
    if questions and text:
        yield Answer(questions, text, _fragment(terms[0]))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value is not None else []


def _fragment_text(value: Any) -> str:
    """Return the text of what may be HTML."""
    from selectolax.lexbor import LexborHTMLParser

    if not isinstance(value, str):
        return ""
    body = LexborHTMLParser(value).body
    return block_text(body) if body is not None else ""


def _is_question(text: str) -> bool:
    return 0 < len(text) <= LONGEST_QUESTION


def _is_furniture(element: Any) -> bool:
    parent = element.parent
    while parent is not None:
        if parent.tag in FURNITURE:
            return True
        parent = parent.parent
    return False


def _one_line(element: Any) -> str:
    return " ".join(element.text().split())


def _fragment(element: Any) -> str | None:
    return element.attributes.get("id") or None
