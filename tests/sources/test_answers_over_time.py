"""What becomes of answers when the documentation changes, and how many to expect of it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.sources import Written, compare_answers, estimate, read_written
from bot.sources.review.expected import expectation
from bot.sources.review.own_questions import Outcome
from knowledge import Document, DocumentKind, Embedder

TOPICS = {
    "ship": ("Do you ship to France?", "We ship to France for 12 euros.", "Is delivery to France possible?"),
    "bike": ("How much is the city bike?", "The city bike costs 900 euros.", "What does the city bike cost?"),
    "return": (
        "Can I return a bike?",
        "You may return a bike within thirty days.",
        "How do I return my bike?",
    ),
    "frame": (
        "How long is the guarantee?",
        "Frames have a guarantee of ten years.",
        "What guarantee is there?",
    ),
    "colour": (
        "Which colours are there?",
        "Our bikes are red, blue or green.",
        "In which colours do bikes come?",
    ),
    "helmet": ("Do you sell helmets?", "We sell helmets in three sizes.", "Can I buy a helmet from you?"),
    "pay": ("Can I pay by card?", "We take all credit cards.", "Do you take credit cards?"),
    "lock": ("Is a lock included?", "A lock comes with every bike.", "Does the bike come with a lock?"),
    "rent": ("Can I rent a bike?", "We rent bikes by the day.", "Do you rent out bikes?"),
    "repair": ("Do you repair bikes?", "Our workshop repairs all brands.", "Can you repair my bike?"),
    "child": ("Do you have children's seats?", "We mount seats for children.", "Do you mount child seats?"),
    "job": ("Are you hiring?", "We are looking for a mechanic.", "Do you have open jobs?"),
    "club": ("Is there a riding club?", "Our club rides out on Sundays.", "When does the riding club meet?"),
}


def entries(topics: Sequence[str] = tuple(TOPICS), *, variants: bool = True) -> list[Document]:
    return [
        Document(
            document_id=name,
            source="faq.csv",
            kind=DocumentKind.FAQ,
            title=question,
            text=answer,
            questions=(question, other) if variants else (question,),
        )
        for name, (question, answer, other) in TOPICS.items()
        if name in topics
    ]


def written(documents: list[Document], embedder: Embedder) -> Written:
    return read_written(documents, embedder, {}, on_batch=lambda _done, _of: None)


def test_an_answer_whose_entry_is_gone_is_lost_and_one_that_was_edited_is_changed(
    real_embedder: Embedder,
) -> None:
    before = entries()
    after = [
        replace(one, text="We ship to France for 15 euros.") if one.document_id == "ship" else one
        for one in before
        if one.document_id != "helmet"
    ]

    changes = compare_answers(written(before, real_embedder), written(after, real_embedder), [])

    assert [(one.question, one.is_lost) for one in changes] == [
        ("Do you ship to France?", False),
        ("Do you sell helmets?", True),
    ]
    assert changes[0].after.text == "We ship to France for 15 euros."


def changed(before: list[Document], after: list[Document], embedder: Embedder, question: str) -> list[bool]:
    """Return whether what became of a question's answer is unrelated; nothing where the answer stayed."""
    found = compare_answers(written(before, embedder), written(after, embedder), [question])
    return [one.is_unrelated for one in found if one.question == question and not one.is_lost]


(SHIP,) = entries(["ship"], variants=False)
CRATE = replace(
    SHIP,
    document_id="crate",
    text="Every bike travels in a wooden box that we build.",
    questions=("Do you ship to France in a crate?",),
)
ANEW = replace(
    SHIP, document_id="anew", text="Our friends in Lyon know.", questions=("Do you deliver to France?",)
)


@pytest.mark.parametrize(
    ("before", "after", "is_unrelated"),
    [
        ([SHIP, CRATE], [CRATE], [True]),
        ([SHIP, CRATE], [replace(SHIP, text="Ask the post office."), CRATE], [False]),
        ([SHIP, CRATE], [ANEW, CRATE], [False]),
        ([SHIP, CRATE], [replace(CRATE, text="Shipping a bike to France is twelve euros.")], [False]),
        ([SHIP, CRATE], [replace(SHIP, document_id="moved", source="new.csv"), CRATE], []),
    ],
    ids=["deleted", "edited", "written anew", "reworded elsewhere", "moved"],
)
def test_an_answer_that_something_else_gives_since_its_own_is_gone_is_unrelated(
    real_embedder: Embedder, before: list[Document], after: list[Document], is_unrelated: list[bool]
) -> None:
    rest = entries(["bike", "return", "frame", "colour", "pay"])

    assert changed([*rest, *before], [*rest, *after], real_embedder, "Do you ship to France?") == is_unrelated


def test_what_visitors_and_tests_ask_is_asked_of_both(real_embedder: Embedder) -> None:
    before, after = entries(), entries([name for name in TOPICS if name != "lock"])

    changes = compare_answers(
        written(before, real_embedder),
        written(after, real_embedder),
        ["does a lock come with the bike", "who?"],
    )

    assert [one.question for one in changes] == ["does a lock come with the bike", "Is a lock included?"]


def test_where_nothing_changed_nothing_is_asked(real_embedder: Embedder) -> None:
    same = written(entries(), real_embedder)

    assert compare_answers(same, same, ["Do you ship to France?"]) == []


def test_phrasings_left_out_tell_how_many_questions_are_answered(real_embedder: Embedder) -> None:
    expected = estimate(written(entries(), real_embedder))

    assert expected.n_asked == expected.n_left_out == len(TOPICS)
    assert expected.right is not None
    assert expected.wrong is not None
    assert 0.4 < expected.right.value < 0.9
    assert expected.right.low < expected.right.value < expected.right.high
    assert expected.wrong.value < 0.2
    assert expected.answered_all_the_same is not None
    assert expected.answered_all_the_same.value <= 0.2


def test_answers_that_stand_under_the_wrong_entry_are_expected_to_be_wrong(real_embedder: Embedder) -> None:
    """A planted defect: the other phrasings are shifted to the next entry."""
    documents = entries()
    shifted = [
        replace(one, questions=(one.questions[0], other.questions[1]))
        for one, other in zip(documents, documents[1:] + documents[:1], strict=True)
    ]

    as_it_is = estimate(written(documents, real_embedder))
    right, expected_wrong = as_it_is.right, as_it_is.wrong.value if as_it_is.wrong else 1.0
    wrongly = estimate(written(shifted, real_embedder))

    assert right is not None
    assert wrongly.right is not None
    assert wrongly.wrong is not None
    assert wrongly.right.value < right.value / 2
    assert wrongly.wrong.value > 5 * expected_wrong


def test_few_entries_say_it_with_a_wider_range(real_embedder: Embedder) -> None:
    few, many = (estimate(written(entries(list(TOPICS)[:n]), real_embedder)) for n in (5, len(TOPICS)))

    assert few.right is not None
    assert many.right is not None
    assert few.n_asked == 5
    assert few.right.high - few.right.low > many.right.high - many.right.low + 0.05


def test_nothing_to_ask_by_says_nothing(real_embedder: Embedder) -> None:
    expected = estimate(written(entries(variants=False), real_embedder))

    assert (expected.n_asked, expected.right, expected.wrong) == (0, None, None)
    assert expected.answered_all_the_same is not None


def test_of_two_knowledge_bases_that_did_alike_the_larger_is_known_better() -> None:
    right, not_answered = Outcome(True, True, 0.9), Outcome(False, False, 0.1)

    shares = [expectation([right, not_answered] * n, []).right for n in (1, 2, 20, 200)]

    assert shares[0] is None
    known = [one for one in shares if one is not None]
    assert [0.5 < one.value < 0.55 for one in known] == [True] * 3
    widths = [one.high - one.low for one in known]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 0.6 > 0.15 > widths[-1]
