"""What is asked of one code, size or weight is not answered by another's."""

from collections.abc import Callable

import pytest

from knowledge import Document, KnowledgeBase
from knowledge.named_alike import is_of_another, lacks_weight

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("do you print A3 posters?", "Posters: A4 €3, A5 €2"),
        ("do you have a 4 x 9 m sail", "Gull — Size: 3 x 7 m, Price: €310"),
        ("wie schwer ist der Anker?", "Anker — Preis: 45 €"),
        ("how heavy is the anchor", "Anchor — Price: €45, Length: 60 cm"),
    ],
)
def test_another_one_s_is_none(question: str, answer: str) -> None:
    assert is_of_another(answer, question) or lacks_weight(answer, question)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("do you print A4 posters?", "Posters: A4 €3, A5 €2"),
        ("is there a course for B2?", "Evening course (A1 to C1): €320"),
        ("do you print A3 posters?", "We print posters of any size."),
        ("do you have a 7x3 m sail", "Gull — Size: 3 x 7 m, Price: €310"),
        ("do you have a 3 x 7 sail", "We sew sails to measure."),
        ("how heavy is the anchor", "Anchor — Price: €45, Weight: 12"),
        ("how heavy is the anchor", "The anchor is 12 kg."),
        ("how much is the anchor", "Anchor — Price: €45"),
        ("what is in A5?", ""),
    ],
)
def test_the_same_or_no_other_is_told(question: str, answer: str) -> None:
    assert not is_of_another(answer, question)
    assert not lacks_weight(answer, question)


def test_it_is_not_answered_with_a_citation(build: Build, make_faq: Make) -> None:
    printer = build(
        [make_faq("exam", "Do you print posters?", "Yes. An A4 poster costs €3, an A5 poster €2.")],
        answer_from=0.0,
    )

    assert printer.answer("how much is an A5 poster").kind == "faq"
    assert printer.answer("how much is an A2 poster").citations == ()
