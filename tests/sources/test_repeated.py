"""One answer under several entries of the FAQ: to be merged where they ask alike, worth a note where they do not."""

import pytest

from bot.sources import find_repeated
from knowledge import Document, DocumentKind, Embedder, split_documents

HOURS = "Our workshop is open from Monday to Friday and always closed in August."
DESK = "Please write to the help desk, it replies within one day."


def entry(question: str, answer: str) -> Document:
    return Document(
        document_id=question,
        source="faq.csv",
        kind=DocumentKind.FAQ,
        title=question,
        text=answer,
        questions=(question,),
    )


def named(embedder: Embedder, *entries: tuple[str, str]) -> list[tuple[tuple[str, ...], bool]]:
    passages = split_documents([entry(*one) for one in entries], embedder=embedder)
    return [
        (tuple(one.document_id for one in found.entries), found.asks_alike)
        for found in find_repeated(passages, embedder.embed, language="en")
    ]


@pytest.mark.parametrize(
    ("first", "second", "asks_alike"),
    [
        (("When is the workshop open?", HOURS), ("Where can I bring my broken tent?", HOURS), False),
        (("When is the workshop open?", HOURS), ("At what time is the workshop open?", HOURS), True),
        (("When is the workshop open?", HOURS), ("Can you mend it?", HOURS.upper().rstrip(".")), False),
        (
            ("How do I move?", f"{HOURS} {DESK}"),
            ("What about a new roof?", f"{HOURS} {DESK}".replace("Please", "Just")),
            False,
        ),
        (("How do I cancel my Solo plan?", DESK), ("How do I cancel my Fleet plan?", DESK), False),
    ],
)
def test_an_answer_under_two_questions_is_named(
    real_embedder: Embedder, first: tuple[str, str], second: tuple[str, str], asks_alike: bool
) -> None:
    fleet = ("Which plans are there?", "You may choose the Solo plan or the Fleet plan.")

    assert named(real_embedder, first, fleet, second) == [((first[0], second[0]), asks_alike)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Yes, always.", "Yes, always."),
        (f"{HOURS} {DESK} It costs 5 euros.", f"{HOURS} {DESK} It costs 6 euros."),
        (f"{HOURS} {DESK} It does cost you.", f"{HOURS} {DESK} It doesn't cost you."),
        (f"{HOURS} {DESK} Bring a bag.", f"{HOURS} {DESK} Do not bring a bag."),
        (HOURS, DESK),
    ],
)
def test_answers_that_differ_in_what_matters_or_say_hardly_anything_are_not_named(
    real_embedder: Embedder, first: str, second: str
) -> None:
    assert named(real_embedder, ("When?", first), ("Where?", second)) == []


def test_an_answer_under_many_questions_is_named_once(real_embedder: Embedder) -> None:
    questions = ("How do I get in?", "Can I park?", "Is there a ramp?", "Who has the keys?")

    found = named(real_embedder, *((question, DESK) for question in questions))

    assert [entries for entries, _ in found] == [questions]
