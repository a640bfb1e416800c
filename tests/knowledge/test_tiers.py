"""A price in steps: all of them, or the one that a number which was told lies within."""

from collections.abc import Callable

import pytest

from knowledge import Document, KnowledgeBase

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]

MOVING = """# Moving pianos

We move pianos in Turku with two porters.

| Distance from Turku | Transport |
|---|---|
| up to 20 km | €140 |
| 20-60 km | €210 |
| 60-120 km | €330 |
| more than 120 km | on request |

Transport is free for pianos bought from us for more than €4,000.

## Storage

| Piano | A month | Insurance |
|---|---|---|
| Upright | €45 | €5 |
| Grand | €80 | €9 |
"""
KLAVIER = """# Klavierschule

| Angebot | Umfang | Preis |
|---|---|---|
| Gruppenstunde | wöchentlich | 18 € |
| Einzelstunde | nach Absprache | 39 € |
| Ferienkurs | fünf Tage | 160 € |
"""


@pytest.fixture(scope="module")
def movers(build: Build, make_page: Make) -> KnowledgeBase:
    return build([make_page(MOVING, document_id="moving.md", title="Moving pianos")], answer_from=0.0)


@pytest.mark.parametrize("question", ["how much does transport cost", "transport price"])
def test_where_no_step_is_named_all_are_told(movers: KnowledgeBase, question: str) -> None:
    text = movers.answer(question).text or ""

    assert all(step in text for step in ("€140", "€210", "€330", "on request"))


@pytest.mark.parametrize(
    ("question", "price"),
    [
        ("what is the transport price for 35 km", "€210"),
        ("what does transport cost for 90 km", "€330"),
        ("our house is 12 km from Turku, how much does transport cost", "€140"),
        ("transport price for 300 km", "on request"),
    ],
)
def test_a_number_within_a_step_chooses_it(movers: KnowledgeBase, question: str, price: str) -> None:
    text = movers.answer(question).text or ""

    assert price in text
    assert not any(other in text for other in {"€140", "€210", "€330", "on request"} - {price})


def test_a_row_that_is_named_is_told_alone(movers: KnowledgeBase) -> None:
    text = movers.answer("how much is the insurance of a grand piano").text or ""

    assert "€9" in text
    assert "€5" not in text


def test_a_row_of_that_name_goes_before_an_entry_that_only_mentions_it(
    build: Build, make_page: Make, make_faq: Make
) -> None:
    school = build(
        [
            make_page(KLAVIER, document_id="preise.md", title="Preise"),
            make_faq(
                "probe",
                "Kann ich eine Probestunde nehmen?",
                "Ja, in der Gruppe ist sie kostenlos. Als Einzelstunde kostet sie 15 €.",
            ),
        ],
        language="de",
    )

    row = school.answer("Was kostet eine Einzelstunde?")
    entry = school.answer("Was kostet eine Probestunde?")

    assert "39 €" in (row.text or "")
    assert [citation.document_id for citation in entry.citations] == ["probe"]
