/** `mode="inline"`: part of the page, no button, no corner; opened when it comes into sight. */

const sheet = new CSSStyleSheet();
sheet.replaceSync(
  '@media screen{:host([mode]:not([hidden])){display:block!important;position:static!important;height:var(--foyer-height,600px)!important}}',
);

/** @param {any} host */
export function mount(host) {
  const section = /** @type {HTMLElement} */ (host.shadowRoot.firstElementChild);
  // An element that is moved while this was being loaded is mounted twice.
  if (!section.popover) return;
  section.popover = null;
  host.shadowRoot.adoptedStyleSheets.push(sheet);
  for (const touch of ['pointerdown', 'keydown'])
    section.addEventListener(touch, () => host.panel?.touched(), true);
  const near = new IntersectionObserver(
    (seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      host.call('open');
    },
    { rootMargin: '50%' },
  );
  near.observe(host);
}
