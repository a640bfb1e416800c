"""What misses an entry by one thing is suggested and not answered; what says the same in other words is answered."""

from collections.abc import Callable

import pytest

from knowledge import Document, KnowledgeBase

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]


@pytest.fixture(scope="module")
def piano_house(build: Build, make_faq: Make) -> KnowledgeBase:
    return build(
        [
            make_faq("f1", "Do you tune pianos?", "Yes, also at your home. A grand piano takes two hours."),
            make_faq("f2", "Can I return a piano?", "Yes, within 14 days.", "send a piano back"),
            make_faq("f3", "Can I hire a piano?", "Yes, by the month, delivery included."),
            make_faq("f4", "Do you lend stools?", "Every stool comes with its own cover."),
            make_faq("f5", "Can I pay by card?", "Yes. By invoice too, from 100 EUR."),
            make_faq("f6", "Where do you deliver?", "Everywhere in Denmark."),
        ]
    )


@pytest.mark.parametrize(
    "question",
    [
        "do you tune cars",
        "do you tune accordions?",
        "can I return a stool",
        "can I return a gift card for shoes",
        "can I hire a tractor",
        "do I need a card?",
    ],
)
def test_another_object_is_not_answered(piano_house: KnowledgeBase, question: str) -> None:
    assert piano_house.answer(question).kind == "none"


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("do you tune pianos", "f1"),
        ("do you tune a grand piano?", "f1"),
        ("do you tune piannos?", "f1"),
        ("can I return an item", "f2"),
        ("how can I return my piano", "f2"),
        ("can I hire an instrument by the month", "f3"),
        ("can I pay by invoice", "f5"),
    ],
)
def test_the_same_in_other_words_is_answered(piano_house: KnowledgeBase, question: str, entry: str) -> None:
    assert [citation.document_id for citation in piano_house.answer(question).citations] == [entry]


@pytest.fixture(scope="module")
def klavierhaus(build: Build, make_faq: Make) -> KnowledgeBase:
    return build(
        [
            make_faq("f1", "Kann ich ein Klavier zurückgeben?", "Ja, innerhalb von 14 Tagen."),
            make_faq("f2", "Kann ich ein Klavier mieten?", "Ja, monatsweise, Lieferung inbegriffen."),
            make_faq("f3", "Kann ich mit Karte bezahlen?", "Ja. Auch auf Rechnung, ab 100 EUR."),
            make_faq("f4", "Muss ich ein Konto anlegen?", "Nein, Sie können als Gast bestellen."),
            make_faq("f5", "Gibt es Rabatt für Studenten?", "Ja, 10 % auf alle Noten."),
        ],
        language="de",
    )


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("kann ich einen Gutschein zurückgeben", None),
        ("Kann ich einen Traktor mieten?", None),
        ("kann ich mit PayPal bezahlen", None),
        ("muss ich einen Ausweis anlegen", None),
        ("gibt es Rabatt für Lehrer", None),
        ("kann ich mein Klavier wieder zurückgeben?", "f1"),
        ("kann ich auf Rechnung bezahlen", "f3"),
        ("muss ich ein Kundenkonto anlegen", "f4"),
    ],
)
def test_another_object_before_a_german_verb_is_not_answered(
    klavierhaus: KnowledgeBase, question: str, entry: str | None
) -> None:
    cited = [citation.document_id for citation in klavierhaus.answer(question).citations]

    assert cited == ([entry] if entry else [])


@pytest.mark.parametrize(
    ("question", "kind"),
    [("discount for teachers", "none"), ("teacher discount", "none"), ("discount for students", "faq")],
)
def test_what_is_for_some_is_not_said_of_others(
    build: Build, make_faq: Make, question: str, kind: str
) -> None:
    knowledge = build(
        [
            make_faq("f1", "Is there a discount for students?", "Yes, 10 % with a valid card."),
            make_faq("f2", "Do you tune pianos?", "Yes, also at your home."),
            make_faq("f3", "Where do you deliver?", "Everywhere in Denmark."),
        ]
    )

    assert knowledge.answer(question).kind == kind


@pytest.mark.parametrize("question", ["do you read PDFs", "does it read pdfs?", "PDF's?"])
def test_the_plural_of_an_acronym_is_the_acronym(build: Build, make_faq: Make, question: str) -> None:
    knowledge = build(
        [
            make_faq("f1", "Which files can it read?", "Markdown, HTML and PDF."),
            make_faq("f2", "Which APIs are there?", "One for leads, one for questions."),
        ]
    )

    assert [citation.document_id for citation in knowledge.answer(question).citations] == ["f1"]


@pytest.mark.parametrize(
    ("question", "entry"),
    [("is there a stool?", "f4"), ("where do you deliver it", "f6"), ("can I pay it by card", "f5")],
)
def test_an_entrys_own_question_is_answered_as_surely_later(
    piano_house: KnowledgeBase, question: str, entry: str
) -> None:
    history = [
        ("visitor", "do you tune pianos"),
        ("bot", "Yes, also at your home. A grand piano takes two hours."),
        ("visitor", "can I return a piano"),
        ("bot", "Yes, within 14 days."),
    ]

    first, later = piano_house.answer(question), piano_house.answer(question, history=history)

    assert first.hits[0] == later.hits[0] == entry
    assert later.confidence >= first.confidence
