"""What answers a question of ours and what does not: going along is no yes, what can not be read is no gap."""

from dataclasses import replace

import pytest

from bot.domain.conversation import Consent
from bot.domain.dialogue import OFFER
from bot.domain.facts import FactState
from tests.chat.in_memory import Thread, bundled

NEEDS = {
    "en": "We need fewer support tickets",
    "de": "Wir brauchen weniger Supportanfragen",
    "fr": "Nous avons besoin de moins de tickets",
    "es": "Necesitamos menos tickets",
}


def asked_who_decides(locale: str = "en", playbook: str = "bant") -> Thread:
    thread = Thread(bundled(playbook, locale), locale=locale)
    assert thread.say(NEEDS[locale]).asked == "decision_maker"
    return thread


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        *(
            ("en", line)
            for line in ("ok", "Sure", "fine.", "alright", "ok thanks", "sounds good", "go ahead then", "👍")
        ),
        *(("de", line) for line in ("in Ordnung", "passt", "alles klar", "Ok, danke", "meinetwegen")),
        *(("fr", line) for line in ("d’accord", "très bien", "ça marche", "entendu")),
        *(("es", line) for line in ("vale", "está bien", "bueno", "de acuerdo, gracias")),
    ],
)
def test_going_along_is_no_yes_to_a_question_of_fact_and_leaves_it_open(locale: str, line: str) -> None:
    thread = asked_who_decides(locale)

    reply = thread.say(line)

    assert "decision_maker" not in thread.facts()
    assert (reply.kind, reply.asked) == ("waiting", None)
    thread.say({"en": "yes", "de": "ja", "fr": "oui", "es": "sí"}[locale])
    assert thread.facts()["decision_maker"].value is True


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("en", "of course"),
        ("en", "ok yes"),
        ("en", "sure, I do"),
        ("de", "na klar"),
        ("fr", "oui, d'accord"),
        ("es", "claro que sí"),
    ],
)
def test_a_yes_beside_it_is_one(locale: str, line: str) -> None:
    thread = asked_who_decides(locale)

    thread.say(line)

    assert thread.facts()["decision_maker"].value is True


def test_what_is_told_beside_an_ok_is_kept_and_the_ok_is_not() -> None:
    thread = asked_who_decides()

    thread.say("ok, we start in May")

    assert "decision_maker" not in thread.facts()
    assert "timeline" in thread.facts()


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("en", "my boss and the CFO"),
        ("en", "my boss, the CFO and the board"),
        ("en", "that's decided by head office"),
        ("en", "someone else"),
        ("de", "mein Chef und die Geschäftsführung"),
        ("fr", "mon patron et le directeur"),
        ("es", "mi jefe y el director financiero"),
    ],
)
def test_who_names_others_says_that_others_decide(locale: str, line: str) -> None:
    thread = asked_who_decides(locale)

    reply = thread.say(line)

    assert thread.facts()["decision_maker"].value is False
    assert "role" not in thread.facts()
    assert reply.kind == "noted"


@pytest.mark.parametrize("line", ["Karl", "me and my wife", "we do that in the weekly round", "ja gut"])
def test_an_answer_that_can_not_be_read_is_noted_as_unclear_and_is_no_gap(line: str) -> None:
    thread = asked_who_decides()

    reply = thread.say(line)

    fact = thread.facts()["decision_maker"]
    assert (fact.state, fact.quote) == (FactState.UNCLEAR, line)
    assert reply.kind == "noted"


@pytest.mark.parametrize("line", ["Our competitor has a board", "My brother does that", "if my boss agreed"])
def test_what_is_said_of_others_answers_nothing_and_leaves_the_question_open(line: str) -> None:
    thread = asked_who_decides()

    reply = thread.say(line)

    assert "decision_maker" not in thread.facts()
    assert reply.kind == "waiting"


@pytest.mark.parametrize(
    "line",
    ["opening hours", "pricing", "I can't log in", "Do you sell unicycles", "can visitors upload files"],
)
def test_who_looks_something_up_instead_is_told_that_it_is_not_known(line: str) -> None:
    thread = asked_who_decides()

    reply = thread.say(line)

    assert "decision_maker" not in thread.facts()
    assert reply.kind == "none"


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("de", "bis wann muss ich mich anmelden"),
        ("de", "bekomm ich ein zertifikat"),
        ("en", "until when do i have to register"),
        ("en", "do i get a certificate"),
        ("fr", "jusqu'à quand je peux m'inscrire"),
        ("es", "hasta cuándo puedo apuntarme"),
    ],
)
def test_a_question_without_its_mark_is_one_and_leaves_ours_open(locale: str, line: str) -> None:
    thread = asked_who_decides(locale)

    reply = thread.say(line)

    assert reply.kind == "none"
    assert "decision_maker" not in thread.facts()
    thread.say({"en": "I decide", "de": "ich entscheide", "fr": "je décide", "es": "yo decido"}[locale])
    assert thread.facts()["decision_maker"].value is True


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("en", "your bot is useless"),
        ("de", "Ihr Bot ist nutzlos"),
        ("fr", "votre bot est inutile"),
        ("es", "su bot es inútil"),
    ],
)
def test_anger_at_the_bot_is_no_answer_and_no_gap(locale: str, line: str) -> None:
    thread = asked_who_decides(locale)

    reply = thread.say(line)

    assert "decision_maker" not in thread.facts()
    assert "signal.angry" in thread.facts()
    assert reply.kind != "none"


def test_who_goes_ahead_is_asked_on_and_leaves_no_gap() -> None:
    thread = asked_who_decides()

    reply = thread.say("we'd like to go ahead and book")

    assert thread.facts()["need"].quote == NEEDS["en"]
    assert "signal.ready_to_buy" in thread.facts()
    assert (reply.kind, reply.asked) == ("noted", "budget")


@pytest.mark.parametrize(
    ("line", "state"),
    [("20 mugs", "known"), ("oat milk", "known"), ("black shoes size 42", "known"), ("Germany", "unclear")],
)
def test_a_thing_named_to_the_question_what_is_looked_for_is_it(line: str, state: str) -> None:
    thread = Thread(bundled("shop"))
    assert thread.say("Do you ship to France?").asked == "need"

    reply = thread.say(line)

    assert thread.facts()["need"].state == state
    assert reply.kind == "noted"


def test_only_questions_count_towards_three_of_them() -> None:
    thread = Thread(bundled("meddic"))
    for line in (
        "Do you ship to France?",
        "unicycle returns policy",
        "I can't log in",
        "refund policy",
        "Karl",
    ):
        thread.say(line)
    assert "signal.three_questions" not in thread.facts()

    thread.say("Do you sell unicycles?")
    assert "signal.three_questions" not in thread.facts()
    thread.say("What does it cost?")

    assert thread.facts()["signal.three_questions"].quote == "What does it cost?"


@pytest.mark.parametrize(
    ("line", "is_wanted"),
    [
        ("Yes, please", True),
        ("yes", True),
        ("ok", True),
        ("Yes, my mail is ada@harbour.example", True),
        ("Yes please, we are 40 people", True),
        ("Yes, I decide", False),
        ("Yes, we are 40 people", False),
        ("Ja, ich entscheide", False),
        ("Oui, je décide", False),
        ("Sí, yo decido", False),
    ],
)
def test_a_yes_that_answers_another_question_accepts_no_offer(line: str, is_wanted: bool) -> None:
    thread = Thread(bundled("bant"))
    thread.say("We need fewer support tickets")
    thread.messages[-1] = replace(thread.messages[-1], asked=OFFER)

    thread.say(line)

    assert ("signal.asked_person" in thread.facts()) is is_wanted


@pytest.mark.parametrize("line", ["Yes, I decide", "ja, ich entscheide", "oui, je décide"])
def test_nor_does_it_agree_to_anything(line: str) -> None:
    thread = Thread(bundled("bant"))
    thread.say("We need fewer support tickets")
    thread.say("ada@harbour.example")

    reply = thread.say(line)

    assert (thread.consent, reply.asked) == (Consent.NOT_ASKED, "consent")
    assert thread.facts()["decision_maker"].value is True


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("en", "We answer the same support questions all day and want to automate it."),
        ("en", "Our support team is drowning in tickets"),
        ("en", "It takes us too long to answer e-mails."),
        ("de", "Wir beantworten den ganzen Tag dieselben Fragen."),
        ("fr", "Notre équipe est débordée par les demandes"),
        ("es", "Respondemos siempre a las mismas preguntas"),
    ],
)
def test_what_is_tiresome_is_a_need_and_no_question(locale: str, line: str) -> None:
    thread = Thread(bundled("bant", locale), locale=locale)

    reply = thread.say(line)

    assert thread.facts()["need"].quote == line.rstrip(".")
    assert (reply.kind, reply.asked) == ("noted", "decision_maker")


@pytest.mark.parametrize(
    "line",
    [
        "Our competitors answer the same questions all day",
        "I get the same error in every e-mail",
        "If we answered the same questions all day, we would lose customers",
    ],
)
def test_what_others_suffer_from_is_none(line: str) -> None:
    thread = Thread(bundled("bant"))

    thread.say(line)

    assert "need" not in thread.facts()


@pytest.mark.parametrize(
    ("line", "is_ready"),
    [
        ("We are 25 people and 20k budget approved", False),
        ("The budget has been approved", False),
        ("our CFO approved the budget", False),
        ("The purchase is approved", True),
        ("our CFO has signed off", True),
        ("we are ready to buy", True),
    ],
)
def test_an_approved_budget_is_no_wish_to_buy(line: str, is_ready: bool) -> None:
    thread = Thread(bundled("bant"))

    thread.say(line)

    assert ("signal.ready_to_buy" in thread.facts()) is is_ready
