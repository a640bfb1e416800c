"""Feedback: the answers that disappoint, each rating with what it is about, and the same for other programs."""

from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from bot.domain.answer import Citation
from bot.domain.conversation import Consent, ConversationId, MessageId
from bot.store import conversations
from tests.console.conftest import NOON, Browser, House
from tests.console.stored_leads import Told
from tests.console.test_lead import PAYLOADS

API = "/api/v1/leads/feedback"
AS_DATA = {"Accept": "application/json"}
PRICES = Citation(
    n=1, document_id="prices", passage_id="p", title="Prices", url="https://example.com/prices", quote="79"
)


async def rate(
    house: House,
    number: int,
    helpful: bool,
    comment: str | None = None,
    *,
    told: Told | None = None,
    site: str = "alpha",
    days_ago: int = 0,
) -> str:
    """Let a visitor ask, be answered, and say what they think; return their lead."""
    at = NOON - timedelta(days=days_ago)
    words = told or Told(facts={}, answer="A service costs 79 euros.", citations=(PRICES,))
    lead_id = await house.keep(number, words, site=site, at=at)
    async with house.db.write() as connection:
        thread = ConversationId(f"c_{site}_{number:04}")
        await conversations.set_consent(connection, thread, words.consent)
        await conversations.add_feedback(
            connection,
            conversation_id=thread,
            message_id=MessageId(f"m_{site}_{number:04}_0_r"),
            helpful=helpful,
            comment=comment,
            at=at,
        )
    return lead_id


def shown(page: HTMLParser) -> list[str]:
    """Return the verdicts on the page with the words of the visitors."""
    return [" ".join(one.text().split()) for one in page.css(".ratings .opinion, .ratings .word")]


async def test_an_answer_that_did_not_help_stands_with_all_that_it_is_about(
    house: House, ada: Browser
) -> None:
    lead_id = await rate(house, 1, helpful=False, comment="Which euros? Tell bo@example.com")
    await rate(house, 2, helpful=True)

    page = HTMLParser((await ada.get("/leads/feedback")).text)
    (one,) = page.css(".ratings > li")
    link = str(one.css_first(".foot a").attributes["href"])

    assert one.css_first(".asked").text() == "How do I add it to our pages?"
    assert one.css_first(".text").text() == "A service costs 79 euros."
    assert one.css_first(".notes a").attributes["href"] == "https://example.com/prices"
    assert one.css_first(".word").text() == "Which euros? Tell ••••••••••••••"
    assert link == f"/leads/{lead_id}#m-m_alpha_0001_0_r"
    assert 'id="m-m_alpha_0001_0_r"' in (await ada.get(link)).text
    assert page.css_first(".lede").text() == "1 of 2 rated answers helped (50%)."


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["4", "3", "2"]),
        ("show=good", ["5", "1"]),
        ("show=all", ["5", "4", "3", "2", "1"]),
        ("show=all&given=7d", ["5", "4"]),
        ("about=chats", ["4"]),
        ("about=answers", ["3", "2"]),
        ("site=beta&show=all", ["5"]),
        ("show=everything&about=none&given=ever&site=nowhere", []),
    ],
)
async def test_what_is_chosen_is_shown_newest_first(
    house: House, ada: Browser, query: str, expected: list[str]
) -> None:
    await rate(house, 1, helpful=True, comment="1", days_ago=40)
    await rate(house, 2, helpful=False, comment="2", days_ago=30)
    await rate(house, 3, helpful=False, comment="3", days_ago=20)
    await rate(house, 4, helpful=False, comment="4", told=Told(facts={}, kind="goodbye"), days_ago=2)
    await rate(house, 5, helpful=True, comment="5", site="beta", days_ago=1)

    page = HTMLParser((await ada.get(f"/leads/feedback?{query}")).text)

    assert [one for one in shown(page) if one.isdigit()] == expected


async def test_what_disappoints_again_and_again_is_named_first(house: House, ada: Browser) -> None:
    for number, helpful in enumerate((False, False, True), 1):
        await rate(house, number, helpful=helpful)
    await rate(house, 4, helpful=False, told=Told(facts={}, answer="Once."))

    page = HTMLParser((await ada.get("/leads/feedback")).text)

    assert [" ".join(one.text().split()) for one in page.css(".often li")] == ["Prices 2 of 3"]


@pytest.mark.parametrize(
    ("consent", "shown", "told"),
    [
        (Consent.GIVEN, True, True),
        (Consent.NOT_ASKED, True, False),
        (Consent.REFUSED, True, False),
        (Consent.WITHDRAWN, False, False),
    ],
)
async def test_a_question_is_told_elsewhere_only_after_a_yes_and_nowhere_after_one_is_taken_back(
    house: House, ada: Browser, consent: Consent, shown: bool, told: bool
) -> None:
    asked = Told(facts={}, said=("Is it blue? Write to bo@example.com",), consent=consent)
    await rate(house, 1, helpful=False, told=asked)

    page = (await ada.get("/leads/feedback")).text
    (data,) = (await ada.get(API, headers=AS_DATA)).json()["ratings"]

    assert ("Is it blue? Write to •" in page) is shown
    assert "bo@example" not in page
    assert ("The conversation" in page) is bool(data["lead_id"]) is shown
    assert (data["question"] == asked.said[0]) is told


async def test_nothing_of_a_visitor_or_a_document_is_more_than_text(house: House, ada: Browser) -> None:
    for number, payload in enumerate(PAYLOADS, 1):
        source = Citation(n=1, document_id="d", passage_id="p", title=payload, url=payload, quote=payload)
        told = Told(facts={}, said=(payload,), answer=payload, citations=(source,))
        await rate(house, number, helpful=False, comment=payload, told=told)

    page = HTMLParser((await ada.get("/leads/feedback")).text)

    assert len(page.css(".ratings > li")) == len(PAYLOADS)
    assert page.css(".ratings :is(script, img, svg, iframe, b, [onerror], [onfocus], [autofocus])") == []
    links = {str(link.attributes["href"]) for link in page.css(".ratings a")}
    assert all(link.startswith("/leads/") for link in links)


async def test_a_long_list_has_pages(house: House, ada: Browser) -> None:
    for number in range(35):
        await rate(house, number, helpful=False, comment=str(number), days_ago=number)

    first = HTMLParser((await ada.get("/leads/feedback?about=answers")).text)
    second = HTMLParser((await ada.get(str(first.css(".pager a")[-1].attributes["href"]))).text)
    lost = await ada.get("/leads/feedback?about=answers&cursor=x")

    listed = [one for page in (first, second) for one in shown(page) if one.isdigit()]
    assert listed == [str(number) for number in range(35)]
    assert lost.headers["location"] == "/leads/feedback?about=answers"


async def test_other_programs_get_the_same_in_pages(house: House, ada: Browser) -> None:
    await rate(house, 1, helpful=False, days_ago=2)
    await rate(house, 2, helpful=False, days_ago=1)
    await rate(house, 3, helpful=True)

    async def ask(**params: str) -> dict[str, list[dict[str, object]]]:
        return (await ada.get(API, params=params, headers=AS_DATA)).json()  # type: ignore[no-any-return]

    first = await ask(helped="false", limit="1")
    second = await ask(helped="false", limit="1", cursor=str(first["next_cursor"]))

    assert [one["message_id"] for one in first["ratings"] + second["ratings"]] == [
        "m_alpha_0002_0_r",
        "m_alpha_0001_0_r",
    ]
    assert second["next_cursor"] is None
    assert first["ratings"][0]["sources"] == [
        {"n": 1, "title": "Prices", "url": "https://example.com/prices"}
    ]
    assert (await ask(about="chat"))["ratings"] == []
    assert (await ask(site="beta"))["ratings"] == []
    assert len((await ask(since=(NOON - timedelta(days=1)).isoformat()))["ratings"]) == 2
    assert (await ada.get(API, params={"cursor": "x"}, headers=AS_DATA)).json()["code"] == "unknown_cursor"


async def test_who_sees_one_site_sees_its_feedback_alone(house: House) -> None:
    await rate(house, 1, helpful=False, comment="ours")
    await rate(house, 2, helpful=False, comment="theirs", site="beta")
    await house.add_user("Ben", site="alpha")
    ben = house.browser()
    await ben.log_in("Ben")

    page = (await ben.get("/leads/feedback?show=all")).text
    asked = (await ben.get("/leads/feedback?site=beta&show=all")).text
    data = await ben.get(API, params={"site": "beta"}, headers=AS_DATA)

    assert "ours" in page
    assert "theirs" not in page + asked
    assert "beta" not in page.lower()
    assert data.status_code == 404


async def test_nobody_else_sees_any(house: House) -> None:
    stranger = house.browser()

    page = await stranger.get("/leads/feedback")
    program = await stranger.get("/leads/feedback?show=all", headers=AS_DATA)

    assert page.headers["location"] == "/login?next=%2Fleads%2Ffeedback"
    assert program.headers["location"] == f"{API}?show=all"
    assert (await stranger.get(API)).status_code == 401
