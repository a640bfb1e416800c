"""What fits somebody by what is known of them, and nothing where nothing is known to fit."""

from collections.abc import Callable

import pytest

from knowledge import Document, DocumentKind, KnowledgeBase, Known, find_fit

Build = Callable[..., KnowledgeBase]
Make = Callable[..., Document]

PAGE = """# Pricing

## Plans

| Plan | Price per month | Users |
|---|---|---|
| Nook | €9 | 1 |
| Porch | €29 | up to 10 |
| Manor | €490 | unlimited |
"""


def row(name: str, text: str, price: str, **cells: str) -> Document:
    return Document(
        document_id=name.lower(),
        source="products.csv",
        kind=DocumentKind.PRODUCT,
        title=name,
        text=text,
        url=f"https://x.test/{name.lower()}",
        attributes={"price": price, "currency": "EUR", **cells},
    )


@pytest.fixture(scope="module")
def plans(build: Build, make_page: Make) -> KnowledgeBase:
    return build([make_page(PAGE)])


@pytest.fixture(scope="module")
def rows(build: Build) -> KnowledgeBase:
    return build(
        [
            row("Solo", "The quiet start, 9 a month.", "9", **{"for": "1 user"}),
            row("Crew", "Shared books, 29 a month.", "29", **{"for": "teams of 2 to 10 people"}),
        ]
    )


@pytest.fixture(scope="module")
def bikes(build: Build) -> KnowledgeBase:
    return build(
        [
            row("Tern", "A cargo bike with room for two children.", "3900"),
            row("Gull", "A folding bike for the train.", "1200"),
            row("Dome", "A tent.", "300", **{"for": "4 people"}),
        ]
    )


@pytest.mark.parametrize(
    ("known", "fit"),
    [
        (Known(people=(8, 8)), ("Porch", ("people",))),
        (Known(people=(10, 15)), ("Manor", ("people",))),
        (Known(people=(1, 1)), ("Nook", ("people",))),
        (Known(people=(8, 8), yearly=5_000, currency="EUR"), ("Porch", ("people", "money"))),
        (Known(people=(50, 50), yearly=3_000, currency="EUR"), None),
        (Known(people=(50, 50), yearly=3_000, currency="USD"), ("Manor", ("people",))),
        (Known(need="answers on our help pages"), None),
        (Known(), None),
    ],
)
def test_a_plan_of_a_pricing_page_fits_by_its_seats_and_its_price(
    plans: KnowledgeBase, known: Known, fit: tuple[str, tuple[str, ...]] | None
) -> None:
    found = find_fit(plans, known)

    assert (found and (found.product.name, found.by)) == fit


@pytest.mark.parametrize(
    ("known", "name"),
    [
        (Known(people=(5, 5)), "Crew"),
        (Known(people=(11, None)), None),
        (Known(people=(5, 5), yearly=200), None),
    ],
)
def test_a_product_for_so_many_fits_who_are_as_many(
    rows: KnowledgeBase, known: Known, name: str | None
) -> None:
    found = find_fit(rows, known)

    assert (found and found.product.name) == name


@pytest.mark.parametrize(
    ("known", "fit"),
    [
        (Known(need="a cargo bike"), ("Tern", ("need",))),
        (Known(need="a cargo bike", once=4_000, currency="EUR"), ("Tern", ("need", "money"))),
        (Known(need="a cargo bike", once=1_000, currency="EUR"), None),
        (Known(need="a folding bike for my boat"), None),
        (Known(need="a lamp"), None),
        (Known(people=(4, 4)), None),
    ],
)
def test_a_ware_fits_who_seeks_it_in_its_own_words(
    bikes: KnowledgeBase, known: Known, fit: tuple[str, tuple[str, ...]] | None
) -> None:
    found = find_fit(bikes, known)

    assert (found and (found.product.name, found.by)) == fit


def test_the_reasons_are_cells_as_they_are_written(plans: KnowledgeBase) -> None:
    found = find_fit(plans, Known(people=(8, 8)))

    assert found is not None
    assert (found.product.price, found.product.reasons) == ("€29", (("Users", "up to 10"),))
