"""PDF files: pages, headings, running heads, divided words, and what cannot be read."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import Document, Embedder, LoadedSource, load_folder, split_documents
from knowledge.limits import MIB
from tests.knowledge.pdf_files import Word, flate, pdf_of_contents, pdf_of_lines, pdf_of_stream, stream


def load(folder: Path, content: bytes) -> LoadedSource:
    (folder / "user-guide.pdf").write_bytes(content)
    (loaded,) = load_folder(folder)
    return loaded


def only(loaded: LoadedSource) -> Document:
    (document,) = loaded.documents
    return document


def body(*lines: str) -> list[Word]:
    return [(11, line) for line in lines]


def test_a_passage_says_its_page(folder: Path, embedder: Embedder) -> None:
    document = only(load(folder, pdf_of_lines(body("We never close."), body("Parcels take two days."))))

    first, second = split_documents([document], embedder=embedder)

    assert (first.section, first.text) == ("Page 1", "We never close.")
    assert (second.section, second.text, second.url) == ("Page 2", "Parcels take two days.", None)


def test_a_pdf_whose_address_is_known_is_opened_at_the_page(folder: Path, embedder: Embedder) -> None:
    content = pdf_of_lines(body("We never close."), [(16, "Shipping"), *body("Parcels take two days.")])
    document = replace(only(load(folder, content)), url="https://x.test/guide.pdf")

    passages = split_documents([document], embedder=embedder)

    assert [(p.section, p.url) for p in passages] == [
        ("Page 1", "https://x.test/guide.pdf#page=1"),
        ("Page 2 > Shipping", "https://x.test/guide.pdf#page=2"),
    ]


def test_its_own_title_else_its_file_name_titles_it(folder: Path) -> None:
    assert only(load(folder, pdf_of_lines(body("Text."), title="The Guide"))).title == "The Guide"
    assert only(load(folder, pdf_of_lines(body("Text.")))).title == "User guide"


def test_words_divided_at_a_lines_end_are_joined_and_hyphens_kept(folder: Path) -> None:
    lines = body("The battery is instal-", "led by a well-known", "firm from Berlin-", "Mitte.")

    document = only(load(folder, pdf_of_lines(lines)))

    assert document.text == "## Page 1\n\nThe battery is installed by a well-known\nfirm from Berlin-\nMitte."


def test_large_letters_are_a_heading_and_bullets_a_list(folder: Path) -> None:
    lines = [(16, "Care"), *body("Wash the cover at 30 degrees.", "• Never bleach.", "• Never iron.")]

    document = only(load(folder, pdf_of_lines(lines)))

    assert document.text == (
        "## Page 1\n\n### Care\n\nWash the cover at 30 degrees.\n- Never bleach.\n- Never iron."
    )


def test_what_stands_on_every_page_is_said_on_none(folder: Path) -> None:
    pages = [
        body("Harbour Bikes", f"Fact {name} is on this page.", f"Page {number} of 5")
        for number, name in enumerate("abcde", start=1)
    ]

    document = only(load(folder, pdf_of_lines(*pages)))

    assert "Harbour" not in document.text
    assert "of 5" not in document.text
    assert document.text.count("is on this page.") == 5


def test_a_scan_is_told_to_be_recognised(folder: Path) -> None:
    loaded = load(folder, pdf_of_stream(stream(b"q 1 0 0 1 0 0 cm Q")))

    assert [(f.code, "OCR" in f.message) for f in loaded.failures] == [("no_text", True)]


@pytest.mark.slow
def test_a_page_that_cannot_be_read_is_named_and_the_others_are_loaded(folder: Path) -> None:
    first, third = (stream(b"BT /F1 11 Tf 50 700 Td (%s) Tj ET" % text) for text in (b"One.", b"Three."))
    bomb = flate(b" " * (80 * MIB))

    loaded = load(folder, pdf_of_contents(first, bomb, third))

    assert only(loaded).text == "## Page 1\n\nOne.\n\n## Page 3\n\nThree."
    assert [(f.code, f.message[:6]) for f in loaded.failures] == [("broken_page", "Page 2")]


def laid_out(*lines: tuple[int, Sequence[tuple[int, str]]]) -> bytes:
    """Write one page, each line at its height, each of its words at its place."""
    shown = [b"BT /F1 11 Tf"]
    for height, words in lines:
        shown += [b"1 0 0 1 %d %d Tm (%s) Tj" % (left, height, word.encode()) for left, word in words]
    return pdf_of_contents(stream(b"\n".join([*shown, b"ET"])))


def test_a_table_keeps_its_rows_and_cells(folder: Path) -> None:
    rows = [("Plan", "Price per month", "Users"), ("Basic", "9 EUR", "1"), ("Pro", "29 EUR", "up to 10")]
    table = [
        (760 - 16 * number, list(zip((50, 200, 400), row, strict=True))) for number, row in enumerate(rows)
    ]
    text = "We sell plans."
    (folder / "plans.pdf").write_bytes(laid_out((800, [(50, text)]), *table, (680, [(50, "That is all.")])))

    ((document,),) = [loaded.documents for loaded in load_folder(folder)]

    assert "| Plan | Price per month | Users |\n|---|---|---|\n| Basic | 9 EUR | 1 |" in document.text
    assert "| Pro | 29 EUR | up to 10 |\n\nThat is all." in document.text


def test_text_in_two_columns_is_no_table(folder: Path) -> None:
    left = "These are words that run on over the line"
    lines = [(760 - 16 * n, [(50, f"{left} {n}"), (330, f"{left} {n + 9}")]) for n in range(5)]
    (folder / "news.pdf").write_bytes(laid_out(*lines))

    ((document,),) = [loaded.documents for loaded in load_folder(folder)]

    assert "|" not in document.text
