// What the console does beyond its pages: copying. Every page works without it.
for (const button of document.querySelectorAll('button[data-copy], button[data-copy-from]')) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener('click', async () => {
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
}
