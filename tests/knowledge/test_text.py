"""Sentences, markup, languages, follow-up questions: the small rooms that only look at text."""

import pytest

from knowledge import detect_language
from knowledge.blocks import BlockKind, find_blocks
from knowledge.follow_up import find_shown, find_wordings
from knowledge.plain import show, strip_markdown
from knowledge.sentences import find_sentences
from knowledge.tables import describe_row


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        (
            "Dr. Smith paid 2.50 USD, e.g. on p. 5. Then he left.",
            ["Dr. Smith paid 2.50 USD, e.g. on p. 5.", "Then he left."],
        ),
        ('"Really?" she asked. "Yes."', ['"Really?" she asked.', '"Yes."']),
        ("1. First. 2. Second", ["1. First.", "2. Second"]),
        ("你好。再见。", ["你好。", "再见。"]),
        (
            "Bis 31. August offen. Auf Seite 5. Dann zu.",
            ["Bis 31. August offen.", "Auf Seite 5.", "Dann zu."],
        ),
        ("It weighs 1500 g. J. Holm made it.", ["It weighs 1500 g.", "J. Holm made it."]),
        ("No point\n\nBut two paragraphs", ["No point", "But two paragraphs"]),
        ("Wait... what? See www.x.test/a.b.", ["Wait... what?", "See www.x.test/a.b."]),
        ("  \n ", []),
    ],
)
def test_sentences_are_found(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in find_sentences(text)] == sentences


def test_markup_is_stripped_but_code_keeps_its_characters() -> None:
    text = "## Use `<b>x</b>` and **bold** [docs](https://x.test/a_b)\n\n```html\n<script a=b>\n```\n- *it* is_it_ok"

    assert strip_markdown(text) == "Use <b>x</b> and bold docs <script a=b> it is_it_ok"


def test_prose_is_shown_on_one_line_and_code_as_it_is() -> None:
    assert show("hard\nwrapped") == "hard wrapped"
    assert show("```\na\nb\n```") == "```\na\nb\n```"
    assert show("| A | **5** |\n| B | 6 |") == "A, 5; B, 6"


def test_a_table_row_is_said_with_its_columns() -> None:
    text = "See:\n\n| Plan | Price |\n|---|---:|\n| Small | 10 |\n| Large | 50 |"
    start = text.index("| Large")

    assert describe_row(text, (start, len(text))) == "Plan: Large, Price: 50"
    assert describe_row(text, (0, 4)) is None
    assert describe_row("| a | b |", (0, 9)) is None


def test_blocks_know_their_kind_and_headings() -> None:
    text = "# A\n\nProse.\n\nB\n---\n\n1. one\n2. two. Three.\n\n```\nx\n```\n\n# C\n\n| a |\n|---|\n| 1 |"

    blocks = find_blocks(text, is_markdown=True)

    assert [(b.kind, b.headings) for b in blocks] == [
        (BlockKind.PROSE, ("A",)),
        (BlockKind.LIST, ("A", "B")),
        (BlockKind.CODE, ("A", "B")),
        (BlockKind.TABLE, ("C",)),
    ]
    assert [text[start:end] for start, end in blocks[1].units] == ["1. one", "2. two.", "Three."]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How do I reset my password?", "en"),
        ("Wie kann ich mein Passwort zurücksetzen?", "de"),
        ("¿Cuánto cuesta el plan anual?", "es"),
        ("ok", None),
    ],
)
def test_the_language_is_told_where_it_can_be(text: str, language: str | None) -> None:
    assert detect_language(text) == language


HISTORY = [("visitor", "What does the small plan cost?"), ("bot", "Ten euros.")]


@pytest.mark.parametrize("question", ["and the large one?", "how much?", "Does it work with Shopify?"])
def test_a_question_that_leans_gets_what_was_asked_before(question: str) -> None:
    heaviest = max(find_wordings(question, HISTORY), key=lambda wording: wording.weight)

    assert heaviest.text == f"Ten euros. What does the small plan cost? {question}"


@pytest.mark.parametrize("question", ["Is it possible to pay by invoice?", "Where are your servers located?"])
def test_a_question_that_stands_alone_weighs_most_by_itself(question: str) -> None:
    first, *others = find_wordings(question, HISTORY)

    assert first.text == question
    assert all(other.weight < first.weight / 2 for other in others)


def test_without_history_nothing_is_leaned_on() -> None:
    (only,) = find_wordings("and the large one?", [("bot", "Hello!")])

    assert only.text == "and the large one?"


def test_a_question_asked_again_is_answered_again() -> None:
    assert find_shown("What does the small plan cost", HISTORY).turns == ()
