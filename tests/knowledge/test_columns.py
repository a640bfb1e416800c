"""Product tables as they come out of shops and spreadsheets: whatever their columns are called."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import Document, DocumentKind, KnowledgeBase, LoadedSource, load_folder

Build = Callable[..., KnowledgeBase]

PLANS = "product,price,users,storage\nSolo,9 EUR,1,5 GB\nCrew,29 EUR,10,50 GB\nFleet,99 EUR,200,1 TB\n"
PAGE = """# Moorings

## Plans

| Plan | Price per month | Users | Berths |
|---|---|---|---|
| Solo | €9 | 1 | 1 |
| Crew | €29 | up to 10 | 4 |
| Fleet | €99 | unlimited | 40 |
"""


def load(folder: Path, table: str) -> LoadedSource:
    (folder / "table.csv").write_text(table)
    (loaded,) = load_folder(folder)
    return loaded


def only(loaded: LoadedSource) -> Document:
    (document,) = loaded.documents
    assert loaded.failures == ()
    return document


@pytest.mark.parametrize(
    ("table", "title", "text", "attributes"),
    [
        (
            "product,price,currency,seats\nCrew,29,EUR,10",
            "Crew",
            "seats: 10",
            {"price": "29", "currency": "EUR", "seats": "10"},
        ),
        ("title,description,price\nCrew,For harbours.,29 EUR", "Crew", "For harbours.", {"price": "29 EUR"}),
        ("sku,price\nB-12,4 EUR", "B-12", "B-12", {"price": "4 EUR"}),
        (
            "sku,plan,max_users\nC1,Crew,10",
            "Crew",
            "sku: C1, max users: 10",
            {"sku": "C1", "max_users": "10"},
        ),
        (
            "Produkt;Beschreibung;Preis (EUR)\nBoje;Rot und rund.;12,50",
            "Boje",
            "Rot und rund.",
            {"price": "12,50", "currency": "EUR"},
        ),
        (
            "Tarif;Preis pro Monat;Währung;Nutzer\nCrew;29;EUR;10",
            "Crew",
            "nutzer: 10",
            {"price": "29 EUR pro Monat", "nutzer": "10"},
        ),
        ("Produit;Tarif\nBouée;12 €", "Bouée", "Bouée", {"price": "12 €"}),
        (
            "Producto;Descripción;Precio;Moneda\nBoya;Roja.;12;EUR",
            "Boya",
            "Roja.",
            {"price": "12", "currency": "EUR"},
        ),
        (
            "boat,length,price\nHeron,6 m,900 EUR",
            "Heron",
            "length: 6 m",
            {"length": "6 m", "price": "900 EUR"},
        ),
        (
            "name,description,title,price\nHeron,A boat.,Sir,9",
            "Heron",
            "A boat.",
            {"title": "Sir", "price": "9"},
        ),
    ],
)
def test_a_product_table_is_read_by_what_its_columns_are_called(
    folder: Path, table: str, title: str, text: str, attributes: dict[str, str]
) -> None:
    document = only(load(folder, table))

    assert document.kind is DocumentKind.PRODUCT
    assert (document.title, document.text) == (title, text)
    assert {name: value.lower() for name, value in document.attributes.items()} == {
        name: value.lower() for name, value in attributes.items()
    }


def test_an_faq_has_its_headings_in_other_languages_too(folder: Path) -> None:
    document = only(load(folder, "Frage;Antwort\nHabt ihr offen?;Ja."))

    assert (document.kind, document.title, document.text) == (DocumentKind.FAQ, "Habt ihr offen?", "Ja.")


@pytest.mark.parametrize(
    "table",
    [
        "name,email,role\nAda Holm,ada@x.test,captain",
        "Name;Telefon\nAda Holm;040 123",
        "colour,size\nred,5",
        "product\nHeron",
    ],
)
def test_a_list_of_people_or_of_nothing_that_has_a_name_is_refused_with_what_is_needed(
    folder: Path, table: str
) -> None:
    loaded = load(folder, table)

    (failure,) = loaded.failures
    assert (loaded.documents, failure.code) == ((), "unknown_columns")
    assert "name (or product, plan …)" in failure.message
    assert re.sub("[,;]", ", ", table.split("\n", maxsplit=1)[0].lower()) in failure.message


@pytest.fixture(scope="module")
def bases(build: Build, tmp_path_factory: pytest.TempPathFactory) -> dict[str, KnowledgeBase]:
    made = {}
    for name, text in (("plans.csv", PLANS), ("page.md", PAGE)):
        folder = tmp_path_factory.mktemp("plans")
        (folder / name).write_text(text)
        made[name] = build([one for source in load_folder(folder) for one in source.documents])
    return made


@pytest.mark.parametrize(
    ("table", "question", "text"),
    [
        ("plans.csv", "how many users with Crew?", "Crew — users: 10"),
        ("plans.csv", "how many users does Crew include?", "Crew — users: 10"),
        ("plans.csv", "how many users are included in the Crew plan?", "Crew — users: 10"),
        ("plans.csv", "How many seats does Crew have?", "Crew — users: 10"),
        ("plans.csv", "how many people may use Fleet?", "Fleet — users: 200"),
        ("plans.csv", "how much storage comes with Crew?", "Crew — storage: 50 GB"),
        ("plans.csv", "Which plan for 12 people?", "Fleet (99 EUR): users: 200, storage: 1 TB"),
        ("page.md", "how many users does Crew include?", "Crew — Users: up to 10"),
        ("page.md", "how many people can use Solo?", "Solo — Users: 1"),
    ],
)
def test_how_many_may_use_a_plan_is_told_by_its_row(
    bases: dict[str, KnowledgeBase], table: str, question: str, text: str
) -> None:
    assert bases[table].answer(question).text == text


def test_a_product_without_a_word_of_description_is_told_once(build: Build, folder: Path) -> None:
    base = build(load(folder, "product,price\nHeron,900 EUR\nWren,390 EUR").documents)

    assert base.answer("What is the cheapest product?").text == "Wren (390 EUR)"
