"""What the phrasings of entries say of a question, and what is not listed twice."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from knowledge import Document, KnowledgeBase
from knowledge.phrasings import PhrasingHead

Make = Callable[..., Document]
Build = Callable[[Sequence[Document]], KnowledgeBase]
AXES = np.eye(6, dtype=np.float32)


def read(head: PhrasingHead, vectors: np.ndarray, question: np.ndarray) -> tuple[dict[int, float], float]:
    cosines = vectors @ question
    rows = np.argsort(-cosines)
    reading = head.read(rows, cosines[rows])
    return reading.scores, reading.novelty


def test_agreeing_phrasings_outweigh_one_that_is_a_little_closer() -> None:
    question = AXES[0]
    near = [0.7 * AXES[0] + 0.714 * axis for axis in AXES[1:4]]
    vectors = np.array([*near, 0.72 * AXES[0] + 0.694 * AXES[4]], np.float32)

    scores, _ = read(PhrasingHead(vectors, [5, 5, 5, 8]), vectors, question)

    assert scores[5] > scores[8] > 0


def test_what_is_far_from_every_phrasing_is_new_and_nobodys() -> None:
    vectors = AXES[:4]
    head = PhrasingHead(vectors, [0, 0, 1, 1])

    known, little = read(head, vectors, AXES[0])
    unknown, much = read(head, vectors, -AXES[:4].sum(0) / 2)

    assert known[0] > 0.5 > max(unknown.values())
    assert little < 0.3 < 0.9 < much


def test_entries_that_resemble_each_other_look_sure_when_left_out() -> None:
    apart = np.repeat(AXES, 20, 0)
    alike = apart + 2 * AXES[0]
    alike /= np.linalg.norm(alike, axis=1, keepdims=True)
    owners = np.repeat(np.arange(6), 20).tolist()

    assert PhrasingHead(alike, owners).left_out > PhrasingHead(apart, owners).left_out + 0.1


def test_one_entry_with_phrasings_does_not_answer_for_the_world(build: Build, make_faq: Make) -> None:
    alone = build([make_faq("r1", "Can I return a lamp?", "Yes.", "Do you take lamps back?")])

    assert alone.answer("can lamps be returned").kind == "faq"
    assert alone.answer("Who won the football world cup in 1998?").kind == "none"


@pytest.mark.parametrize("n_pages", [0, 3])
def test_phrasings_count_beside_pages_and_entries_of_one(
    build: Build, make_faq: Make, make_page: Make, n_pages: int
) -> None:
    pages = [make_page(f"The {name} lamp.", document_id=name) for name in ("red", "green", "blue")[:n_pages]]
    knowledge = build(
        [
            make_faq("r1", "Can I return a lamp?", "Yes.", "money back", "get a refund", "send it back"),
            make_faq("r2", "Do you ship to Canada?", "Yes, in a week."),
            *pages,
        ]
    )

    first = knowledge.search("I would like a refund of my money").hits[0]

    assert first.answer_id == "r1"
    assert first.phrased is not None
    assert knowledge.search("Do you ship to Canada?").hits[0].phrased is None


@pytest.mark.parametrize(
    ("second", "n_listed"),
    [
        ("The store opens at nine and closes at six on every working day.", 1),
        ("The store opens at nine and closes at six on every  WORKING day!", 1),
        ("Our attic holds a collection of old radios.", 2),
    ],
)
def test_what_says_the_same_is_listed_once(build: Build, make_page: Make, second: str, n_listed: int) -> None:
    first = "The store opens at nine and closes at six on every working day."
    knowledge = build([make_page(text, document_id=text) for text in (first, second)])

    assert len(knowledge.search("When does the store open?").hits) == n_listed


def test_a_price_that_differs_is_no_repetition(build: Build, make_page: Make) -> None:
    knowledge = build(
        [
            make_page(f"The desk lamp with a long arm and a warm light costs {n} EUR a piece.", document_id=n)
            for n in ("79", "99")
        ]
    )

    assert len(knowledge.search("What does the desk lamp cost?").hits) == 2
