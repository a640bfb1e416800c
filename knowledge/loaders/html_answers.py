"""Questions and answers that an HTML page marks as such: schema.org's Question, `<details>` and `<dl>`.

Promises: what the page shows of one that is marked is taken out of the tree, so that the main text does not say it
again; what is both shown and in linked data is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.loaders.html_text import block_text
from knowledge.loaders.things import Thing, html_text, plain

FURNITURE = frozenset({"nav", "header", "footer", "aside", "form"})
LONGEST_QUESTION = 300  # characters; longer is no question but a folded page


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, in all its phrasings, what is answered, and the fragment where the page shows it."""

    questions: tuple[str, ...]
    text: str
    fragment: str | None = None


def take_answers(tree: Any, things: Sequence[Thing], anchors: Mapping[str, str]) -> list[Answer]:
    """Take the questions and answers out of a page, each once.

    Args:
        tree: the page.
        things: what it describes.
        anchors: its headings' fragments, for what is in linked data only.
    """
    described = list(_described(tree, things, anchors))
    said = {answer.questions[0] for answer in described}
    shown = (*_details(tree), *_definitions(tree))
    return list(dict.fromkeys([*described, *(answer for answer in shown if answer.questions[0] not in said)]))


def _described(tree: Any, things: Sequence[Thing], anchors: Mapping[str, str]) -> Iterator[Answer]:
    """Yield the questions that schema.org's words describe, each once; those that the page shows are taken."""
    entries = [entry for thing in things if "FAQPage" in thing.types for entry in thing.things("mainEntity")]
    entries += [thing for thing in things if "Question" in thing.types]
    answers: dict[str, Answer] = {}
    taken: set[int] = set()
    for entry in entries:
        answer = _answer(entry, anchors)
        is_shown = entry.element is not None
        if answer is None or (is_shown and _is_furniture(entry.element)):
            continue
        answers.setdefault(answer.questions[0], answer)
        taken |= {entry.element.mem_id} if entry.element is not None else set()
    for element in (
        reversed(tree.css("[itemscope], [typeof]")) if taken else ()
    ):  # the inner before what holds it
        if element.mem_id in taken:
            element.decompose()
    yield from answers.values()


def _answer(entry: Thing, anchors: Mapping[str, str]) -> Answer | None:
    """Return the accepted answer of a question, else the one that most people voted for."""
    suggested = sorted(entry.things("suggestedAnswer"), key=_votes, reverse=True)
    told = (text for one in (*entry.things("acceptedAnswer"), *suggested) for text in one.texts("text"))
    text = next(filter(None, map(html_text, told)), "") or next(
        filter(None, map(html_text, entry.texts("acceptedAnswer"))), ""
    )
    questions = [
        one for name in ("name", "text") for one in map(plain, entry.texts(name)) if _is_question(one)
    ]
    if not questions or not text:
        return None
    return Answer(tuple(dict.fromkeys(questions)), text, entry.fragment or anchors.get(questions[0]))


def _votes(answer: Thing) -> int:
    votes = answer.text("upvoteCount")
    return int(votes) if votes.isdecimal() and len(votes) < 9 else 0


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
