"""Every payload of the set in every place where the widget shows words or addresses, in chromium.

The modules are those that the server sends; the line they speak over is in the page (tests/browser/hostile.js), which
forbids nothing, so that whatever could run would.
"""

import asyncio
import json
import shutil
from pathlib import Path

from playwright.async_api import async_playwright

from benchmarks.attacks.bystanders import Row, attacked
from tests.browser.hostile_page import HostilePage

BATCH = 15
"""Payloads in one conversation: each is drawn anew with those before it."""
SHOWN_CHARACTERS = 160


def payloads_of(data: Path) -> list[str]:
    """Return the texts of the set, each once."""
    lines = (data / "payloads" / "payloads.jsonl").read_text().strip().split("\n")
    return list(dict.fromkeys(text for line in lines if (text := str(json.loads(line)["text"])).strip()))


async def attack(data: Path, count: int | None = None) -> list[Row]:
    """Put each payload into every place and look at what came of it."""
    chromium = shutil.which("chromium")
    if not (data / "payloads").is_dir() or not chromium:
        return [("not run", "", f"needs chromium and the payloads in {data}")]
    payloads = payloads_of(data)[:count]
    wrong: list[str] = []
    with attacked() as server:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for start in range(0, len(payloads), BATCH):
                hostile = await HostilePage.opened(browser, server.url, site="harbour")
                async with asyncio.timeout(120):
                    wrong += await hostile.attack(payloads[start : start + BATCH])
                await hostile.page.context.close()
    for one in wrong:
        print(f"!! {one[:SHOWN_CHARACTERS]}")
    return [
        ("payloads", str(len(payloads)), "each in 60 places of the chat"),
        ("ran, left the page, or became elements", str(len(wrong)), "0"),
    ]
