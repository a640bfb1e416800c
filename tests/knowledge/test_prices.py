"""A price that an answer tells in passing is found by whose it is; another thing's price is never told."""

from collections.abc import Callable

import pytest

from knowledge import Document, KnowledgeBase

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]

WORKSHOP = """# Workshop

## Tuning

A simple tuning covers all strings and takes an hour. A concert tuning also levels the keys; it takes a day.

## Pedals

We oil a squeaking pedal while you wait for 18 EUR.
"""


@pytest.fixture(scope="module")
def workshop(build: Build, make_faq: Make, make_page: Make) -> KnowledgeBase:
    return build(
        [
            make_page(WORKSHOP, document_id="workshop.md", title="Workshop"),
            make_faq(
                "makers",
                "Do you work on pianos of other makers?",
                "Yes, of every maker. A simple tuning costs 90 EUR, a concert tuning 210 EUR. Please book early.",
            ),
            make_faq("hire", "Can I hire a piano?", "No. Ask the music school by the lake."),
            make_faq("open", "What are your opening hours?", "Monday to Friday, 9:00 to 17:00."),
            make_faq("where", "Where is your workshop?", "At 3 Mill Lane in Bergen, behind the station."),
            make_faq("send", "Do you send pianos?", "Within Norway, by van. It costs 400 EUR."),
        ]
    )


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("how much does a concert tuning cost", "makers"),
        ("What is the price of a simple tuning?", "makers"),
        ("simple tuning cost", "makers"),
        ("how much is a tuning", "makers"),
        ("how much for a pedal", "workshop.md"),
    ],
)
def test_a_price_told_in_passing_is_found(workshop: KnowledgeBase, question: str, source: str) -> None:
    answer = workshop.answer(question)

    assert source in {citation.document_id for citation in answer.citations}
    assert "EUR" in (answer.text or "")


@pytest.mark.parametrize(
    "question",
    ["how much is a tuning course", "price of a harp tuning", "how much is a stool", "how much is it?"],
)
def test_the_price_of_something_else_is_not_told(workshop: KnowledgeBase, question: str) -> None:
    assert workshop.answer(question).kind == "none"


def test_how_much_is_it_takes_the_entry_just_shown(workshop: KnowledgeBase) -> None:
    shown = workshop.answer("Do you send pianos?")
    history = [("visitor", "Do you send pianos?"), ("bot", shown.text or "")]

    answer = workshop.answer("how much is it?", history=history)

    assert [citation.document_id for citation in answer.citations] == ["send"]
