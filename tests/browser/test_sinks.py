"""Hostile words in every place that shows words: they are shown, and nothing else happens."""

from playwright.async_api import Browser

from tests.browser.conftest import CANARY
from tests.browser.hostile_page import HostilePage

RUN = "window.owned='payload'"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg/onload={RUN}>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<img src={CANARY}>",
    f"![a]({CANARY})",
    f"<link rel=stylesheet href={CANARY}>",
    f"<meta http-equiv=refresh content='0;url={CANARY}'>",
    f"<style>@import '{CANARY}';*{{background:url({CANARY})}}</style>",
    f"red;background:url({CANARY})",
    f"url({CANARY})",
    f"</style><img src=x onerror={RUN}>",
    f"</textarea><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f'" onfocus="{RUN}" autofocus tabindex="1',
    f"' onpointerenter='{RUN}' style='position:fixed;inset:0'",
    f"` onerror=`{RUN}`",
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f"java\nscript:{RUN}",
    f"\x01javascript:{RUN}",
    f" javascript:{RUN}//https://example.com/",
    f"javascript://example.com/%0a{RUN}",
    f"vbscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"blob:https://example.com/{RUN}",
    "file:///etc/passwd",
    "//127.0.0.1:9/canary",
    "\\\\127.0.0.1:9\\canary",
    "http://[",
    f"[x](javascript:{RUN})",
    f"[x](<javascript:{RUN}>)",
    f"[x](data:text/html;base64,PHNjcmlwdD4= '{RUN}')",
    f"[![x]({CANARY})]({CANARY})",
    f"<javascript:{RUN}>",
    f"[a]: javascript:{RUN}\n[a]",
    f"| <img src=x onerror={RUN}> | b |\n|---|---|\n| c | [d](javascript:{RUN}) |",
    f"```<script>\n</code></pre><script>{RUN}</script>\n```",
    "{{constructor.constructor('window.owned=1')()}} ${window.owned=1} {name} {n} {constructor}",
    "__proto__",
    "constructor",
    "\u202ecod.exe \u2066\u0000\ufeff\ufffe",
    "&lt;script&gt;&#x3C;img src=x onerror=alert(1)&#x3E;",
    "$& $1 $` $'",
    "*" * 300 + "[" * 300 + "_`" * 150,
]


async def test_hostile_words_are_words_in_every_place(chromium: Browser, server: str) -> None:
    hostile = await HostilePage.opened(chromium, server)

    # A conversation is drawn anew with each message: short ones take less time in all.
    for start in range(0, len(PAYLOADS), 8):
        assert await hostile.attack(PAYLOADS[start : start + 8]) == []
    await hostile.page.context.close()
