"""Plans that stand in a table on a page, without a product table: found by number, price and words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import KnowledgeBase, load_folder

Build = Callable[..., KnowledgeBase]

ROWS = """# Moorings

## Plans

| Plan | Price per month | Boats | Crew members |
|---|---|---|---|
| Dinghy | free | 1 | 2 |
| Sloop | €19 | 2 | up to 8 |
| Fleet | on request | unlimited | any number |

## Harbours we know

| Harbour | Staff | Fee |
|---|---|---|
| Northquay | 5 | €7 |
| Saltmouth | 40 | €11 |

## Our customers

| Customer | Employees | Since |
|---|---|---|
| Tern & Daughters | 5 | 2019 |
| Gannet Freight | 60 | 2020 |
"""
COLUMNS = """<title>Moorings</title><h1>Moorings</h1><h2>What it costs</h2>
<table><tr><th></th><th>Dinghy</th><th>Sloop</th><th>Schooner</th></tr>
<tr><td>Monthly price</td><td>€0</td><td>€19</td><td>€79</td></tr>
<tr><td>Showers</td><td>no</td><td>yes</td><td>yes</td></tr>
<tr><td>Crew members</td><td>2</td><td>8</td><td>25</td></tr></table>"""


@pytest.fixture(scope="module")
def bases(build: Build, tmp_path_factory: pytest.TempPathFactory) -> dict[str, KnowledgeBase]:
    made = {}
    for name, text in (("rows.md", ROWS), ("columns.html", COLUMNS)):
        folder = tmp_path_factory.mktemp("plans")
        (folder / name).write_text(text)
        made[Path(name).stem] = build([one for source in load_folder(folder) for one in source.documents])
    return made


@pytest.mark.parametrize(
    ("table", "question", "names"),
    [
        ("rows", "Which plan for 5 people?", ["Sloop", "Fleet"]),
        ("rows", "which plan do you recommend for a crew of 30?", ["Fleet"]),
        ("rows", "Which plan for 2 boats?", ["Sloop", "Fleet"]),
        ("rows", "What is your cheapest plan?", ["Dinghy"]),
        ("rows", "Which plan under 20 euros?", ["Dinghy", "Sloop"]),
        ("columns", "Which plan for 5 people?", ["Sloop", "Schooner"]),
        ("columns", "cheapest plan for 12 people", ["Schooner"]),
        ("columns", "What is the most expensive plan?", ["Schooner"]),
    ],
)
def test_the_plans_that_fit_are_recommended(
    bases: dict[str, KnowledgeBase], table: str, question: str, names: list[str]
) -> None:
    answer = bases[table].answer(question)

    assert [product.name for product in answer.products] == names
    assert all(name in (answer.text or "") for name in names)


def test_why_a_plan_fits_is_the_cell_of_its_row_and_the_row_is_cited(bases: dict[str, KnowledgeBase]) -> None:
    answer = bases["rows"].answer("Which plan for 5 people?")

    assert answer.products[0].reasons == (("Crew members", "up to 8"),)
    assert answer.products[0].price == "€19"
    assert "Sloop — Price per month: €19, Boats: 2, Crew members: up to 8" in (answer.text or "")
    assert answer.citations[0].quote == "| Sloop | €19 | 2 | up to 8 |"


def test_of_plans_in_columns_the_lines_that_say_price_and_number_are_cited(
    bases: dict[str, KnowledgeBase],
) -> None:
    answer = bases["columns"].answer("cheapest plan for 12 people")

    assert answer.text == "Schooner — Monthly price: €79, Crew members: 25"
    assert [citation.quote.split("|")[1].strip() for citation in answer.citations] == [
        "Monthly price",
        "Crew members",
    ]


def test_no_plan_is_named_where_none_fits(bases: dict[str, KnowledgeBase]) -> None:
    answer = bases["columns"].answer("Which plan for 500 people?")

    assert (answer.kind, answer.products) == ("none", ())


def test_a_table_of_customers_recommends_nobody(bases: dict[str, KnowledgeBase]) -> None:
    answer = bases["rows"].answer("Which customer has 60 employees?")

    assert (answer.text or "").startswith("Gannet Freight")
    assert answer.products == ()
