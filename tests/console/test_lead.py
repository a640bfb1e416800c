"""One lead: everything with its evidence, nothing of a visitor's that a browser would run, and its end."""

import html
from datetime import timedelta

import httpx2
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from bot.domain.answer import Citation
from bot.domain.conversation import Consent, ConversationId, MessageId
from bot.domain.facts import Fact, FactState
from bot.leads.winning import Winning
from bot.store import conversations
from bot.web.console import words
from bot.web.console.lead_view import because
from tests.console.conftest import NOON, Browser, House, form_token
from tests.console.stored_leads import CONSENT_TEXT, Told
from tests.console.test_list import ADA, SHY

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "</title></style></textarea><iframe src=javascript:alert(1)>",
    "{{ 7 * 7 }}{% raw %}<b>",
    "javascript:alert(1)//",
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "\u202e<b>gnp.exe</b>\x00\x1b[31m",
]
LINKS = ("https://", "http://", "mailto:", "tel:", "/", "#")
LOADED = {"/console/console.css", "/console/console.js", "/console/follow.js", "/demo/favicon.svg"}


async def test_a_lead_shows_its_facts_with_quotes_and_what_is_not_known(house: House, ada: Browser) -> None:
    told = Told(
        facts={
            **ADA.facts,
            "timeline": (FactState.NONE, "no rush"),
            "role": (FactState.UNCLEAR, "sort of a boss"),
            "decision_maker": (FactState.DECLINED, "I'd rather not say"),
        },
        said=ADA.said,
    )
    lead_id = await house.keep(1, told)

    page = HTMLParser((await ada.get(f"/leads/{lead_id}")).text)
    rows = {row.css_first("dt").text(): row for row in page.css(".facts dl > div")}

    assert "Ada Lovelace" in page.css_first("h1").text()
    assert "30,000 USD per year" in rows["Budget"].text()
    assert rows["Budget"].css_first("q").text() == "30k a year"
    assert "None, they said" in rows["Timeline"].text()
    assert "Unclear" in rows["Role"].text()
    assert "Did not want to say" in rows["Decides"].text()
    assert "Not spoken of" in rows["Phone"].text()


@pytest.mark.parametrize(
    ("address", "flags"),
    [
        ("ben@gmail.com", ["free mail"]),
        ("x@in.mailinator.com", ["disposable address"]),
        ("ada@foyer.example", []),
    ],
)
async def test_the_kind_of_an_address_stands_beside_it(
    house: House, ada: Browser, address: str, flags: list[str]
) -> None:
    lead_id = await house.keep(1, Told(facts={"email": (address, address)}))

    page = HTMLParser((await ada.get(f"/leads/{lead_id}")).text)

    assert [flag.text() for flag in page.css(".contacts .flag")] == flags


@pytest.mark.parametrize("told", [ADA, SHY])
async def test_the_receipts_come_to_the_score(house: House, ada: Browser, told: Told) -> None:
    lead_id = await house.keep(1, told)

    page = HTMLParser((await ada.get(f"/leads/{lead_id}")).text)
    points = [int(cell.text().replace("−", "-")) for cell in page.css(".receipts tbody .number")]
    score = int(page.css_first(".verdict .points").text())

    assert max(0, min(100, sum(points))) == score
    if points:
        assert int(page.css_first(".receipts tfoot .number").text()) == sum(points)


async def test_the_page_has_the_change_the_draft_the_talk_and_the_consent(house: House, ada: Browser) -> None:
    cited = Citation(
        n=1, document_id="d", passage_id="p", title="Plans", url="https://example.com/p", quote="Two plans"
    )
    lead_id = await house.keep(1, Told(facts=ADA.facts, said=ADA.said, citations=(cited,)))
    await house.keep(2, Told(facts={"phone": ("+4930", "030")}))

    text = (await ada.get(f"/leads/{lead_id}")).text
    page = HTMLParser(text)

    assert "Which plan is right for 40 seats?" in page.css_first("#draft-text").text()
    assert page.css_first("mark[title=Name]").text() == "I'm Ada Lovelace"
    assert page.css_first(".notes a").attributes["href"] == "https://example.com/p"
    assert CONSENT_TEXT in page.css_first("blockquote").text()
    targets = {node.attributes["id"] for node in page.css("[id]")}
    jumps = [str(link.attributes["href"]) for link in page.css("a[href^='#']")]
    assert jumps
    assert all(html.unescape(jump[1:]) in targets for jump in jumps)
    other = (await ada.get("/leads/l_alpha_0002")).text
    assert "What would change it" in other
    assert "Up to" in other


async def test_what_the_visitor_thought_of_an_answer_stands_beside_it(house: House, ada: Browser) -> None:
    lead_id = await house.keep(1, ADA)
    async with house.db.write() as connection:
        await conversations.add_feedback(
            connection,
            conversation_id=ConversationId("c_alpha_0001"),
            message_id=MessageId("m_alpha_0001_0_r"),
            helpful=False,
            comment="<b>Which</b> line?",
            at=house.now,
        )

    page = HTMLParser((await ada.get(f"/leads/{lead_id}")).text)

    said = page.css_first("#m-m_alpha_0001_0_r .opinion")
    assert said.text() == "This did not help, the visitor said just now: <b>Which</b> line?"
    assert len(page.css(".opinion")) == 1


async def test_without_consent_there_is_no_draft_and_no_contact(house: House, ada: Browser) -> None:
    page = (await ada.get(f"/leads/{await house.keep(1, SHY)}")).text

    assert "Cannot be reached: left at a question (budget)" in page
    assert "first draft" not in page
    assert "not asked yet" in page


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_what_a_visitor_wrote_is_text_and_nothing_else(
    house: House, ada: Browser, payload: str
) -> None:
    cited = Citation(
        n=1, document_id="d", passage_id="p", title=payload, url=payload, quote=payload, link=payload
    )
    facts = dict.fromkeys(("email", "phone", "name", "company", "role", "need", "gone"), (payload, payload))
    told = Told(
        facts=facts, said=(payload, f"a {payload} b"), answer=payload, citations=(cited,),
        page=payload, referrer=payload, title=payload,
    )  # fmt: skip
    lead_id = await house.keep(1, told)

    shown = [
        await ada.get("/leads"),
        await ada.get(f"/leads/{lead_id}"),
        await ada.get(f"/leads/{lead_id}/erase"),
        await ada.get("/leads", params={"q": payload}),
        await ada.get("/leads", params={"fact": payload, "is": "-", "value": payload}),
        await house.browser().send("/login", {"name": payload, "next": payload, "form_token": payload}),
    ]

    for answer in shown:
        if answer.headers["content-type"] == "application/problem+json":
            assert (answer.status_code, "\0" in payload) == (400, True)  # an address with NUL is no page
        else:
            check_inert(answer)
    words = HTMLParser(shown[1].text).css_first(".thread .text").text()
    assert words == "".join(char if char.isprintable() else " " for char in payload)


def check_inert(answer: httpx2.Response) -> None:
    """Nothing on the page runs, loads or leads where a visitor chose; and the policy would stop it."""
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = HTMLParser(answer.text)
    assert page.root is not None
    for node in page.root.traverse():
        check_node(node)
    assert "7 * 7" in answer.text or "49" not in "".join(node.text() for node in page.css("h1, .text"))


def check_node(node: Node) -> None:
    assert node.tag not in {"img", "svg", "iframe", "object", "embed", "style", "b", "base"}
    attributes = {name: value or "" for name, value in node.attributes.items()}
    assert not any(name.startswith("on") or name == "style" for name in attributes), attributes
    if node.tag in {"script", "link"}:
        assert attributes.get("src", attributes.get("href")) in LOADED
        assert not node.text().strip()
    elif "href" in attributes:
        assert attributes["href"].startswith(LINKS)
        assert not attributes["href"].startswith("//")
    if node.tag == "form":
        assert attributes.get("action", "/").startswith("/")  # without one it goes to the page itself


async def test_a_lead_of_nobody_is_a_page_that_says_so(ada: Browser) -> None:
    answer = await ada.get("/leads/l_nobody")

    assert answer.status_code == 404
    assert "no such lead" in answer.text


async def test_erasing_asks_and_then_leaves_nothing(house: House, ada: Browser) -> None:
    lead_id = await house.keep(1, ADA)
    await house.keep(2, ADA, at=NOON - timedelta(days=1))
    asked = await ada.get(f"/leads/{lead_id}/erase")

    done = await ada.send(f"/leads/{lead_id}/erase", {"form_token": form_token(asked)})

    assert "Erase <bdi>Ada Lovelace</bdi>?" in asked.text
    assert (done.status_code, done.headers["location"]) == (303, "/leads?erased=1")
    assert "Erased." in (await ada.get("/leads?erased=1")).text
    assert (await ada.get(f"/leads/{lead_id}")).status_code == 404
    assert (await ada.get("/leads/l_alpha_0002")).status_code == 200
    async with house.db.read() as connection:
        left = [await connection.scalar(count) for count in counts_of("v_alpha_0001", "c_alpha_0001")]
    assert left == [0, 0]


def counts_of(visitor_id: str, conversation_id: str) -> list[object]:
    from sqlalchemy import func, select

    from bot.store.tables import messages, visitors

    return [
        select(func.count()).where(visitors.c.visitor_id == visitor_id),
        select(func.count()).where(messages.c.conversation_id == conversation_id),
    ]


@pytest.mark.parametrize(
    "how",
    [
        {"token": ""},
        {"token": "theirs"},
        {"origin": "https://evil.example"},
        {"site": "cross-site"},
        {"kind": "text/plain"},
    ],
    ids=str,
)
async def test_a_change_that_no_page_of_ours_asked_for_is_not_made(
    house: House, ada: Browser, how: dict[str, str]
) -> None:
    lead_id = await house.keep(1, ADA)
    await house.add_user("Bea")
    bea = house.browser()
    await bea.log_in("Bea")
    own, theirs = form_token(await ada.get("/leads")), form_token(await bea.get("/leads"))
    token = {"": "", "theirs": theirs}.get(how.get("token", "own"), own)
    headers = {
        **({"Origin": how["origin"]} if "origin" in how else {}),
        **({"Sec-Fetch-Site": how["site"]} if "site" in how else {}),
        **({"Content-Type": how["kind"]} if "kind" in how else {}),
    }

    refused = [
        await ada.send(path, {"form_token": token}, headers=headers)
        for path in (f"/leads/{lead_id}/erase", "/logout")
    ]

    assert [answer.status_code for answer in refused] == [415 if "kind" in how else 403] * 2
    assert (await ada.get(f"/leads/{lead_id}")).status_code == 200


async def test_the_api_takes_the_login_for_reading_and_for_changes_its_token(
    house: House, ada: Browser
) -> None:
    lead_id = await house.keep(1, ADA)
    token = form_token(await ada.get("/leads"))
    address = f"/api/v1/leads/{lead_id}"

    read = await ada.get(address)
    refused = [
        await ada.client.delete(address),
        await ada.client.delete(address, headers={"X-CSRF-Token": "x"}),
        await ada.client.delete(address, headers={"X-CSRF-Token": token, "Origin": "https://evil.example"}),
    ]
    done = await ada.client.delete(address, headers={"X-CSRF-Token": token})

    assert read.json()["lead_id"] == lead_id
    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [(403, "csrf")] * 3
    assert done.status_code == 204


@pytest.mark.parametrize(
    "headers", [{"Authorization": "Bearer fk_x"}, {"X-API-Key": "fk_x"}, {"Accept": "application/json"}]
)
async def test_a_program_that_asks_for_the_page_is_sent_to_the_data(
    house: House, headers: dict[str, str]
) -> None:
    answer = await house.browser().get("/leads?site=alpha", headers=headers)

    assert (answer.status_code, answer.headers["location"]) == (307, "/api/v1/leads?site=alpha")


async def test_pages_are_private_and_cannot_be_framed(house: House, ada: Browser) -> None:
    lead_id = await house.keep(1, Told(facts={}, consent=Consent.NOT_ASKED))
    paths = ["/leads", "/leads/why", f"/leads/{lead_id}", f"/leads/{lead_id}/erase", "/leads/nobody"]

    for answer in [*[await ada.get(path) for path in paths], await house.browser().get("/login")]:
        headers = answer.headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "form-action 'self'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    ("share", "said"), [(0.999, "over 95 %"), (0.7249, "72 %"), (0.001, "under 5 %"), (0.95, "95 %")]
)
def test_no_probability_is_a_certainty(share: float, said: str) -> None:
    assert words.percent(share) == said


def test_what_speaks_for_a_lead_is_said_in_words() -> None:
    columns = (("team_size.amount", 2.0), ("did.came_back", -0.5), ("team_size", -0.4), ("page", 0.1))

    told = because(Winning(probability=0.8, because=columns), {"team_size": "Team size"})

    assert told == [
        ("For it", ["team size", "the page they began on"]),
        ("Against it", ["whether they came back"]),
    ]


@pytest.mark.parametrize(
    ("state", "extractor", "confidence", "doubt"),
    [
        (FactState.KNOWN, "budget.said", 0.9, ""),
        (FactState.KNOWN, "money.answer", 0.5, "a guess"),
        (FactState.KNOWN, "model", 0.7, "found by the language model"),
        (FactState.UNCLEAR, "answer.unclear", 0.5, ""),
    ],
)
def test_what_is_no_sure_fact_says_so(
    state: FactState, extractor: str, confidence: float, doubt: str
) -> None:
    said = Fact(
        slot="budget",
        state=state,
        value=None,
        quote="maybe 20k",
        message_id=MessageId("m_1"),
        extractor=extractor,
        confidence=confidence,
        at=NOON,
    )
    assert words.doubt(said) == doubt
