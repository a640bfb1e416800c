"""A question with a greeting, a story or a signature around it is the question in it."""

import time
from collections.abc import Callable, Sequence

import pytest

from knowledge import Document, KnowledgeBase
from knowledge.follow_up import Turn
from knowledge.found import FoundAnswer
from knowledge.letters import answer_in_parts, questions_in, read_letter

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]


@pytest.fixture(scope="module")
def ropery(build: Build, make_faq: Make) -> KnowledgeBase:
    return build(
        [
            make_faq("f1", "How long can I return a rope?", "You can return a rope within 30 days."),
            make_faq("f2", "Can I pay by invoice?", "Yes. Companies pay within 14 days."),
            make_faq("f3", "How much is shipping to Norway?", "Shipping to Norway is 9 EUR."),
            make_faq("f4", "What can you do?", "Anything about ropes: ask away."),
        ]
    )


@pytest.mark.parametrize(
    ("letter", "entry"),
    [
        ("Hi there, I hope you are well. Can we pay by invoice? Thanks a lot, Anna", "f2"),
        ("Hello, my name is Per Holm from Fjordtau AS in Bergen. Can we pay by invoice? Best, Per", "f2"),
        (
            "Dear team,\nhow long can I return a rope?\nKind regards\nPer Holm\nHead of Purchasing\n+47 22 00 00 00",
            "f1",
        ),
        (
            "I bought a rope last week for my nephew's birthday, but he broke his arm. "
            "How long do I have to return it?",
            "f1",
        ),
        (
            "thanks for the quick reply! and how long can i return a rope?",
            "f1",
        ),
        ("We sell sails in Oslo. How much is shipping to Norway? Mit freundlichen Grüßen, K. Lie", "f3"),
        ("We live in Denmark. How much is shipping to Norway? It is for my aunt in Bergen.", "f3"),
    ],
)
def test_what_a_letter_asks_is_answered(ropery: KnowledgeBase, letter: str, entry: str) -> None:
    assert [citation.document_id for citation in ropery.answer(letter).citations] == [entry]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("Can I pay by invoice? And how much is shipping to Norway?", ["f2", "f3"]),
        (
            "I have two questions: how long can I return a rope, and can companies pay by invoice?",
            ["f1", "f2"],
        ),
        (
            "how much is shipping to norway and can i pay by invoice and how long can i return a rope",
            ["f3", "f2", "f1"],
        ),
        ("Is the moon round? Can I pay by invoice?", ["f2"]),
    ],
)
def test_each_of_several_questions_is_answered(ropery: KnowledgeBase, text: str, entries: list[str]) -> None:
    answer = ropery.answer(text)

    assert [citation.document_id for citation in answer.citations] == entries
    assert len({answer.text} | {ropery.answer(text, history=[("visitor", "Hello.")]).text}) == 1


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Can I pay by invoice? Do you sell boats in Bergen?", ["Do you sell boats in Bergen?"]),
        (
            "Do you repair sails, how much is shipping to Norway and can I pay by invoice?",
            [],  # one sentence, whose first part no "and" ends
        ),
        (
            "Do you repair sails? How much is shipping to Norway and can I pay by invoice?",
            ["Do you repair sails?"],
        ),
        ("Can I pay by invoice? Reparieren Sie auch alte Segel?", ["Reparieren Sie auch alte Segel?"]),
        ("Can I pay by invoice and can anybody help me?", []),
        ("Can I pay by invoice? Is there a branch in the U.S. Capital?", []),
        ("Why can the shop see where I sail and when I am paying by invoice?", []),
        ("Can I pay by invoice? Is that a good idea?", []),
        ("Can I pay by invoice? Do companies pay within days?", []),
        ("Do you sell boats in Bergen? Do you repair sails?", []),
        ("Can I pay by invoice?", []),
    ],
)
def test_what_of_several_questions_nothing_answers_is_named(
    ropery: KnowledgeBase, text: str, left: list[str]
) -> None:
    assert list(ropery.answer(text).unanswered) == left


def test_one_question_of_several_is_answered_where_all_of_them_together_are_not() -> None:
    def answer(question: str, *, history: Sequence[Turn]) -> FoundAnswer:
        is_known = question.startswith("How long can I return")
        return FoundAnswer(
            kind="faq" if is_known and "moon" not in question else "none",
            confidence=0.9,
            text="Within 30 days." if is_known and "moon" not in question else None,
        )

    found = answer_in_parts("How long can I return a rope? Is there a moon rope?", [], answer)

    assert (found.text, found.unanswered) == ("Within 30 days.", ("Is there a moon rope?",))


def test_what_leans_is_answered_only_where_the_question_before_changes_nothing() -> None:
    def answer(question: str, *, history: Sequence[Turn]) -> FoundAnswer:
        text = (
            "Within 30 days." if "return" in question else "It floats." if not history else "It is returned."
        )
        return FoundAnswer(kind="faq", text=text, confidence=0.9)

    asked = "How long can I return a rope, and does it float?"

    assert answer_in_parts(asked, [], answer).text == "Within 30 days."
    assert "It floats." in str(answer_in_parts(asked.replace("it", "a rope"), [], answer).text)


@pytest.mark.parametrize(
    "letter",
    [
        "We live in Denmark. How much is shipping?",
        "My parcel has not come although I paid weeks ago. What can I do?",
        "My horse ate the label. Is the zoo open?",
        "If my nephew is five, can he sail?",
    ],
)
def test_what_only_seems_to_be_asked_is_not_answered(ropery: KnowledgeBase, letter: str) -> None:
    assert ropery.answer(letter).kind == "none"


@pytest.mark.parametrize(
    ("text", "asked", "told"),
    [
        (
            "Guten Tag, wir sind ein Chor. Gibt es Rabatt? Viele Grüße, Ole",
            "Gibt es Rabatt?",
            "Guten Tag, wir sind ein Chor.",
        ),
        (
            "Bonjour, la corde est trop courte, puis-je la renvoyer ? Cordialement, Luc",
            "puis-je la renvoyer ?",
            "Bonjour, la corde est trop courte,",
        ),
        ("Hola. ¿Hay descuento? Saludos, Inés", "¿Hay descuento?", ""),
        ("Is it strong? I weigh 90 kg. And is it light?", "Is it strong? And is it light?", "I weigh 90 kg."),
    ],
)
def test_a_letter_is_parted(text: str, asked: str, told: str) -> None:
    letter = read_letter(text)

    assert letter is not None
    assert (letter.asked, letter.told) == (asked, told)


@pytest.mark.parametrize(
    "text", ["Is it strong?", "ropes", "We are a choir. We sing.", "If it breaks, can I return it?", ""]
)
def test_a_question_by_itself_and_no_question_are_no_letter(text: str) -> None:
    assert read_letter(text) is None


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "Haben Sie Seile und wie lange dauert der Versand?",
            ["Haben Sie Seile", "wie lange dauert der Versand?"],
        ),
        (
            "Puis-je payer par facture et combien coûte la livraison ?",
            ["Puis-je payer par facture", "combien coûte la livraison ?"],
        ),
        ("¿Puedo devolverla y cuánto cuesta?", ["¿Puedo devolverla", "cuánto cuesta?"]),
        ("Can I return a rope and get the money back?", ["Can I return a rope and get the money back?"]),
        (
            "What is the difference between ropes and lines?",
            ["What is the difference between ropes and lines?"],
        ),
    ],
)
def test_questions_that_are_joined_are_parted(text: str, questions: list[str]) -> None:
    assert questions_in(text) == questions


@pytest.mark.parametrize(
    "part", ["\n", " ", ".", "? ", ",", "\n \n", "and ", "best ", "hi ", "!\n", "? hi, "]
)
def test_the_longest_letter_is_parted_in_time(part: str) -> None:
    text = ("Is it strong?" + part * 4_000)[:3_999] + "x"
    started = time.thread_time()  # what others do on this machine takes none of it

    questions_in(text)

    assert time.thread_time() - started < 1.0
