"""What the line costs the page it stands on, as Lighthouse counts it, in what can be counted without a clock.

Times are measured by `python -m benchmarks.widget` and `python -m benchmarks.lighthouse`; the weight by
test_weight.py, the one request by test_page.py.
"""

from typing import Any

from playwright.async_api import Page

from tests.browser.conftest import Chat, PageHost, snippet

WATCH = """
window.seen = { shift: 0, reports: [] };
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) window.seen.shift += hadRecentInput ? 0 : value;
}).observe({ type: 'layout-shift', buffered: true });
new ReportingObserver((reports) => {
  for (const { type, body } of reports) window.seen.reports.push(`${type}: ${body.message}`);
}, { buffered: true }).observe();
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (name, ...rest) {
  if (this === window && name.endsWith('unload')) window.seen.reports.push(`listens to ${name}`);
  return listen.call(this, name, ...rest);
};
"""
FETCHED = """(server) => performance.getEntriesByType('resource')
  .filter(({ name }) => name.startsWith(server))
  .map(({ name, renderBlockingStatus }) => [name.split('/').pop(), renderBlockingStatus])"""


async def seen(page: Page) -> dict[str, Any]:
    """Return what was seen, once what was drawn last is known."""
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    return await page.evaluate("window.seen")  # type: ignore[no-any-return]


async def test_the_page_is_painted_without_waiting_and_nothing_of_it_moves(
    server: str, friend: PageHost, page: Page, chat: Chat
) -> None:
    await page.add_init_script(WATCH)
    words = "<main><h1>Page</h1><p>Words.</p></main>"
    # In the head a script could hold up the first paint.
    await page.goto(friend.put("/cost", f"<body>{words}</body>", head=snippet(server)))
    await chat.launcher.wait_for()

    assert await page.evaluate(FETCHED, server) == [["widget.js", "non-blocking"]]
    assert await seen(page) == {"shift": 0, "reports": []}

    await chat.open()
    await chat.ask("When are you open?")
    await page.keyboard.press("Escape")

    assert await seen(page) == {"shift": 0, "reports": []}


async def test_a_chat_that_moved_the_page_would_be_seen(server: str, friend: PageHost, page: Page) -> None:
    await page.add_init_script(WATCH)
    body = """<body><main><h1>Page</h1></main><script>
      onload = () => requestAnimationFrame(() => requestAnimationFrame(() => {
        const above = document.createElement('div');
        above.style.height = '300px';
        document.body.prepend(above);
        addEventListener('unload', () => {});
      }));
    </script></body>"""
    await page.goto(friend.put("/moved", body))
    await page.wait_for_function("window.seen.shift > 0")

    assert "listens to unload" in (await seen(page))["reports"]
