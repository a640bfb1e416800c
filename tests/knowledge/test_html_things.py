"""What pages say for machines in schema.org's words: questions, products and businesses, in any of three notations."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge import Document, DocumentKind, KnowledgeBase, load_folder
from knowledge.loaders.html import read_html

Build = Callable[..., KnowledgeBase]

URL = "https://x.test/help"
HEAD = f"<title>Help</title><link rel='canonical' href='{URL}'>"
PROSE = (
    "<p>We build kayaks for everybody who likes quiet water, one after the other, in an old boathouse.</p>"
    * 4
)


def load(html: str, *, lang: str = "en") -> tuple[Document, ...]:
    page = f"<html lang={lang}><head>{HEAD}</head><body>{html}</body></html>"
    return read_html("page.html", page).documents


def linked(*data: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in data)


def entries(documents: tuple[Document, ...]) -> dict[str, str]:
    return {document.title: document.text for document in documents if document.kind is DocumentKind.FAQ}


def wares(documents: tuple[Document, ...]) -> list[Document]:
    return [document for document in documents if document.kind is DocumentKind.PRODUCT]


MICRODATA = """<div itemscope itemtype="https://schema.org/FAQPage"><section id="late" itemscope itemprop="mainEntity"
itemtype="https://schema.org/Question"><h3 itemprop="name">How <i>late</i> can I call?</h3><div itemscope
itemprop="acceptedAnswer" itemtype="https://schema.org/Answer"><div itemprop="text"><p>Until:</p><ul><li>eight</li>
<li>on Sundays six</li></ul></div></div></section></div>"""
RDFA = """<div vocab="https://schema.org/" typeof="FAQPage"><div id="late" property="mainEntity" typeof="Question">
<h3 property="name">How <i>late</i> can I call?</h3><div property="acceptedAnswer" typeof="Answer"><div property="text">
<p>Until:</p><ul><li>eight</li><li>on Sundays six</li></ul></div></div></div></div>"""
ALONE = MICRODATA.replace('itemprop="mainEntity"', "").replace("FAQPage", "WebPage")
FOLDED = (
    '<details id="late" itemscope itemtype="https://schema.org/Question"><summary itemprop="name">How late can I call?'
    '</summary><div itemprop="acceptedAnswer" itemscope itemtype="https://schema.org/Answer"><div itemprop="text">'
    "<p>Until:</p><ul><li>eight</li><li>on Sundays six</li></ul></div></div></details>"
)


@pytest.mark.parametrize(
    "marked", [MICRODATA, RDFA, ALONE, FOLDED], ids=["microdata", "rdfa", "alone", "folded"]
)
def test_a_question_that_is_marked_up_is_an_entry_and_no_longer_in_the_text(marked: str) -> None:
    page, entry = load(f"<main>{PROSE}{marked}</main>")

    assert (entry.document_id, entry.kind, entry.title) == (
        "page.html#how-late-can-i-call",
        DocumentKind.FAQ,
        "How late can I call?",
    )
    assert (entry.text, entry.url) == ("Until:\n\n- eight\n\n- on Sundays six", f"{URL}#late")
    assert "eight" not in page.text
    assert "quiet water" in page.text


def test_of_a_page_for_one_question_the_answer_that_was_accepted_or_liked_most_is_taken() -> None:
    def asked(name: str, **answers: object) -> dict[str, object]:
        return {"@type": "QAPage", "mainEntity": {"@type": "Question", "name": name, **answers}}

    liked = [{"@type": "Answer", "text": text, "upvoteCount": n} for text, n in (("No.", 2), ("Yes.", 12))]
    accepted = {"acceptedAnswer": {"@type": "Answer", "text": "Accepted."}, "suggestedAnswer": liked}

    documents = load(linked(asked("One?", **accepted), asked("Two?", suggestedAnswer=liked)) + PROSE)

    assert entries(documents) == {"One?": "Accepted.", "Two?": "Yes."}


def test_a_question_in_linked_data_leads_to_its_heading() -> None:
    data = {"@type": "FAQPage", "mainEntity": [{"name": "Open?", "acceptedAnswer": {"text": "Always."}}]}

    *_, entry = load(linked(data) + f"<main>{PROSE}<h2 id='open'>Open?</h2><p>Always.</p></main>")

    assert entry.url == f"{URL}#open"


HERON: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "Product",
    "name": "Heron",
    "description": "<p>A touring kayak with <b>two</b> hatches.</p>",
    "brand": {"@type": "Brand", "name": "Boathouse"},
    "image": ["/heron.jpg"],
    "url": "/heron",
    "weight": {"@type": "QuantitativeValue", "value": 23, "unitCode": "KGM"},
    "additionalProperty": [{"@type": "PropertyValue", "name": "Length", "value": "5.2", "unitText": "m"}],
    "offers": {
        "@type": "Offer",
        "price": "1450.00",
        "priceCurrency": "EUR",
        "availability": "https://schema.org/InStock",
    },
}


def test_a_product_is_what_a_row_of_a_product_table_would_be() -> None:
    (ware,) = wares(load(linked(HERON) + PROSE))

    assert (ware.document_id, ware.title, ware.text) == (
        "page.html#heron",
        "Heron",
        "A touring kayak with two hatches.",
    )
    assert ware.url == "https://x.test/heron"
    assert ware.attributes == {
        "price": "1450",
        "currency": "EUR",
        "brand": "Boathouse",
        "weight": "23 kg",
        "length": "5.2 m",
        "availability": "in stock",
        "image": "https://x.test/heron.jpg",
    }


def test_a_product_that_is_marked_up_is_read_alike() -> None:
    html = """<main><div id="heron" itemscope itemtype="http://schema.org/Product"><h2 itemprop="name">Heron</h2>
    <p itemprop="description">A touring kayak.</p><div itemprop="offers" itemscope itemtype="http://schema.org/Offer">
    <span itemprop="price" content="1450.50">1,450.50</span> <meta itemprop="priceCurrency" content="EUR"><link
    itemprop="availability" href="http://schema.org/OutOfStock"></div></div></main>"""

    (ware,) = wares(load(html + PROSE, lang="de"))

    assert (ware.title, ware.text, ware.url) == ("Heron", "A touring kayak.", f"{URL}#heron")
    assert ware.attributes == {"price": "1450.50", "currency": "EUR", "verfügbarkeit": "nicht auf Lager"}


@pytest.mark.parametrize(
    ("offers", "price"),
    [
        ({"@type": "AggregateOffer", "lowPrice": 9, "highPrice": 99, "priceCurrency": "EUR"}, "from 9"),
        ({"@type": "AggregateOffer", "lowPrice": "9", "highPrice": "9", "priceCurrency": "EUR"}, "9"),
        ([{"price": 12, "priceCurrency": "EUR"}, {"price": "9.00", "priceCurrency": "EUR"}], "from 9"),
        (
            {
                "priceSpecification": [
                    {"priceType": "https://schema.org/ListPrice", "price": 12, "priceCurrency": "EUR"},
                    {"price": 9, "priceCurrency": "EUR", "unitCode": "MON"},
                ]
            },
            "9 EUR per month",
        ),
        ({"price": "call us"}, None),
        ({"price": 10**400}, None),
    ],
)
def test_the_price_is_what_is_offered_and_the_lowest_of_several(offers: object, price: str | None) -> None:
    (ware,) = wares(load(linked({**HERON, "offers": offers}) + PROSE))

    assert ware.attributes.get("price") == price


def test_offers_with_names_are_plans_of_their_own() -> None:
    plans = [
        {"@type": "Offer", "name": name, "price": price, "priceCurrency": "EUR", "description": said}
        for name, price, said in (("Solo", 0, "For one."), ("Crew", 29, "For ten."))
    ]
    app = {
        "@type": "SoftwareApplication",
        "name": "Moorings",
        "description": "Books berths.",
        "offers": plans,
    }

    found = wares(load(linked(app) + PROSE))

    assert [(ware.title, ware.text, ware.attributes["price"]) for ware in found] == [
        ("Moorings Solo", "For one.", "0"),
        ("Moorings Crew", "For ten.", "29"),
    ]


SHOP: dict[str, Any] = {
    "@type": ["Store", "SportingGoodsStore"],
    "@id": "#shop",
    "name": "Boathouse",
    "telephone": "+49 40 123456",
    "email": "mailto:crew@x.test",
    "address": {"@id": "#address"},
    "openingHoursSpecification": [
        {
            "dayOfWeek": [
                f"https://schema.org/{day}" for day in ("Monday", "Tuesday", "Wednesday", "Thursday")
            ],
            "opens": "09:00",
            "closes": "18:00:00",
        },
        {"dayOfWeek": "Friday", "opens": "09:00", "closes": "12:00"},
        {"dayOfWeek": "Friday", "opens": "13:00", "closes": "16:30"},
        {"dayOfWeek": {"@type": "DayOfWeek", "name": "Sunday"}, "opens": "00:00", "closes": "00:00"},
        {"opens": "00:00", "closes": "00:00", "validFrom": "2026-12-24", "validThrough": "2026-12-26"},
    ],
}
GRAPH = {
    "@graph": [
        {"@type": "WebPage", "publisher": {"@id": "#shop"}},
        SHOP,
        {
            "@type": "PostalAddress",
            "@id": "#address",
            "streetAddress": "Kai 5",
            "postalCode": "20459",
            "addressLocality": "Hamburg",
            "addressCountry": {"@type": "Country", "name": "Germany"},
        },
    ]
}


def test_a_business_says_when_it_is_open_where_it_is_and_how_it_is_reached() -> None:
    assert entries(load(linked(GRAPH) + PROSE)) == {
        "What are the opening hours of Boathouse?": (
            "- 2026-12-24–2026-12-26: closed\n- Monday–Thursday: 9:00–18:00\n- Friday: 9:00–12:00, 13:00–16:30\n"
            "- Sunday: closed"
        ),
        "Where is Boathouse?": "Kai 5, 20459 Hamburg, Germany",
        "How can I reach Boathouse?": "- Phone: +49 40 123456\n- E-mail: crew@x.test",
    }


@pytest.mark.parametrize(
    ("hours", "lang", "said"),
    [
        (
            ["Mo-Fr 09:00-17:00", "Sa 10:00-14:00"],
            "en",
            "- Monday–Friday: 9:00–17:00\n- Saturday: 10:00–14:00",
        ),
        (
            "Mo,Tu 09:00-12:00,13:00-17:00",
            "de",
            "- Montag–Dienstag: 9:00–12:00, 13:00–17:00",
        ),
        ("Mo-Su 00:00-23:59", "fr", "- Tous les jours: toute la journée"),
        ("Sa-Mo 10:00-12:00", "es", "- Lunes: 10:00–12:00\n- Sábado–Domingo: 10:00–12:00"),
        ("whenever", "en", None),
    ],
)
def test_opening_hours_in_short_are_spelt_out(hours: object, lang: str, said: str | None) -> None:
    shop = {"@type": "LocalBusiness", "name": "Boathouse", "openingHours": hours}

    assert next(iter(entries(load(linked(shop) + PROSE, lang=lang)).values()), None) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("when are you open?", "Monday–Thursday: 9:00–18:00"),
        ("are you open on fridays?", "Friday: 9:00–12:00"),
        ("where are you?", "Kai 5, 20459 Hamburg"),
        ("how can I call you?", "+49 40 123456"),
        ("what is the Boathouse's phone number", "+49 40 123456"),
        ("how heavy is the Heron?", "Heron — weight: 23 kg"),
        ("is the Heron in stock?", "Heron — availability: in stock"),
        ("Which kayak under 2000 euros?", "Heron (1450 EUR)"),
    ],
)
def test_what_is_said_on_every_page_is_answered_once(
    build: Build, tmp_path: Path, question: str, said: str
) -> None:
    for name in ("a", "b", "c", "d"):
        (tmp_path / f"{name}.html").write_text(
            f"<title>{name}</title>{linked(GRAPH, HERON)}<h1>{name}</h1>{PROSE}"
        )
    base = build([one for source in load_folder(tmp_path) for one in source.documents])

    answer = base.answer(question)

    assert (answer.text or "").count(said) == 1
    assert len(answer.products) < 2
    assert len({citation.document_id for citation in answer.citations}) == 1


def test_several_businesses_are_asked_for_by_their_names() -> None:
    shops = [
        {"@type": "Store", "name": name, "openingHours": "Mo 09:00-17:00"} for name in ("North", "South")
    ]

    documents = load(linked({"@graph": shops}) + PROSE)

    assert [one.questions for one in documents[1:]] == [
        (f"What are the opening hours of {name}?", f"When is {name} open?") for name in ("North", "South")
    ]


@pytest.mark.parametrize(
    "data",
    [
        {"@type": "Person", "name": "Ada", "telephone": "+49 1", "email": "ada@x.test"},
        {"@type": "MusicEvent", "name": "Song", "address": "Kai 5"},
        {"@type": "Apartment", "name": "Flat", "address": "Kai 5"},
        {"@type": "Product", "name": "Nameless"},
        {"@type": "Product", "description": "Without a name.", "offers": {"price": 3}},
        {"@type": "Review", "itemReviewed": HERON},
    ],
)
def test_what_is_no_offer_and_no_business_is_left_alone(data: object) -> None:
    (page,) = load(linked(data) + PROSE)

    assert page.kind is DocumentKind.PAGE


def test_an_address_that_runs_is_no_link() -> None:
    (ware,) = wares(load(linked({**HERON, "url": "javascript:alert(1)", "image": "data:text/html,x"})))

    assert ware.url == URL
    assert "image" not in ware.attributes


def _doubling() -> object:
    """Write offers of offers by reference, each level a hundred times the next."""
    levels = [
        {"@type": "AggregateOffer", "@id": f"#{n}", "offers": [{"@id": f"#{n + 1}"}] * 100} for n in range(8)
    ]
    return {
        "@graph": [{**HERON, "offers": {"@id": "#0"}}, *levels, {"@type": "Offer", "@id": "#8", "price": 1}]
    }


@pytest.mark.parametrize(
    "html",
    [
        linked(
            {
                "@graph": [
                    {**HERON, "offers": {"@id": "#a"}},
                    {"@type": "Offer", "@id": "#a", "offers": {"@id": "#a"}},
                ]
            }
        ),
        linked(_doubling()),
        linked([HERON] * 5_000),
        '<script type="application/ld+json">' + '{"@graph":[' * 30_000 + "</script>",
        '<script type="application/ld+json">{"@type":"Product","name":' + "9" * 100_000 + "}</script>",
        linked({"@type": 5, "@graph": "x", "mainEntity": [None, 3, [[]]], "@id": []}),
        linked({**HERON, "name": {"@value": {}}, "offers": [None, 3, "x", {"price": True}], "brand": [[]]}),
        linked(
            {
                **SHOP,
                "telephone": {"x": 1},
                "openingHours": 7,
                "openingHoursSpecification": ["x", {"opens": 3}],
            }
        ),
        "<div itemscope itemtype='https://schema.org/Product' itemprop=offers>" * 3_000,
        "<div itemscope itemtype='https://schema.org/Question' typeof='Question'><b itemprop=name property=name>Q?</b>"
        "<i itemprop=acceptedAnswer property=acceptedAnswer>A." * 300,
        "<p itemscope itemtype='https://schema.org/Thing'>" + "<span itemprop=name>x" * 5_000,
    ],
    ids=["loop", "doubling", "mass", "depth", "long", "kinds", "ware", "shop", "deep", "nested", "names"],
)
def test_hostile_data_leaves_the_page_as_it_is(html: str) -> None:
    documents = load(f"<main>{PROSE}</main>{html}")

    assert "quiet water" in documents[0].text
    assert len(documents) < 310
