/** The demo page: its questions are asked in the chat, its snippet is copied. */

const CONFIRMED_MS = 2_000;

for (const button of document.querySelectorAll('[data-ask]')) {
  button.addEventListener('click', () => window.foyer.open?.(button.textContent));
}

document.querySelector('[data-open]')?.addEventListener('click', () => window.foyer.open?.());

const copy = document.querySelector('#copy');
copy?.addEventListener('click', async () => {
  const status = document.querySelector('#copied');
  const snippet = document.querySelector('#snippet');
  try {
    await navigator.clipboard.writeText(snippet?.textContent ?? '');
    copy.textContent = 'Copied';
    setTimeout(() => copy.replaceChildren('Copy'), CONFIRMED_MS);
  } catch {
    if (snippet) getSelection()?.selectAllChildren(snippet);
    if (status) status.textContent = 'The line is selected: copy it with your keyboard.';
  }
});
