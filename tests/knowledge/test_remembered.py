"""What is kept because the same is asked again: the same answer, of the same version, and no visitor's words."""

import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from knowledge import KnowledgeBase, scope_of
from knowledge.remembered import Remembered, digest_of

QUESTION = "How long is the guarantee?"
SAID = (("visitor", "Do you sell cargo bikes?"), ("bot", "Yes, the cargo bike costs 3,000 euros."))


@pytest.fixture
def base_of(build: Any, make_faq: Any) -> Callable[[str], KnowledgeBase]:
    other = make_faq("2", "Can I return a bike?", "Within thirty days.")
    return lambda guarantee: build([make_faq("1", QUESTION, guarantee), other])


def test_the_same_question_is_answered_the_same_from_memory(base_of: Callable[[str], KnowledgeBase]) -> None:
    base = base_of("Ten years.")

    before = base.recall(QUESTION)
    answer = base.answer(QUESTION)

    assert before is None
    assert answer.text == "Ten years."
    assert base.recall("How  long is the guarantee? ") is answer


@pytest.mark.parametrize(
    "asked",
    [
        {"history": SAID},
        {"history": SAID[:1]},
        {"scope": scope_of(language="de")},
        {"scope": scope_of(preferred="de")},
        {"scope": scope_of(tags=["bikes"])},
    ],
)
def test_what_an_answer_depends_on_is_not_mixed_up(
    base_of: Callable[[str], KnowledgeBase], asked: dict[str, Any]
) -> None:
    base = base_of("Ten years.")
    base.answer(QUESTION)

    assert base.recall(QUESTION, **asked) is None


def test_another_version_answers_from_itself(base_of: Callable[[str], KnowledgeBase]) -> None:
    base_of("Ten years.").answer(QUESTION)

    now = base_of("Five years.")

    assert now.recall(QUESTION) is None
    assert now.answer(QUESTION).text == "Five years."


def test_no_words_of_a_visitor_stay_in_memory(base_of: Callable[[str], KnowledgeBase]) -> None:
    base = base_of("Ten years.")

    base.answer("How long is the guarantee, asks jo@example.com?", history=[("visitor", "I am Jo Miller")])

    kept = pickle.dumps(base._answers._results)
    assert len(base._answers) == 1
    assert not any(word in kept for word in (b"example.com", b"asks", b"Miller"))


def test_what_was_not_used_for_longest_makes_room() -> None:
    remembered: Remembered[int] = Remembered(2)
    made: list[str] = []

    def length(text: str) -> int:
        made.append(text)
        return len(text)

    for text in ("one", "three", "one", "fifteen", "one", "three"):
        assert remembered.of(text, make=length) == len(text)

    assert made == ["one", "three", "fifteen", "three"]
    assert len(remembered) == 2


def test_several_threads_may_ask_at_once() -> None:
    remembered: Remembered[int] = Remembered(5)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: remembered.of(str(n % 9), make=len), range(5_000)))

    assert set(found) == {1}
    assert len(remembered) == 5


def test_texts_are_told_apart_by_where_they_end() -> None:
    assert digest_of(("ab", "c")) != digest_of(("a", "bc"))
    assert digest_of(("a\ud800",)) == digest_of(("a\ud800",))
