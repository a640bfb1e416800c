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


def values(documents: Sequence[Document], embedder: Embedder, language: str = "en") -> list[tuple[str, str]]:
    passages = split_documents(documents, embedder=embedder)
    return [
        (found.first_value, found.second_value)
        for found in find_contradictions(passages, embedder.embed, language=language)
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
    two(
        "| Plan | Price per month |\n|---|---|\n| Crew | €29 |",
        "The Crew plan costs 35 euros per month.",
        "Pricing",
        "Berths",
    ),
    two(
        "| Plan | Users |\n|---|---|\n| Crew | up to 5 |",
        "Crew allows 10 users at most.",
        "Pricing",
        "Berths",
    ),
    two("Uploads may have up to 20 MB.", "Uploads may have 25 MB at most.", "Limits", "Uploads"),
    (
        faq_of("u", "How big may an upload be?", "Up to 20 MB."),
        page_of("b.md", "Uploads are limited to 25 MB.", "Limits"),
    ),
    two(
        "Monday to Friday: 9:00–18:00\nSaturday: 10:00–14:00",
        "We are open Mon–Fri from 9 am to 5 pm.",
        "Opening hours",
        "About us",
    ),
    two("The winter sale ends on 31.01.2027.", "The winter sale ends on 28 February 2027.", "News", "Offers"),
    two("The winter sale ends on 31/01/2027.", "The winter sale ends on 2027-02-28.", "News", "Offers"),
    two(
        "Die Rückgabe ist innerhalb von 30 Tagen möglich.",
        "Die Rückgabe ist bis 14 Tage möglich.",
        "Versand",
        "AGB",
    ),
    two(
        "Der Laden ist von 9 bis 18 Uhr geöffnet.",
        "Der Laden ist von 9–17 Uhr geöffnet.",
        "Besuch",
        "Kontakt",
    ),
    two("Die Aktion endet am 31. August 2026.", "Die Aktion endet am 15.08.2026.", "Aktionen", "Neues"),
    two(
        "| Tarif | Preis pro Monat |\n|---|---|\n| Crew | 29 € |",
        "Der Tarif Crew kostet 35 € pro Monat.",
        "Tarife",
        "Neues",
    ),
    two("Die Testphase dauert 14 Tage.", "Die Testphase dauert 30 Tage.", "Kontakt", "Tarife"),
    two("Crew ist für höchstens 15 Nutzer.", "Crew ist für bis zu 10 Nutzer.", "Preise", "Tarife"),
    two("La livraison coûte 5 €.", "La livraison coûte 7 €.", "Livraison", "Commandes"),
    two("El envío cuesta 5 euros.", "El envío cuesta 7 euros.", "Envíos", "Pedidos"),
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
    two(
        "| Plan | Price per month |\n|---|---|\n| Crew | €29 |",
        "Crew costs €290 per year.",
        "Pricing",
        "Berths",
    ),
    two("| Plan | Users |\n|---|---|\n| Crew | up to 5 |", "Crew has room for 5 users.", "Pricing", "Berths"),
    two("The kettle weighs 1.5 kg.", "The weight of the kettle is 1500 g.", "Kettle", "Data"),
    two("The sale ends on 31.08.2026.", "The sale ends on 31 August 2026.", "News", "Offers"),
    two("The sale ends on 05/06/2026.", "The sale ends on 5 June 2026.", "News", "Offers"),
    two(
        "Monday to Friday: 9:00–18:00\nSaturday: 10:00–14:00",
        "On Saturdays we are open from 10 am to 2 pm.",
        "Opening hours",
        "About us",
    ),
    two(
        "We are open on weekdays from 9 am to 5 pm.",
        "Our workshop is open Mon–Fri 9:00–18:00.",
        "Visit",
        "Help",
    ),
    two("Die Lieferung dauert 3 bis 5 Tage.", "Die Lieferung dauert höchstens 10 Tage.", "Versand", "AGB"),
    two("Die Lieferung dauert 3 Tage.", "Die Lieferung dauert 5 Tage.", "Deutschland", "Österreich"),
    two("Die Lieferung nach Wien dauert 3 Tage.", "Die Lieferung nach Rom dauert 5 Tage.", "Versand", "AGB"),
    two(
        "Der Laden ist von 9 bis 18 Uhr geöffnet.",
        "Der Laden ist von 9:00 bis 18:00 geöffnet.",
        "Besuch",
        "Kontakt",
    ),
    two("Das Zelt kostet 90 €.", "Der Kocher kostet 40 €.", "Preise", "Laden"),
    two("Es kostet 90 €.", "Es kostet 40 €.", "Zelt", "Kocher"),
    two("Der Tarif Crew kostet 9 € pro Monat.", "Der Tarif Crew kostet 90 € im Jahr.", "Preise", "Tarife"),
    two("La livraison en France coûte 5 €.", "La livraison en Espagne coûte 7 €.", "Livraison", "Commandes"),
    two("Réponse sous 24 h.", "Nous répondons sous 1 jour.", "Aide", "Contact"),
]


def said(pair: Pair) -> str:
    return " / ".join(document.text.replace("\n", " ") for document in pair)


@pytest.mark.parametrize("pair", CONTRADICTIONS, ids=said)
def test_the_same_said_with_another_figure_is_one_contradiction(pair: Pair, real_embedder: Embedder) -> None:
    assert len(values(pair, real_embedder)) == 1


@pytest.mark.parametrize("pair", INNOCENT, ids=said)
def test_what_differs_for_a_reason_is_none(pair: Pair, real_embedder: Embedder) -> None:
    assert values(pair, real_embedder) == []


def test_what_a_german_page_is_about_may_narrow_what_it_says(real_embedder: Embedder) -> None:
    terms = page_of("agb.md", "Der Versand kostet 5 €.", "AGB")
    bulky, plain = (
        page_of(f"{title}.md", "Der Versand kostet 39 €.", title) for title in ("Sperrgut", "Versand")
    )

    assert values([terms, bulky], real_embedder, "de") == []
    assert values([terms, plain], real_embedder, "de") == [("5 €", "39 €")]


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
