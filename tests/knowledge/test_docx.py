"""Word documents: headings, lists and tables outlive the way through HTML."""

from pathlib import Path

from knowledge import LoadedSource, load_folder
from tests.knowledge.hostile_files import word


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def load(folder: Path, body: str) -> LoadedSource:
    (folder / "terms-of-sale.docx").write_bytes(word(body))
    (loaded,) = load_folder(folder)
    return loaded


def test_headings_and_paragraphs_are_kept(folder: Path) -> None:
    sentence = "We take every bike back within thirty days of its delivery, as long as it was not ridden far."
    body = paragraph("Returns", "Heading1") + paragraph(sentence) * 3 + paragraph("Who pays", "Heading2")

    (document,) = load(folder, body + paragraph("You pay the parcel.")).documents

    assert document.title == "Returns"
    assert sentence in document.text
    assert "## Who pays\n" in document.text
    assert "You pay the parcel." in document.text


def test_a_document_without_headings_is_titled_by_its_file(folder: Path) -> None:
    (document,) = load(folder, paragraph("Just one line.")).documents

    assert (document.title, document.text) == ("Terms of sale", "Just one line.")


def test_a_table_keeps_its_rows(folder: Path) -> None:
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in (("Plan", "Price"), ("Small", "10 euros"), ("Large", "50 euros"))
    )
    intro = paragraph("Prices of our plans, which hold for the whole of this year and for everybody. " * 4)

    (document,) = load(folder, intro + f"<w:tbl>{rows}</w:tbl>").documents

    assert "| Small | 10 euros |" in document.text


def test_a_document_without_text_is_said_so(folder: Path) -> None:
    (failure,) = load(folder, "").failures

    assert failure.code == "empty_document"
