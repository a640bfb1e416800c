"""Prices as tags and lists write them, which `foyer extract` meets more often than a chat does."""

import pytest

from bot.domain.reading import find_entities


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("7 49 €", 7.49, "EUR"),
        ("7, 49 €", 7.49, "EUR"),
        ("2.350, 80 zł", 2350.8, "PLN"),
        ("$.12,600", 12600, "USD"),
        ("$.60", 0.6, "USD"),
        ("Free!", 0, None),
        ("kostenlos", 0, None),
        ("gratis", 0, None),
    ],
)
def test_a_price_tag_is_one_sum(now, text, amount, currency):
    (found,) = find_entities(text, now=now)

    assert (found.kind, found.value["min"], found.value["currency"]) == ("money", amount, currency)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("we are 12, 20 € each", ["number", "money"]),
        ("2027, 20 €", ["date", "money"]),
        ("3D", []),
        ("88坪", ["number"]),
        ("free delivery", []),
    ],
)
def test_other_figures_and_words_stay_apart(now, text, kinds):
    assert [entity.kind for entity in find_entities(text, now=now)] == kinds


@pytest.mark.parametrize("text", ["it should be free", "kostenlos", "gratuit"])
def test_who_wants_it_free_has_no_budget(facts, text):
    assert facts(text, "budget")["budget"].state == "none"
    assert "budget" not in facts(text)
