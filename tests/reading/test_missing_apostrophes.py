"""Contractions typed without their apostrophe: "dont", "cant", "im", "weve", "its"; German "im" is none."""

import pytest

SAID = [
    ("we dont have a budget yet", None, "budget", "none", None),
    ("we dont have a budget yet", "budget", "budget", "none", None),
    ("I dont have one", "website", "website", "none", None),
    ("weve got 20 people", None, "team_size", "known", {"min": 20, "max": 20}),
    ("theyre gone, its just me", "team_size", "team_size", "known", {"min": 1, "max": 1}),
    ("im the decision maker", None, "decision_maker", "known", True),
    ("its my decision", "decision_maker", "decision_maker", "known", True),
    ("i cant decide", None, "decision_maker", "known", False),
    ("im Sam Porter", "name", "name", "known", "Sam Porter"),
    ("im looking for a crm", None, "need", "known", "a crm"),
    ("were looking for a crm", None, "need", "known", "a crm"),
    ("i dont know yet", "budget", "budget", "unclear", None),
    ("i dont want to say", "budget", "budget", "declined", None),
]


@pytest.mark.parametrize(("text", "asked", "slot", "state", "value"), SAID)
def test_it_says_the_same(facts, text: str, asked: str | None, slot: str, state: str, value: object) -> None:
    fact = facts(text, asked)[slot]

    assert (fact.state, fact.value) == (state, value)
    assert fact.text in text


@pytest.mark.parametrize("text", ["we dont have 50 people", "we arent 50 people", "isnt 50 people"])
def test_it_denies_the_same(facts, text: str) -> None:
    assert "team_size" not in facts(text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("im Januar", "name"),
        ("im Vertrieb", "name"),
        ("im Einkauf", "company"),
    ],
)
def test_a_word_that_only_looks_like_one_is_none(facts, text: str, asked: str) -> None:
    assert asked not in facts(text, asked)
