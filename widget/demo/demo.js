/** The demo page: its questions are asked in the chat, its lines are copied. */

const CONFIRMED_MS = 2_000;

for (const button of document.querySelectorAll('[data-ask]')) {
  button.addEventListener('click', () => window.foyer.open?.(button.textContent));
}

for (const button of document.querySelectorAll('[data-open]')) {
  button.addEventListener('click', () => window.foyer.open?.());
}

/** @param {Element} button */
async function copy(button) {
  const code = button.parentElement?.querySelector('code');
  const status = document.querySelector('#copied');
  try {
    await navigator.clipboard.writeText(code?.textContent ?? '');
    button.textContent = 'Copied';
    status?.replaceChildren();
    setTimeout(() => button.replaceChildren('Copy'), CONFIRMED_MS);
  } catch {
    if (code) getSelection()?.selectAllChildren(code);
    status?.replaceChildren('The text is selected: copy it with your keyboard.');
  }
}

for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', () => copy(button));
}
