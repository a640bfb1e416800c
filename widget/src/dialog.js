/** In a `<dialog>` of the page: shown anew whenever that is, or it would stay beneath it, seen and dead. */

/** @param {HTMLElement} host */
export function mount(host) {
  const dialog = /** @type {HTMLDialogElement} */ (host.closest('dialog'));
  const root = /** @type {ShadowRoot} */ (host.shadowRoot);
  const watch = new MutationObserver(() => {
    const section = /** @type {HTMLElement} */ (root.firstElementChild);
    if (!dialog.contains(host)) return watch.disconnect();
    if (!dialog.open || !section.popover) return;
    section.hidePopover();
    section.showPopover();
  });
  watch.observe(dialog, { attributeFilter: ['open'] });
  // Escape closes the panel, not the page's dialog with it.
  const keep = (/** @type {KeyboardEvent} */ event) => {
    const isOurs = root.querySelector('[popover] dialog')?.matches(':focus-within');
    if (event.key === 'Escape' && isOurs) event.preventDefault();
  };
  host.addEventListener('keydown', keep, true);
}
