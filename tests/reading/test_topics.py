"""Slots that a visitor turns to by name, questions back, and contacts of somebody else."""

import pytest


@pytest.mark.parametrize(
    ("text", "slot", "state"),
    [
        ("Budget? I'd rather not say", "budget", "declined"),
        ("As for our budget: rather not say", "budget", "declined"),
        ("I'd rather not share our budget", "budget", "declined"),
        ("Das Budget? Keine Ahnung", "budget", "unclear"),
        ("Team size? About 40", "team_size", "known"),
        ("Budget? 15k", "budget", "known"),
    ],
)
@pytest.mark.parametrize("asked", [None, "timeline", "email"])
def test_a_slot_that_is_named_gets_the_answer(read, text, slot, state, asked):
    reading = read(text, asked)

    assert [(fact.slot, fact.state) for fact in reading.facts] == [(slot, state)]
    assert reading.question is None


def test_calling_the_team_names_no_slot(facts):
    assert facts("Team, we have many small plans") == {}


@pytest.mark.parametrize("text", ["Budget?", "Budget? What do you mean?", "What budget do I need?"])
def test_a_slot_that_is_asked_about_is_looked_up(read, text):
    reading = read(text, "timeline")

    assert (reading.question, reading.facts) == (text, ())


@pytest.mark.parametrize(
    "text",
    [
        "Why do you want to know?",
        "But why do you need that?",
        "What do you need this for?",
        "Warum wollen Sie das wissen?",
        "Wozu brauchen Sie das?",
        "Pourquoi voulez-vous le savoir ?",
        "¿Por qué quiere saberlo?",
        "¿Para qué lo necesita?",
        "why do you need my e-mail?",
        "Why should I give you my phone number?",
        "Warum brauchen Sie meine E-Mail-Adresse?",
        "Wozu soll ich meine Mailadresse angeben?",
        "Pourquoi avez-vous besoin de mon e-mail ?",
        "Pourquoi demandez-vous mon adresse ?",
        "¿Por qué necesita mi correo?",
        "¿Para qué quieren mi dirección de correo?",
    ],
)
@pytest.mark.parametrize("asked", ["budget", "email", "consent"])
def test_asking_why_neither_answers_nor_declines(read, text, asked):
    reading = read(text, asked)

    assert (reading.act, reading.facts, reading.question) == ("asks_why", (), None)
    assert read(text).act != "asks_why"


@pytest.mark.parametrize(
    "text",
    [
        "my friend's e-mail is bob@initech.com",
        "her number is +1 415 555 2671",
        "Die Adresse meines Freundes ist bob@initech.de",
        "L'adresse de mon ami est bob@initech.fr",
        "El correo de mi amigo es bob@initech.es",
    ],
)
@pytest.mark.parametrize("asked", [None, "email", "phone"])
def test_a_contact_of_somebody_else_is_neither_kept_nor_looked_up(read, text, asked):
    reading = read(text, asked)

    assert (reading.act, reading.facts, reading.question) == ("others_contact", (), None)


def test_ones_own_contact_beside_it_is_kept(facts):
    told = facts("My friend's email is bob@initech.com, mine is ada@initech.com")

    assert told["email"].value == "ada@initech.com"
