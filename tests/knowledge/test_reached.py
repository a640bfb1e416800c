"""Who asks how to reach the company hears its number or address; who asks for more does not."""

from collections.abc import Callable

import pytest

from knowledge import Document, KnowledgeBase

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]

ABOUT = """# About us

We have tuned pianos in Bergen since 1988, in our third generation.

## Find us

Send your letters to post@tuner.example or ring us on +47 55 55 01 00 in the morning.

## Fees

A tuning takes an hour. We send an invoice.
"""


@pytest.fixture(scope="module")
def tuner(build: Build, make_faq: Make, make_page: Make) -> KnowledgeBase:
    return build(
        [
            make_page(ABOUT, document_id="about.md", title="About us"),
            make_faq("f1", "Can I hire a piano?", "Yes, by the month, delivery included."),
            make_faq("f2", "Do I need an account?", "No, you can order as a guest."),
        ]
    )


@pytest.mark.parametrize(
    "question", ["phone number", "can I call you?", "what's your e-mail address", "how can i contact you"]
)
def test_the_number_or_address_is_told(tuner: KnowledgeBase, question: str) -> None:
    assert "post@tuner.example or ring us on +47 55 55 01 00" in (tuner.answer(question).text or "")


@pytest.mark.parametrize("question", ["I forgot my number", "do you send an e-mail reminder", "address"])
def test_more_than_that_is_not_answered_with_it(tuner: KnowledgeBase, question: str) -> None:
    assert tuner.answer(question).kind == "none"


BAKERY = """# Visit us

## Our hours

The bakery is open Tue-Fri 6.30am to 6pm and Saturdays 7am to 1pm. Closed Sundays and Mondays. We are closed from 23
December to 2 January.

Rowan Bakery, Old Station, Keld DL11 6LJ. Tel. 01748 555 019, bread@rowan.example.
"""
BACKSTUBE = """# Kontakt und Öffnungszeiten

Backstube Erle, Am Anger 3, 07743 Jena

## Anmeldung zu Backkursen

Zu den Kursen meldet man sich im Laden an. Die Kursgebühr ist bei der Anmeldung im Laden zu zahlen.

## Öffnungszeiten des Ladens

| Tag | Zeit |
|---|---|
| Dienstag, Mittwoch | 7–18 Uhr |
| Freitag | 7–14 Uhr |
| Sonntag, Montag | geschlossen |

Zwischen Weihnachten und Neujahr bleibt die Backstube zu.
"""


@pytest.fixture(scope="module")
def bakery(build: Build, make_faq: Make, make_page: Make) -> KnowledgeBase:
    return build(
        [
            make_page(BAKERY, document_id="visit.md", title="Visit us"),
            make_faq("rye", "Do you bake rye bread?", "On Tuesdays and Thursdays at 6 am."),
        ]
    )


@pytest.fixture(scope="module")
def backstube(build: Build, make_faq: Make, make_page: Make) -> KnowledgeBase:
    return build(
        [
            make_page(BACKSTUBE, document_id="kontakt.md", title="Kontakt"),
            make_faq(
                "kurs", "Wann finden die Kurse statt?", "Die Kurse sind dienstags und freitags um 18 Uhr."
            ),
        ],
        language="de",
    )


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("when are you open", "The bakery is open Tue-Fri"),
        ("when do you close on fridays?", "The bakery is open Tue-Fri"),
        ("are you open at christmas", "We are closed from 23\nDecember"),
        ("where are you", "Rowan Bakery, Old Station, Keld DL11 6LJ."),
        ("phone number", "Tel. 01748 555 019"),
    ],
)
def test_the_sentence_that_tells_is_quoted(bakery: KnowledgeBase, question: str, told: str) -> None:
    (citation,) = bakery.answer(question).citations

    assert citation.quote.startswith(told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("and at christmas?", "We are closed from 23 December to 2 January."),
        ("where are you", "Rowan Bakery, Old Station, Keld DL11 6LJ."),
        ("phone number", "Tel. 01748 555 019, bread@rowan.example."),
        ("and on sundays?", "The bakery is open Tue-Fri"),
        ("when are you open", "The bakery is open Tue-Fri"),
    ],
)
def test_after_the_hours_the_rest_is_told(bakery: KnowledgeBase, question: str, told: str) -> None:
    hours = bakery.answer("when are you open").text or ""

    answer = bakery.answer(question, history=[("visitor", "when are you open"), ("bot", hours)])

    assert (answer.text or "").startswith(told)


def test_a_number_asked_for_once_more_is_told_once_more(bakery: KnowledgeBase) -> None:
    number = bakery.answer("phone number").text or ""

    for again in ("phone number", "your phone number please"):
        assert bakery.answer(again, history=[("visitor", "phone number"), ("bot", number)]).text == number


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Öffnungszeiten?", "- Dienstag, Mittwoch"),
        ("wann haben Sie heute offen", "- Dienstag, Mittwoch"),
        ("Wann ist der Laden geöffnet?", "- Dienstag, Mittwoch"),
        ("are you open on mondays?", "- Dienstag, Mittwoch"),
        ("habt ihr sonntags geöffnet?", "Sonntag, Montag — Zeit: geschlossen"),
        ("an Weihnachten geöffnet?", "Zwischen Weihnachten und Neujahr"),
        ("wo sind Sie", "Backstube Erle, Am Anger 3"),
    ],
)
def test_hours_are_told_of_the_section_that_says_so(
    backstube: KnowledgeBase, question: str, told: str
) -> None:
    assert (backstube.answer(question).text or "").startswith(told)


def test_another_s_hours_are_none(build: Build, make_faq: Make) -> None:
    course = make_faq("rye", "When do you bake rye bread?", "On Tuesdays and Thursdays at 6 am.")

    assert build([course]).answer("when are you open?").kind == "none"
