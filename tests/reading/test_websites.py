"""The visitor's own website: what is one, in which words, and which links are not."""

from datetime import timedelta

import pytest

from bot.chat.own_links import without_our_links
from bot.domain.conversation import Author, ConversationId, Message, MessageId
from bot.domain.facts import FactState
from bot.domain.reading import read_message
from tests.reading.conftest import NOW, SLOTS


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("our site is acme.io", "https://acme.io", "acme.io"),
        ("www.acme.de", "https://www.acme.de", "www.acme.de"),
        ("Sure: https://Shop.Acme.com/en/?utm_source=x#top.", "https://shop.acme.com/en", "https://Shop.Acme.com/en/"),
        ("Can you crawl our website www.acme.de?", "https://www.acme.de", "www.acme.de"),
        ("We run acme-bikes.co.uk and have 20 people", "https://acme-bikes.co.uk", "acme-bikes.co.uk"),
        ("Website: acme.io\nBudget: 5k", "https://acme.io", "acme.io"),
        ("My mail is ada@initech.com, our homepage is acme.io", "https://acme.io", "acme.io"),
        ("Unsere Webseite ist müller.de", "https://müller.de", "müller.de"),
        ("Wir betreiben den-laden.de", "https://den-laden.de", "den-laden.de"),
        ("Notre boutique en ligne : lavelo.fr", "https://lavelo.fr", "lavelo.fr"),
        ("Nuestra página web es bici.es", "https://bici.es", "bici.es"),
    ],
)  # fmt: skip
def test_what_a_visitor_calls_their_website_is_read(read, text: str, value: str, words: str) -> None:
    (fact,) = [fact for fact in read(text).facts if fact.slot == "website"]

    assert (fact.value, fact.text) == (value, words)
    assert text[fact.start : fact.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "You can write to ada@acme.io",
        "sam at acme dot com",
        "Is it like acme.io?",
        "We use booking.com and Node.js",
        "Our competitor's site is acme.io",
        "Our old site was acme.io",
        "Our site isn't acme.io",
        "If our site were acme.io, would it work?",
        "My page: https://www.linkedin.com/in/ada-lovelace",
        "Our server is 10.0.0.1",
        "See report.pdf",
    ],
)
def test_other_links_are_no_website(facts, text: str) -> None:
    assert "website" not in facts(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("acme.io", "https://acme.io"),
        ("it's acme dot io", "https://acme.io"),
        ("You'll find everything under http://acme.io/shop", "http://acme.io/shop"),
        ("ada@acme.io", None),
        ("Does it work with acme.io?", None),
    ],
)
def test_asked_for_the_website_any_that_is_told_is_read(facts, text: str, value: str | None) -> None:
    fact = facts(text, asked="website").get("website")

    assert (fact.value if fact is not None and fact.state is FactState.KNOWN else None) == value


@pytest.mark.parametrize(
    "text",
    [
        "We don't have a website yet",
        "Wir haben noch keine Website",
        "Nous n'avons pas de site",
        "No tenemos web",
    ],
)
def test_who_has_no_website_has_none(facts, text: str) -> None:
    assert facts(text)["website"].state is FactState.NONE


def test_the_companys_own_links_are_nobody_elses_website() -> None:
    def said(author: Author, text: str, page: str | None = None) -> Message:
        return Message(
            message_id=MessageId("m"), conversation_id=ConversationId("c"), seq=1, author=author, text=text,
            at=NOW - timedelta(minutes=1), page_url=page,
        )  # fmt: skip

    history = (said(Author.BOT, "See https://www.lantern.example/prices or docs.lantern.io."),)
    for text, page, is_kept in (
        ("https://lantern.example/prices", None, False),
        ("docs.lantern.io/start", None, False),
        ("www.harbour.com", "https://harbour.com/pricing", False),
        ("www.acme.de", "https://harbour.com/pricing", True),
    ):
        message = said(Author.VISITOR, text, page)
        read = read_message(text, slots=SLOTS, asked="website", now=NOW).facts
        assert bool(read), text

        assert bool(without_our_links(read, message, history)) is is_kept, text
