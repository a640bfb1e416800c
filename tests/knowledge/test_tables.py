"""Tables in every format: what they become, and what is said about rows that cannot be used."""

import json
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from knowledge import Document, DocumentKind, LoadedSource, load_folder
from knowledge.links import web_address


def load(folder: Path, name: str, content: str | bytes) -> LoadedSource:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (loaded,) = load_folder(folder)
    return loaded


def only(loaded: LoadedSource) -> Document:
    assert loaded.failures == ()
    (document,) = loaded.documents
    return document


def codes(loaded: LoadedSource) -> list[str]:
    return [failure.code for failure in loaded.failures]


def test_a_table_of_questions_and_answers_is_an_faq(folder: Path) -> None:
    text = "id,question,answer,variants,tags,url\nr1,May I return it?,Within 30 days.,Refund?|Money back?,a;b,https://x.test/r"

    document = only(load(folder, "faq.csv", text))

    assert (document.document_id, document.kind, document.text) == ("r1", DocumentKind.FAQ, "Within 30 days.")
    assert document.questions == ("May I return it?", "Refund?", "Money back?")
    assert (document.tags, document.url) == (("a", "b"), "https://x.test/r")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_is_read_whatever_its_delimiter(folder: Path, delimiter: str) -> None:
    document = only(load(folder, "faq.csv", f"question{delimiter}answer\nOpen?{delimiter}Yes."))

    assert (document.title, document.text) == ("Open?", "Yes.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_whatever_its_encoding(folder: Path, encoding: str) -> None:
    answer = "Größere Möbel kommen über die Straße und natürlich für 20 Euro Gebühr. " * 3
    document = only(load(folder, "faq.csv", f"question,answer\nGröße?,{answer}".encode(encoding)))

    assert document.title == "Größe?"


def test_title_and_text_are_documents(folder: Path) -> None:
    loaded = load(folder, "d.jsonl", json.dumps({"id": 7, "title": "Care", "text": "Wash cold."}))

    document = only(loaded)

    assert (document.document_id, document.kind, document.title) == ("7", DocumentKind.PAGE, "Care")


def test_name_and_description_are_products_with_their_columns(folder: Path) -> None:
    rows = [
        {"name": "Sofa", "description": "Seats three.", "price": 499.0, "currency": "EUR", "for": "families"}
    ]

    document = only(load(folder, "p.json", json.dumps(rows)))

    assert document.kind is DocumentKind.PRODUCT
    assert document.attributes == {"price": "499", "currency": "EUR", "for": "families"}


def test_every_filled_sheet_of_a_workbook_is_read(folder: Path) -> None:
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer)
    for name, rows in {
        "A": [["question", "answer"], ["Q1?", "A1"]],
        "B": [["Name", "Description"], ["N", 5]],
        "C": [],
    }.items():
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    workbook.close()

    loaded = load(folder, "t.xlsx", buffer.getvalue())

    assert [(d.kind, d.title, d.text) for d in loaded.documents] == [
        (DocumentKind.FAQ, "Q1?", "A1"),
        (DocumentKind.PRODUCT, "N", "5"),
    ]


def test_rows_of_one_group_are_phrasings_of_its_first_answer(folder: Path) -> None:
    text = (
        "id,group,question,answer\na,g,Late?,\nb,g,Where is it?,Two days.\nc,g,Slow!,Another.\nd,,Else?,Yes."
    )

    loaded = load(folder, "faq.csv", text)

    late, other = loaded.documents
    assert (late.document_id, late.group, late.text) == ("a", "g", "Two days.")
    assert late.questions == ("Late?", "Where is it?", "Slow!")
    assert other.group is None
    assert loaded.failures == ()


def test_a_group_without_any_answer_is_one_failure_that_names_it(folder: Path) -> None:
    loaded = load(folder, "faq.csv", "group,question,answer\ng,Late?,\ng,Slow?,\n,Else?,Yes.")

    assert codes(loaded) == ["group_without_answer"]
    assert loaded.failures[0].message.startswith("row 2: the group 'g' has no answer")
    assert len(loaded.documents) == 1


def test_rows_that_cannot_be_used_are_named_and_the_others_loaded(folder: Path) -> None:
    text = "id,question,answer\n1,,x\n2,No answer?,\n3,Good?,Yes.\n3,Again?,No.\n4,Split?,a,b,c\n,,\n"

    loaded = load(folder, "faq.csv", text)

    assert [d.document_id for d in loaded.documents] == ["3"]
    assert {(f.code, f.message.split(":")[0]) for f in loaded.failures} == {
        ("empty_row", "row 2"),
        ("empty_row", "row 3"),
        ("duplicate_id", "row 5"),
        ("broken_row", "row 6"),
    }


def test_a_line_that_is_no_json_is_one_failure(folder: Path) -> None:
    loaded = load(
        folder, "d.jsonl", '{"title": "A", "text": "B"}\n{"title": \n[1]\n\n{"title": "C", "text": "D"}'
    )

    assert [d.title for d in loaded.documents] == ["A", "C"]
    assert [f.message.split(":")[0] for f in loaded.failures] == ["row 2", "row 3"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", "colour,size\nred,5", "unknown_columns"),
        ("a.csv", "", "empty_document"),
        ("a.json", "{", "broken_json"),
        ("a.json", "[" * 100_000, "broken_json"),
        ("a.json", "5", "broken_json"),
        ("a.xlsx", "no workbook", "broken_workbook"),
        ("a.csv", b"question,answer\n\x00\x01,\x02", "not_text"),
    ],
)
def test_a_table_that_cannot_be_read_is_one_named_failure(
    folder: Path, name: str, content: str | bytes, code: str
) -> None:
    loaded = load(folder, name, content)

    assert (loaded.source, loaded.documents, codes(loaded)) == (name, (), [code])


def test_an_id_made_from_the_question_outlives_rows_before_it(folder: Path) -> None:
    before = only(load(folder, "faq.csv", "question,answer\nHow late?,Eight."))
    after = load(folder, "faq.csv", "question,answer\nNew?,Yes.\nHow late?,Eight.").documents[1]

    assert before.document_id == after.document_id == "faq.csv#how-late"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", " JavaScript:x"]
)
def test_an_address_that_runs_is_left_out(address: str) -> None:
    assert web_address(address) is None


@pytest.mark.parametrize(
    "address", ["https://a.example/x:y", "/docs/a:b", "mailto:a@b.example", "docs/page.html"]
)
def test_an_address_that_only_leads_somewhere_stays(address: str) -> None:
    assert web_address(address) == address
