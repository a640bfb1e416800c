"""Comparisons: recognised with care, answered with what is written about both, never with a verdict of ours."""

from collections.abc import Callable

import pytest

from knowledge import Document, DocumentKind, KnowledgeBase
from knowledge.compare import find_compared

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]
PLANS = """# Plans

| Plan | Price | Users |
|---|---|---|
| Basic | €9 | 1 |
| Pro | €29 | up to 10 |

## Storage

| Storage | Linen | Wool |
|---|---|---|
| Attachments | 1 GB | 50 GB |
"""
TARIFFS = """# Tarife

## Solo

Der Tarif Solo kostet 9 Euro und ist für eine Person.

## Team

Der Tarif Team kostet 29 Euro und ist für zehn Personen.
"""
FERRIES = "The river ferry carries cars and leaves every hour.\n\nThe lake ferry carries people only."
BASIC, PRO = "Basic — Price: €9, Users: 1", "Pro — Price: €29, Users: up to 10"


def boat(document_id: str, name: str, description: str, price: str) -> Document:
    return Document(
        document_id=document_id,
        source="boats.csv",
        kind=DocumentKind.PRODUCT,
        title=name,
        text=description,
        attributes={"price": price, "currency": "EUR"},
    )


@pytest.fixture(scope="module")
def knowledge(build: Build, make_page: Make, make_faq: Make) -> KnowledgeBase:
    return build(
        [
            make_page(PLANS, document_id="plans.md", title="Plans"),
            make_page(TARIFFS, document_id="tarife.md", title="Tarife"),
            make_page(FERRIES, document_id="ferries.md", title="Ferries"),
            boat("b1", "Heron rowing boat", "A light boat for two.", "900"),
            boat("b2", "Teal rowing boat", "A small boat for one.", "600"),
            make_faq("f1", "Can I cancel at any time?", "Yes, at the end of each month."),
            make_faq("f2", "Do you offer a trial?", "Yes, fourteen days without a card."),
            make_faq("f3", "Is there a phone line?", "On weekdays from 9 to 17 o'clock."),
            make_faq("f4", "What is the difference between oak and pine?", "Oak is heavier."),
        ]
    )


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between Basic and Pro?",
        "whats the diffrence between basic and pro",
        "what's the difference between the Basic plan and the Pro plan",
        "Basic vs. Pro",
        "compare Basic with Pro",
        "How does Basic compare to Pro?",
        "Is Basic cheaper than Pro?",
        "Which is better, Basic or Pro?",
        "Should I take Basic or Pro?",
        "Basic or Pro?",
        "Was ist der Unterschied zwischen Basic und Pro?",
        "Vergleiche Basic mit Pro",
        "Ist Basic besser als Pro?",
        "Was ist besser, Basic oder Pro?",
        "Quelle est la différence entre Basic et Pro ?",
        "Basic est-il moins cher que Pro ?",
        "Quel plan choisir, Basic ou Pro ?",
        "¿Cuál es la diferencia entre Basic y Pro?",
        "¿Es Basic mejor que Pro?",
        "¿Qué es mejor, Basic o Pro?",
    ],
)
def test_both_sides_of_a_comparison_are_quoted(knowledge: KnowledgeBase, question: str) -> None:
    answer = knowledge.answer(question)

    assert (answer.kind, answer.text, answer.unknown) == ("extracted", f"- {BASIC}\n- {PRO}", ())
    quoted = "\n".join(citation.quote for citation in answer.citations)
    assert quoted == "| Basic | €9 | 1 |\n| Pro | €29 | up to 10 |"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "compare the Heron with the Teal",
            "- Heron rowing boat (900 EUR): A light boat for two.\n- Teal rowing boat (600 EUR): A small boat for one.",
        ),
        (
            "Was ist der Unterschied zwischen Solo und Team?",
            "- Der Tarif Solo kostet 9 Euro und ist für eine Person.\n"
            "- Der Tarif Team kostet 29 Euro und ist für zehn Personen.",
        ),
        ("Linen vs Wool", "Attachments — Linen: 1 GB, Wool: 50 GB"),
    ],
)
def test_products_sections_and_columns_are_compared_too(
    knowledge: KnowledgeBase, question: str, text: str
) -> None:
    assert knowledge.answer(question).text == text


def test_an_answer_that_tells_both_apart_stays(knowledge: KnowledgeBase) -> None:
    answer = knowledge.answer("What is the difference between oak and pine?")

    assert (answer.kind, answer.text) == ("faq", "Oak is heavier.")


def test_of_two_things_of_which_one_is_not_written_about_the_other_is_told(knowledge: KnowledgeBase) -> None:
    answer = knowledge.answer("What is the difference between Basic and Enterprise?")

    assert (answer.kind, answer.text, answer.unknown) == ("extracted", BASIC, ("Enterprise",))


@pytest.mark.parametrize(
    "question",
    [
        "Can I cancel or pause my plan?",
        "Do you have a trial or a phone line?",
        "Can I pay by card or by invoice?",
        "Is delivery faster than a week?",
        "Is it cheaper than before?",
        "Kann ich mit Karte oder Rechnung zahlen?",
        "What is the difference between them?",
        "yes or no?",
        "sooner or later",
        "difference between cats and dogs",
    ],
)
def test_an_or_that_offers_no_choice_is_no_comparison(knowledge: KnowledgeBase, question: str) -> None:
    answer = knowledge.answer(question)

    assert len(answer.citations) < 2
    assert answer.unknown == ()


@pytest.mark.parametrize(
    "question", ["Do you ship to Canada or Mexico?", "Are you open on Saturday or Sunday?"]
)
def test_a_yes_or_no_question_compares_nothing(question: str) -> None:
    assert find_compared(question) is None
