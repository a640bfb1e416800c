"""Lists and tables: answered by the items and rows that are asked for, with the names of the columns."""

from collections.abc import Callable

import pytest

from knowledge import Document, Embedder, KnowledgeBase
from knowledge.cues import Cue, find_cue, holds_cue
from knowledge.limits import LIMITS
from knowledge.loaders.docx import load_docx
from knowledge.loaders.html import read_html
from knowledge.tables import say_row
from tests.knowledge.hostile_files import word

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]
PLANS = """# Tidepool

Tidepool keeps the books of small workshops.

## Plans

| Plan | Price per month | Users | API access |
|---|---|---|---|
| Basic | €9 | 1 | no |
| Pro | €29 | up to 10 | yes |
| Harbour | €99 | | yes |

## Storage

| Storage | Basic | Pro |
|---|---|---|
| Receipts are kept | 2 years | 10 years |
| Attachments | 1 GB | 50 GB |

## Ways to pay

We accept these ways to pay:

- Visa and Mastercard
- Direct debit, in the euro area
- Bank transfer within 14 days

## Set up a workshop

1. Open the settings and choose a name.
2. Invite your colleagues by e-mail.
3. Connect your bank to the workshop.
"""
PRO = "Pro — Price per month: €29, Users: up to 10, API access: yes"


@pytest.fixture(scope="module")
def knowledge(build: Build, make_page: Make, make_faq: Make) -> KnowledgeBase:
    return build(
        [
            make_page(PLANS, title="Tidepool", url="https://x.test/plans"),
            make_faq("f1", "Can I cancel at any time?", "Yes, at the end of each month."),
            make_faq("f2", "Where is my data kept?", "In Frankfurt and Dublin."),
        ],
        answer_from=0.0,
    )


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How much is the Pro plan?", PRO),
        ("does Basic have API access?", "Basic — Price per month: €9, Users: 1, API access: no"),
        ("How much is the Harbour plan?", "Harbour — Price per month: €99, API access: yes"),
        ("How long are receipts kept in Pro?", "Receipts are kept — Basic: 2 years, Pro: 10 years"),
        (
            "What are your prices for plans?",
            f"- Basic — Price per month: €9, Users: 1, API access: no\n- {PRO}\n"
            "- Harbour — Price per month: €99, API access: yes",
        ),
        (
            "Which ways to pay do you accept?",
            "We accept these ways to pay:\n\n- Visa and Mastercard\n- Direct debit, in the euro area\n"
            "- Bank transfer within 14 days",
        ),
        ("Can I pay by direct debit?", "We accept these ways to pay:\n\n- Direct debit, in the euro area"),
        (
            "How do I set up a workshop?",
            "1. Open the settings and choose a name.\n2. Invite your colleagues by e-mail.\n"
            "3. Connect your bank to the workshop.",
        ),
        ("how do I invite colleagues?", "2. Invite your colleagues by e-mail."),
    ],
)
def test_the_rows_or_items_asked_for_are_the_answer(
    knowledge: KnowledgeBase, question: str, text: str
) -> None:
    answer = knowledge.answer(question)

    assert answer.text == text
    assert all(PLANS[c.start : c.end] == c.quote and "Plan |" not in c.quote for c in answer.citations)


def test_a_row_of_a_table_cut_in_pieces_still_knows_its_columns(build: Build, make_page: Make) -> None:
    rows = "\n".join(f"| Crate {n} | {n} kg | shelf {n} of the long hall |" for n in range(70))
    knowledge = build([make_page(f"| Crate | Weight | Place |\n|---|---|---|\n{rows}")])

    answer = knowledge.answer("What is the weight of crate 63?")

    assert answer.text == "Crate 63 — Weight: 63 kg, Place: shelf 63 of the long hall"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("| A | B |\n|---|---|\n| x | 1 |", "x — B: 1"),
        ("| A | B | C |\n|---|---|---|\n| x | | 3 |", "x — C: 3"),
        ("| | B |\n|---|---|\n| x | 1 |", "x — B: 1"),
        ("| A | B |\n|---|---|\n| | 1 |", "B: 1"),
        ("| A | B |\n|---|---|\n| 7 | 1 |", "A: 7, B: 1"),
        ("A | B\n---|---\nx | a \\| b", "x — B: a | b"),
        ("| x | 1 |", None),
    ],
)
def test_a_row_is_said_with_its_columns(table: str, said: str | None) -> None:
    start = table.rfind("\n") + 1

    assert say_row(table, (start, len(table))) == said


def test_html_tables_keep_their_rows_and_ordered_lists_their_numbers() -> None:
    html = (
        "<main><h1>Plans</h1><table><tr><td>Plan</td><td>Price</td></tr><tr><td>Pro</td><td>€29</td></tr></table>"
        "<ol start='4'><li>Open it.</li><li>Press <b>go</b>.</li></ol>"
        "<details><summary>Which plans are there?</summary><table><tr><th>Plan</th><th>Seats</th></tr>"
        "<tr><td>Pro | plus</td><td>5</td></tr></table></details></main>"
    )

    page, entry = read_html("plans.html", f"<html><body>{html}</body></html>").documents

    assert "| Plan | Price |\n|---|---|\n| Pro | €29 |" in page.text
    assert "4. Open it.\n\n5. Press go." in page.text
    assert entry.text == "| Plan | Seats |\n|---|---|\n| Pro \\| plus | 5 |"


def test_an_entry_says_its_table_row_by_row(build: Build) -> None:
    html = (
        "<details><summary>Which plans are there?</summary><p>Two:</p><table><tr><th>Plan</th><th>Seats</th></tr>"
        "<tr><td>Solo</td><td>1</td></tr><tr><td>Crew</td><td>5</td></tr></table></details>"
    )
    knowledge = build(read_html("plans.html", f"<html><body>{html}</body></html>").documents)

    answer = knowledge.answer("Which plans are there?")

    assert (answer.kind, answer.text) == ("faq", "Two:\n\n- Solo — Seats: 1\n- Crew — Seats: 5")


def test_a_word_document_answers_by_its_rows(build: Build) -> None:
    def row(*cells: str) -> str:
        return "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in cells)

    rows = (row("Boat", "Length"), row("Heron", "6 m"), row("Teal", "4 m"))
    body = f"<w:tbl>{''.join(f'<w:tr>{cells}</w:tr>' for cells in rows)}</w:tbl>"

    knowledge = build(load_docx("boats.docx", word(body), limits=LIMITS).documents)

    assert knowledge.answer("What is the length of the Heron?").text == "Heron — Length: 6 m"


@pytest.mark.parametrize(
    ("question", "cue", "sentence", "other"),
    [
        ("How much is the large crate?", Cue.PRICE, "It is €4.", "The large crate is blue."),
        ("Wann macht ihr auf?", Cue.TIME, "Wir öffnen am Dienstag.", "Wir öffnen pünktlich."),
        ("¿Cuántas plazas hay?", Cue.NUMBER, "Hay tres plazas.", "Hay plazas de sobra."),
        ("Who founded Tidepool?", Cue.PERSON, "It was founded by Ada Holm.", "At Tidepool we began small."),
        ("Pourquoi ce prix est-il fixe ?", Cue.PRICE, "Il est de 5 euros.", "Il est fixe."),
        ("Why is it closed?", Cue.REASON, "It is closed because of the snow.", "It is closed."),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(question: str, cue: Cue, sentence: str, other: str) -> None:
    assert find_cue(question) is cue
    assert holds_cue(cue, sentence, question)
    assert not holds_cue(cue, other, question)


def test_the_sentence_with_the_kind_of_thing_asked_for_is_read(
    build: Build, make_page: Make, embedder: Embedder
) -> None:
    text = "The ferry to the island leaves the pier. The ferry to the island is run by Ines Koller."
    knowledge = build([make_page(text)])

    (citation,) = knowledge.answer("Who runs the ferry to the island?").citations

    assert "Ines Koller" in citation.quote


def test_a_page_about_as_near_is_quoted_where_its_sentence_fits_better(build: Build, make_page: Make) -> None:
    first = make_page(
        "The harbour crane was designed for heavy ships. It is red.",
        document_id="a.md",
        title="Harbour crane",
    )
    second = make_page(
        "In the harbour the crane was designed by Ines Koller. She came late.",
        document_id="b.md",
        title="Harbour crane",
    )

    answer = build([first, second]).answer("Who designed the harbour crane?")

    assert [(c.document_id, c.quote[:8]) for c in answer.citations] == [
        ("a.md", "The harb"),
        ("b.md", "In the h"),
    ]


PARTS = "# Spare parts\n\n| Number | Part | Boat | Price |\n|---|---|---|---|\n" + "".join(
    f"| B-{100 * boat + part} | {name} | {title} | {10 * boat + part} EUR |\n"
    for boat, title in enumerate(("Heron", "Wren", "Dipper", "Swift", "Tern", "Gull", "Coot", "Ibis"), 1)
    for part, name in enumerate(("seat", "hatch", "rudder", "skeg", "cleat", "handle", "footrest", "bung"))
)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("What is the price of the rudder for the Wren?", [("B-202", "rudder", "Wren", "22 EUR")]),
        ("how much is the bung of the Ibis", [("B-807", "bung", "Ibis", "87 EUR")]),
        (
            "which spare parts are there for the Swift?",
            [
                (f"B-{400 + at}", part, "Swift", f"{40 + at} EUR")
                for at, part in enumerate(
                    ("seat", "hatch", "rudder", "skeg", "cleat", "handle", "footrest", "bung")
                )
            ],
        ),
    ],
)
def test_the_rows_asked_for_are_found_in_whichever_part_of_a_long_table_they_stand(
    build: Build, make_page: Make, question: str, rows: list[tuple[str, ...]]
) -> None:
    knowledge = build([make_page(PARTS, title="Spare parts")])

    said = (knowledge.answer(question).text or "").split("\n")

    assert len(knowledge.passages) > 3
    assert [line.removeprefix("- ") for line in said] == [
        f"{number} — Part: {part}, Boat: {boat}, Price: {price}" for number, part, boat, price in rows
    ]
