"""What is said in few words: a need without "we", and what a sum told before is for."""

import pytest

from tests.reading.test_misread import money, told


@pytest.mark.parametrize("asked", [None, "need"])
@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("suchen Schreibtischlampen", "Schreibtischlampen"),
        ("Hallo, suche einen Laptop für die Schule", "einen Laptop für die Schule"),
        ("bräuchten eine Lösung für Kundenanfragen", "eine Lösung für Kundenanfragen"),
        ("Ich bin Anna Krüger und möchte Termine online vergeben", "Termine online vergeben"),
        ("Wir sind auf der Suche nach einem Chatbot", "einem Chatbot"),
        ("cherchons un outil pour le support", "un outil pour le support"),
        ("On cherche un chatbot pour notre boutique", "un chatbot pour notre boutique"),
        ("Besoin d'un outil pour répondre aux clients", "un outil pour répondre aux clients"),
        ("Estamos buscando un CRM", "un CRM"),
        ("want to automate bookings", "to automate bookings"),
        ("seeking a vendor for chat", "a vendor for chat"),
    ],
)
def test_a_need_goes_without_its_pronoun(facts, asked, text, need):
    assert facts(text, asked)["need"].value == need


@pytest.mark.parametrize(
    "text",
    [
        "suchen Sie jemanden",
        "brauche Hilfe",
        "Ich brauche eine Rechnung",
        "Quiero un reembolso",
        "Wir brauchen keinen neuen Chatbot",
        "wollen im Juli starten",
        "want to start in March",
        "seeking help",
    ],
)
def test_what_is_wanted_of_us_is_no_need(facts, text):
    assert "need" not in facts(text)


@pytest.mark.parametrize("asked", [None, "timeline", "budget"])
@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("per year", "year"),
        ("a month", "month"),
        ("that's per user per month", "user/month"),
        ("yearly, sorry", None),
        ("im Jahr", "year"),
        ("das ist pro Monat", "month"),
        ("par an", "year"),
        ("al mes", "month"),
    ],
)
def test_a_period_belongs_to_the_sum_told_before(read, asked, text, per):
    known = {"budget": told("budget", money(20_000, "EUR"), minutes_ago=1)}

    found = read(text, asked, known)

    wanted = [("budget", money(20_000, "EUR", per))] if per else []
    assert [(fact.slot, fact.value) for fact in found.facts if fact.state == "known"] == wanted
    assert not found.corrects
