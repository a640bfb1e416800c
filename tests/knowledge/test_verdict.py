"""A "yes" or "no" is said to the question it was written for, and to no other."""

from collections.abc import Callable

import pytest

from knowledge import Document, KnowledgeBase

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]


@pytest.fixture(scope="module")
def dairy(build: Build, make_faq: Make) -> KnowledgeBase:
    return build(
        [
            make_faq(
                "raw", "Can I buy raw milk?", "No. By law raw milk is sold at the farm gate only, on Mondays."
            ),
            make_faq("tour", "Is there a free tour?", "Yes. Every Sunday at ten, dogs stay outside."),
            make_faq("goat", "Do you keep goats?", "Yes, forty goats graze behind the dairy all summer."),
            make_faq("nuts", "Is the cheese free of nuts?", "Yes."),
        ],
        answer_from=0.0,
    )


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Is there a free tour?", "Yes. Every Sunday"),
        ("is there a tour", "Yes. Every Sunday"),
        ("when is the tour?", "Yes. Every Sunday"),
        ("do dogs stay outside on the tour?", "Every Sunday"),
        ("must I go to the farm gate for raw milk?", "By law raw milk"),
        ("do goats graze behind the dairy in winter?", "Forty goats graze"),
        ("Can I buy raw milk?", "No. By law"),
    ],
)
def test_a_verdict_is_said_to_its_own_question(dairy: KnowledgeBase, question: str, begins: str) -> None:
    answer = dairy.answer(question)
    (citation,) = answer.citations
    assert answer.text is not None
    assert answer.text.startswith(begins)
    source = next(one for one in dairy.passages if one.document_id == citation.document_id)
    assert source.text[citation.start : citation.end] == citation.quote
    assert citation.quote.casefold() == answer.text.casefold()


def test_nothing_but_a_verdict_answers_only_its_own_question(dairy: KnowledgeBase) -> None:
    assert dairy.answer("is the cheese free of nuts?").text == "Yes."
    assert dairy.answer("do you roast nuts for the cheese?").kind == "none"


def test_what_was_told_last_is_told_again_without_its_verdict(dairy: KnowledgeBase) -> None:
    first = dairy.answer("Is there a free tour?").text or ""
    told = [("visitor", "Is there a free tour?"), ("bot", first)]

    assert (
        dairy.answer("may dogs come on it?", history=told).text == "Every Sunday at ten, dogs stay outside."
    )


def test_a_question_after_another_subject_leans_on_the_later(dairy: KnowledgeBase) -> None:
    said = [
        ("visitor", "Can I buy raw milk?"),
        ("bot", "No. By law raw milk is sold at the farm gate only, on Mondays."),
    ]
    said += [
        ("visitor", "how many goats do you keep?"),
        ("bot", "Yes, forty goats graze behind the dairy all summer."),
    ]

    (citation,) = dairy.answer("and where do they graze?", history=said).citations

    assert citation.document_id == "goat"


@pytest.mark.parametrize(
    ("own", "answer", "other", "rest"),
    [
        (
            "May I watch the milking?",
            "Yes please! Watching is by arrangement.",
            "may my horse watch the milking?",
            "Watching is by arrangement.",
        ),
        (
            "May I watch the milking?",
            "Of course you can! Come to the red gate.",
            "may twenty pupils watch the milking?",
            "Come to the red gate.",
        ),
        (
            "May I watch the milking?",
            "Sure, no problem. Come to the red gate.",
            "may a film crew watch the milking?",
            "Come to the red gate.",
        ),
        (
            "Darf ich beim Melken zusehen?",
            "Ja, sehr gerne! Bitte am roten Tor melden.",
            "Darf mein Pferd beim Melken zusehen?",
            "Bitte am roten Tor melden.",
        ),
        (
            "Puis-je assister à la traite ?",
            "Oui, bien sûr ! Présentez-vous au portail rouge.",
            "Puis-je assister à la traite avec mon cheval ?",
            "Présentez-vous au portail rouge.",
        ),
        (
            "¿Puedo ver el ordeño?",
            "¡Sí, claro que sí! Pregunte en la puerta roja.",
            "¿Puede mi caballo ver el ordeño?",
            "Pregunte en la puerta roja.",
        ),
    ],
)
def test_a_polite_verdict_is_one_too(
    build: Build, make_faq: Make, own: str, answer: str, other: str, rest: str
) -> None:
    farm = build([make_faq("milk", own, answer)], answer_from=0.0)

    assert farm.answer(own).text == answer
    assert farm.answer(other).text == rest


@pytest.mark.parametrize(
    "answer",
    [
        "Sure-footed shoes are needed in the stable.",
        "Yes you can pet the goats, they are tame.",
        "Certainly not before noon, the goats sleep.",
        "Gladly we show you around at noon.",
    ],
)
def test_what_only_begins_like_a_verdict_stays(build: Build, make_faq: Make, answer: str) -> None:
    farm = build([make_faq("goat", "What about the goats?", answer)], answer_from=0.0)

    assert farm.answer("may my aunt see the goats?").text == answer


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Can I visit the dairy?", "Yes, of course."),
        ("can I visit the dairy on Sunday?", "Wednesday to Friday"),
        ("can I visit the dairy on Sundays", "Wednesday to Friday"),
    ],
)
def test_a_yes_is_none_to_a_day_its_question_does_not_name(
    build: Build, make_faq: Make, question: str, begins: str
) -> None:
    dairy = build(
        [
            make_faq(
                "visit", "Can I visit the dairy?", "Yes, of course. Wednesday to Friday from ten to four."
            )
        ],
        answer_from=0.0,
    )

    assert (dairy.answer(question).text or "").startswith(begins)
