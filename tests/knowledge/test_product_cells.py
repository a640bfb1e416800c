"""Rows of a product table: found by the numbers in their cells, told by the cell that is asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import Document, KnowledgeBase, load_folder
from knowledge.confidence import ANSWER_FROM
from knowledge.keywords import tokenizer_for
from knowledge.spelling import spell_as_sold

Build = Callable[..., KnowledgeBase]
Make = Callable[..., Document]

PRODUCTS = """name,description,category,price,currency,weight,range_km,age,for,url
Heron,A touring kayak with two hatches.,sea kayak,1450,EUR,23 kg,60,,tours,https://x.test/heron
Heron Long,The touring kayak for two paddlers.,sea kayak,2190,EUR,34 kg,75,,tours,https://x.test/heron-long
Wren,A short boat for the first lessons.,kids kayak,390,EUR,9.5 kg,,6-9 years,children,https://x.test/wren
Dipper,A boat that grows along.,kids kayak,480,EUR,12 kg,,10-13 years,children,https://x.test/dipper
Splash cover,A cover for the hatch.,accessories,49,EUR,0.4 kg,,,everyone,https://x.test/cover
"""
LAMPS = """name,description,category,price,currency,weight_g,height_cm,battery life (hours),brightness (lm),url
Moth,A lantern to hang in the tent.,lantern,39,EUR,320,15,8,120,https://x.test/moth
Owl,A lantern for the porch.,lantern,79,EUR,1500,35,20,400,https://x.test/owl
Crane,A reading lamp.,floor lamp,249,EUR,6200,160,,1200,https://x.test/crane
"""
FAQ = """question,answer
How much is delivery?,Delivery is free above 500 EUR.
How long does delivery take?,5 working days.
Can I try a kayak?,Yes; book an hour on the lake.
"""
PAGE = """# Club

## Membership plans

| Plan | Monthly price | Yearly price | People |
|---|---|---|---|
| Cove | 12 EUR | 120 EUR | 1-4 people |
| Fjord | 40 EUR | 400 EUR | 5-15 people |
"""


@pytest.fixture(scope="module")
def shop(build: Build, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("shop")
    for name, text in (("products.csv", PRODUCTS), ("faq.csv", FAQ), ("club.md", PAGE)):
        (folder / name).write_text(text)
    return build([one for source in load_folder(folder) for one in source.documents])


@pytest.mark.parametrize(
    ("question", "said", "cited"),
    [
        ("how heavy is the Heron kayak?", ["Heron — weight: 23 kg"], ["heron"]),
        ("what range does the Heron Long have", ["Heron Long — range km: 75"], ["heron-long"]),
        ("what's the maximum range of the Heron?", ["Heron — range km: 60"], ["heron"]),
        ("what does the wren cost?", ["Wren — 390 EUR"], ["wren"]),
        ("how old must a child be for the Dipper?", ["Dipper — age: 10-13 years"], ["dipper"]),
        ("how heavy is the cover", ["Splash cover — weight: 0.4 kg"], ["splash-cover"]),
        (
            "how much do the Wren and the Dipper cost?",
            ["- Wren — 390 EUR", "- Dipper — 480 EUR"],
            ["wren", "dipper"],
        ),
        ("Wie schwer ist der Heron?", ["Heron — weight: 23 kg"], ["heron"]),
    ],
)
def test_the_cell_asked_for_is_told_with_its_row(
    shop: KnowledgeBase, question: str, said: list[str], cited: list[str]
) -> None:
    answer = shop.answer(question)

    assert (answer.text or "").split("\n") == said
    assert [citation.document_id.partition("#")[2] for citation in answer.citations] == cited
    names = [line.removeprefix("- ").partition(" — ")[0] for line in said]
    assert [product.name for product in answer.products] == names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("kayak for my 7 year old", ["Wren"]),
        ("a kayak for my 11-year-old daughter", ["Dipper"]),
        ("kayaks under 500", ["Wren", "Dipper"]),
        ("kayaks between 10 and 25 kg", ["Dipper", "Heron"]),
        ("kayaks under 480", ["Wren"]),
        ("kayaks up to 480", ["Wren", "Dipper"]),
        ("kayaks of at least 23 kg", ["Heron", "Heron Long"]),
        ("kayaks heavier than 23 kg", ["Heron Long"]),
        ("do you have a touring kayak", ["Heron", "Heron Long"]),
        ("lightest kayak", ["Wren"]),
        ("which kayak has the longest range?", ["Heron Long"]),
        ("what is your cheapest sea kayak", ["Heron"]),
        ("tell me about the Heron", ["Heron"]),
        ("tell me about the splash", ["Splash cover"]),
        ("cheapest plan", ["Cove"]),
        ("what membership plans do you have?", ["Cove", "Fjord"]),
        ("which plans are there", ["Cove", "Fjord"]),
        ("Which plan for 5 people?", ["Fjord"]),
    ],
)
def test_rows_are_found_by_their_numbers_and_words(
    shop: KnowledgeBase, question: str, names: list[str]
) -> None:
    assert [product.name for product in shop.answer(question).products] == names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("how heavy is the diper?", ["Dipper"]),
        ("splsh cover", ["Splash cover"]),
        ("hertz", []),
        ("do you have rens", []),
    ],
)
def test_a_misspelt_name_is_its_product(shop: KnowledgeBase, question: str, names: list[str]) -> None:
    assert [product.name for product in shop.answer(question).products] == names


def test_a_letter_of_a_name_may_be_joined_to_the_next_word() -> None:
    known = {"e", "bike", "heron"}

    def spell(question: str) -> str:
        return spell_as_sold(question, ["Heron E"], lambda word: word not in known, tokenizer_for("en"))

    assert spell("which ebikes under 900") == "which e bikes under 900"
    assert spell("the heorn") == "the heron"
    assert spell("which mbikes under 900") == "which mbikes under 900"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "compare the Wren and the Dipper",
            [
                "- Wren — price: 390 EUR, weight: 9.5 kg, age: 6-9 years",
                "- Dipper — price: 480 EUR, weight: 12 kg, age: 10-13 years",
            ],
        ),
        (
            "is the Heron Long heavier than the Heron?",
            ["- Heron Long — weight: 34 kg", "- Heron — weight: 23 kg"],
        ),
        ("Ist der Wren billiger als der Dipper?", ["- Wren — 390 EUR", "- Dipper — 480 EUR"]),
        ("Heron vs Heron Long range", ["- Heron — range km: 60", "- Heron Long — range km: 75"]),
    ],
)
def test_products_are_compared_by_the_cells_that_differ(
    shop: KnowledgeBase, question: str, said: list[str]
) -> None:
    assert (shop.answer(question).text or "").split("\n") == said


@pytest.mark.parametrize(
    "question",
    [
        "is the Heron waterproof?",
        "do you have canoes",
        "kayaks under 100",
        "how heavy is delivery of the Heron?",
    ],
)
def test_no_row_is_told_that_does_not_hold_what_is_asked(shop: KnowledgeBase, question: str) -> None:
    assert shop.answer(question).products == ()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["how heavy is the Heron?", "and what range does it have?"], "Heron — range km: 60"),
        (["how heavy is the Heron?", "and the Wren?"], "Wren — weight: 9.5 kg"),
        (["which plan for 3 people?", "and for 10?"], "Fjord — Monthly price: 40 EUR"),
        (["which plan for 3 people?", "and 10?", "and for 2?"], "Cove — Monthly price: 12 EUR"),
        (
            ["how much is the Cove plan", "and the yearly one?"],
            "Cove — Monthly price: 12 EUR, Yearly price: 120",
        ),
        (
            ["which plan for 3 people?", "and the yearly one?"],
            "Cove — Monthly price: 12 EUR, Yearly price: 120",
        ),
    ],
)
def test_a_follow_up_asks_for_another_row_or_cell(shop: KnowledgeBase, asked: list[str], told: str) -> None:
    history: list[tuple[str, str]] = []
    for question in asked:
        answer = shop.answer(question, history=history)
        history += [("visitor", question), ("bot", answer.text or "I do not know.")]

    said = answer.text or ""
    assert said.startswith(told)
    assert "\n" not in said


def test_the_price_asked_after_a_cell_is_that_of_its_row(build: Build, tmp_path: Path) -> None:
    (tmp_path / "lamps.csv").write_text(LAMPS)
    lamps = build([one for source in load_folder(tmp_path) for one in source.documents])
    history: list[tuple[str, str]] = []

    for question in ("how heavy is the Owl?", "how much is it?", "is it for reading?"):
        answer = lamps.answer(question, history=history)
        history += [("visitor", question), ("bot", answer.text or "I do not know.")]

    assert [said for author, said in history if author == "bot"][:2] == [
        "Owl — weight g: 1500",
        "Owl — 79 EUR",
    ]
    assert "price" not in history[-1][1]


@pytest.mark.parametrize(
    ("question", "kind", "named"),
    [
        ("do you sell inflatable kayaks", "none", []),
        ("do you have a sea kayak", "extracted", ["Heron", "Heron Long"]),
        ("do you sell a splash cover?", "extracted", ["Splash cover"]),
    ],
)
def test_what_is_not_sold_is_not_answered_from_what_is_beside_it(
    build: Build, make_faq: Make, tmp_path: Path, question: str, kind: str, named: list[str]
) -> None:
    (tmp_path / "products.csv").write_text(PRODUCTS)
    sold = [one for source in load_folder(tmp_path) for one in source.documents]
    shop = build(
        [*sold, make_faq("f1", "Do you sell paddles for kayaks?", "Yes, for every kayak, from 30 EUR.")]
    )

    answer = shop.answer(question)

    assert (answer.kind, [product.name for product in answer.products]) == (kind, named)
    assert (answer.confidence >= ANSWER_FROM) == (kind != "none")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("lantern under 1 kg", ["Moth (39 EUR; 320 g)"]),
        ("a lamp up to 1.6 m tall", ["Crane (249 EUR; 160 cm)"]),
        ("a lamp under 1.6 m", []),
        ("lanterns with at least 1200 minutes of battery", ["Owl (79 EUR; 20 h)"]),
        ("lanterns with more than 20 hours of battery", []),
        ("what is the brightest lantern?", ["Owl (79 EUR; 400 lm)"]),
    ],
)
def test_a_limit_in_another_unit_than_the_columns_is_met(
    build: Build, tmp_path: Path, question: str, names: list[str]
) -> None:
    (tmp_path / "lamps.csv").write_text(LAMPS)
    lamps = build([one for source in load_folder(tmp_path) for one in source.documents])

    said = (lamps.answer(question).text or "").split("\n")

    assert [line.removeprefix("- ").partition(":")[0] for line in said if line] == names


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (["which sea kayak has the longest range?", "and the cheapest?"], ["Heron"]),
        (["which sea kayak has the longest range?", "and the cheapest?", "anything dearer?"], ["Heron Long"]),
        (["which sea kayak has the longest range?", "anything lighter"], ["Heron"]),
        (["which sea kayak has the longest range?", "and the lightest?", "something lighter?"], []),
        (["tell me about the Dipper", "anything lighter?"], ["Wren", "Splash cover"]),
        (["which sea kayak has the longest range?", "is it good for rapids?"], []),
        (["which plan for 3 people?", "and the cheapest?"], ["Cove"]),
        (["how heavy is the Heron?", "and its maximum range?"], ["Heron"]),
    ],
)
def test_a_follow_up_keeps_to_the_kind_that_was_sought(
    shop: KnowledgeBase, asked: list[str], names: list[str]
) -> None:
    history: list[tuple[str, str]] = []
    for question in asked:
        answer = shop.answer(question, history=history)
        history += [("visitor", question), ("bot", answer.text or "I do not know.")]

    assert [product.name for product in answer.products] == names
    assert (answer.kind == "none") == (not names)


def test_no_row_answers_a_number_that_none_has(shop: KnowledgeBase) -> None:
    first = shop.answer("which plan for 3 people?")
    history = [("visitor", "which plan for 3 people?"), ("bot", first.text or "")]

    assert shop.answer("and for 100?", history=history).kind == "none"
