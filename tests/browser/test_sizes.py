"""What a finger meets, and what grows with the text: measured in every state."""

from collections.abc import AsyncIterator
from typing import Any, Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import Chat, listened

SMALLEST_PX = 23.9
GROWN = "#states > section > div { --foyer-size: 30px }"
TARGETS = """(hosts) => hosts.flatMap(({ shadowRoot, parentElement }) => {
  const name = parentElement.querySelector('h2').textContent;
  return [...shadowRoot.querySelectorAll('button, a, input, textarea, [tabindex="0"]')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => one.localName !== 'a' || !one.closest('.body, .agree'))
    .map((one) => {
      const { width, height } = one.getBoundingClientRect();
      return [name, one.outerHTML.slice(0, 90), one.closest('sup') ? height : Math.min(width, height)];
    });
})"""
"""Links within a sentence are exempt (2.5.8); the mark of a source is, in its width."""
MARKS = """async () => {
  const states = document.querySelector('#states');
  const { messageElement } = await import(new URL(states.dataset.base, location.href) + 'messages.js');
  const log = states.querySelector('div[mode]').shadowRoot.querySelector('.log');
  const text = 'Helmets are lent with every bike, and with each child seat.[1] We adjust them.[2][3] Come. [4]';
  const citations = [1, 2, 3, 4].map((n) => ({ n, title: 'Renting', quote: 'Helmets' }));
  const manners = { t: { source: '', newTab: '', sources: '' }, name: '', tongue: () => 'en', judged: {}, judge() {} };
  const said = { author: 'bot', text };
  const plain = { ...said, text: text.replace(/[[]\\d\\]/g, '') };
  const bodies = [said, { ...said, citations, message_id: 'm' }, plain].map((message) => {
    const body = messageElement(message, manners).querySelector('.body');
    log.append(body);
    return body;
  });
  return bodies.map((body) => {
    const { left, top, height } = body.getBoundingClientRect();
    const marks = [...body.querySelectorAll('sup > *')].map((mark) => {
      const place = mark.getBoundingClientRect();
      const { color, fontSize, fontWeight } = getComputedStyle(mark);
      return [place.left - left, place.top - top, place.width, place.height, color, fontSize, fontWeight];
    });
    return [height, marks];
  });
}"""
SHAPES = """(hosts) => {
  const all = (selector) => hosts.flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll(selector)]);
  const seen = (one) => one.checkVisibility({ visibilityProperty: true });
  return ['header i', '.round', '.round svg', '.foot svg', '.send', '[type=checkbox]'].map((selector) => {
    const { width, height } = all(selector).find(seen).getBoundingClientRect();
    return [selector, width, height];
  });
}"""
NOTES = """(hosts) => hosts
  .flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll('.note')])
  .map((note) => {
    note.firstChild.textContent = '10';
    const number = document.createRange();
    number.selectNodeContents(note.firstChild);
    const [one, other] = [number, note.firstChild.nextSibling].map((part) => part.getBoundingClientRect());
    const gap = Math.max(other.left - one.right, one.left - other.right);
    return gap / parseFloat(getComputedStyle(note).fontSize);
  })"""
FRAMES = """(hosts) => hosts.flatMap(({ shadowRoot, parentElement }) => {
  const name = parentElement.querySelector('h2').textContent;
  const box = (one) => one.getBoundingClientRect();
  const panel = box(shadowRoot.querySelector('dialog'));
  const rows = [...shadowRoot.querySelectorAll('header, form[part=composer]')].filter((one) => one.checkVisibility());
  return rows.flatMap((row) => {
    const parts = [...row.children].filter((one) => one.checkVisibility() && !one.matches('.menu')).map(box);
    return parts.flatMap((part, n) => [
      part.left < panel.left || part.right > panel.right ? [name, row.localName, n, 'outside'] : [],
      parts.slice(n + 1).some((next) => part.right > next.left + 10) ? [name, row.localName, n, 'overlaps'] : [],
      part.width < 36 || part.height < 36 ? [name, row.localName, n, 'too small'] : [],
    ]).filter((found) => found.length);
  });
})"""
COVERED = """(hosts) => hosts.map(({ shadowRoot }) => shadowRoot.querySelector('.below'))
  .filter((pill) => pill.checkVisibility())
  .map((pill) => [pill, pill.getRootNode().querySelector('.log')].map((one) => one.getBoundingClientRect()))
  .map(([pill, log]) => pill.top - log.bottom)"""
FILLS = """(hosts) => hosts
  .flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll('[aria-pressed] path')])
  .map((path) => {
    const { fill, stroke } = getComputedStyle(path);
    return [path.closest('button').ariaPressed, fill === stroke, fill];
  })"""


@pytest_asyncio.fixture(loop_scope="session")
async def narrow(chromium: Browser, server: str) -> AsyncIterator[Page]:
    """Return every state in a window of 360 px."""
    context = await chromium.new_context(
        viewport={"width": 360, "height": 800}, bypass_csp=True, reduced_motion="reduce"
    )
    yield await states(await listened(context), server)
    await context.close()


async def states(page: Page, server: str) -> Page:
    """Wait until every state is drawn, with what is loaded when it is needed."""
    await page.goto(f"{server}/demo/states")
    await expect(page.locator("#states[data-ready]")).to_be_visible()
    await expect(page.locator("#states [part=form]")).to_have_count(4)
    await expect(page.locator("#states .rating")).to_be_visible()
    return page


async def measured(page: Page, what: str) -> list[Any]:
    """Measure something in the states."""
    return await page.locator("#states div[mode]").evaluate_all(what)  # type: ignore[no-any-return]


async def test_whatever_is_pressed_is_large_enough_for_a_finger(narrow: Page) -> None:
    found = await measured(narrow, TARGETS)

    assert len(found) > 200
    assert [one for one in found if float(one[2]) < SMALLEST_PX] == []


async def test_the_mark_of_a_source_is_alike_in_a_draft_and_after_it(narrow: Page) -> None:
    draft, final, plain = await narrow.evaluate(MARKS)

    assert len(final[1]) == 4
    assert draft == final
    assert final[0] == plain[0], "lines are as high as without marks"
    assert min(mark[3] for mark in final[1]) >= SMALLEST_PX
    mark = narrow.locator("#states sup button").first
    await mark.press("Shift")
    assert await mark.evaluate(
        "(mark) => [getComputedStyle(mark).outlineStyle, getComputedStyle(mark).display]"
    ) == ["solid", "inline-block"]


async def test_all_that_is_drawn_grows_with_the_text(server: str, page: Page) -> None:
    await states(page, server)
    before = await measured(page, SHAPES)
    await page.evaluate(
        "(rule) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rule);"
        " document.adoptedStyleSheets.push(sheet); }",
        GROWN,
    )
    after = await measured(page, SHAPES)

    for (shape, width, height), (_, wide, high) in zip(before, after, strict=True):
        assert float(wide) / float(width) == pytest.approx(2, abs=0.05), shape
        assert float(high) / float(height) == pytest.approx(2, abs=0.05), shape


@pytest.mark.parametrize("text", ["15px", "30px", "60px"])
async def test_the_number_of_a_source_stands_beside_its_title(narrow: Page, text: str) -> None:
    await narrow.add_style_tag(content=GROWN.replace("30px", text))
    gaps = await measured(narrow, NOTES)

    assert len(gaps) > 8
    assert min(gaps) > 0.2  # of the height of its letters


async def test_header_and_composer_hold_text_of_twice_the_size(narrow: Page) -> None:
    await narrow.add_style_tag(content=GROWN)

    assert await measured(narrow, FRAMES) == []


async def test_that_there_are_new_messages_is_told_beside_what_is_read(server: str, page: Page) -> None:
    await states(page, server)

    (below,) = await measured(page, COVERED)
    assert float(below) >= 0


async def test_a_header_is_as_high_in_every_language(server: str, page: Page, chat: Chat) -> None:
    await page.goto(f"{server}/demo")
    await chat.open()
    await chat.at_rest()
    heights = set()
    for tag in ("en", "de", "fr", "es", "ja"):
        await page.evaluate("(tag) => foyer.setLocale(tag)", tag)
        await expect(chat.panel).to_have_attribute("lang", tag)
        heights.add(await chat.panel.locator("header").evaluate("(one) => one.offsetHeight"))
        who = chat.panel.locator(".who")
        await expect(who).to_have_attribute("title", await who.inner_text())
        assert await who.evaluate("(one) => one.scrollWidth <= one.clientWidth"), "nothing of ours is cut off"

    assert len(heights) == 1


@pytest.mark.parametrize("forced", ["none", "active"])
async def test_a_pressed_thumb_is_another_shape(
    chromium: Browser, server: str, forced: Literal["none", "active"]
) -> None:
    context = await chromium.new_context(forced_colors=forced)
    page = await states(await listened(context), server)
    fills = {tuple(one) for one in await measured(page, FILLS)}
    await context.close()

    assert {(pressed, is_solid) for pressed, is_solid, _ in fills} == {("true", True), ("false", False)}
    assert {fill for pressed, _, fill in fills if pressed == "false"} == {"none"}
