"""The chat in Firefox: it opens, answers with its source, has its menu, and reads from right to left."""

import shutil
from pathlib import Path

from tests.browser.marionette import firefox
from tests.needed import needed

CONVERSATION = """
const root = document.querySelector('foyer-chat').shadowRoot;
const until = async (holds) => {
  for (let tries = 0; tries < 1000 && !holds(); tries++) await new Promise((resume) => setTimeout(resume, 20));
  return holds();
};
await until(() => window.foyer?.open);
root.querySelector('.launcher').click();
await until(() => root.querySelector('.greeting'));
window.foyer.open('What does Foyer cost?');
await until(() => root.querySelector('.foot'));
root.querySelector('header [aria-haspopup]').click();
await until(() => root.querySelector('[role=menu]'));
const menu = [...root.querySelectorAll('[role=menuitem]')].map(({ textContent }) => textContent);
window.foyer.setLocale('ar');
const dialog = root.querySelector('dialog');
await until(() => dialog.dir === 'rtl');
const { right, bottom } = dialog.getBoundingClientRect();
return {
  answer: root.querySelector('.item.bot:not(.greeting) .body').innerText,
  notes: root.querySelectorAll('.note').length,
  menu: menu.length,
  direction: dialog.dir,
  isInWindow: right <= innerWidth && bottom <= innerHeight,
};
"""


async def test_a_conversation_in_firefox(server: str, tmp_path: Path) -> None:
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    needed("firefox", path, "apt install firefox-esr")
    assert path is not None
    async with firefox(path, tmp_path) as browser:
        await browser.call("WebDriver:Navigate", url=f"{server}/demo")
        seen = await browser.run(CONVERSATION)

    assert "free, open-source" in seen.pop("answer")
    assert seen == {"notes": 1, "menu": 4, "direction": "rtl", "isInWindow": True}
