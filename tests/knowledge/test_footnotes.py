"""One footnote for each passage that is quoted, with all that is quoted of it, and no two with one name."""

from collections.abc import Callable

from bot.assemble.live_site import answer_of
from bot.domain.notes import OMITTED
from knowledge import Document, KnowledgeBase
from knowledge.found import cite
from knowledge.read import Quote

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]
RETURNS = """# Shipping and returns

## Shipping

Shipping costs 5 EUR. We ship with the post. Parcels leave us on the next working day.

## Returns

You may return a lamp within 30 days.
"""


def test_two_quotes_of_a_passage_are_one_note_and_two_sections_have_two_names(
    build: Build, make_page: Make
) -> None:
    base = build(
        [make_page(RETURNS, title="Shipping and returns", url="https://x.test/help")], answer_from=0.0
    )
    passages = list(base.passages)
    shipping, returns = (
        next(one for one in passages if (one.section or "").endswith(name))
        for name in ("Shipping", "Returns")
    )
    said = ("Shipping costs 5 EUR.", "Parcels leave us on the next working day.", "You may return a lamp")
    quoted = [
        (passage, Quote(text=text, start=RETURNS.index(text), end=RETURNS.index(text) + len(text)))
        for passage, text in zip((shipping, shipping, returns), said, strict=True)
    ]
    found = base.answer("How much is shipping?")
    one = type(found)(kind="extracted", text="…", confidence=1.0, citations=cite(quoted, base.passages))

    shipped, returned = answer_of(one).citations

    assert (shipped.n, shipped.title, shipped.quote) == (
        1,
        "Shipping and returns – Shipping",
        f"{said[0]}{OMITTED}{said[1]}",
    )
    assert shipped.link is not None
    assert shipped.link.count("text=") == 2
    assert (returned.n, returned.title, returned.quote) == (2, "Shipping and returns – Returns", said[2])


def test_a_note_has_a_section_only_where_a_title_is_not_enough(build: Build, make_page: Make) -> None:
    base = build([make_page(RETURNS, title="Help", url="https://x.test/help")], answer_from=0.0)

    (note,) = answer_of(base.answer("Within how many days may I return a lamp?")).citations

    assert (note.n, note.title) == (1, "Help")
