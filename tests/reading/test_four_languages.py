"""Visitors who write German, French and Spanish refuse, doubt, count and correct themselves like any other."""

import pytest


@pytest.mark.parametrize(
    ("asked", "text", "state"),
    [
        ("budget", "das geht Sie nichts an", "declined"),
        ("budget", "je ne veux pas répondre", "declined"),
        ("budget", "no es asunto tuyo", "declined"),
        ("email", "ich gebe meine E-Mail nicht raus", "declined"),
        ("team_size", "siguiente pregunta", "declined"),
        ("team_size", "can't tell you that", "declined"),
        ("team_size", "kommt drauf an", "unclear"),
        ("budget", "das steht noch nicht fest", "unclear"),
        ("team_size", "ça dépend", "unclear"),
        ("budget", "aún no lo hemos decidido", "unclear"),
        ("team_size", "eine Handvoll", "unclear"),
        ("budget", "low five figures", "unclear"),
        ("budget", "haben wir nicht", "none"),
        ("budget", "nous n'en avons pas", "none"),
        ("timeline", "sin prisa", "none"),
    ],
)
def test_what_is_not_told_has_its_reason(facts, asked, text, state):
    assert facts(text, asked)[asked].state == state


@pytest.mark.parametrize(
    ("asked", "text", "low", "high"),
    [
        ("team_size", "zwölf", 12, 12),
        ("team_size", "une vingtaine de personnes", 20, 20),
        ("team_size", "una docena", 12, 12),
        ("team_size", "10+", 10, None),
        ("team_size", "mindestens 20", 20, None),
        ("team_size", "15, äh nein, 50", 50, 50),
        ("team_size", "15. No wait, 50", 50, 50),
        ("budget", "höchstens 5.000 €", None, 5000),
        ("budget", "jusqu'à 5000 €", None, 5000),
        ("budget", "entre 5000 y 8000 euros", 5000, 8000),
        ("budget", "fünftausend Euro", 5000, 5000),
        ("budget", "cinq mille euros", 5000, 5000),
        ("budget", "5 mil euros", 5000, 5000),
    ],
)
def test_figures_are_read_as_they_are_said(facts, asked, text, low, high):
    value = facts(text, asked)[asked].value

    assert (value["min"], value["max"]) == (low, high)


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("200 Euro im Monat", "month"),
        ("200 euros par an", "year"),
        ("200 euros al mes", "month"),
        ("20 € pro Nutzer und Monat", "user/month"),
    ],
)
def test_a_sum_says_what_it_is_for(facts, text, per):
    assert facts(text, "budget")["budget"].value["per"] == per


@pytest.mark.parametrize(
    "text",
    [
        "no somos 50 personas",
        "notre budget n'est pas de 5000 euros",
        "Unser Budget ist nicht 5000 Euro",
        "Angenommen, wir hätten 50 Nutzer",
        "supposons que nous soyons 50 personnes",
        "supongamos que somos 50 personas",
        "We don't want to start in March",
        "Früher waren wir 50 Leute",
        "Nous étions 50 personnes",
        "We're hiring 10 people",
        "don't call me at 415 555 2671",
        "call my assistant at 415 555 2671",
    ],
)
def test_what_is_denied_or_supposed_is_no_fact(facts, text):
    assert {"team_size", "budget", "timeline", "phone"}.isdisjoint(facts(text))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("We can't start before March", "2027-03-01", None), ("can't wait until March", None, "2027-03-31")],
)
def test_nothing_happens_before_a_date_that_is_denied(facts, text, first, last):
    assert facts(text, "timeline")["timeline"].value == {"from": first, "to": last}


@pytest.mark.parametrize("text", ["my boss", "mein Chef", "mon patron", "leider nein"])
def test_somebody_else_decides(facts, text):
    assert facts(text, "decision_maker")["decision_maker"].value is False


@pytest.mark.parametrize("text", ["me", "das bin ich", "c'est moi", "soy yo"])
def test_the_visitor_decides(facts, text):
    assert facts(text, "decision_maker")["decision_maker"].value is True


@pytest.mark.parametrize(
    "text",
    [
        "meine Mail ist jo ät harbour punkt example",
        "mon adresse est jo arobase harbour point example",
        "mi correo es jo arroba harbour punto example",
    ],
)
def test_an_address_is_spelt_out(facts, text):
    assert facts(text)["email"].value == "jo@harbour.example"


@pytest.mark.parametrize(
    ("text", "role", "company"),
    [
        ("Ich bin Geschäftsführerin der Kern GmbH", "Geschäftsführerin", "Kern GmbH"),
        ("Soy la directora de Talleres Sol", "directora", "Talleres Sol"),
    ],
)
def test_who_heads_a_company_tells_which(facts, text, role, company):
    found = facts(text)

    assert (found["role"].value, found["company"].value) == (role, company)
