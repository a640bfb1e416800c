"""Who asks for the rules of something is told the point or section that is headed so."""

from collections.abc import Callable

import pytest

from knowledge import Document, KnowledgeBase

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]

TERMS = """# House rules

1. **Pets.** Dogs may stay in the garden rooms for €12 a night. Cats may not.
2. **Cancellation.** Until 20 days before arrival: nothing to pay. 19 to 7 days before: 40 % of it. Then: all.
3. **Payment.** Guests pay on arrival. Groups pay 21 days before arrival.
4. **Quiet.** From ten at night.
"""
REGELN = """# Hausordnung

## Stornierung

- bis 20 Tage vor Anreise: kostenlos
- danach: der volle Preis

## Ruhe

Ab zehn Uhr abends.
"""


@pytest.fixture(scope="module")
def inn(build: Build, make_faq: Make, make_page: Make) -> KnowledgeBase:
    return build(
        [
            make_page(TERMS, document_id="terms.md", title="House rules"),
            make_faq(
                "snow",
                "What if the road is snowed in?",
                "We wait for you. If you call off the trip, the usual cancellation policy applies.",
            ),
            make_faq("smoke", "What is your smoking policy?", "Smoking is allowed on the terrace only."),
        ]
    )


@pytest.mark.parametrize("question", ["what is your cancellation policy", "your cancellation terms?"])
def test_the_point_that_is_headed_so_is_told(inn: KnowledgeBase, question: str) -> None:
    (citation,) = inn.answer(question).citations

    assert "19 to 7 days before: 40 %" in citation.quote
    assert "Guests pay" not in citation.quote


def test_an_entry_that_is_asked_for_the_rules_stays(inn: KnowledgeBase) -> None:
    assert inn.answer("what is your smoking policy?").text == "Smoking is allowed on the terrace only."
    assert inn.answer("what if the road is snowed in").citations[0].document_id == "snow"


def test_rules_that_nothing_is_headed_by_are_not_made_up(inn: KnowledgeBase) -> None:
    assert "terms.md" not in {
        note.document_id for note in inn.answer("what is your privacy policy").citations
    }


def test_a_german_compound_names_the_section(build: Build, make_faq: Make, make_page: Make) -> None:
    inn = build(
        [
            make_page(REGELN, document_id="regeln.md", title="Hausordnung"),
            make_faq(
                "schnee", "Was ist bei Schnee?", "Bei Schnee gelten die üblichen Stornierungsbedingungen."
            ),
        ],
        language="de",
    )

    assert "bis 20 Tage vor Anreise" in (inn.answer("Wie sind Ihre Stornierungsbedingungen?").text or "")
