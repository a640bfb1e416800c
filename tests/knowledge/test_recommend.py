"""Products for a wish: within the budget, for so many, by words; each with its reason, and none that does not fit."""

from collections.abc import Callable
from math import inf, nextafter

import pytest

from knowledge import Document, DocumentKind, KnowledgeBase
from knowledge.amounts import Budget, Range, find_budget, find_ranges, price_of

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]


def product(name: str, description: str, price: str, sought_for: str, currency: str = "EUR") -> Document:
    return Document(
        document_id=name.lower().replace(" ", "-"),
        source="products.csv",
        kind=DocumentKind.PRODUCT,
        title=name,
        text=description,
        url=f"https://x.test/{name[:4]}",
        attributes={"price": price, "currency": currency, "for": sought_for, "image": "javascript:alert(1)"},
    )


@pytest.fixture(scope="module")
def plans(build: Build, make_faq: Make) -> KnowledgeBase:
    return build(
        [
            product("Solo", "The quiet start.", "9", "1 person"),
            product("Crew", "Shared books and receipts.", "29", "2-10 people"),
            product("Harbour", "Every report, and an adviser.", "99", "more than 10 employees"),
            make_faq("f1", "Do you offer a trial?", "Yes, fourteen days without a card."),
            make_faq("f2", "Which plan is right for a charity?", "Ask us; charities pay half."),
        ]
    )


@pytest.fixture(scope="module")
def lamps(build: Build) -> KnowledgeBase:
    return build(
        [
            product("Desk lamp", "A lamp of brass for reading.", "49", "small offices, studies", "USD"),
            product("Floor lamp", "A tall lamp.", "149", "living rooms", "USD"),
            product("Lamp oil", "A litre of clear oil.", "12", "oil lamps", "USD"),
            product("Chandelier", "Nine arms of glass.", "1,900", "halls", "USD"),
            product("Night light", "A dim light for children.", "19", "nurseries", "EUR"),
        ]
    )


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Which plan for 5 people?", "Crew"),
        ("we are a team of five, what do you recommend?", "Crew"),
        ("what is the cheapest plan for 12 people", "Harbour"),
        ("cheapest plan", "Solo"),
        ("I need something for 3 employees under 50 euros", "Crew"),
        ("Welcher Tarif für 5 Personen?", "Crew"),
        ("Quel forfait pour 5 personnes ?", "Crew"),
        ("¿Qué plan para 5 personas?", "Crew"),
        ("Was ist der teuerste Tarif?", "Harbour"),
    ],
)
def test_the_plan_that_fits_is_recommended(plans: KnowledgeBase, question: str, name: str) -> None:
    answer = plans.answer(question)

    assert [found.name for found in answer.products] == [name]
    assert answer.kind == "extracted"
    assert (answer.text or "").startswith(f"{name} (")
    assert [citation.document_id for citation in answer.citations] == [name.lower()]


def test_a_recommendation_says_why_in_the_tables_own_words(plans: KnowledgeBase) -> None:
    answer = plans.answer("I need something for 3 employees under 50 euros")

    (found,) = answer.products
    assert answer.text == "Crew (29 EUR; 2-10 people): Shared books and receipts."
    assert found.reasons == (("price", "29 EUR"), ("for", "2-10 people"))
    assert (found.price, found.currency, found.url, found.image) == ("29", "EUR", "https://x.test/Crew", None)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("what do you have under $100?", ["Lamp oil", "Desk lamp"]),
        ("Which lamps do you have under $200?", ["Lamp oil", "Desk lamp", "Floor lamp"]),
        ("something for a small office", ["Desk lamp"]),
        ("anything between $100 and $200", ["Floor lamp"]),
        ("what do you have over $1000?", ["Chandelier"]),
    ],
)
def test_a_budget_and_words_are_met(lamps: KnowledgeBase, question: str, names: list[str]) -> None:
    answer = lamps.answer(question)

    assert [found.name for found in answer.products] == names
    assert len(answer.citations) == len(names)


@pytest.mark.parametrize(
    "question",
    [
        "What lamps do you have under $5?",
        "cheapest pizza",
        "something for my elephant",
        "which lamp for 40 people?",
    ],
)
def test_nothing_is_recommended_where_nothing_fits(lamps: KnowledgeBase, question: str) -> None:
    answer = lamps.answer(question)

    assert (answer.kind, answer.products) == ("none", ())


def test_the_cheapest_of_several_currencies_is_not_known(lamps: KnowledgeBase) -> None:
    assert lamps.answer("What is your cheapest product?").products == ()


@pytest.mark.parametrize(
    "question", ["Do you offer a trial for 5 people?", "Which plan is right for a charity?"]
)
def test_an_entry_that_answers_goes_first(plans: KnowledgeBase, question: str) -> None:
    assert plans.answer(question).kind == "faq"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2-10 people", Range(2, 10, "people")),
        ("from 3 to 8 guests", Range(3, 8, "people")),
        ("up to 5 users", Range(None, 5, "people")),
        ("20+ employees", Range(20, None, "people")),
        ("for one person", Range(1, 1, "people")),
        ("bis zu 5 Personen", Range(None, 5, "people")),
        ("jusqu'à 5 personnes", Range(None, 5, "people")),
        ("más de 50 empleados", Range(nextafter(50, inf), None, "people")),
        ("al menos 50 empleados", Range(50, None, "people")),
        ("fewer than 5 users", Range(None, nextafter(5, -inf), "people")),
        ("no more than 5 users", Range(None, 5, "people")),
        ("950 g", Range(0.95, 0.95, "kg")),
        ("at least 90 minutes", Range(1.5, None, "h")),
        ("bis zu 150 cm", Range(None, 1.5, "m")),
        ("lighter than 2kg", Range(None, nextafter(2, -inf), "kg")),
        ("500 MB", Range(0.5, 0.5, "GB")),
        ("a family of four", Range(4, 4, "people")),
        ("offices of 10 to 50", Range(10, 50, "")),
        ("2 rooms", Range(2, 2, "rooms")),
    ],
)
def test_numbers_with_what_they_count_are_ranges(text: str, expected: Range) -> None:
    assert find_ranges(text) == [expected]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("under $100", Budget(None, nextafter(100, 0), "USD")),
        ("up to $100", Budget(None, 100, "USD")),
        ("my budget is 200 euros", Budget(None, 200, "EUR")),
        ("between £50 and £1,200.50", Budget(50, 1200.5, "GBP")),
        ("bis 1.200 Euro", Budget(None, 1200, "EUR")),
        ("moins de 30 €", Budget(None, nextafter(30, 0), "EUR")),
        ("más de 20 euros al mes", Budget(nextafter(20, inf), None, "EUR")),
        ("anything under 100?", Budget(None, nextafter(100, 0), None)),
        ("up to 5 users", None),
        ("for 5 people", None),
    ],
)
def test_a_budget_is_read_with_its_currency(question: str, expected: Budget | None) -> None:
    assert find_budget(question) == expected


@pytest.mark.parametrize(
    ("text", "price"), [("€29 / month", 29), ("29,90", 29.9), ("free", None), ("9-19", None)]
)
def test_a_price_is_one_number(text: str, price: float | None) -> None:
    assert price_of(text) == price
