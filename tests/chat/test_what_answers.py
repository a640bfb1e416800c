"""What answers a question of ours and what does not: going along is no yes, what can not be read is no gap."""

import pytest

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
