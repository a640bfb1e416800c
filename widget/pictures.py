"""Take the pictures of the documentation anew from a server of the demo. Usage: python widget/pictures.py ADDRESS."""

import asyncio
import shutil
import sys
from pathlib import Path

from playwright.async_api import Browser, async_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
STATES = {
    "greeting": ("A greeting", "light", 1440, "en"),
    "answer": ("A thumb, and a word", "light", 1440, "en"),
    "menu": ("The menu", "light", 1440, "en"),
    "table-dark": ("A table and a list", "dark", 1440, "en"),
    "card-dark": ("Products", "dark", 1440, "en"),
    "form-problem": ("A form with a mistake", "light", 1440, "en"),
    "consent": ("The consent question", "light", 1440, "en"),
    "rating": ("The end", "light", 1440, "en"),
    "offline": ("Without a connection", "light", 1440, "en"),
    "rtl-phone-dark": ("Right to left", "dark", 360, "ar"),
    "erased-phone": ("Deleted", "light", 360, "en"),
    "hint": ("The button, speaking first", "light", 1440, "en"),
}
"""The name of a picture, and which state of `/demo/states` it shows: name, colours, width of the window, language."""
ASKED = "How do I add Foyer to my website?"
PAGES = {"widget-light": (1440, 900, "light"), "widget-dark-phone": (360, 740, "dark")}


async def state(browser: Browser, address: str, picture: str) -> None:
    """Take one state."""
    name, scheme, width, tag = STATES[picture]
    page = await browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    await page.goto(f"{address}/demo/states?locale={tag}")
    await page.locator("#states[data-ready]").wait_for()
    shown = page.locator("#states > section", has=page.get_by_role("heading", name=name, exact=True))
    await shown.scroll_into_view_if_needed()
    await page.wait_for_timeout(500)
    # Where only the button is seen, it stands in a corner of its place.
    seen = shown.locator("> div[mode]")
    await (seen if await seen.count() else shown).screenshot(path=FOLDER / f"state-{picture}.png")
    await page.close()


async def conversation(browser: Browser, address: str, picture: str) -> None:
    """Take the demo with an answered question."""
    width, height, scheme = PAGES[picture]
    page = await browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    await page.goto(f"{address}/demo")
    await page.locator("foyer-chat").get_by_role("button").first.click()
    await page.locator("foyer-chat textarea").fill(ASKED)
    await page.keyboard.press("Enter")
    await page.locator("foyer-chat .item.bot .foot").wait_for()
    await page.wait_for_timeout(1_500)
    await page.screenshot(path=FOLDER / f"{picture}.png")
    await page.close()


async def main(address: str) -> None:
    """Take them all."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            args=["--no-sandbox"], executable_path=shutil.which("chromium")
        )
        for picture in STATES:
            await state(browser, address, picture)
        for picture in PAGES:
            await conversation(browser, address, picture)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1].rstrip("/")))
