/** The demo's controls: each change is worn by the chat at once and written into the lines to copy. */

/** The widget's own script places it after this one has begun; in the page it is another than in the corner. */
const chat = () => document.querySelector('foyer-chat');
const form = /** @type {HTMLFormElement} */ (document.querySelector('#controls'));
const snippet = /** @type {HTMLElement} */ (document.querySelector('#snippet'));
const styles = /** @type {HTMLElement} */ (document.querySelector('#styles'));
const place = /** @type {HTMLElement} */ (document.querySelector('#inline'));
/** The line as the site needs it: its attributes before anything was chosen. */
const { source, ...plain } = /** @type {Record<string, string>} */ ({ ...snippet.dataset });
const begun = Object.fromEntries(entries());
const PROPERTIES = { font: '', surface: '', ink: '', radius: 'px', x: 'px', y: 'px' };
const LIVE = ['theme', 'position', 'label', 'avatar', 'locale'];
/** The one in the corner, while one stands in the page. @type {Element | null} */
let corner = null;
let locale = '';

/** @returns {[string, string][]} */
function entries() {
  return [...new FormData(form)].map(([name, value]) => [name, String(value)]);
}

/** Attributes and properties that were moved from where they began. */
function chosen() {
  const moved = entries().filter(([name, value]) => value !== begun[name]);
  const isProperty = (/** @type {string} */ name) => Object.hasOwn(PROPERTIES, name);
  const attributes = Object.fromEntries(moved.filter(([name]) => !isProperty(name)));
  const isInline = attributes.position === 'inline';
  if (isInline) delete attributes.position;
  const properties = moved.filter(([name]) => isProperty(name));
  return { isInline, attributes, properties };
}

/** @param {string} name @param {string} value @returns {[string, string]} */
const property = (name, value) => [
  `--foyer-${name}`,
  value + (PROPERTIES[/** @type {'font'} */ (name)] ?? ''),
];

/** Have the chat stand in the page, or in its corner again. @param {boolean} isInline */
function stand(isInline) {
  if (isInline === !place.hidden) return;
  place.hidden = !isInline;
  if (isInline) {
    corner = chat();
    corner?.remove();
    const inline = document.createElement('foyer-chat');
    inline.setAttribute('site', plain.site ?? '');
    inline.setAttribute('mode', 'inline');
    place.append(inline);
  } else {
    place.replaceChildren();
    if (corner) document.body.append(corner);
  }
}

/** The accent as a property: so the button wears it before the panel is there. @param {Record<string, string>} moved @param {[string, string][]} properties */
function wear(moved, properties) {
  const element = chat();
  for (const name of LIVE) {
    const value = moved[name] ?? plain[name];
    if (value) element?.setAttribute(name, value);
    else element?.removeAttribute(name);
  }
  const accent = moved.accent ?? plain.accent;
  for (const name of ['accent', ...Object.keys(PROPERTIES)]) element?.style.removeProperty(`--foyer-${name}`);
  for (const [name, value] of [...properties, ...(accent ? [['accent', accent]] : [])])
    element?.style.setProperty(...property(String(name), String(value)));
  element?.call('dress');
}

/** @param {[string, string][]} given */
const quoted = (given) =>
  given
    .map(([name, value]) => ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`)
    .join('');

/** @param {boolean} isInline @param {Record<string, string>} moved @param {[string, string][]} properties */
function write(isInline, moved, properties) {
  const given = Object.entries({ ...plain, ...moved });
  const kept = isInline ? given.filter(([name]) => name !== 'position') : given;
  const begin = `<script type="module" src="${source}"`;
  const line = isInline
    ? `${begin}></script>\n<foyer-chat${quoted([...kept, ['mode', 'inline']])}></foyer-chat>`
    : `${begin}${quoted(kept.map(([name, value]) => [`data-${name}`, value]))}></script>`;
  snippet.replaceChildren(line);
  const rules = properties.map(([name, value]) => `  ${property(name, value).join(': ')};`);
  styles.querySelector('code')?.replaceChildren(`foyer-chat {\n${rules.join('\n')}\n}`);
  styles.hidden = !rules.length;
}

/** How far each slider stands, beside it. @param {boolean} isInline */
function measure(isInline) {
  for (const slider of form.querySelectorAll('input[type=range]')) {
    const { name, value, nextElementSibling } = /** @type {HTMLInputElement} */ (slider);
    nextElementSibling?.replaceChildren(`${value} px`);
    /** @type {HTMLInputElement} */ (slider).disabled = isInline && name !== 'radius';
  }
}

function change() {
  // What is disabled is in no FormData, so this comes first.
  measure(new FormData(form).get('position') === 'inline');
  const { isInline, attributes, properties } = chosen();
  stand(isInline);
  wear(attributes, properties);
  write(isInline, attributes, properties);
  const now = attributes.locale ?? '';
  if (now === locale) return;
  locale = now;
  window.foyer.setLocale?.(now);
}

form.addEventListener('input', change);
form.addEventListener('submit', (event) => event.preventDefault());
measure(false);
