"""What an HTML page says for machines as documents: questions and answers, facts of a business, products.

Promises: ids are made of the question or name, and one name is told apart from the next; what the page shows of a
question is taken out of the tree.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from knowledge.document import Document, DocumentKind
from knowledge.loaders.html_answers import Answer, take_answers
from knowledge.loaders.html_business import business_in
from knowledge.loaders.html_wares import wares_in
from knowledge.loaders.slug import slug
from knowledge.loaders.things import find_things


def take_documents(
    tree: Any, *, source: str, url: str | None, language: str | None, anchors: Mapping[str, str]
) -> tuple[Document, ...]:
    """Take out of a page what it says for machines.

    Args:
        tree: the page; what it shows of a question is taken out of it.
        source: where it was read.
        url: where it is.
        language: ISO 639-1 code in which codes are said.
        anchors: the fragments of its headings.
    """
    things = find_things(tree)
    wares = list(wares_in(things, source=source, url=url, language=language))
    told = list(business_in(things, language))
    answers = take_answers(tree, things, anchors)
    asked = {question for answer in answers for question in answer.questions}
    entries = [*answers, *(one for one in told if one.questions[0] not in asked)]
    documents = [*(_entry(one, source=source, url=url) for one in entries), *wares]
    return tuple(_told_apart([replace(one, language=language) for one in documents], source))


def _entry(answer: Answer, *, source: str, url: str | None) -> Document:
    fragment = f"#{answer.fragment}" if answer.fragment else ""
    return Document(
        document_id=answer.questions[0],
        source=source,
        kind=DocumentKind.FAQ,
        title=answer.questions[0],
        text=answer.text,
        url=f"{url}{fragment}" if url else None,
        questions=answer.questions,
        is_markdown=True,
    )


def _told_apart(documents: Sequence[Document], source: str) -> Iterator[Document]:
    """Make ids of the titles."""
    taken: set[str] = set()
    for document in documents:
        document_id = base = f"{source}#{slug(document.title)}"
        number = 2
        while document_id in taken:
            document_id, number = f"{base}-{number}", number + 1
        taken.add(document_id)
        yield replace(document, document_id=document_id)
