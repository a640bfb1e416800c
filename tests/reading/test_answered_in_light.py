"""Dates and short answers in the light of the question, in four languages."""

import pytest

from bot.domain.facts import FactState


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("it has to be live before Black Friday", "2026-11-27"),
        ("It should be ready by the end of March", "2027-03-31"),
        ("everything must be in place by June", "2027-06-30"),
        ("es muss vor Weihnachten fertig sein", "2026-12-25"),
        ("ça doit être prêt avant Noël", "2026-12-25"),
        ("tiene que estar listo antes de Navidad", "2026-12-25"),
        ("can you deliver to Austria before Christmas", "2026-12-25"),
        ("Can you have it installed by March?", "2027-03-31"),
    ],
)
def test_what_must_be_done_by_a_date_is_wanted_by_then(facts, text, last):
    assert facts(text)["timeline"].value == {"from": None, "to": last}


def test_a_deadline_that_is_asked_after_is_answered_too(read):
    text = "can you deliver to Austria before Christmas"

    assert (read(text).question, read(text).facts[0].confidence) == (text, 0.6)
    assert read("Do you deliver before Christmas?").facts == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Anfang 2027", "2027-01-01", "2027-03-31"),
        ("wir wollen Anfang 2027 starten", "2027-01-01", "2027-03-31"),
        ("Mitte 2027", "2027-05-01", "2027-08-31"),
        ("Ende 2027", "2027-12-01", "2027-12-31"),
        ("Anfang nächsten Jahres", "2027-01-01", "2027-03-31"),
        ("début 2027", "2027-01-01", "2027-03-31"),
        ("fin 2027", "2027-12-01", "2027-12-31"),
        ("début de l'année prochaine", "2027-01-01", "2027-03-31"),
        ("a principios de 2027", "2027-01-01", "2027-03-31"),
        ("finales de 2027", "2027-12-01", "2027-12-31"),
        ("a principios del próximo año", "2027-01-01", "2027-03-31"),
    ],
)
def test_a_part_of_a_year_is_that_part(facts, text, first, last):
    assert facts(text, "timeline")["timeline"].value == {"from": first, "to": last}


@pytest.mark.parametrize(
    "text", ["March 2019", "yesterday", "last month", "2 weeks ago", "gestern", "März 2019", "hier", "ayer"]
)
def test_a_start_in_the_past_is_none(facts, text):
    assert facts(text, "timeline")["timeline"].state is FactState.UNCLEAR


@pytest.mark.parametrize(
    ("text", "decides"),
    [
        ("oui c'est moi", True),
        ("das bin ich", True),
        ("pas moi", False),
        ("ich nicht", False),
        ("yo no", False),
        ("not me", False),
    ],
)
def test_who_decides_is_said_in_two_words(facts, text, decides):
    assert facts(text, "decision_maker")["decision_maker"].value is decides


@pytest.mark.parametrize(
    "text", ["cheaper hosting", "günstigeres Hosting", "un hébergement moins cher", "hosting más barato"]
)
def test_what_shall_be_better_is_a_need(facts, text):
    assert facts(text, "need")["need"].value == text


@pytest.mark.parametrize(
    ("asked", "text", "state"),
    [
        ("budget", "keins", "none"),
        ("budget", "noch keins", "none"),
        ("budget", "egal", "unclear"),
        ("timeline", "egal", "none"),
        ("timeline", "peu importe", "none"),
        ("timeline", "da igual", "none"),
        ("timeline", "any time", "none"),
    ],
)
def test_none_and_all_the_same_are_answers(facts, asked, text, state):
    assert facts(text, asked)[asked].state.value == state
