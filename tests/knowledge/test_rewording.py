"""What is asked in other words than the knowledge's is found; what is written nowhere is still not answered."""

from collections.abc import Callable

import pytest

from knowledge import Document, Embedder, KnowledgeBase
from knowledge.compounds import split_compounds
from knowledge.keywords import KeywordIndex, tokenizer_for
from knowledge.misspelt import spell_as_written
from knowledge.regions import are_different_countries, say_by_region
from knowledge.synonyms import say_by_synonyms

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]

ENGLISH = "The warranty covers delivery within the EU and every cancelled order of a Firefly lamp."
GERMAN = "Der Versand kostet nichts, die Lieferung dauert drei Tage."


@pytest.fixture(scope="module")
def boat_yard(build: Build, make_faq: Make) -> KnowledgeBase:
    return build(
        [
            make_faq("ship", "Where do you ship to?", "We ship oars to all of the EU, and to Norway."),
            make_faq("war", "Is there a warranty?", "Every hull carries a ten year warranty."),
            make_faq(
                "open", "When are you open?", "Tuesday to Friday 9:00 to 17:00, Saturday 9:00 to 12:00."
            ),
            make_faq(
                "yard", "How do I get to the yard?", "We build at Hafenweg 7, Kiel, behind the old crane."
            ),
            make_faq("paint", "Do you paint hulls?", "Yes. Two coats, from 900 EUR."),
            make_faq("card", "Do you sell gift cards?", "Yes, from 50 EUR, valid for three years."),
            make_faq("stop", "Can I cancel my order?", "Yes, until we have bought the wood."),
            make_faq("tern", "How long does the sail of the Tern last?", "About nine seasons."),
            make_faq("plover", "What is the Plover made of?", "The Plover is planked in larch."),
        ]
    )


@pytest.fixture(scope="module")
def werft(build: Build, make_faq: Make) -> KnowledgeBase:
    return build(
        [
            make_faq("ver", "Wohin liefern Sie?", "Nach Deutschland, Österreich und in die Schweiz."),
            make_faq("kost", "Was kostet der Versand?", "Zwölf Euro, ab 200 Euro nichts."),
            make_faq("rep", "Reparieren Sie Ruder?", "Ja. Auch alte, ab 35 Euro."),
            make_faq("auf", "Wann haben Sie geöffnet?", "Dienstag bis Freitag 9–17 Uhr."),
        ]
    )


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("waranty", "war"),
        ("does the hull have a warrnaty?", "war"),
        ("do you have a guarantee?", "war"),
        ("do you ship to Portugal?", "ship"),
        ("shipping to the Czech Republic", "ship"),
        ("are you open on Wednesday", "open"),
        ("open monday?", "open"),
        ("opening hours", "open"),
        ("what is your address?", "yard"),
        ("what is your adress", "yard"),
        ("where is your shop", "yard"),
        ("can I cancel", "stop"),
        ("how can I buy a gift card", "card"),
    ],
)
def test_other_words_for_what_is_written_are_answered(
    boat_yard: KnowledgeBase, question: str, entry: str
) -> None:
    assert [citation.document_id for citation in boat_yard.answer(question).citations] == [entry]


@pytest.mark.parametrize(
    "question",
    [
        "do you ship to Japan?",
        "what is your e-mail address?",
        "where is my order?",
        "can I cancel my subscription",
        "can I cancel my appointment",
        "can I return a gift card",
        "how long does the sail of the Plover last?",
    ],
)
def test_what_is_written_nowhere_stays_unanswered(boat_yard: KnowledgeBase, question: str) -> None:
    assert boat_yard.answer(question).kind == "none"


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("Versandkosten", "kost"),
        ("Öffnungszeiten", "auf"),
        ("haben Sie am Mittwoch offen?", "auf"),
        ("lifern Sie nach Österreich?", "ver"),
        ("liefern Sie nach Schweden?", None),
        ("vermieten Sie Ruder?", None),
    ],
)
def test_german_is_split_spelt_and_told_apart(werft: KnowledgeBase, question: str, entry: str | None) -> None:
    cited = [citation.document_id for citation in werft.answer(question).citations]
    assert cited == ([entry] if entry else [])


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("the Waranty please", "the Warranty please"),
        ("DELIVREY", "DELIVERY"),
        ("my order was canceled", "my order was canceled"),  # the same stem: nothing to mend
        ("a heavy lorry", "a heavy lorry"),  # words of their own, a slip away from nothing
        ("beliver", "beliver"),  # the first letter holds
        ("the firefyl", "the firefly"),
    ],
)
def test_only_what_nobody_spells_so_is_spelt_anew(embedder: Embedder, typed: str, spelt: str) -> None:
    tokenize = tokenizer_for("en")
    keywords = KeywordIndex([ENGLISH], tokenize)
    shortest = embedder.count_tokens("word")
    assert (
        spell_as_written(
            typed, keywords, tokenize, is_word=lambda word: embedder.count_tokens(word) <= shortest
        )
        == spelt
    )


def test_a_german_word_is_no_slip_of_one_that_only_begins_so(embedder: Embedder) -> None:
    tokenize = tokenizer_for("de")
    keywords = KeywordIndex([GERMAN], tokenize)
    assert spell_as_written("Lieferzeit", keywords, tokenize, is_word=lambda _: False) == "Lieferzeit"


def _unknown_in(*written: str) -> Callable[[str], bool]:
    return lambda words: not set(words.lower().split()) <= {word.lower() for word in written}


@pytest.mark.parametrize(
    ("question", "written", "said"),
    [
        ("do you ship to France?", ["EU"], "do you ship to EU?"),
        ("do you ship to france?", ["EU", "europe"], "do you ship to EU?"),
        ("do you ship to Norway?", ["EU"], "do you ship to Norway?"),
        ("liefern Sie nach Belgien?", ["Europa"], "liefern Sie nach Europa?"),
        ("do you ship to Japan?", ["worldwide"], "do you ship to worldwide?"),
        ("do you have turkey sandwiches", ["worldwide"], "do you have turkey sandwiches"),
        ("livrez-vous en Espagne ?", ["eu"], "livrez-vous en Espagne ?"),
        ("do you ship to France?", ["France", "EU"], "do you ship to France?"),
    ],
)
def test_a_country_is_said_by_the_region_that_is_written(
    question: str, written: list[str], said: str
) -> None:
    language = "fr" if question.startswith("livrez") else "en"
    assert say_by_region(question, _unknown_in(*written), language=language) == said


def test_two_countries_are_never_one_misspelt() -> None:
    assert are_different_countries("Schweden", "Schweiz")
    assert not are_different_countries("Schweiz", "Suisse")


def test_a_synonym_is_said_only_for_what_is_written_nowhere() -> None:
    assert say_by_synonyms("a guarantee?", _unknown_in("warranty")) == "a warranty?"
    assert say_by_synonyms("a guarantee?", _unknown_in("warranty", "guarantee")) == "a guarantee?"
    assert say_by_synonyms("a guarantee?", _unknown_in("price")) == "a guarantee?"


def test_a_compound_is_split_where_both_parts_are_written() -> None:
    is_unknown = _unknown_in("versand", "kosten", "lieferung", "zeit")
    assert split_compounds("Versandkosten", is_unknown) == "Versand kosten"
    assert split_compounds("Lieferungszeit", is_unknown) == "Lieferung zeit"
    assert split_compounds("Versandtasche", is_unknown) == "Versandtasche"
