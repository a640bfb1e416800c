"""Trouble with what was bought here makes no lead; trouble with somebody else's makes one."""

import pytest


def names(reading) -> list[str]:
    return [name for name, _ in reading.signals]


@pytest.mark.parametrize(
    "text",
    [
        "My parcel has not arrived yet. It was sent two weeks ago.",
        "I want a refund, my order never came",
        "we still haven't received our order",
        "The kettle arrived broken",
        "you sent me the wrong size",
        "I need to cancel my booking",
        "meine Bestellung ist noch nicht angekommen",
        "Ich möchte das reklamieren",
        "ich will mein Geld zurück",
        "ma commande n'est pas arrivée",
        "je n'ai jamais reçu mon colis",
        "mi pedido no ha llegado",
        "quiero un reembolso",
    ],
)
def test_trouble_with_what_was_bought_is_seen_and_is_no_need(read, facts, text):
    assert "in_trouble" in names(read(text))
    assert "need" not in facts(text)


def test_trouble_is_quoted_as_it_was_written(read):
    assert (
        dict(read("Hi. My order hasn’t arrived. Help!").signals)["in_trouble"] == "My order hasn’t arrived."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Can I get my money back if I do not like it?",
        "What happens when my parcel never arrives?",
        "Our current supplier always delivers late and we want a new one",
        "our phone system is broken, we need another",
        "wir brauchen eine neue Anlage, die alte ist kaputt",
        "we need 40 jackets for our team by March",
    ],
)
def test_a_policy_asked_about_and_trouble_with_others_are_none(read, text):
    assert "in_trouble" not in names(read(text))


def test_how_many_of_what_for_whom_is_a_need(facts):
    assert facts("need 40 jackets for the crew")["need"].value == "40 jackets for the crew"
