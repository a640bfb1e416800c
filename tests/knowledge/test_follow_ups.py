"""A follow-up is not answered by what was said just now, unless that holds what it asks for."""

from collections.abc import Callable

import pytest

from knowledge import Document, KnowledgeBase

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]

HIRE = """# Boat hire

## Boats

| Boat | Seats | Price a day |
|---|---|---|
| Heron rowing boat | 4 | €38 |
| Otter canoe | 2 | €27 |

## The lake

The lake is four kilometres long. Swimming is allowed at the eastern shore.
"""


@pytest.fixture(scope="module")
def boats(build: Build, make_page: Make) -> KnowledgeBase:
    return build([make_page(HIRE, document_id="boats.md", title="Boat hire")])


@pytest.mark.parametrize("question", ["how much is it for 9 days", "what does it cost for 30 children?"])
def test_a_price_is_not_repeated_for_another_number(boats: KnowledgeBase, question: str) -> None:
    first = "how much is the Otter canoe?"
    said = boats.answer(first).text or ""
    assert "€27" in said

    assert boats.answer(question, history=[("visitor", first), ("bot", said)]).kind == "none"


@pytest.mark.parametrize(
    "question", ["how much is it?", "how much is the Otter canoe?", "and how many seats?"]
)
def test_what_holds_the_answer_is_said_again(boats: KnowledgeBase, question: str) -> None:
    first = "how much is the Otter canoe?"
    said = boats.answer(first).text or ""

    assert "Otter canoe" in (boats.answer(question, history=[("visitor", first), ("bot", said)]).text or "")


@pytest.mark.parametrize("question", ["and dogs?", "and in winter?"])
def test_what_holds_nothing_of_it_is_not(boats: KnowledgeBase, question: str) -> None:
    first = "where is swimming allowed?"
    said = boats.answer(first).text or ""
    assert "eastern shore" in said

    answer = boats.answer(question, history=[("visitor", first), ("bot", said)])

    assert answer.text != said
