/**
 * A page may set its own surface and ink: words must read on it. Loaded where a page sets one of them. Contrast is
 * WCAG 2.2's ratio of relative luminances.
 */

const WORDS = ['--ink', '--muted', '--link', '--danger', '--good'];
const LEAST = 4.5;

/**
 * Black or white stands in for ink that does not read on the surface, ink for what else does not. Where a tint of the
 * accent would bring words too near to it, the surface is tinted away from them. @param {HTMLElement} section
 */
export function adjust(section) {
  const { style } = section;
  for (const name of [...WORDS, '--shade', '--tint', '--faint']) style.removeProperty(name);
  const reads = (/** @type {string} */ name, /** @type {string} */ ground) =>
    ratio(painted(section, ground, name), painted(section, ground)) >= LEAST;
  const surface = painted(section, '--surface');
  const [black, white] = [0, 255].map((grey) => ratio([grey, grey, grey], surface));
  if (!reads('--ink', '--surface')) style.setProperty('--ink', black > white ? '#000' : '#fff');
  for (const name of WORDS) if (!reads(name, '--surface')) style.setProperty(name, 'var(--ink)');
  if (['--ink', '--link'].every((name) => reads(name, '--tint'))) return;
  style.setProperty('--shade', luminance(painted(section, '--ink')) < luminance(surface) ? '#fff' : '#000');
  style.setProperty('--tint', 'color-mix(in oklab,var(--shade) 12%,var(--surface))');
  style.setProperty('--faint', '1');
  if (!reads('--link', '--tint')) style.setProperty('--link', 'var(--ink)');
}

/** The last of some colours over each other as a screen shows it: any notation, 0–255. @param {HTMLElement} section @param {string[]} names */
function painted(section, ...names) {
  const probe = section.appendChild(document.createElement('i'));
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(1, 1).getContext('2d'));
  for (const name of names) {
    probe.style.color = `var(${name})`;
    pen.fillStyle = getComputedStyle(probe).color;
    pen.fillRect(0, 0, 1, 1);
  }
  probe.remove();
  return [...pen.getImageData(0, 0, 1, 1).data];
}

/** @param {number[]} one @param {number[]} other @returns {number} 1–21 */
export function ratio(one, other) {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** @param {number[]} rgb 0–255 */
function luminance([r = 0, g = 0, b = 0]) {
  const linear = (/** @type {number} */ value) =>
    value <= 10.31 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}
