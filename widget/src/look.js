/** The site's own look, where the page says nothing else. */

/**
 * @param {HTMLElement} host what the page says @param {HTMLElement} section wears it
 * @param {NonNullable<Foyer.Config['theme']>} theme what the site says
 * @returns {string} accent and side as CSS: the button of the next page wears them at once
 */
export function dress(host, section, theme) {
  const { dataset, style } = section;
  const chosen = (/** @type {'accent' | 'avatar' | 'position'} */ name) =>
    host.getAttribute(name) || (theme[name] ?? '');
  const [accent, avatar] = [chosen('accent'), chosen('avatar')];
  const [right, left] =
    chosen('position') === 'left' ? ['auto', 'var(--foyer-x,20px)'] : ['initial', 'initial'];
  const look = `--page-accent:initial;--site-accent:${CSS.supports('color', accent) ? accent : 'initial'};--right:${right};--left:${left}`;
  style.cssText += `;${look}`;
  const isPicture = avatar && URL.canParse(avatar, location.href);
  if (isPicture) style.setProperty('--avatar', `url("${new URL(avatar, location.href)}")`);
  dataset.avatar = isPicture ? 'own' : '';
  dataset.theme = host.getAttribute('theme') || theme.mode;
  section.ontransitionrun = ({ pseudoElement }) => pseudoElement === '::after' && dress(host, section, theme);
  // What was adjusted once is looked at again, also when the page takes its colours back.
  if (getComputedStyle(section).getPropertyValue('--own')) dataset.coloured = 'true';
  if (dataset.coloured) import('./contrast.js').then(({ adjust }) => adjust(section)).catch(() => {});
  return look;
}
