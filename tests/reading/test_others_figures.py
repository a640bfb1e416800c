"""A sum or a number of people is the visitor's own, or it is none: others', everybody's, wished for."""

import pytest

from tests.reading.test_misread import told


@pytest.mark.parametrize("asked", [None, "email"])
@pytest.mark.parametrize(
    "text",
    [
        "Some say you need a budget of 100k",
        "Experts recommend a budget of 30k",
        "I read that a typical budget is 50k",
        "I heard a budget of 50k is normal",
        "A budget of 100k is common in our trade",
        "The government has a budget of 2 million",
        "I'd love to have 100k budget",
        "with a budget of 50k we could do that",
        "my client has a budget of 20k",
        "My sister's firm has a budget of 20k",
        "Einige sagen, man braucht ein Budget von 100k",
        "Ich habe gelesen, dass ein typisches Budget 50k ist",
        "Ich hätte gern ein Budget von 100k",
        "Mit einem Budget von 50k könnten wir das machen",
        "Das Budget meines Kunden ist 20k",
        "Les experts recommandent un budget de 30k",
        "Il faut un budget de 100k",
        "Le gouvernement a un budget de 2 millions",
        "Avec un budget de 50k on pourrait le faire",
        "Algunos dicen que se necesita un presupuesto de 100k",
        "Me gustaría tener un presupuesto de 100k",
        "Mi cliente tiene un presupuesto de 20k",
        "The budget of 5000 euros was somebody's joke",
        "the budget of 40k is a typo",
        "Das Budget von 5000 Euro war nur ein Scherz",
        "Le budget de 5000 euros était une blague",
        "El presupuesto de 5000 euros era una broma",
        "Solaria has 200000 employees",
        "Tidelia a 300 employés",
        "20 people complained about your service",
        "I met 10 people at the fair",
        "We serve 300 people",
        "20 Leute haben sich bei uns beschwert",
        "Ich habe auf der Messe 10 Leute getroffen",
        "Unser Kunde hat zwanzig Mitarbeiter",
        "20 personnes se sont plaintes de votre service",
        "J'ai rencontré 10 personnes au salon",
        "Conocí a 10 personas en la feria",
        "20 personas se quejaron de su servicio",
        "Our customers usually want to pay at most 100 euros",
        "Most of our guests can spend up to 2,000 euros",
        "Our members would like to pay a budget of 30 euros",
        "Nos clients ne veulent payer que 100 euros",
        "Nuestros clientes suelen gastar un presupuesto de 100 euros",
        "Unsere Kunden möchten ein Budget von 100 Euro",
    ],
)
def test_what_others_have_or_somebody_wishes_is_no_fact(facts, asked, text):
    assert {"budget", "team_size"}.isdisjoint(facts(text, asked))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("We are 12, our client has 300 employees", 12),
        ("My team has ten people and my colleague's team has 40", 10),
        ("Our parent company has 5000 employees, we are 40", 40),
        ("Wir sind 12 und unser Kunde hat 300 Mitarbeiter", 12),
        ("Mon équipe a dix personnes et l'équipe de mon collègue en a 40", 10),
        ("Nous sommes 12 et notre client a 300 employés", 12),
        ("Mi equipo tiene diez personas y el equipo de mi colega tiene 40 personas", 10),
        ("I'm Ann from Tern. Tern has 40 employees.", 40),
        ("Our customer support has 12 people", 12),
        ("Support has 12 people", 12),
        ("20 people need access", 20),
        ("We'd like a quote for 20 people", 20),
        ("Meine Kollegen und ich sind 12 Leute", 12),
    ],
)
def test_ones_own_people_are_told_from_others(facts, text, people):
    assert facts(text)["team_size"].value == {"min": people, "max": people}


@pytest.mark.parametrize(
    "text",
    [
        "Our client budget is 20k",
        "For our guests we can spend up to 20k",
        "We want to pay at most 20k for our customers",
        "I was told our budget is 20k",
        "I heard good things, our budget is 20k",
        "We could start with a budget of 20k",
        "With our budget of 20k we could do that",
        "My wife and I have a budget of 20k",
        "A typical budget for us is 20k",
        "The board approved 20k",
        "Wir haben ein Budget von 20k",
        "Nous avons un budget de 20k",
        "Tenemos un presupuesto de 20.000 €",
    ],
)
def test_ones_own_budget_is_still_read(facts, text):
    assert facts(text)["budget"].value["max"] == 20_000


def test_of_their_own_company_people_speak_by_name(facts):
    known = {"company": told("company", "Tern GmbH", minutes_ago=5)}

    assert facts("Tern has 40 employees", None, known)["team_size"].value == {"min": 40, "max": 40}
    assert "team_size" not in facts("Solaria has 40 employees", None, known)
    assert facts("Solaria has 40 employees", "team_size")["team_size"].value == {"min": 40, "max": 40}


def test_a_budget_opens_no_introduction(facts):
    assert {"name", "company"}.isdisjoint(facts("Budget of 50k, team of 12"))
