"""Passages: where they are cut, and that nothing is lost or too long."""

import json
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge import Document, DocumentKind, Embedder, Passage, split_documents

Page = Callable[..., Document]
PARTS = [
    "# Head",
    "## Under the head",
    "A sentence. Another one!",
    "word " * 400,
    "x" * 900,
    "中文字符" * 120,
    "- item\n- item two",
    "```\ncode = 1\n" + "line\n" * 200 + "```",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "> quoted",
    "| the | head |\n|---|---|\n| Oak | " + "It is oiled. " * 200 + "| dry |\n| Ash | white |",
    "| the | head |\n|---|---|\n" + "|" * 900,
]
ROW = "| Plan {n} with a name | {n} euros a month |\n"


def test_a_passage_is_exactly_its_span_of_the_document(embedder: Embedder, make_page: Page) -> None:
    document = make_page("# Guide\n\nFirst. Second.\n\n## Deep\n\n- one\n- two\n\nLast **bold** line.")

    passages = split_documents([document], embedder=embedder)

    assert [(p.section, p.text) for p in passages] == [
        ("", "First. Second."),
        ("Deep", "- one\n- two\n\nLast **bold** line."),
    ]
    assert all(p.text == document.text[p.start : p.end] for p in passages)
    assert passages[1].search_text == "Guide\nDeep\none two Last bold line."


def test_a_passage_links_to_its_heading(embedder: Embedder, make_page: Page) -> None:
    document = make_page("Top.\n\n## Set up\n\nText.", url="https://x.test/g", anchors={"Set up": "set-up"})

    assert [p.url for p in split_documents([document], embedder=embedder)] == [
        "https://x.test/g",
        "https://x.test/g#set-up",
    ]


def test_a_table_and_code_that_fit_are_kept_whole(embedder: Embedder, make_page: Page) -> None:
    filler = "This sentence fills the passage up to its brim. " * 20
    table = "| Plan | Price |\n|---|---|\n" + "".join(ROW.format(n=n) for n in range(9)).rstrip()
    code = "```sh\npip install one\n\n# two\nrun --now\n```"

    passages = split_documents([make_page(f"{filler}\n\n{table}\n\n{filler}\n\n{code}")], embedder=embedder)

    assert sum(table in p.text for p in passages) == 1
    assert sum(code in p.text for p in passages) == 1


def test_a_table_too_big_is_cut_at_rows_and_repeats_its_header_for_the_search(
    embedder: Embedder, make_page: Page
) -> None:
    rows = [ROW.format(n=n).rstrip() for n in range(80)]

    passages = split_documents(
        [make_page("\n".join(["| Plan | Price |", "|---|---|", *rows]))], embedder=embedder
    )

    assert len(passages) > 2
    assert all("Plan , Price" in p.search_text for p in passages)
    assert "\n".join(p.text for p in passages).split("\n")[-80:] == rows


def test_a_row_too_long_is_a_section_that_its_first_cell_names(embedder: Embedder, make_page: Page) -> None:
    row = f"| Oak | {'It is oiled on day one. ' * 60}The oil costs €7. | Ask us! |"
    table = f"| Wood | How | More |\n|---|---|---|\n{row}\n| Ash | Wipe it. | |"

    *pieces, ash = split_documents([make_page(f"# Guide\n\n{table}")], embedder=embedder)

    assert {piece.section for piece in pieces} == {"Oak"}
    quotable = [pieces[-1].text[slice(*unit)] for unit in pieces[-1].units]
    assert quotable[-2:] == ["The oil costs €7.", "Ask us!"]
    assert (ash.section, ash.text) == ("", "| Ash | Wipe it. | |")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(PARTS),
        max_size=8,
    ),
    st.sampled_from(["Title", "", "long title " * 90]),
    st.sampled_from(list(DocumentKind)),
)
def test_no_word_is_lost_and_nothing_searched_is_over_the_models_tokens(
    embedder: Embedder, parts: list[str], title: str, kind: DocumentKind
) -> None:
    text = "\n\n".join(parts)
    document = Document(document_id="d", source="d", kind=kind, title=title, text=text, is_markdown=True)

    passages = split_documents([document], embedder=embedder)

    kept = {at for p in passages for at in range(p.start, p.end)}
    headings = {"Head", "Under", "the", "head", "#", "##", "|", "|---|---|"}
    lost = "".join(c if at not in kept else " " for at, c in enumerate(text)).split()
    assert set(lost) <= headings
    for passage in passages:
        assert embedder.count_tokens(passage.search_text) == passage.n_tokens <= embedder.max_tokens
        assert passage.text == text[passage.start : passage.end]
        assert all(0 <= start < end <= len(passage.text) for start, end in passage.units)
    assert len({p.passage_id for p in passages}) == len(passages)


def test_an_answer_is_shown_whole_and_a_long_one_is_found_by_all_of_it(
    embedder: Embedder, make_page: Page
) -> None:
    text = " ".join(f"Rule {n} says that the parcel goes out on day {n}." for n in range(60))
    document = Document(
        document_id="r1",
        source="f",
        kind=DocumentKind.FAQ,
        title="When?",
        text=text,
        questions=("When?", "How fast?"),
    )

    whole, *further = split_documents([document], embedder=embedder)

    assert (whole.text, whole.questions) == (text, ("When?", "How fast?"))
    assert len(further) > 2
    assert "Rule 59" in further[-1].search_text
    assert all(p.questions == () for p in further)


def test_a_passage_keeps_its_id_when_text_is_added_before_it(embedder: Embedder, make_page: Page) -> None:
    before = split_documents([make_page("## A\n\nOne.\n\n## B\n\nTwo.")], embedder=embedder)
    after = split_documents([make_page("## New\n\nZero.\n\n## A\n\nOne.\n\n## B\n\nTwo.")], embedder=embedder)

    assert [p.passage_id for p in after[1:]] == [p.passage_id for p in before]
    assert [p.content_hash for p in after[1:]] == [p.content_hash for p in before]


def test_a_passage_survives_the_trip_through_a_row(embedder: Embedder, make_page: Page) -> None:
    product = Document(
        document_id="p",
        source="p",
        kind=DocumentKind.PRODUCT,
        title="Sofa",
        text="Soft.",
        attributes={"price": "5"},
    )

    for passage in split_documents([make_page("A. B.\n\n| a |\n|---|\n| 1 |"), product], embedder=embedder):
        assert Passage.from_row(json.loads(json.dumps(passage.to_row()))) == passage
