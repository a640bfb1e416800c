"""Questions to a small knowledge base: what is answered, with which quote, and what is not."""

from collections.abc import Callable, Sequence

import pytest

from knowledge import Document, DocumentKind, Embedder, ExactIndex, KnowledgeBase, split_documents
from knowledge.read import best_units, quote_span
from knowledge.scope import Scope

Make = Callable[..., Document]
Build = Callable[[Sequence[Document]], KnowledgeBase]
GUIDE = """# Lamplight guide

Lamplight is a reading lamp that follows the sun.

## Setting up

Paste this line into your terminal:

```sh
lamplight pair --all
```

The lamp blinks twice when it is paired.

## Power

A full battery lasts eleven days. Charging takes three hours with the cable in the box.

| Model | Weight | Price |
|---|---|---|
| Desk | 900 g | 79 EUR |
| Floor | 4 kg | 199 EUR |
"""


@pytest.fixture(scope="module")
def knowledge(build: Build, make_faq: Make, make_page: Make) -> KnowledgeBase:
    return build(
        [
            make_page(GUIDE, title="Lamplight guide", url="https://x.test/guide", anchors={"Power": "power"}),
            make_faq(
                "r1",
                "Can I return a lamp?",
                "Yes, within 60 days.",
                "Do you give refunds?",
                "I want my money back",
            ),
            make_faq("r2", "Do you ship to Canada?", "Yes, it takes a week.", group="SHIPPING"),
            make_faq("r3", "Which warranty do I get?", "Two years on every part."),
            Document(
                document_id="p1",
                source="products.csv",
                kind=DocumentKind.PRODUCT,
                title="Moonbeam night light",
                text="A dim light for children who are afraid of the dark.",
                attributes={"price": "25", "currency": "EUR"},
            ),
        ]
    )


def test_another_phrasing_finds_the_answer(knowledge: KnowledgeBase) -> None:
    answer = knowledge.answer("how can I get my money back")

    assert (answer.kind, answer.text, answer.hits[0]) == ("faq", "Yes, within 60 days.", "r1")
    (citation,) = answer.citations
    assert (citation.document_id, citation.title, citation.quote) == (
        "r1",
        "Can I return a lamp?",
        "Yes, within 60 days.",
    )


def test_a_page_answers_with_its_own_sentence_and_the_place(knowledge: KnowledgeBase) -> None:
    answer = knowledge.answer("How long does the battery last?")

    (citation,) = answer.citations
    assert answer.kind == "extracted"
    assert citation.quote.startswith("A full battery lasts eleven days.")
    assert citation.url == "https://x.test/guide#power"
    assert GUIDE[citation.start : citation.end] == citation.quote


def test_what_announces_something_is_quoted_with_it(make_page: Make, embedder: Embedder) -> None:
    text = "Welcome to all of you.\n\nPaste this line:\n\n```sh\npair --all\n```\n\nEnjoy the light."
    (passage,) = split_documents([make_page(text)], embedder=embedder)

    (span,) = best_units(passage, [0.1, 0.9, 0.0, 0.2])
    quote = quote_span(passage, span)

    assert quote.text == "Paste this line:\n\n```sh\npair --all\n```"
    assert text[quote.start : quote.end] == quote.text


def test_at_most_two_sentences_are_quoted(make_page: Make, embedder: Embedder) -> None:
    (passage,) = split_documents([make_page("One is here. Two is here. Three is here.")], embedder=embedder)

    def quoted(*scores: float) -> list[str]:
        return [quote_span(passage, span).text for span in best_units(passage, scores)]

    assert quoted(0.9, 0.2, 0.8) == ["One is here.", "Three is here."]
    assert quoted(0.9, 0.8, 0.7) == ["One is here. Two is here."]
    assert quoted(0.9, 0.2, 0.1) == ["One is here."]


def test_a_table_answers_by_its_row(knowledge: KnowledgeBase) -> None:
    answer = knowledge.answer("What is the price of the floor model?")

    assert answer.text == "Floor — Weight: 4 kg, Price: 199 EUR"
    assert answer.citations[0].quote == "| Floor | 4 kg | 199 EUR |"


def test_a_product_answers_with_its_name_and_price(knowledge: KnowledgeBase) -> None:
    answer = knowledge.answer("Have you got a light for children afraid of the dark?")

    assert (
        answer.text == "Moonbeam night light (25 EUR): A dim light for children who are afraid of the dark."
    )


@pytest.mark.parametrize(
    "question",
    [
        "Who won the football world cup in 1998?",
        "What is the capital of Mongolia?",
        "hello",
        "asdf qwer",
        "???",
        " ",
    ],
)
def test_what_nobody_wrote_about_is_not_answered(knowledge: KnowledgeBase, question: str) -> None:
    answer = knowledge.answer(question)

    assert (answer.kind, answer.text, answer.citations) == ("none", None, ())
    assert answer.confidence < 0.5


@pytest.mark.parametrize(
    "question", ["Do you ship to Mars?", "do you ship to mars", "Can I return a lamp within 365 days?"]
)
def test_a_name_or_number_that_nothing_holds_is_not_answered(knowledge: KnowledgeBase, question: str) -> None:
    assert knowledge.answer(question).kind == "none"


@pytest.mark.parametrize("country", ["Spain", "the USA", "the US", "germany", "Mars"])
def test_another_country_is_not_answered_however_short_the_answer_begins(
    build: Build, make_faq: Make, country: str
) -> None:
    base = build(
        [
            make_faq("1", "Do you ship to France?", "Yes. Parcels to France take three days and cost 9 EUR."),
            make_faq("2", "Can I send it back?", "Within 30 days."),
        ]
    )

    assert base.answer(f"Do you ship to {country}?").kind == "none"
    assert base.answer("Do you ship parcels to France?").kind == "faq"


def test_a_misspelt_name_is_no_other_name(knowledge: KnowledgeBase) -> None:
    assert knowledge.answer("do you ship to canda").hits[0] == "r2"
    assert knowledge.answer("do you ship to canda").kind == "faq"


def test_hits_are_given_without_an_answer_too(knowledge: KnowledgeBase) -> None:
    answer = knowledge.answer("What is the capital of Mongolia?")

    assert len(answer.hits) == len(set(answer.hits)) == 5


def test_what_comes_close_is_suggested(knowledge: KnowledgeBase) -> None:
    answer = knowledge.answer("How long does delivery to Mexico take?")

    assert answer.kind == "none"
    assert answer.suggestions == (("r2", "Do you ship to Canada?"),)


def test_an_entry_is_suggested_by_its_own_question(build: Build, make_faq: Make) -> None:
    knowledge = build(
        [
            make_faq("r1", "Can I return a lamp?", "Yes.", "giv my monny bak now plz"),
            make_faq("r2", "Do you ship to Canada?", "Yes, it takes a week."),
        ],
        answer_from=1.0,
    )

    suggestions = knowledge.answer("giv my monny bak now").suggestions

    assert suggestions[0] == ("r1", "Can I return a lamp?")


def test_a_follow_up_where_nothing_is_in_scope_is_not_answered(knowledge: KnowledgeBase) -> None:
    history = [("visitor", "Do you ship to Canada?"), ("bot", "Yes, it takes a week.")]

    assert knowledge.answer("and how long?", history=history, scope=Scope(language="fr")).kind == "none"


def test_a_follow_up_leans_on_what_was_asked(knowledge: KnowledgeBase) -> None:
    history = [("visitor", "What is the price of the desk model?"), ("bot", "79 EUR")]

    assert "199 EUR" in (knowledge.answer("and the floor one?", history=history).text or "")


@pytest.mark.parametrize(
    ("said", "expected"),
    [("It hangs from a hook of steel.\n\nWhat is your name?", "Lamp"), ("I don't know.", None)],
)
def test_a_follow_up_stays_with_the_page_that_was_quoted(
    build: Build, make_page: Make, said: str, expected: str | None
) -> None:
    texts = {
        "Lamp": "It hangs from a hook of steel. Assembly takes an hour.",
        "Shelf": "It stands on four legs of oak. Assembly takes a day.",
    }
    base = build([make_page(text, title=title, document_id=title) for title, text in texts.items()])

    both = {
        title: base.search("how long is assembly?", history=[("visitor", f"{title}?"), ("bot", said)]).hits[0]
        for title in texts
    }

    assert {hit.passage.title for hit in both.values()} == ({expected} if expected else set(texts))


def test_a_product_is_spoken_of_until_another_is_named(build: Build) -> None:
    rows = {
        "Carry Long": ("A long cargo bike that carries two children or a week of shopping.", "3899"),
        "Commuter One": ("A light bike for the way to work.", "649"),
        "Volt City": ("An electric city bike with a range of 80 km.", "2199"),
    }
    base = build(
        [
            Document(
                document_id=name,
                source="products.csv",
                kind=DocumentKind.PRODUCT,
                title=name,
                text=text,
                attributes={"price": price, "currency": "EUR"},
            )
            for name, (text, price) in rows.items()
        ]
    )
    history: list[tuple[str, str]] = []

    cited = []
    for question in ("how heavy is the Carry Long", "what is its price", "and the Volt City?"):
        answer = base.answer(question, history=history)
        cited += [citation.title for citation in answer.citations]
        history += [("visitor", question), ("bot", answer.text or "")]

    assert cited == ["Carry Long", "Carry Long", "Volt City"]


def test_an_unknown_verb_is_not_answered_with_another(build: Build, make_faq: Make) -> None:
    base = build(
        [
            make_faq("return", "Can I return a bike?", "You may return a bike within thirty days."),
            make_faq("repair", "Do you repair bikes?", "Our workshop repairs all brands."),
            make_faq("buy", "Where can I buy a helmet?", "In our shop."),
        ]
    )

    assert base.answer("Can I borrow a bike?").kind == "none"
    assert base.answer("Can I retrun a bike?").kind == "faq"
    assert base.answer("Where can I purchase a helmet?").kind == "faq"


def test_an_answer_just_shown_is_not_the_answer_to_what_follows(knowledge: KnowledgeBase) -> None:
    history = [("visitor", "Do you ship to Canada?"), ("bot", "Yes, it takes a week.")]

    assert "r2" in [hit.passage.document_id for hit in knowledge.search("Is shipping possible at all?").hits]
    hits = knowledge.search("how much is it?", history=history).hits
    assert "r2" not in [hit.passage.document_id for hit in hits]


def test_the_same_question_is_answered_the_same(knowledge: KnowledgeBase) -> None:
    assert knowledge.answer("Do you ship to Canada?") == knowledge.answer("Do you ship to Canada?")


def test_a_question_in_another_language_is_helped_by_its_words(knowledge: KnowledgeBase) -> None:
    assert knowledge.search("Habt ihr Moonbeam?").hits[0].passage.document_id == "p1"


def test_a_group_is_listed_once(build: Build, make_page: Make) -> None:
    same = [make_page(f"The gate opens at {n}.", document_id=f"d{n}", group="GATE") for n in range(3)]

    assert len(build(same).answer("When does the gate open?").hits) == 1


def test_an_empty_knowledge_base_answers_nothing(embedder: Embedder) -> None:
    empty = KnowledgeBase([], ExactIndex([], embedder.embed([])), embedder)

    assert empty.answer("Anything?").kind == "none"
    assert empty.search("Anything?").hits == ()


def test_a_knowledge_base_of_one_page_does_not_answer_everything(build: Build, make_page: Make) -> None:
    alone = build([make_page("We repair bicycles of every make.")])

    assert alone.answer("How tall is Mount Everest?").kind == "none"
    assert alone.answer("Which bicycles do you repair?").kind == "extracted"
