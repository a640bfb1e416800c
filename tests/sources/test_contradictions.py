"""What counts as a contradiction, and what only looks like one: each pair stands in two places of one site."""

from collections.abc import Sequence

import pytest

from bot.sources import find_contradictions
from knowledge import Document, DocumentKind, Embedder, split_documents

Pair = tuple[Document, ...]


def page_of(name: str, text: str, title: str) -> Document:
    return Document(
        document_id=name, source=name, kind=DocumentKind.PAGE, title=title, text=text, is_markdown=True
    )


def faq_of(name: str, question: str, answer: str) -> Document:
    return Document(
        document_id=name,
        source="faq.csv",
        kind=DocumentKind.FAQ,
        title=question,
        text=answer,
        questions=(question,),
    )


def product_of(name: str, title: str, text: str, **attributes: str) -> Document:
    return Document(
        document_id=name,
        source="products.csv",
        kind=DocumentKind.PRODUCT,
        title=title,
        text=text,
        attributes=attributes,
    )


def two(first: str, second: str, title: str = "Shipping", other: str = "Orders") -> Pair:
    return page_of("a.md", first, title), page_of("b.md", second, other)


def values(documents: Sequence[Document], embedder: Embedder) -> list[tuple[str, str]]:
    passages = split_documents(documents, embedder=embedder)
    return [
        (found.first_value, found.second_value)
        for found in find_contradictions(passages, embedder.embed, language="en")
    ]


CONTRADICTIONS: list[Pair] = [
    two("Delivery takes 3–5 days.", "Delivery takes 7 days."),
    two("Pro costs $29/month.", "Pro costs $39/month.", "Pricing", "Plans"),
    two("The Pro plan costs $29 per month.", "The Pro plan is $39 a month.", "Pricing", "FAQ"),
    two("We are open until 18:00.", "We are open until 19:00.", "Contact", "About us"),
    two("The free trial lasts 14 days.", "You get a 30-day free trial.", "Trial", "Getting started"),
    two(
        "You may upload files of up to 10 MB.", "The maximum upload file size is 25 MB.", "Limits", "Uploads"
    ),
    two("Uploads are limited to 10 MB.", "Uploads may have up to 25 MB.", "Limits", "FAQ"),
    two("The summer sale ends on 31 August.", "The summer sale ends on 15 September.", "News", "Offers"),
    two("We were founded in 2011.", "The company was founded in 2013.", "About us", "Press"),
    two("You can return goods within 30 days.", "Goods can be returned within 14 days.", "Returns", "Help"),
    two(
        "The API allows 600 requests per minute.",
        "The API is limited to 300 requests per minute.",
        "API",
        "Limits",
    ),
    two("Every team may have up to 10 members.", "A team can have at most 25 members.", "Teams", "Plans"),
    two("You save 20 % with yearly billing.", "Yearly billing saves you 15 %.", "Pricing", "FAQ"),
    two("Orders over €50 ship free.", "Shipping is free for orders over €75.", "Shipping", "Terms"),
    two("The battery charges in four hours.", "Charging the battery takes 6 hours.", "Battery", "Manual"),
    two("The warranty lasts 2 years.", "We give a warranty of 3 years.", "Warranty", "Terms"),
    two("The city bike weighs 14 kg.", "The weight of the city bike is 16 kg.", "Bikes", "Data"),
    two("Backups are kept for 30 days.", "We keep backups for 90 days.", "Security", "FAQ"),
    two("Support replies within 24 hours.", "Support responds within 2 days.", "Support", "Contact"),
    two(
        "| Plan | Price | Projects |\n|---|---|---|\n| Starter | $19 | 3 |\n| Pro | $29 | 10 |",
        "| Plan | Price |\n|---|---|\n| Starter | $19 |\n| Pro | $39 |",
        "Pricing",
        "Compare",
    ),
    two(
        "| Plan | Projects |\n|---|---|\n| Pro | 10 |",
        "| Plan | Projects |\n|---|---|\n| Pro | 15 |",
        "Pricing",
        "Compare",
    ),
    two("| Plan | Price |\n|---|---|\n| Pro | $29/month |", "Pro costs $39 per month.", "Pricing", "Welcome"),
    (
        faq_of("t", "How long is the free trial?", "14 days."),
        page_of("b.md", "The free trial lasts 30 days.", "Getting started"),
    ),
    (
        product_of("c", "City bike", "A light bike for town.", price="900", currency="EUR"),
        page_of("b.md", "The city bike costs 950 euros.", "Welcome"),
    ),
    two("We are open from 9:00 to 18:00.", "We are open from 10:00 to 18:00.", "Contact", "Visit us"),
    two("A session expires after 30 minutes.", "Sessions expire after an hour.", "Security", "Login"),
    two(
        "Passwords need at least 8 characters.",
        "A password needs at least 12 characters.",
        "Security",
        "Account",
    ),
    two(
        "You can cancel up to 14 days before the end of the term.",
        "You can cancel up to 30 days before the end of the term.",
        "Terms",
        "FAQ",
    ),
    two("The deposit is 100 euros.", "The deposit is 150 euros.", "Rental", "Terms"),
]

INNOCENT: list[Pair] = [
    two("Standard delivery takes 5 days.", "Express delivery takes 1 day."),
    two("Pro costs $29/month.", "Starter costs $19/month.", "Pricing", "Plans"),
    two("It costs $29/month.", "It costs $19/month.", "Pro", "Starter"),
    two("It costs $29/month.", "It costs $19/month.", "Red boots", "Blue boots"),
    two("The free trial lasts 14 days.", "The free trial lasts 30 days.", "Starter plan", "Business plan"),
    two("Delivery takes 3 days.", "Delivery takes up to 7 days."),
    two("Delivery takes one week.", "Delivery takes 7 days."),
    two("The term is 12 months.", "The term is one year.", "Terms", "FAQ"),
    two("The warranty lasts 24 months.", "The warranty lasts 2 years.", "Terms", "FAQ"),
    two("Delivery takes 3 days.", "Delivery to islands takes 10 days."),
    two("Delivery takes 3 days.", "Delivery takes 10 days.", "Shipping", "Shipping to islands"),
    two("Delivery to France takes 3 days.", "Delivery to Spain takes 5 days."),
    two("Delivery takes 3 days.", "Delivery takes 5 days.", "France", "Spain"),
    two("In 2024 we shipped 500 parcels.", "In 2025 we shipped 800 parcels.", "News", "About us"),
    two("Pro costs $29 per month.", "Pro costs $290 per year.", "Pricing", "Plans"),
    two("Pro costs $29 per month.", "Pro costs 27 euros per month.", "Pricing", "Plans"),
    two("You can return goods within 30 days.", "We refund goods within 5 days.", "Returns", "Help"),
    two("The shop opens at 9:00.", "The shop closes at 18:00.", "Visit", "Contact"),
    two("We are open until 18:00 on weekdays.", "We are open until 14:00 on Saturdays.", "Visit", "Contact"),
    two(
        "A password needs at least 8 characters.",
        "A password may have at most 64 characters.",
        "Login",
        "Security",
    ),
    two("The 10 GB plan costs $5.", "The 20 GB plan costs $9.", "Storage", "Plans"),
    two("The warranty on batteries is 2 years.", "The warranty on frames is 5 years.", "Terms", "FAQ"),
    two("The warranty is 2 years.", "The warranty is 5 years.", "Batteries", "Frames"),
    two("The warranty is 2 years.", "The warranty is 5 years.", "Battery warranty", "Frame warranty"),
    (
        faq_of("a", "How long is the warranty on batteries?", "The warranty is 2 years."),
        faq_of("b", "How long is the warranty on frames?", "The warranty is 5 years."),
    ),
    (
        faq_of("a", "How long is the warranty on batteries?", "2 years."),
        page_of("b.md", "The warranty is 5 years.", "Warranty"),
    ),
    (
        product_of("c", "City bike", "For town.", price="900", currency="EUR"),
        product_of("d", "Cargo bike", "For loads.", price="1900", currency="EUR"),
    ),
    (product_of("c", "City bike", "It weighs 14 kg."), product_of("d", "Cargo bike", "It weighs 24 kg.")),
    two(
        "| Plan | Price |\n|---|---|\n| Starter | $19 |\n| Pro | $29 |\n| Business | $99 |",
        "Starter costs $19.",
    ),
    two("| Month | Visitors |\n|---|---|\n| May | 100 |", "| Month | Visitors |\n|---|---|\n| June | 120 |"),
    two("Version 2.3 needs Python 3.10.", "Version 2.4 needs Python 3.11.", "Install", "Upgrade"),
    two("Orders over €50 ship free.", "Orders over €100 get a free gift."),
    two("Call us on +49 30 1234567.", "Call us on +49 30 7654321.", "Berlin", "Munich"),
    two("We usually reply within 24 hours.", "We usually reply after about 3 hours.", "Contact", "Support"),
    two("The battery lasts about 80 km.", "The battery lasts 75 km.", "Battery", "FAQ"),
    two("Students pay $9 per month.", "Companies pay $29 per month.", "Pricing", "FAQ"),
    two(
        "For example, a team of 5 people pays $50.",
        "For example, a team of 10 people pays $100.",
        "Pricing",
        "FAQ",
    ),
    two("Previously the trial lasted 30 days.", "The trial lasts 14 days.", "News", "FAQ"),
    two("How do I get 10 MB more?", "Uploads may have 25 MB.", "FAQ", "Limits"),
    two("The first month costs $1.", "Every month costs $29.", "Pricing", "FAQ"),
    two("The workshop starts on 3 May.", "The workshop ends on 5 May.", "Events", "News"),
    two("The rain jacket comes in 5 colours.", "The rain jacket comes in 3 sizes.", "Jackets", "Shop"),
    two("Pro includes 10 projects.", "Pro includes 5 users.", "Pricing", "Plans"),
    two("Delivery takes 3 working days.", "Delivery takes 5 days."),
    two("A photo may have 10 MB.", "A video may have 500 MB.", "Limits", "Uploads"),
    two("You need at least 2 GB of memory.", "You need at least 10 GB of disk.", "Install", "Requirements"),
    two("Pro costs from $25 per month.", "Pro costs $29 per month.", "Pricing", "Plans"),
    two("Step 3 takes 5 minutes.", "Step 4 takes 10 minutes.", "Setup", "Guide"),
    two("The rental costs €15 a day.", "The rental costs €60 a week.", "Rental", "FAQ"),
    two("Cancel 14 days before your stay.", "Cancel 14 days after your booking.", "Terms", "FAQ"),
    two("The trial does not last 14 days.", "The trial lasts 30 days.", "Terms", "FAQ"),
    two("Small parcels cost €4.", "Large parcels cost €9."),
    two("Room 12 has 4 beds.", "Room 14 has 6 beds.", "Rooms", "Hostel"),
    two("The museum has 12 rooms.", "The hotel has 40 rooms.", "Museum", "Hotel"),
    two("Adults pay 12 euros.", "Children pay 6 euros.", "Tickets", "Visit"),
    two("The ticket costs 12 euros.", "The ticket costs 6 euros.", "Adults", "Children"),
]


def said(pair: Pair) -> str:
    return " / ".join(document.text.replace("\n", " ") for document in pair)


@pytest.mark.parametrize("pair", CONTRADICTIONS, ids=said)
def test_the_same_said_with_another_figure_is_one_contradiction(pair: Pair, real_embedder: Embedder) -> None:
    assert len(values(pair, real_embedder)) == 1


@pytest.mark.parametrize("pair", INNOCENT, ids=said)
def test_what_differs_for_a_reason_is_none(pair: Pair, real_embedder: Embedder) -> None:
    assert values(pair, real_embedder) == []


def test_all_innocent_sentences_in_one_site_stay_innocent(real_embedder: Embedder) -> None:
    """Neighbours must not make anything guilty: names learnt from one page are names on all."""
    documents = [
        page_of(f"{number}.md", document.text, f"{document.title} {chr(65 + number % 26)}{number}")
        for number, pair in enumerate(INNOCENT[:8])
        for document in pair[:1]
        if document.kind is DocumentKind.PAGE
    ]

    assert values(documents, real_embedder) == []


def test_the_figures_that_differ_are_said_as_they_stand(real_embedder: Embedder) -> None:
    pair = two("Delivery takes 3–5 days.", "Delivery takes seven days.")

    assert values(pair, real_embedder) == [("3–5 days", "seven days")]


def test_a_figure_that_many_places_give_their_own_of_is_a_list(real_embedder: Embedder) -> None:
    pages = [page_of(f"{n}.md", f"The deposit is {n}0 euros.", "Rental") for n in range(1, 5)]

    assert values(pages, real_embedder) == []
