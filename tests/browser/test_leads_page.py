"""The leads page in a real browser: without JavaScript too, by keyboard, on every width, with hostile visitors."""

import itertools
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.domain.answer import Citation
from bot.domain.conversation import Consent, ConversationId, MessageId
from bot.domain.facts import FactState
from bot.settings import Site, demo_site_folder, load_site
from bot.store import Database, conversations, operators, passwords
from tests.browser.conftest import AXE, CANARY, SECRET, listened, served
from tests.browser.test_access import violations
from tests.console.stored_leads import Told, keep_lead
from tests.needed import needed

PASSWORD = "a quiet green door"
WIDTHS = (360, 768, 1440)
EVIL = f"<img src={CANARY} onerror=\"document.title='owned'\"><script src={CANARY}></script>{{{{7*7}}}}"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
CITED = Citation(
    n=1, document_id="d", passage_id="p", title="Plans", url="https://example.com/plans", quote="Two plans."
)
ADA = Told(
    facts={
        "email": ("ada@analytical.example", "ada@analytical.example"),
        "name": ("Ada Lovelace", "I'm Ada Lovelace"),
        "company": ("Analytical Engines", "Analytical Engines"),
        "team_size": ({"min": 40, "max": 40}, "40 seats"),
        "budget": ({"min": 30_000, "max": 30_000, "currency": "USD", "per": "year"}, "30k a year"),
        "need": ("a chat on our help pages", "a chat on our help pages"),
        "decision_maker": (FactState.DECLINED, "I'd rather not say"),
    },
    said=(
        "Which plan is right for 40 seats?",
        "We want a chat on our help pages and have 30k a year",
        "I'm Ada Lovelace of Analytical Engines, ada@analytical.example",
        "I'd rather not say",
    ),
    citations=(CITED,),
    referrer="https://www.google.com/",
)
MALLORY = Told(
    facts=dict.fromkeys(("name", "company", "role", "need", "email"), (EVIL, EVIL)),
    said=(EVIL,),
    answer=EVIL,
    citations=(
        Citation(n=1, document_id="d", passage_id="p", title=EVIL, url="javascript:alert(1)", quote=EVIL),
    ),
    page="javascript:document.title='owned'",
    title=EVIL,
)
BORIS = Told(
    facts={"phone": ("+4930123456", "030 123456"), "company": (LONG, LONG)}, said=(LONG,), title=LONG
)
SHY = Told(
    facts={"team_size": ({"min": 3, "max": 3}, "three of us")},
    said=("Is there a plan for three of us?",),
    consent=Consent.NOT_ASKED,
    stopped_at="left_at:budget",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that no other test's visitors write to: the lists here are counted."""
    return tmp_path_factory.mktemp("leads")


@pytest.fixture(scope="module")
def server(home: Path, guest_site: Path) -> Iterator[str]:
    """Start a server for these tests alone."""
    with served(home, guest_site) as address:
        yield address


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def leads(server: str, home: Path, guest_site: Path) -> AsyncIterator[str]:
    """Keep leads of both sites and somebody who may see them; return the server's address."""
    db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOYER_SECRET_IDENTITY", SECRET)
        demo, guest = load_site(demo_site_folder()), load_site(guest_site)
    for number, (told, site) in enumerate(
        [(ADA, demo), (MALLORY, demo), (BORIS, demo), (SHY, demo), (ADA, guest)]
    ):
        await keep(db, number, told, site)
    async with db.write() as connection:
        await operators.add(
            connection,
            operator_id="u_1",
            name="Ada",
            password_hash=passwords.hash_of(PASSWORD),
            site_id=None,
            now=datetime.now(UTC),
        )
    yield server
    await db.close()


async def keep(db: Database, number: int, told: Told, site: Site) -> None:
    at = datetime.now(UTC) - timedelta(hours=number, minutes=3)
    await keep_lead(db, number, told, playbook=site.playbook, site=site.id, now=at)
    async with db.write() as connection:
        await conversations.add_feedback(
            connection,
            conversation_id=ConversationId(f"c_{site.id}_{number:04}"),
            message_id=MessageId(f"m_{site.id}_{number:04}_0_r"),
            helpful=number == 3,
            comment=told.said[-1],
            at=at,
        )


async def log_in(page: Page, server: str, *, then: str = "/leads") -> None:
    """Open a page of the console, and log in on the way."""
    await page.goto(f"{server}{then}")
    await page.get_by_label("Name").fill("ada")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Log in").click()
    await expect(page.get_by_role("button", name="Log out")).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False])
async def test_from_the_login_to_a_quote_and_a_file(chromium: Browser, leads: str, has_script: bool) -> None:
    context = await chromium.new_context(java_script_enabled=has_script)
    page = await context.new_page()
    await log_in(page, leads, then="/leads?site=demo")

    await expect(page.locator("table.leads a.row")).to_have_count(3)
    await page.get_by_text("Filters").click()
    await page.get_by_label("Worth a look").check()
    await page.get_by_label("Ready for sales").check()
    await page.get_by_label("Fact 1", exact=True).select_option("budget")
    await page.get_by_label("Value of fact 1").fill("20000")
    await page.get_by_role("button", name="Show").last.click()
    await expect(page.locator("table.leads a.row")).to_have_text(["Ada Lovelace"])
    await page.get_by_text("Download", exact=True).click()
    async with page.expect_download() as started:
        await page.get_by_role("button", name="Download these leads").click()
    assert (await started.value).suggested_filename.endswith(".xlsx")

    await page.get_by_role("link", name="Ada Lovelace").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ada Lovelace")
    await page.locator(".facts").get_by_role("link", name="30k a year").click()
    await expect(page.locator(".thread li:target .text")).to_contain_text("30k a year")
    await page.get_by_label("Back").get_by_role("link").click()
    await expect(page.locator(".chosen li")).to_have_count(3)
    await page.get_by_role("button", name="Log out").click()
    await expect(page.get_by_label("Password")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_label("Password")).to_be_visible()
    await context.close()


async def test_a_visitors_markup_does_nothing(context: BrowserContext, leads: str) -> None:
    page = await listened(context)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await log_in(page, leads, then="/leads?site=demo")
    page.said.clear()  # type: ignore[attr-defined]

    await page.get_by_role("link", name="<img src=").click()
    erase = page.get_by_role("link", name="Erase this visitor")
    await expect(erase).to_be_visible()
    title = await page.title()
    await erase.click()
    await expect(page.get_by_role("button", name="Erase everything")).to_be_visible()
    await page.goto(f"{leads}/leads?q={EVIL.replace('#', '')}")

    assert "owned" not in {title, await page.title()}
    assert title.startswith("<img src=")
    assert "{{7*7}}" in title
    assert not any(url.startswith(CANARY) for url in asked)
    assert page.said == []  # type: ignore[attr-defined]


async def test_erasing_by_keyboard_with_a_way_back(context: BrowserContext, leads: str, home: Path) -> None:
    db = await Database.open(f"sqlite+aiosqlite:///{home / 'foyer.db'}")
    await keep(db, 99, ADA, load_site(demo_site_folder()))
    await db.close()
    page = await listened(context)
    await log_in(page, leads, then="/leads/l_demo_0099")

    await page.get_by_role("link", name="Erase this visitor").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Erase Ada Lovelace?")
    await page.get_by_role("link", name="Keep").press("Enter")
    await expect(page.get_by_role("heading", name="What we know")).to_be_visible()
    await page.go_back()
    await page.get_by_role("button", name="Erase everything").press("Enter")

    await expect(page.get_by_role("status").filter(has_text="Erased.")).to_be_visible()
    answer = await page.goto(f"{leads}/leads/l_demo_0099")
    assert answer is not None
    assert answer.status == 404


async def test_the_draft_is_copied_and_the_button_says_so(context: BrowserContext, leads: str) -> None:
    await context.grant_permissions(["clipboard-read", "clipboard-write"], origin=leads)
    page = await listened(context)
    await log_in(page, leads, then="/leads/l_demo_0000")

    await page.get_by_text("Read it").click()
    await page.locator("[data-copy-from]").click()

    await expect(page.locator("[data-copy-from]")).to_have_text("Copied")
    assert "Which plan is right for 40 seats?" in await page.evaluate("navigator.clipboard.readText()")


PLACES = (
    "/leads",
    "/leads?who=everyone&stage=visitor",
    "/leads?q=nothing+like+this",
    "/leads/why",
    "/leads/feedback?show=all",
    "/leads/feedback?given=24h&site=nowhere",
    "/leads/l_demo_0000",
    "/leads/l_demo_0001",
    "/leads/l_demo_0002",
    "/leads/l_demo_0000/erase",
    "/leads/nobody",
)
"""The pages that look different from each other."""


@pytest.mark.parametrize("width", WIDTHS)
async def test_nothing_is_wider_than_the_window(chromium: Browser, leads: str, width: int) -> None:
    context = await chromium.new_context(viewport={"width": width, "height": 800})
    page = await context.new_page()
    await log_in(page, leads)

    for place in PLACES:
        await page.goto(f"{leads}{place}")
        await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, place
    await context.close()


@pytest.mark.parametrize(("scheme", "width"), itertools.product(["light", "dark"], [360, 1440]))
async def test_axe_finds_nothing(chromium: Browser, leads: str, scheme: str, width: int) -> None:
    needed("axe-core", AXE.is_file(), "npm install in widget/")
    context = await chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = await context.new_page()
    found = {"/login": await found_by_axe(page, f"{leads}/login")}
    await log_in(page, leads)
    for place in PLACES:
        found[place] = await found_by_axe(page, f"{leads}{place}")

    assert {place: what for place, what in found.items() if what} == {}
    await context.close()


async def found_by_axe(page: Page, address: str) -> list[str]:
    await page.goto(address)
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    await page.add_script_tag(path=str(AXE))
    return await violations(page)


async def test_every_control_is_reached_with_tab_and_shows_its_focus(
    context: BrowserContext, leads: str
) -> None:
    page = await listened(context)
    await log_in(page, leads)
    for place in ("/leads?site=demo", "/leads/l_demo_0000", "/leads/feedback?show=all"):
        await page.goto(f"{leads}{place}")
        controls = "a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']"
        wanted = await page.locator(f":is({controls}):visible").count()
        reached: set[str] = set()
        for _ in range(wanted + 2):
            await page.keyboard.press("Tab")
            found = await page.evaluate(FOCUS)
            if found is not None:
                assert found[1], f"no visible focus: {found[0]}"
                reached.add(found[0])
        assert len(reached) >= wanted, place


FOCUS = """() => {
  const active = document.activeElement;
  if (active === document.body) return null;
  window.ids ??= new Map();
  if (!window.ids.has(active)) window.ids.set(active, `${window.ids.size} ${active.outerHTML.slice(0, 90)}`);
  const around = [active, active.closest('tr'), active.closest('.chip')].filter(Boolean);
  return [window.ids.get(active), around.some((one) => getComputedStyle(one).outlineStyle !== 'none')];
}"""
