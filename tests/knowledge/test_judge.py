"""The trained reader: it tells an answer from a near miss, points at the place, and keeps to what it knows."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from knowledge import Document, KnowledgeBase
from knowledge.confidence import LOGITS
from knowledge.cross_encoder import CrossEncoder, load_cross_encoder
from knowledge.judge import GAIN, NEUTRAL, entry_may_lead

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]

DELIVERY = (
    "Our van leaves on Tuesdays. Parcels to Norway need nine days. A signature is asked for at the door."
)


@pytest.fixture(scope="module")
def model() -> CrossEncoder:
    return load_cross_encoder()


@pytest.mark.parametrize(
    ("answered", "missed"),
    [
        ("How long do parcels to Norway take?", "How long do parcels to Japan take?"),
        ("When does the van leave?", "Who drives the van?"),
        ("do I have to sign for it", "what does the van weigh"),
    ],
)
def test_what_answers_is_told_from_a_near_miss(model: CrossEncoder, answered: str, missed: str) -> None:
    yes, no = (model.judge(question, [DELIVERY])[0].logit for question in (answered, missed))
    assert yes > no


def test_the_place_of_the_answer_is_found(model: CrossEncoder) -> None:
    (judgement,) = model.judge("How long do parcels to Norway take?", [DELIVERY])
    start = DELIVERY.index("Parcels")
    end = DELIVERY.index(" A signature")
    assert judgement.share_of(start, end) > 0.8
    assert judgement.share_of(0, len(DELIVERY)) == pytest.approx(1, abs=1e-4)
    assert judgement.without(start).share_of(0, end - start) == judgement.share_of(start, end)


@pytest.mark.parametrize("question", ["漢" * 500, "\U0001f600" * 500, "?", "a" * 9000])
@pytest.mark.parametrize("text", ["", "\n", "字" * 5000, "word " * 5000])
def test_any_text_of_any_length_is_read(model: CrossEncoder, question: str, text: str) -> None:
    (judgement,) = model.judge(question, [text])
    assert LOGITS[0] < judgement.logit < LOGITS[1]
    assert 0 <= judgement.share_of(0, len(text)) <= 1.001


def test_texts_read_together_are_judged_as_alone(model: CrossEncoder) -> None:
    question = "When does the van leave?"
    alone = [model.judge(question, [text])[0].logit for text in (DELIVERY, "No vans here.")]
    together = [judgement.logit for judgement in model.judge(question, [DELIVERY, "No vans here."])]
    assert together == pytest.approx(alone, abs=0.5)  # 8-bit scales are found anew for each run


def test_other_languages_are_not_read(build: Build, make_page: Make) -> None:
    german = build([make_page("Der Wagen fährt am Dienstag. Pakete brauchen neun Tage.")], language="de")
    english = build([make_page(DELIVERY)], language="en")
    assert german.search("Wie lange brauchen Pakete?").hits[0].judgement is None
    assert english.search("How long do parcels take?").hits[0].judgement is not None


def test_pages_are_not_read_for_an_entry_that_can_not_lead(
    build: Build, make_faq: Make, make_page: Make
) -> None:
    page, entry = make_page(DELIVERY), make_faq("a", "Do you take cash?", "Yes, at the door.")
    asked = "Do you take cash?"
    pages, both = (
        build(documents, language="en").search(asked).hits for documents in ([page], [page, entry])
    )
    unread = [replace(hit, judgement=None) for hit in both]
    assert not entry_may_lead(pages)
    assert entry_may_lead(unread)
    near = [replace(hit, score=0.5 if hit.question else 0.5 + GAIN * NEUTRAL) for hit in unread]
    assert entry_may_lead(near)
    assert not entry_may_lead([replace(hit, score=hit.score + (not hit.question) * 0.01) for hit in near])


def test_what_an_entry_says_is_read_however_many_phrasings_it_has(build: Build, make_faq: Make) -> None:
    base = build(
        [
            make_faq("a", "When does the van leave?", DELIVERY, "van times"),
            make_faq("b", "Do you take cash?", "Yes, at the door."),
            make_faq("c", "Where are you?", ""),
        ],
        language="en",
    )
    assert base.search("When does the van leave?").hits[0].judgement is not None
    assert base.search("Do you take cash?").hits[0].judgement is not None
    assert base.search("Where are you?").hits[0].judgement is None


@pytest.mark.parametrize(
    ("question", "is_read"), [("and how long?", False), ("When does the van leave the yard?", True)]
)
def test_a_question_that_leans_on_what_was_said_is_not_read(
    build: Build, make_page: Make, question: str, is_read: bool
) -> None:
    base = build([make_page(DELIVERY)], language="en")
    history = [("visitor", "Do you ship to Norway?"), ("bot", "Yes.")]
    assert (base.search(question, history=history).hits[0].judgement is not None) is is_read
