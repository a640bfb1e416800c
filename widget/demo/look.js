/** The demo's controls: each change is worn by the chat at once and written into the snippet. */

/** The widget's own script places it after this one has begun. */
const chat = () => document.querySelector('foyer-chat');
const form = /** @type {HTMLFormElement | null} */ (document.querySelector('#controls'));
const snippet = document.querySelector('#snippet');
const styles = document.querySelector('#styles');
const plain = snippet?.textContent ?? '';
/** @type {Record<string, string>} */
const begun = form ? Object.fromEntries(entries(form)) : {};
const PROPERTIES = { font: '', surface: '', radius: 'px', x: 'px' };

/** @param {HTMLFormElement} controls @returns {[string, string][]} */
function entries(controls) {
  return [...new FormData(controls)].map(([name, value]) => [name, String(value)]);
}

/** Attributes and properties that were moved from where they began. @param {HTMLFormElement} controls */
function chosen(controls) {
  const moved = entries(controls).filter(([name, value]) => value !== begun[name]);
  const isProperty = (/** @type {string} */ name) => Object.hasOwn(PROPERTIES, name);
  return {
    attributes: moved.filter(([name]) => !isProperty(name)),
    properties: moved.filter(([name]) => isProperty(name)),
  };
}

/** @param {string} name @param {string} value @returns {[string, string]} */
const property = (name, value) => [
  `--foyer-${name}`,
  value + (PROPERTIES[/** @type {'font'} */ (name)] ?? ''),
];

/** The accent as a property: so the button wears it before the panel is there. @param {[string, string][]} attributes @param {[string, string][]} properties */
function wear(attributes, properties) {
  const moved = Object.fromEntries(attributes);
  for (const name of ['theme', 'position', 'label']) {
    if (moved[name]) chat()?.setAttribute(name, moved[name]);
    else chat()?.removeAttribute(name);
  }
  const accent = /** @type {[string, string][]} */ (moved.accent ? [['accent', moved.accent]] : []);
  for (const name of ['accent', ...Object.keys(PROPERTIES)]) chat()?.style.removeProperty(`--foyer-${name}`);
  for (const [name, value] of [...properties, ...accent]) chat()?.style.setProperty(...property(name, value));
  chat()?.call('dress');
}

/** @param {[string, string][]} attributes @param {[string, string][]} properties */
function write(attributes, properties) {
  const quoted = attributes.map(([name, value]) => ` data-${name}="${value.replaceAll('"', '&quot;')}"`);
  const isMoved = attributes.some(([name]) => name === 'accent');
  const line = isMoved ? plain.replace(/ data-accent="[^"]*"/, '') : plain;
  snippet?.replaceChildren(line.replace('></script>', `${quoted.join('')}></script>`));
  const rules = properties.map(([name, value]) => `  ${property(name, value).join(': ')};`);
  styles?.querySelector('code')?.replaceChildren(`foyer-chat {\n${rules.join('\n')}\n}`);
  styles?.toggleAttribute('hidden', !rules.length);
}

let locale = '';
form?.addEventListener('input', () => {
  const { attributes, properties } = chosen(form);
  wear(attributes, properties);
  write(attributes, properties);
  const now = attributes.find(([name]) => name === 'locale')?.[1] ?? '';
  if (now === locale) return;
  locale = now;
  window.foyer.setLocale?.(now);
});
form?.addEventListener('submit', (event) => event.preventDefault());
