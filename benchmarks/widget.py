"""What the widget costs a page: a blank page with and without it, side by side, in chromium.

    python -m benchmarks.widget [--runs 15]

Script and blocking time at a fourth of the processor's speed, layout shift, requests before anybody shows interest, and
the time from a click on the warmed button to a focused field; medians, in turns, on loopback.
"""

import argparse
import asyncio
import platform
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from benchmarks.serving import served

SLOWDOWN = 4
LONG_TASK_MS = 50
SETTLED_MS = 1_500
WATCH = """
window.seen = { shift: 0, blocking: 0 };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.seen.shift += entry.value;
}).observe({ type: 'layout-shift', buffered: true });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.seen.blocking += Math.max(0, entry.duration - LONG);
}).observe({ type: 'longtask', buffered: true });
""".replace("LONG", str(LONG_TASK_MS))
OPENED = """async () => {
  const chat = document.querySelector('foyer-chat');
  const button = chat.shadowRoot.querySelector('button');
  const began = performance.now();
  button.click();
  while (chat.shadowRoot.activeElement?.tagName !== 'TEXTAREA') await new Promise(requestAnimationFrame);
  return performance.now() - began;
}"""


def html(name: str) -> str:
    """Return a page: `blank`, or `chat` with the snippet."""
    script = '<script type="module" src="/widget.js" data-site="demo"></script>'
    return f"<!doctype html><html lang=en><title>A page</title><p>Words</p>{script if name == 'chat' else ''}"


async def load(browser: Browser, server: str, name: str) -> tuple[Page, dict[str, float]]:
    """Load a page in a fresh profile with a slow processor; return it and what it cost (ms, shift, requests)."""
    context = await browser.new_context()
    page = await context.new_page()
    await page.add_init_script(WATCH)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    session = await context.new_cdp_session(page)
    await session.send("Performance.enable")
    await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    await page.route(
        f"{server}/{name}", lambda route: route.fulfill(body=html(name), content_type="text/html")
    )
    await page.goto(f"{server}/{name}")
    await page.wait_for_timeout(SETTLED_MS)
    metrics = (await session.send("Performance.getMetrics"))["metrics"]
    by_name = {one["name"]: one["value"] for one in metrics}
    seen = await page.evaluate("window.seen")
    await session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return page, {
        "script": by_name["ScriptDuration"] * 1e3,
        "task": by_name["TaskDuration"] * 1e3,
        "blocking": seen["blocking"],
        "shift": seen["shift"],
        "requests": len(requests) - 1,
    }


async def opening_ms(page: Page) -> float:
    """Reach for the button, wait until the panel is fetched, click; return the time until one can type."""
    await page.locator("foyer-chat .launcher").hover()
    await page.wait_for_timeout(SETTLED_MS)
    took: float = await page.evaluate(OPENED)
    return took


async def measure(server: str, runs: int) -> dict[str, dict[str, list[float]]]:
    """Return every measure of every run, by page."""
    found: dict[str, dict[str, list[float]]] = {"blank": {}, "chat": {}}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for _ in range(runs):
            for name, measures in found.items():
                page, cost = await load(browser, server, name)
                if name == "chat":
                    cost["opening"] = await opening_ms(page)
                for what, value in cost.items():
                    measures.setdefault(what, []).append(value)
                await page.context.close()
        await browser.close()
    return found


def table(found: dict[str, dict[str, list[float]]]) -> str:
    """Return the medians, blank page beside the one with the widget."""
    lines = [f"  {'':<34}{'blank':>9}{'with chat':>11}{'more':>9}"]
    for what, title in TITLES.items():
        blank = statistics.median(found["blank"].get(what, [0.0]))
        chat = statistics.median(found["chat"][what])
        lines.append(f"  {title:<34}{blank:>9.1f}{chat:>11.1f}{chat - blank:>9.1f}")
    return "\n".join(lines)


TITLES: dict[str, str] = {
    "script": f"script at 1/{SLOWDOWN} speed (ms)",
    "task": f"all tasks at 1/{SLOWDOWN} speed (ms)",
    "blocking": f"blocking over {LONG_TASK_MS} ms (ms)",
    "shift": "layout shift",
    "requests": "requests before interest",
    "opening": "click to typing, warmed (ms)",
}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs: Any = parser.parse_args().runs
    if shutil.which("chromium") is None:
        sys.stderr.write("chromium is missing: apt-get install chromium\n")
        return 1
    with tempfile.TemporaryDirectory() as home, served(Path(home)) as server:
        found = asyncio.run(measure(server.url, runs))
    print(f"{platform.processor() or platform.machine()}, {runs} runs each, medians\n{table(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
