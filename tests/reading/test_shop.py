"""What visitors of a shop tell: pieces and no people, where it goes, for whom, and a company in small letters."""

import pytest

from bot.domain.reading import read_message
from bot.settings import bundled_playbook
from tests.reading.conftest import NOW


def told(text: str, asked: str | None = None) -> dict[str, object]:
    slots = bundled_playbook("shop", locale="en").slots
    reading = read_message(text, slots=slots, asked=asked, now=NOW)
    return {fact.slot: fact.value for fact in reading.facts}


def pieces(number: int) -> dict[str, int]:
    return {"min": number, "max": number}


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("We need 12 cargo bikes", "quantity", pieces(12)),
        ("I'd like to order 3 helmets, please", "quantity", pieces(3)),
        ("3 helmets please", "quantity", pieces(3)),
        ("40 pieces would do", "quantity", pieces(40)),
        ("Wir brauchen 15 Lastenräder", "quantity", pieces(15)),
        ("Nous voulons 20 casques", "quantity", pieces(20)),
        ("I live in Germany", "country", "Germany"),
        ("We are based in Lyon, France", "country", "France"),
        ("Please deliver it to Austria", "country", "Austria"),
        ("Wir wohnen in Österreich", "country", "Österreich"),
        ("It is a gift", "purpose", "a-gift"),
        ("It's for a business", "purpose", "for-a-business"),
        ("It is for our workshop Tern & Sons", "purpose", "for-a-business"),
        ("It's for our workshop Tern & Sons", "company", "Tern & Sons"),
        ("we are a courier firm", "purpose", "for-a-business"),
        ("A small one for my son", "purpose", "a-gift"),
        ("Ich suche ein Fahrrad für meine Tochter", "purpose", "a-gift"),
        ("Das ist ein Geschenk", "purpose", "a-gift"),
        ("Wir brauchen es für unsere Bäckerei", "purpose", "for-a-business"),
        ("Wir sind ein kleiner Kurierdienst", "purpose", "for-a-business"),
        ("Es ist für mich selbst", "purpose", "for-myself"),
        ("Je cherche un vélo pour mon fils", "purpose", "a-gift"),
        ("C'est un cadeau", "purpose", "a-gift"),
        ("C'est pour notre boulangerie", "purpose", "for-a-business"),
        ("C'est pour moi", "purpose", "for-myself"),
        ("Busco una bici para mi hija", "purpose", "a-gift"),
        ("Es un regalo", "purpose", "a-gift"),
        ("Es para nuestra empresa", "purpose", "for-a-business"),
        ("Es para mí", "purpose", "for-myself"),
        ("need 25 helmets by march", "timeline", {"from": None, "to": "2027-03-31"}),
        ("I'd like a Tern Small next month", "timeline", {"from": "2026-12-01", "to": "2026-12-31"}),
        ("i work at hooli", "company", "hooli"),
        ("i'm writing from kestrel logistics, do you ship?", "company", "kestrel logistics"),
    ],
)
def test_a_detail_is_read(text: str, slot: str, value: object) -> None:
    assert told(text).get(slot) == value


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("We are 20 people", "quantity"),
        ("Wir sind 20 Leute", "quantity"),
        ("We need 5 days to decide", "quantity"),
        ("We do not need 12 bikes", "quantity"),
        ("We want 200 euros off", "quantity"),
        ("Do you deliver to Austria?", "country"),
        ("It is not a gift", "purpose"),
        ("not for my son", "purpose"),
        ("Is it fit for my son?", "purpose"),
        ("we are a family of four", "purpose"),
        ("Das ist kein Geschenk", "purpose"),
        ("nicht für meinen Sohn", "purpose"),
        ("Ist es für meine Tochter geeignet?", "purpose"),
        ("Pas pour mon fils", "purpose"),
        ("No es un regalo", "purpose"),
        ("Wir sind eine Familie", "purpose"),
        ("i work for a bank", "company"),
        ("i work at night", "company"),
        ("i work for myself", "company"),
        ("we are based in germany", "company"),
    ],
)
def test_a_near_miss_is_not(text: str, slot: str) -> None:
    assert slot not in told(text)


@pytest.mark.parametrize(
    "text", ["I live in Germany", "We are based in Berlin", "Ich wohne in Wien, Österreich"]
)
def test_where_somebody_lives_is_no_answer_to_what_they_look_for(text: str) -> None:
    assert "need" not in told(text, asked="need")


@pytest.mark.parametrize("text", ["We are 40 people", "Wir sind 40 Leute"])
def test_how_many_they_are_is_no_sum_either(text: str) -> None:
    assert told(text, asked="budget") == {}


def test_how_many_they_are_is_not_looked_up_where_no_slot_takes_it() -> None:
    slots = bundled_playbook("shop", locale="en").slots

    assert read_message("We are 20 people", slots=slots, asked=None, now=NOW).question is None


@pytest.mark.parametrize(
    ("text", "need"),
    [
        (
            "I'd like a Tern Small for my bakery Weiss next month, write to me at ada@weiss.example",
            "I'd like a Tern Small for my bakery",
        ),
        ("a trailer for our errands by March, bye!", "a trailer for our errands"),
        ("something for my morning commute", "something for my morning commute"),
    ],
)
def test_what_is_looked_for_is_cut_from_what_else_is_told(text: str, need: str) -> None:
    assert told(text, asked="need")["need"] == need
