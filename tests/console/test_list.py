"""The list: the leads that were chosen, of the sites that one sees, and the same ones in the file."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from bot.domain.conversation import Consent, SiteId
from bot.domain.facts import FactState
from bot.store import consents, learned_scores
from tests.console.conftest import NOON, Browser, House
from tests.console.stored_leads import Told

ADA = Told(
    facts={
        "email": ("ada@analytical.example", "ada@analytical.example"),
        "name": ("Ada Lovelace", "I'm Ada Lovelace"),
        "company": ("Analytical Engines", "Analytical Engines"),
        "team_size": ({"min": 40, "max": 40}, "40 seats"),
        "budget": ({"min": 30_000, "max": 30_000, "currency": "USD", "per": "year"}, "30k a year"),
        "timeline": ({"from": None, "to": "2027-02-15"}, "by mid February"),
        "need": ("a chat on our help pages", "a chat on our help pages"),
        "decision_maker": (True, "I decide"),
    },
    said=("Which plan is right for 40 seats?", "I'm Ada Lovelace"),
)
BEN = Told(
    facts={
        "email": ("ben@gmail.com", "ben@gmail.com"),
        "budget": (FactState.DECLINED, "I'd rather not say"),
        "timeline": (FactState.NONE, "no rush"),
    },
    said=("Does it work at night?",),
)
CAT = Told(
    facts={"phone": ("+493012345", "030 12345")},
    said=("Wie teuer ist das?",),
    referrer="https://www.google.com/",
)
SHY = Told(
    facts={"team_size": ({"min": 3, "max": 3}, "three of us")},
    consent=Consent.NOT_ASKED,
    stopped_at="left_at:budget",
)
NAMES = {
    "l_alpha_0001": "Ada",
    "l_alpha_0002": "Ben",
    "l_alpha_0003": "Cat",
    "l_alpha_0004": "Shy",
    "l_beta_0005": "Eve",
}


@pytest.fixture
async def filled(house: House) -> House:
    for number, told in enumerate((ADA, BEN, CAT, SHY), 1):
        await house.keep(number, told, at=NOON - timedelta(days=10 * number))
    await house.keep(5, CAT, site="beta", at=NOON - timedelta(hours=1))
    return house


async def listed(browser: Browser, query: str = "") -> list[str]:
    """Return who is on the page of the list, in order."""
    answer = await browser.get(f"/leads?{query}".rstrip("?"))
    assert answer.status_code == 200, answer.headers.get("location")
    links = HTMLParser(answer.text).css("table.leads a.row")
    return [NAMES[str(link.attributes["href"]).rpartition("/")[2]] for link in links]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Eve", "Ada", "Ben", "Cat"]),
        ("order=score", ["Ada", "Eve", "Cat", "Ben"]),
        ("site=alpha", ["Ada", "Ben", "Cat"]),
        ("site=nowhere", []),
        ("who=everyone&site=alpha", ["Ada", "Ben", "Cat", "Shy"]),
        ("segment=hot", ["Ada"]),
        ("segment=unknown", []),
        ("stage=sql", ["Ada"]),
        ("stage=lead&stage=visitor&site=alpha", ["Ben", "Cat"]),
        ("stage=nonsense", ["Eve", "Ada", "Ben", "Cat"]),
        ("grade=A", ["Ada"]),
        ("changed=24h", ["Eve"]),
        ("changed=30d", ["Eve", "Ada", "Ben", "Cat"]),
        ("q=analytical", ["Ada"]),
        ("q=night+DOES", ["Ben"]),
        ("q=%25", []),
        ("q=%2B4930", ["Eve", "Cat"]),
        ("fact=budget&is=-&value=-", ["Ada", "Ben"]),
        ("fact=budget&is=declined&value=-", ["Ben"]),
        ("fact=budget&is=known&value=25000", ["Ada"]),
        ("fact=budget&is=known&value=40,000", []),
        ("fact=timeline&is=none&value=-", ["Ben"]),
        ("fact=timeline&is=-&value=90", ["Ada"]),
        ("fact=budget&is=not_asked&value=-&site=alpha", ["Cat"]),
        ("fact=email&is=-&value=gmail", ["Ben"]),
        ("fact=email&is=-&value=Free", ["Ben"]),
        ("fact=email&is=-&value=company", ["Ada"]),
        ("fact=email&is=-&value=disposable", []),
        ("fact=decision_maker&is=-&value=yes", ["Ada"]),
        ("fact=decision_maker&is=-&value=no", []),
        ("fact=email&is=-&value=-&fact=team_size&is=-&value=20", ["Ada"]),
        ("fact=unknown&is=-&value=-", []),
        ("segment=hot&stage=lead", []),
        ("q='; DROP TABLE leads --", []),
    ],
)
async def test_the_list_shows_what_was_chosen(
    filled: House, ada: Browser, query: str, names: list[str]
) -> None:
    found = await listed(ada, query)

    assert found == names
    assert await exported(ada, query) == sorted(name for name in names if name != "Shy")


async def test_an_address_that_is_no_companys_is_flagged(filled: House, ada: Browser) -> None:
    page = HTMLParser((await ada.get("/leads?site=alpha")).text)

    flags = {
        row.css_first("a.row").text(): [flag.text() for flag in row.css(".flag")]
        for row in page.css("table.leads tbody tr")
    }

    assert flags == {"Ada Lovelace": [], "ben@gmail.com": ["free mail"], "+493012345": []}


async def exported(browser: Browser, query: str) -> list[str]:
    """Return who is in the file of the same choice."""
    answer = await browser.get(f"/leads/export?{query}&format=csv")
    assert answer.status_code == 200
    return sorted(NAMES[row["lead_id"]] for row in csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("fact=team_size&is=-&value=many", "least number"),
        ("fact=timeline&is=-&value=soon", "days from now"),
        ("fact=decision_maker&is=-&value=perhaps", "yes or no"),
        ("fact=unknown&is=-&value=-", "No playbook here"),
        ("fact=team_size&is=-&value=1e999", "least number"),
    ],
)
async def test_what_is_not_understood_is_said(filled: House, ada: Browser, query: str, said: str) -> None:
    assert said in (await ada.get(f"/leads?{query}")).text


async def test_an_address_to_keep_has_no_empty_fields(ada: Browser) -> None:
    sent = await ada.get("/leads?q=&order=&stage=sql&grade=&changed=&who=&fact=&is=&value=")
    with_fact = await ada.get("/leads?q=&fact=budget&is=&value=&fact=&is=&value=")

    assert (sent.status_code, sent.headers["location"]) == (303, "/leads?stage=sql")
    assert with_fact.headers["location"] == "/leads?fact=budget&is=-&value=-"


@pytest.mark.parametrize("order", ["newest", "score"])
async def test_pages_follow_each_other_without_a_gap(house: House, ada: Browser, order: str) -> None:
    for number in range(1, 106):
        await house.keep(number, (ADA, BEN, CAT)[number % 3], at=NOON - timedelta(minutes=number))
    address, seen = f"/leads?order={order}&q=e", []
    while address:
        page = HTMLParser((await ada.get(address)).text)
        seen += [link.attributes["href"] for link in page.css("table.leads a.row")]
        following = [link for link in page.css(".pager a") if link.text() == "Next page"]
        address = str(following[0].attributes["href"]) if following else ""

    assert (len(seen), len(set(seen))) == (105, 105)


async def test_a_cursor_that_fits_nothing_leads_to_the_first_page(ada: Browser) -> None:
    answer = await ada.get("/leads?order=score&cursor=bm9uc2Vuc2U=")

    assert (answer.status_code, answer.headers["location"]) == (303, "/leads?order=score")


async def test_the_list_says_its_order_and_offers_a_learned_one_only_where_it_was_earned(
    filled: House, ada: Browser
) -> None:
    before = HTMLParser((await ada.get("/leads?site=alpha&order=learned")).text)
    refused = await ada.get("/api/v1/leads?site=alpha&sort=learned")
    lead = {"columns": [{"name": "budget", "knots": [], "values": ["known", "declined"]}]}
    quality = {"leads": 200, "wins": 50, "auc": 0.9, "calibration_error": 0.01, "brier": 0.1, "table": []}
    weights = {
        "constant": 0.0,
        "centres": [0.0, 0.0],
        "weights": [-2.0, 2.0],
        "calibration": [0.0, 1.0, 0, 0, 0],
    }
    async with filled.db.write() as connection:
        model = {"form": 1, **lead, **weights, "quality": quality | {"rules_auc": 0.7}}
        await learned_scores.keep(connection, site_id=SiteId("alpha"), model=model, at=NOON)
    after = HTMLParser((await ada.get("/leads?site=alpha")).text)
    told = (await ada.get("/api/v1/leads?site=alpha&sort=learned")).json()
    by_default = (await ada.get("/api/v1/leads?site=alpha")).json()
    one = HTMLParser((await ada.get("/leads/l_alpha_0002")).text).text()

    assert "The newest first: no score was learned" in before.css_first(".order").text()
    assert [option.text() for option in before.css("select[name=order] option")] == [
        "Newest first",
        "Best first",
    ]
    assert (refused.status_code, refused.json()["code"]) == (409, "not_earned")
    assert "The likeliest to be won first, learned from 200 leads" in after.css_first(".order").text()
    assert after.css_first("select[name=order] option[selected]").text() == "Likeliest first"
    assert await listed(ada, "site=alpha") == ["Ben", "Cat", "Ada"]
    assert await listed(ada, "site=alpha&order=newest") == ["Ada", "Ben", "Cat"]
    assert "88 % likely won" in after.css_first("td.stage").text()
    assert (told["sort"], told["leads"][0]["win_probability"]) == ("learned", 0.8808)
    assert by_default["sort"] == "newest"
    assert "Won with a probability of 88 %" in one
    assert "For it: budget." in one


async def test_who_sees_one_site_sees_nothing_of_another(filled: House, ada: Browser) -> None:
    await filled.add_user("Bea", site="beta")
    bea = filled.browser()
    await bea.log_in("Bea")

    assert await listed(bea) == ["Eve"]
    assert await listed(bea, "site=alpha") == []
    assert await exported(bea, "site=alpha") == []
    assert (await bea.get("/leads/l_alpha_0001")).status_code == 404
    assert "Alpha" not in (await bea.get("/leads")).text + (await bea.get("/leads/why?site=alpha")).text
    assert (await bea.get("/api/v1/leads?site=alpha")).status_code == 404
    assert len((await bea.get("/api/v1/leads")).json()["leads"]) == 1


async def test_who_took_the_consent_back_is_nowhere(filled: House, ada: Browser) -> None:
    async with filled.db.write() as connection:
        said: dict[str, Any] = {"text": "Taken back", "text_version": "1", "locale": "en", "at": NOON}
        await consents.record(
            connection,
            site_id="alpha",
            visitor_id="v_alpha_0001",
            conversation_id="c_alpha_0001",
            message_id=None,
            answer="withdrawn",
            **said,
        )

    assert "Ada" not in await listed(ada)
    assert "Ada" not in await listed(ada, "who=everyone")
    assert await exported(ada, "") == ["Ben", "Cat", "Eve"]
    assert (await ada.get("/leads/l_alpha_0001")).status_code == 404
    assert (await ada.get("/leads/l_alpha_0001/erase")).status_code == 404


async def test_without_leads_the_list_says_why(house: House, ada: Browser) -> None:
    nobody = (await ada.get("/leads")).text
    await house.keep(1, SHY)
    stopped = (await ada.get("/leads?site=alpha")).text
    filtered = (await ada.get("/leads?site=alpha&q=zebra")).text

    assert "Nobody has talked to the chat yet" in nobody
    assert "/demo?site=alpha" in nobody
    assert "1 conversation, 0 leads" in stopped
    assert "left at a question (budget)" in stopped
    assert "No lead matches" in filtered


async def test_why_no_lead_is_counted_for_each_site(filled: House, ada: Browser) -> None:
    text = (await ada.get("/leads/why")).text

    assert "4 conversations, 3 leads" in text
    assert "1 conversation, 1 lead" in text
    assert "left at a question (budget)" in text


@pytest.mark.parametrize(
    ("query", "status"), [("format=pdf", 422), ("profile=fax", 422), ("format=xlsx&profile=hubspot", 200)]
)
async def test_the_download_is_what_was_asked_for(
    filled: House, ada: Browser, query: str, status: int
) -> None:
    answer = await ada.get(f"/leads/export?{query}")

    assert answer.status_code == status
    is_page = answer.headers["content-type"].startswith("text/html")
    assert is_page is (status != 200)
    if status == 200:
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["foyer-without-consent"] == "0"


async def test_an_unknown_segment_is_named_with_those_that_there_are(filled: House, ada: Browser) -> None:
    page = (await ada.get("/leads?segment=nope")).text

    assert "There is no segment “nope”: there are hot." in page
    assert "There is no segment" not in (await ada.get("/leads?segment=hot")).text


async def test_the_segments_are_links(filled: House, ada: Browser) -> None:
    page = HTMLParser((await ada.get("/leads?segment=hot&order=score")).text)
    tabs = {link.text(): link.attributes for link in page.css(".tabs a")}

    assert tabs["Call today"]["aria-current"] == "true"
    assert tabs["All"]["href"] == "/leads?order=score"
