// What the console does beyond its pages: copying. Every page works without it.
document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('button[data-copy], button[data-copy-from]');
  if (!button) return;
  const from = button.dataset.copyFrom;
  const text = from ? document.getElementById(from).textContent : button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Not allowed here';
  }
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 2_000);
});

/** Shows the buttons that copy, where the browser lets them. */
export function offerCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll('button.copy')) button.hidden = false;
}

offerCopying();
