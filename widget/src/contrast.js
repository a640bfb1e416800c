/**
 * A page may set its own surface and ink: words must read on it. Loaded where a page sets one of them. Contrast is
 * WCAG 2.2's ratio of relative luminances.
 */

const WORDS = ['--ink', '--muted', '--link', '--danger', '--good'];
const MADE = ['--border', '--shade', '--tint', '--faint', '--surface'];
const [LEAST, EDGE] = [4.5, 3];
/** The luminance on which black reads as well as white. */
const MIDDLE = 0.179;
/** The surface where the page sets none. */
const OWN = 'light-dark(#fdfcfa,#201e1b)';

/**
 * Black or white stands in for ink that does not read on the surface, ink for what else does not. Where a tint of the
 * accent would bring words too near to it, the surface is tinted away from them. A surface through which the page is
 * seen stays only where ink reads on it over white and over black. @param {HTMLElement} section
 */
export function adjust(section) {
  const { style } = section;
  for (const name of [...WORDS, ...MADE]) style.removeProperty(name);
  // Whether it stands out from the surface, or from a tint on it, whatever the page is like behind them.
  const reads = (/** @type {string} */ name, tint = '#0000', least = LEAST) =>
    ['#fff', '#000'].every((page) => {
      const under = [page, 'var(--surface)', tint];
      return ratio(painted(section, ...under, `var(${name})`), painted(section, ...under)) >= least;
    });
  const surface = painted(section, OWN, 'var(--surface)');
  const light = luminance(surface);
  const mend = (/** @type {boolean} */ isFine, /** @type {string} */ name, value = 'var(--ink)') =>
    isFine || style.setProperty(name, value);
  mend(reads('--ink'), '--surface', `rgb(${surface})`);
  mend(reads('--ink'), '--ink', light > MIDDLE ? '#000' : '#fff');
  for (const name of WORDS) mend(reads(name), name);
  mend(reads('--border', '#0000', EDGE), '--border', 'var(--muted)');
  const isApart = ['--ink', '--link'].every((name) => reads(name, 'var(--tint)'));
  mend(isApart, '--shade', luminance(painted(section, 'var(--ink)')) < light ? '#fff' : '#000');
  mend(isApart, '--tint', 'color-mix(in oklab,var(--shade) 12%,var(--surface))');
  mend(isApart, '--faint', '1');
  mend(reads('--link', 'var(--tint)'), '--link');
}

/** Some colours over each other as a screen shows them: any notation, 0–255. @param {HTMLElement} section @param {string[]} colours */
function painted(section, ...colours) {
  const probe = section.appendChild(document.createElement('i'));
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(1, 1).getContext('2d'));
  for (const colour of colours) {
    probe.style.color = colour;
    pen.fillStyle = getComputedStyle(probe).color;
    pen.fillRect(0, 0, 1, 1);
  }
  probe.remove();
  return [...pen.getImageData(0, 0, 1, 1).data];
}

/** @param {number[]} one @param {number[]} other @returns {number} 1–21 */
function ratio(one, other) {
  const times = (luminance(one) + 0.05) / (luminance(other) + 0.05);
  return Math.max(times, 1 / times);
}

/** @param {number[]} rgb 0–255 */
function luminance([r = 0, g = 0, b = 0]) {
  const linear = (/** @type {number} */ value) =>
    value <= 10.31 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}
