"""Is a sentence supported by the passages it cites? Rule by rule, and on the labelled sentences that are held back."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.support.labelled import Part, load_labelled
from benchmarks.support.measured import figures_of, measure
from knowledge.support import Reason, Source, check_sentence
from knowledge.support.agreement import agrees
from knowledge.support.figures import find_figures

BOATS = Source(
    number=1,
    title="Boats for hire",
    text="""We hire out boats on Lake Orr from April to October, Tuesday to Sunday, 9 am to 6 pm.

| Boat | Seats | Per day | Engine |
|---|---|---|---|
| Harbour | 4 | €70 | no |
| Pier | 8 | €90 | yes |

A deposit of 20 % is due when you book. Life jackets are included; fuel is extra. Dogs are not allowed on board.
Book at https://boats.example/book or write to hello@boats.example. Cancelling is free until 48 hours before.""",
    url="https://boats.example/boats",
)
LINKS = Source(2, "Links", "The link to Quillbook is in beta. The link to Sagewell works on every plan.")


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("1,200", "1.200"),
        ("1 200 boats", "1.2k boats"),
        ("two weeks", "14 days"),
        ("€1,200.50", "1.200,50 €"),
        ("EUR 49 a month", "Per month: €49"),
        ("5 pm", "17:00"),
        ("17 Uhr", "5 p.m."),
        ("9 bis 17 Uhr", "from 9 am to 5 pm"),
        ("on Wednesday", "Monday to Friday"),
        ("mercredi", "from Tuesday to Saturday"),
        ("3 May 2025", "2025-05-03"),
        ("le 3 mai", "May 3rd, 2025"),
        ("in June", "from March to October"),
        ("020 7946 0321", "+44 20 7946 0321"),
        ("12.5%", "12,5 Prozent"),
        ("50 %", "half of the price"),
        ("minus 18 °C", "−18 °C"),
        ("18 degrees below zero", "-18 degrees"),
        ("fell by 3 %", "-3 %"),
        ("€90", "Price (EUR): 90"),
        ("45 pence", "£0.45"),
        ("€60", "sixty euros"),
        ("at most 5 GB", "up to 5 GB"),
        ("5–9 °C", "from 5 to 9 °C"),
    ],
)
def test_a_figure_is_known_however_it_is_written(said: str, held: str) -> None:
    assert all(any(agrees(one, other) for other in find_figures(held)) for one in find_figures(said))


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("1,200", "1,300"),
        ("5 days", "5 weeks"),
        ("5 kg", "5 km"),
        ("€90", "$90"),
        ("€49 a month", "€49 a year"),
        ("9:00", "21:00"),
        ("5 am", "5 pm"),
        ("on Sunday", "Monday to Friday"),
        ("3 May 2026", "2025-05-03"),
        ("in December", "from March to October"),
        ("020 7946 0321", "020 7946 0231"),
        ("20 %", "20 people"),
        ("18 °C", "-18 °C"),
        ("-3 %", "3 %"),
        ("40 °F", "40 °C"),
        ("5 V", "5 W"),
        ("> 5 V", "< 5 V"),
        ("45 cents", "45 pence"),
        ("90 kroner", "€90"),
        ("at least 5 GB", "up to 5 GB"),
        ("bis 20 Uhr", "ab 20 Uhr"),
        ("35 people", "€35"),
    ],
)
def test_a_figure_is_another_when_value_unit_or_period_is(said: str, held: str) -> None:
    assert not any(agrees(one, other) for one in find_figures(said) for other in find_figures(held))


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The Harbour seats 6 people.", Reason.NUMBER),
        ("The Harbour seats 8 people.", Reason.NUMBER),  # the Pier does
        ("The Pier costs €95 per day.", Reason.PRICE),
        ("The Harbour costs €90 per day.", Reason.PRICE),  # the Pier does
        ("The Pier costs $90 per day.", Reason.PRICE),
        ("You can hire boats on Mondays.", Reason.DATE),
        ("Boats are for hire from 9 am to 8 pm.", Reason.DATE),
        ("A deposit of 30 % is due when you book.", Reason.NUMBER),
        ("We hire out boats on Lake Windermere.", Reason.NAME),
        ("The link to Sagewell is in beta.", Reason.NAME),  # the other one is
        ("Book at https://boats.example/pay.", Reason.URL),
        ("Write to help@boats.example.", Reason.EMAIL),
        ('They promise "a lake to yourself".', Reason.QUOTATION),
        ("Dogs are allowed on board.", Reason.NEGATION),
        ("Life jackets are not included.", Reason.NEGATION),
        ("The Harbour has an engine.", Reason.NEGATION),
        ("Fuel is included.", Reason.NEGATION),
        ("The Pier comes with a skipper who cooks dinner.", Reason.NOT_COVERED),
        ("We could do it all for you again soon.", Reason.NOT_COVERED),  # small words, which every text has
        ("Dogs. " * 300, Reason.NOT_COVERED),
    ],
)
def test_what_the_sources_do_not_say_is_named(sentence: str, reason: Reason) -> None:
    verdict = check_sentence(sentence, [BOATS, LINKS])

    assert (verdict.supported, verdict.reason) == (False, reason)


@pytest.mark.parametrize(
    "sentence",
    [
        "The Pier seats 8 people and costs €90 per day.",
        "The Harbour costs €70 and the Pier €90 per day. [1]",
        "A deposit of 20% is due when you book.",
        "Life jackets are included.",
        "You can not bring dogs on board: dogs are not allowed.",
        "The Harbour has no engine.",
        "Cancelling is free until 48 hours before.",
        "Book at https://boats.example/book or write to hello@boats.example.",
        "The link to Quillbook is in beta. [2]",
    ],
)
def test_what_the_sources_say_passes(sentence: str) -> None:
    verdict = check_sentence(sentence, [BOATS, LINKS])

    assert verdict.supported, verdict


def test_a_bare_answer_says_what_was_asked() -> None:
    assert check_sentence("Yes.", [BOATS], "Are life jackets included?").supported
    assert not check_sentence("Yes.", [BOATS], "Are dogs allowed on board?").supported
    assert not check_sentence("Yes.", [BOATS], "Do you deliver pizza to Velm?").supported


CASH = Source(
    3,
    "Ferry",
    "We do not accept cash; pay by card. The ferry runs from 9 am to 6 pm. It is closed on Mondays, except in August. "
    "Coffee is included. Bikes are not allowed in the cabin, but one pram may stand there.",
)
BAHN = Source(
    4, "Bahn", "Die Fahrt ist mit Karte möglich. Ein Frühstück ist nicht enthalten. Decken sind enthalten."
)
TRAIN = Source(
    5, "Train", "Le repas n'est pas compris dans le billet. La couverture est comprise dans le billet."
)
BARCO = Source(6, "Barco", "El billete incluye una manta, pero no incluye la cena. No se admiten perros.")


@pytest.mark.parametrize(
    ("question", "answer", "source", "is_right"),
    [
        ("Can I pay in cash?", "Yes.", CASH, False),
        ("Can I pay in cash?", "Sure!", CASH, False),
        ("Can I pay in cash?", "Yes, in cash.", CASH, False),
        ("Hello there, can I pay in cash?", "Yes, pay by card.", CASH, False),
        ("Is the ferry open on Mondays?", "Yes, it is.", CASH, False),
        ("Is the ferry open on Mondays?", "Of course, the ferry runs from 9 am to 6 pm.", CASH, False),
        ("Are bikes allowed in the cabin?", "That is right.", CASH, False),
        ("Are bikes allowed in the cabin?", "No.", CASH, True),
        ("Is coffee included?", "Yes, it is.", CASH, True),
        ("Is coffee included?", "Not at all.", CASH, False),
        ("Is coffee included? Can I pay in cash?", "Yes.", CASH, False),
        ("Ist ein Frühstück enthalten?", "Natürlich!", BAHN, False),
        ("Ist ein Frühstück enthalten?", "Nein.", BAHN, True),
        ("Sind Decken enthalten?", "Nein.", BAHN, False),
        ("Le repas est-il compris ?", "Bien sûr !", TRAIN, False),
        ("Le repas est-il compris ?", "Non.", TRAIN, True),
        ("¿El billete incluye la cena?", "Sí, claro.", BARCO, False),
        ("¿El billete incluye una manta?", "Sí.", BARCO, True),
        ("¿Se admiten perros?", "Por supuesto.", BARCO, False),
    ],
)
def test_a_yes_or_no_is_right_where_a_clause_says_what_was_asked(
    question: str, answer: str, source: Source, is_right: bool
) -> None:
    assert check_sentence(answer, [source], question).supported is is_right


def test_without_a_source_nothing_is_supported() -> None:
    assert check_sentence("Life jackets are included.", []).reason is Reason.NO_SOURCE


def test_several_threads_give_the_same_verdicts() -> None:
    sentences = ["The Pier seats 8 people.", "The Harbour costs €90.", "Dogs are allowed."] * 4
    alone = [check_sentence(sentence, [BOATS]) for sentence in sentences]

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda sentence: check_sentence(sentence, [BOATS]), sentences))

    assert together == alone


def test_no_model_is_loaded_before_a_sentence_is_checked() -> None:
    program = (
        "import sys, knowledge.support as s; s.check_sentence('Hello!', []);"
        "print(sorted({'onnxruntime', 'torch', 'tokenizers'} & set(sys.modules)))"
    )

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"


@pytest.mark.slow
def test_few_of_the_labelled_sentences_are_judged_wrongly() -> None:
    held, developed, unseen = (
        measure(load_labelled(part)) for part in (Part.HELD, Part.DEVELOP, Part.UNSEEN)
    )
    every = figures_of([*held.judged, *developed.judged])
    wrong = [(one.labelled.sentence, one.verdict) for one in every.judged if not one.is_right]

    assert len(every.judged) >= 850
    assert every.recall >= 0.97, wrong
    assert every.dropped <= 0.08, wrong
    assert held.recall >= 0.94, wrong  # the rules were made without these
    assert held.dropped <= 0.08, wrong
    # And without these, all of which are attacks; which are wrong is not shown, so that no rule is made with them.
    assert (unseen.recall >= 0.9, unseen.dropped <= 0.12) == (True, True)


@pytest.mark.parametrize(
    "sentence", ["ship france zq xv wk " * 40, "\u6211\u4eec" * 300, "12 euros to France, " * 45]
)
def test_a_sentence_that_leaves_no_room_for_its_source_is_not_supported(sentence: str) -> None:
    source = Source(1, "Delivery", "We ship to France for 12 euros within three days. " * 20)
    assert not check_sentence(sentence, [source]).supported
