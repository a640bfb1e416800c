/**
 * A page may set its own surface and ink: words must read on it. Loaded where a page sets a surface. Contrast is
 * WCAG 2.2's ratio of relative luminances.
 */

const ON_SURFACE = ['--ink', '--muted', '--link', '--danger', '--good'];
const LEAST = 4.5;

/** Black or white stands in for a colour that does not read on the surface. @param {HTMLElement} section */
export function adjust(section) {
  for (const name of ON_SURFACE) section.style.removeProperty(name);
  const surface = painted(section, '--surface');
  for (const name of ON_SURFACE) {
    if (ratio(painted(section, name), surface) >= LEAST) continue;
    section.style.setProperty(name, ratio([0, 0, 0], surface) > LEAST ? '#000' : '#fff');
  }
}

/** The colour as a screen shows it: any notation, 0–255. @param {HTMLElement} section @param {string} name */
function painted(section, name) {
  const probe = section.appendChild(document.createElement('i'));
  probe.style.color = `var(${name})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(1, 1).getContext('2d'));
  pen.fillStyle = color;
  pen.fillRect(0, 0, 1, 1);
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
