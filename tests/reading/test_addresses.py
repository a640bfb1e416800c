"""Nothing but the address is read within an address."""

import pytest


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("write to solo@solo.io", "email", "solo@solo.io"),
        ("mail anna@100people.com", "email", "anna@100people.com"),
        ("ben@solo-traders.de", "email", "ben@solo-traders.de"),
        ("mein.budget@10k.de", "email", "mein.budget@10k.de"),
        ("write to jane at dozen dot io", "email", "jane@dozen.io"),
        ("our site is https://dozen.io/team-of-40", "website", "https://dozen.io/team-of-40"),
        ("our site is https://shop.io/?budget=20000eur&start=2027-03-01", "website", "https://shop.io"),
    ],
)
def test_an_address_tells_nothing_but_itself(facts, text, slot, value):
    assert {name: fact.value for name, fact in facts(text).items()} == {slot: value}


def test_what_stands_beside_an_address_is_read(facts):
    found = facts("our website is team50.de, we are 12 people")

    assert (found["website"].value, found["team_size"].value["min"]) == ("https://team50.de", 12)


def test_an_answer_is_not_taken_from_an_address(facts):
    assert facts("40 see team-of-50.com", "team_size")["team_size"].value["min"] == 40
    assert "role" not in facts("see https://x.io/ceo", "role")


@pytest.mark.parametrize(
    ("text", "people"), [("we are 50.it is urgent", 50), ("We have 50 people.it is urgent", 50)]
)
def test_a_missing_space_makes_no_address(facts, text, people):
    assert facts(text)["team_size"].value["min"] == people


def test_a_company_may_be_called_by_its_address(facts):
    assert facts("I am from acme.io")["company"].value == "acme.io"


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("You can write me at jane dot doe at northwind dot io", "jane.doe@northwind.io"),
        (
            "mail me at jane dot doe at mail dot northwind dot co dot nz please",
            "jane.doe@mail.northwind.co.nz",
        ),
        ("jane underscore doe at northwind dot jm", "jane_doe@northwind.jm"),
        ("jane at north dash wind dot nz", "jane@north-wind.nz"),
        ("anna minus maria ät firma punkt de", "anna-maria@firma.de"),
        ("jean tiret bas dupont arobase exemple point fr", "jean_dupont@exemple.fr"),
        ("ana guion bajo lopez arroba ejemplo punto mx", "ana_lopez@ejemplo.mx"),
    ],
)
def test_an_address_may_be_spelt_out(facts, text, email):
    assert facts(text)["email"].value == email


@pytest.mark.parametrize(
    "text",
    ["find us at the point in time", "I'm CEO at acme.io", "I work at acme.io", "we met at example.com"],
)
def test_a_place_is_no_address(facts, text):
    assert "email" not in facts(text)
