"""What is cited for a written sentence is the place in the passage that says it."""

from knowledge.document import DocumentKind, Passage
from knowledge.evidence import find_evidence, find_passages, whole_text
from knowledge.packed import PackedPassages

TEXT = "The workshop opens at eight. It closes at six, on Saturdays at one. Bring your bike by noon."
ENDS = (28, 67, len(TEXT))


def passage(**changes: object) -> Passage:
    units = ((0, ENDS[0]), (ENDS[0] + 1, ENDS[1]), (ENDS[1] + 1, ENDS[2]))
    given = {
        "passage_id": "p1",
        "document_id": "d1",
        "kind": DocumentKind.PAGE,
        "title": "Workshop",
        "section": "Hours",
        "text": TEXT,
        "search_text": TEXT,
        "start": 100,
        "end": 100 + len(TEXT),
        "content_hash": "x",
        "n_tokens": 20,
        "units": units,
    }
    return Passage(**(given | changes))  # type: ignore[arg-type]


def test_the_unit_that_says_it_is_quoted_with_its_place_in_the_document() -> None:
    quote = find_evidence(passage(), "On Saturdays the workshop closes at one.")
    assert quote.text == "It closes at six, on Saturdays at one."
    assert (quote.start, quote.end) == (129, 167)
    assert find_evidence(passage(), "It opens at eight.").text == "The workshop opens at eight."


def test_a_short_answer_is_quoted_whole() -> None:
    assert find_evidence(passage(kind=DocumentKind.FAQ), "It opens at eight.").text == TEXT
    assert find_evidence(passage(units=()), "It opens at eight.").text == TEXT


def test_passages_are_found_by_document_and_id_in_the_order_asked_for() -> None:
    first, second = passage(), passage(passage_id="p2", document_id="d2")
    packed = PackedPassages([first, second])
    found = find_passages(packed, [("d2", "p2"), ("d9", "p9"), ("d1", "p1"), ("d1", "p2")])
    assert [one.passage_id for one in found] == ["p2", "p1"]


def test_a_products_cells_and_a_tables_header_belong_to_what_is_written() -> None:
    product = passage(kind=DocumentKind.PRODUCT, title="City", attributes={"price": "900", "colour": ""})
    assert whole_text(product).splitlines()[:2] == ["City", "price: 900"]
    assert whole_text(passage(lead="| Day | Hours |")).startswith("| Day | Hours |\n")
