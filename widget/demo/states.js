/** Every state of the chat beside each other: the widget's own view, drawn from written-down states. */
import { ACTS } from './state_acts.js';
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
const size = new CSSStyleSheet();
size.replaceSync(':host([mode]){display:block!important;position:static!important;height:520px!important}');

/** @param {string} name @param {any} state @param {string} [act] what is done once it is drawn */
async function draw(name, state, act) {
  const host = document.createElement('div');
  host.setAttribute('mode', 'inline');
  host.setAttribute('label', name);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [/** @type {CSSStyleSheet} */ (look), styles.default, size];
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
    judge: () => true,
    judged: {},
    drafts: {},
    restart: nothing,
    menu: nothing,
  };
  const view = new View(section, actions, new AbortController().signal);
  view.learn(transcript);
  view.show(true, true);
  const t = { ...first, ...rest, ...words.default };
  view.draw(state, INITIAL, t);
  await ACTS[act ?? '']?.({ host, root, view, state, t, base });
}

for (const one of STATES) await draw(...one);
scrollTo(0, 0);
place.dataset.ready = 'true';
