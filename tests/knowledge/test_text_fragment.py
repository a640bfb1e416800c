"""Links that open at the quoted words, checked with a reader of the directive written from its specification."""

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest

from knowledge import Document, DocumentKind, Embedder, KnowledgeBase, split_documents
from knowledge.text_fragment import place_link

Make = Callable[..., Document]
Build = Callable[..., KnowledgeBase]
GUIDE = """# Boats

## Hire

You may hire a boat by the hour. Bring a coat. You may hire a boat by the day, too, for less than all its hours.

You may **swim** at the [pier](https://x.test/pier).

## Prices

| Boat | Hour | Day |
|---|---|---|
| Heron | €9 | €40 |
| Teal | €9 | €40 |

1. Sign the paper
2. Take the oars

## Return

Bring a coat. Salt, rope & twine - all of it, "clean"!
"""
SHOWN = (
    "Boats Hire You may hire a boat by the hour. Bring a coat. You may hire a boat by the day, too, for less than all"
    " its hours. You may swim at the pier. Prices Boat Hour Day Heron €9 €40 Teal €9 €40 Sign the paper Take the oars"
    ' Return Bring a coat. Salt, rope & twine - all of it, "clean"!'
)


def opened(link: str) -> tuple[int, str]:
    """Return where a browser that shows `SHOWN` would go, and the words it would mark."""
    parts = link.split(":~:text=")[1].split(",")
    prefix = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    suffix = unquote(parts.pop()[1:]) if parts[-1].startswith("-") else ""
    terms = [re.escape(unquote(part)) for part in parts]
    before = rf"(?<!\w){re.escape(prefix)}\s+" if prefix else ""
    after = rf"(?!\w)\s+{re.escape(suffix)}" if suffix else ""
    wanted = ".*?".join(rf"(?<!\w){term}(?!\w)" for term in terms)
    found = re.search(f"{before}({wanted}){after}", SHOWN, re.IGNORECASE)
    assert found, link
    return found.start(1), found.group(1)


@pytest.mark.parametrize(
    ("quote", "shown", "nth"),
    [
        ("You may hire a boat by the hour.", "You may hire a boat by the hour.", 0),
        ("Bring a coat.", "Bring a coat.", 0),
        (
            "You may hire a boat by the day, too, for less than all its hours.",
            "You may hire a boat by the day, too, for less than all its hours.",
            0,
        ),
        ("You may **swim** at the [pier](https://x.test/pier).", "You may swim at the pier.", 0),
        ("| Teal | €9 | €40 |", "Teal €9 €40", 0),
        ("2. Take the oars", "Take the oars", 0),
        ('Salt, rope & twine - all of it, "clean"!', 'Salt, rope & twine - all of it, "clean"!', 0),
    ],
)
def test_a_link_opens_at_the_quoted_words(
    embedder: Embedder, make_page: Make, quote: str, shown: str, nth: int
) -> None:
    passages = split_documents(
        [make_page(GUIDE, title="Boats", url="https://x.test/boats")], embedder=embedder
    )
    passage = next(p for p in passages if quote in p.text)
    start = passage.text.index(quote)

    link = place_link(passage, start, start + len(quote), passages)

    assert link is not None
    assert link.startswith("https://x.test/boats#:~:text=")
    assert opened(link) == (SHOWN.index(shown), shown)


def test_words_that_stand_twice_are_told_apart(embedder: Embedder, make_page: Make) -> None:
    passages = split_documents(
        [make_page(GUIDE, title="Boats", url="https://x.test/boats", anchors={"Return": "return"})],
        embedder=embedder,
    )
    passage = passages[-1]
    start = passage.text.index("Bring a coat.")

    link = place_link(passage, start, start + 13, passages)

    assert link == "https://x.test/boats#return:~:text=Return-,Bring%20a%20coat."
    assert opened(link)[0] == SHOWN.rindex("Bring a coat.")


def test_what_has_a_meaning_in_the_directive_is_encoded(build: Build, make_page: Make) -> None:
    page = make_page("Salt-free, rope & twine are sold here.", url="https://x.test/shop?a=1")

    (citation,) = build([page]).answer("Where are salt-free rope and twine sold?").citations

    assert citation.url == "https://x.test/shop?a=1"
    assert citation.link == (
        "https://x.test/shop?a=1#:~:text=Salt%2Dfree%2C%20rope%20%26%20twine%20are%20sold%20here."
    )


@pytest.mark.parametrize(
    ("url", "link"),
    [
        (None, None),
        ("https://x.test/terms.pdf#page=3", "https://x.test/terms.pdf#page=3"),
        ("https://x.test/terms.PDF?v=2", "https://x.test/terms.PDF?v=2"),
        ("mailto:desk@x.test", "mailto:desk@x.test"),
        ("/boats", "/boats#:~:text=We%20sell%20oars."),
    ],
)
def test_a_fragment_is_given_to_pages_only(
    embedder: Embedder, make_page: Make, url: str | None, link: str | None
) -> None:
    (passage,) = split_documents([make_page("We sell oars.", url=url)], embedder=embedder)

    assert place_link(passage, 0, len(passage.text), [passage]) == link


def test_an_entry_is_not_told_apart_from_its_own_pieces(build: Build) -> None:
    text = " ".join(f"Rule {n} is that boat {n} must be dry." for n in range(60))
    entry = Document(
        document_id="e",
        source="faq.csv",
        kind=DocumentKind.FAQ,
        title="Which rules are there for boats?",
        text=text,
        url="https://x.test/rules",
        questions=("Which rules are there for boats?",),
    )

    answer = build([entry]).answer("Which rules are there for boats?")

    assert all("-," not in (citation.link or "") for citation in answer.citations)
