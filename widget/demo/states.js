/** Every state of the chat beside each other: the widget's own view, drawn from written-down states. */
import { STATES } from './state_list.js';

const place = /** @type {HTMLElement} */ (document.querySelector('#states'));
const base = new URL(place.dataset.base ?? '', location.href).href;
const [{ View }, { INITIAL }, styles, transcript, { default: first }, { default: rest }] = await Promise.all(
  ['render.js', 'state.js', 'styles.js', 'transcript.js', 'strings/en.js', 'strings/en_messages.js'].map(
    (name) => import(base + name),
  ),
);
const locale = new URLSearchParams(location.search).get('locale') ?? 'en';
const words = /^(de|fr|es|pt|it|nl|pl|ja|ar)$/.test(locale)
  ? await import(`${base}strings/${locale}.js`)
  : {};
const real = /** @type {HTMLElement} */ (document.querySelector('#source'));
const [look] = /** @type {ShadowRoot} */ (real.shadowRoot).adoptedStyleSheets;

/** @param {string} name @param {any} state */
function draw(name, state) {
  const host = document.createElement('div');
  host.setAttribute('mode', 'inline');
  host.setAttribute('label', name);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [/** @type {CSSStyleSheet} */ (look), styles.default];
  const section = root.appendChild(document.createElement('section'));
  section.ariaLabel = name;
  section.style.setProperty('--site-accent', real.getAttribute('accent'));
  const button = section.appendChild(document.createElement('button'));
  button.className = 'launcher';
  const frame = document.createElement('section');
  const title = document.createElement('h2');
  title.textContent = name;
  frame.append(title, host);
  place.append(frame);
  const nothing = () => false;
  const actions = {
    close: nothing,
    say: nothing,
    again: nothing,
    judge: nothing,
    judged: {},
    drafts: {},
    restart: nothing,
    menu: nothing,
  };
  const view = new View(section, actions, new AbortController().signal);
  view.learn(transcript);
  view.show(true, true);
  view.draw(state, INITIAL, { ...first, ...rest, ...words.default });
}

for (const [name, state] of STATES) draw(name, state);
place.dataset.ready = 'true';
