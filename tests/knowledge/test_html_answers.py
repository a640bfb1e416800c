"""Questions and answers that a page marks as such become FAQ entries; the rest stays its text."""

import json
from pathlib import Path

import pytest

from knowledge import Document, DocumentKind, load_folder

HEAD = "<title>Help</title><link rel='canonical' href='https://x.test/help'>"
PROSE = "<p>We help everybody who writes to us, on the same day and without a machine in between.</p>" * 4


def load(folder: Path, html: str) -> tuple[Document, ...]:
    (folder / "help.html").write_text(html)
    (loaded,) = load_folder(folder)
    assert loaded.failures == ()
    return loaded.documents


def answers(documents: tuple[Document, ...]) -> dict[str, str]:
    return {document.title: document.text for document in documents if document.kind is DocumentKind.FAQ}


def linked_data(*entries: tuple[str, str], wrap: bool = False) -> str:
    page: object = {
        "@type": "FAQPage",
        "mainEntity": [
            {"@type": "Question", "name": name, "acceptedAnswer": {"@type": "Answer", "text": text}}
            for name, text in entries
        ],
    }
    data = {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, page]} if wrap else page
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize("wrap", [False, True])
def test_linked_data_is_read_without_its_markup(folder: Path, wrap: bool) -> None:
    data = linked_data(("Are you open?", "<p>Yes, <b>always</b>.</p>"), ("Empty?", ""), wrap=wrap)

    documents = load(folder, HEAD + data + PROSE)

    page, entry = documents
    assert (entry.document_id, entry.title, entry.text) == (
        "help.html#are-you-open",
        "Are you open?",
        "Yes, always.",
    )
    assert (entry.questions, entry.url) == (("Are you open?",), "https://x.test/help")
    assert page.kind is DocumentKind.PAGE


def test_what_folds_out_is_an_answer_and_no_longer_in_the_text(folder: Path) -> None:
    fold = "<details id='late'><summary>How <i>late</i> can I call?</summary><p>Until eight.</p></details>"

    page, entry = load(folder, HEAD + f"<main>{PROSE}{fold}</main>")

    assert (entry.title, entry.text) == ("How late can I call?", "Until eight.")
    assert entry.url == "https://x.test/help#late"
    assert "Until eight" not in page.text
    assert "We help everybody" in page.text


def test_folds_in_folds_are_answers_of_their_own(folder: Path) -> None:
    inner = "<details><summary>By parcel?</summary>Five euros.</details>"

    documents = load(folder, f"<details><summary>Shipping?</summary><p>It costs.</p>{inner}</details>")

    assert answers(documents) == {"By parcel?": "Five euros.", "Shipping?": "It costs."}
    assert len(documents) == 2


def test_terms_of_a_definition_list_are_phrasings_of_what_defines_them(folder: Path) -> None:
    sql = "<dt>SQL</dt><dt>Sales qualified lead</dt><dd>Ready to buy.</dd>"

    documents = load(folder, f"<dl>{sql}<dt>MQL</dt><dd>One.</dd><dd>Two.</dd></dl>")

    assert answers(documents) == {"SQL": "Ready to buy.", "MQL": "One.\n\nTwo."}
    assert documents[0].questions == ("SQL", "Sales qualified lead")


def test_menus_are_no_answers(folder: Path) -> None:
    menu = "<nav><details><summary>Products</summary><a href='/a'>A</a></details></nav>"

    (page,) = load(folder, menu + PROSE)

    assert page.kind is DocumentKind.PAGE


def test_a_question_marked_twice_is_one_entry(folder: Path) -> None:
    fold = "<details><summary>Are you open?</summary>Yes.</details>"

    documents = load(folder, linked_data(("Are you open?", "Yes.")) + fold + PROSE)

    assert answers(documents) == {"Are you open?": "Yes."}


def test_one_question_with_two_answers_is_two_entries(folder: Path) -> None:
    html = "".join(f"<details><summary>How much?</summary>{price}</details>" for price in ("Five.", "Six."))

    documents = load(folder, html)

    assert [(document.document_id, document.text) for document in documents] == [
        ("help.html#how-much", "Five."),
        ("help.html#how-much-2", "Six."),
    ]


def test_the_id_of_an_answer_outlives_answers_before_it(folder: Path) -> None:
    late, new = (f"<details><summary>{question}</summary>Text.</details>" for question in ("Late?", "New?"))

    (before,) = load(folder, late)
    after = load(folder, new + late)

    assert before.document_id == "help.html#late"
    assert before in after


def test_broken_linked_data_spoils_nothing(folder: Path) -> None:
    (page,) = load(folder, '<script type="application/ld+json">{"@type": </script>' + PROSE)

    assert "We help everybody" in page.text
