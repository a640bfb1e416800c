/**
 * Speaks first, where the site's `proactive` rules say so: a line above the button, once, and silent for a day after
 * the visitor has opened or dismissed it. Loaded only on pages that ask for it (`data-triggers`).
 */
import { h } from './element.js';

const DAY_MS = 86_400_000;

/**
 * @typedef {object} Rule
 * @property {string} say
 * @property {Record<string, string>} [says] the same for some languages
 * @property {string} [url] part of a path; `*` stands for anything
 * @property {number} [after_s]
 * @property {number} [scroll_percent]
 * @property {boolean} [exit]
 * @property {boolean} [returning]
 * @property {string[]} [locales]
 * @property {Record<string, unknown>} [attributes] what the page must have said of the visitor
 */

/** @param {HTMLElement & { call: (name: string, ...values: any[]) => void }} host */
export async function mount(host) {
  const section = /** @type {HTMLElement} */ (host.shadowRoot?.firstElementChild);
  // An element that is moved while this was being loaded is mounted twice.
  if (section.dataset.watched) return;
  section.dataset.watched = 'true';
  const site = host.getAttribute('site') ?? '';
  const address = new URL('../../api/v1/proactive', import.meta.url);
  address.searchParams.set('site', site);
  const { rules = [] } = await fetch(address).then((answer) => answer.json());
  const watch = new Watch(host, section, rules, `foyer:${site}`);
  watch.start();
}

/**
 * Whether a rule may speak on this page to this visitor.
 * @param {Rule} rule @param {{ path: string, locale: string, isKnown: boolean, told: Record<string, unknown> }} visit
 */
export const suits = ({ url, locales, returning, attributes = {} }, { path, locale, isKnown, told }) =>
  (!url || pattern(url).test(path)) &&
  (!locales?.length || locales.some((one) => locale.toLowerCase().startsWith(one.toLowerCase()))) &&
  (returning === undefined || returning === isKnown) &&
  Object.entries(attributes).every(([name, value]) => String(told[name]) === String(value));

/** A page is the same with a slash at its end, and however its letters are written. @param {string} url */
const pattern = (url) => {
  const path = encodeURI(url).replaceAll('%25', '%').replace(/\/$/, '');
  return new RegExp(`^${path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}/?$`);
};

/** @param {Rule} rule @param {string} locale @returns {string} */
const inTongue = ({ say, says = {} }, locale) => {
  const tag = locale.toLowerCase();
  return says[tag] ?? says[tag.replace(/-.*/, '')] ?? say;
};

/** How much of the page was seen: of what scrolls in its middle, where the page itself does not. */
function seenPercent() {
  let at = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  while (at && !(at.scrollHeight > at.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(at).overflowY)))
    at = at.parentElement;
  const { scrollHeight, clientHeight, scrollTop } = at ?? document.documentElement;
  return ((scrollTop + clientHeight) / scrollHeight) * 100;
}

class Watch {
  #host;
  #section;
  #rules;
  #key;
  #gone = new AbortController();
  #started = Date.now();
  #path = '';
  /** What was said, and may not be said again. @type {Set<Rule>} */ #said = new Set();
  #timer = 0;

  /** @param {HTMLElement & { call: (name: string, ...values: any[]) => void }} host @param {HTMLElement} section what the element shows as long as it stays where it is @param {Rule[]} rules @param {string} key */
  constructor(host, section, rules, key) {
    this.#host = host;
    this.#section = section;
    this.#rules = rules;
    this.#key = key;
  }

  start() {
    const { signal } = this.#gone;
    const look = () => this.#look(false);
    document.addEventListener('scroll', look, { signal, passive: true, capture: true });
    document.documentElement.addEventListener('mouseleave', ({ clientY }) => this.#look(clientY <= 0), {
      signal,
    });
    this.#host.addEventListener('foyer:open', () => this.#rest(), { signal });
    this.#timer = setInterval(look, 1_000);
    signal.onabort = () => clearInterval(this.#timer);
    look();
  }

  /** @param {boolean} isLeaving */
  #look(isLeaving) {
    if (!this.#section.isConnected || this.#isResting()) return this.#gone.abort();
    if (location.pathname !== this.#path) this.#arrive();
    if (this.#line()) return;
    const rule = this.#rules.find((one) => !this.#said.has(one) && this.#isDue(one, isLeaving));
    if (rule) this.#speak(rule);
  }

  /** A page of a single-page application is a page: what was said of the one before is not left standing. */
  #arrive() {
    this.#path = location.pathname;
    this.#started = Date.now();
    const last = [...this.#said].pop();
    if (!last || this.#suits(last)) return;
    this.#line()?.remove();
    this.#host.call('greet', '', () => {});
  }

  #line() {
    return this.#host.shadowRoot?.querySelector('.spoken');
  }

  /** @param {Rule} rule */
  #suits(rule) {
    // The loader keeps what was called; what the page tells of the visitor is told to nobody else.
    const [told = {}] = /** @type {any} */ (this.#host).setAttributes ?? [];
    return suits(rule, { path: this.#path, locale: this.#locale(), isKnown: this.#isKnown(), told });
  }

  /** @param {Rule} rule @param {boolean} isLeaving */
  #isDue(rule, isLeaving) {
    return (
      this.#suits(rule) &&
      Date.now() - this.#started >= (rule.after_s ?? 0) * 1_000 &&
      (!rule.scroll_percent || seenPercent() >= rule.scroll_percent) &&
      (!rule.exit || isLeaving)
    );
  }

  #locale() {
    const [called] = /** @type {any} */ (this.#host).setLocale ?? [];
    return called || this.#host.getAttribute('locale') || document.documentElement.lang || navigator.language;
  }

  /** The panel is fetched now: it lends its words and colours. @param {Rule} rule */
  #speak(rule) {
    const text = inTongue(rule, this.#locale());
    this.#said.add(rule);
    const launcher = this.#host.shadowRoot?.querySelector('button');
    if (launcher?.ariaExpanded === 'true') return;
    launcher?.dispatchEvent(new Event('pointerenter'));
    this.#host.call('greet', text, (/** @type {Foyer.Strings} */ t) => this.#show(text, t));
  }

  /** @param {string} text @param {Foyer.Strings} t */
  #show(text, t) {
    const root = /** @type {ShadowRoot} */ (this.#host.shadowRoot);
    const words = h('button', { className: 'words', onclick: () => this.#host.call('open') }, text);
    const dismiss = h('button', { ariaLabel: t.dismiss, onclick: () => this.#rest() }, '×');
    const hint = h('div', { className: 'hint', part: 'hint', dir: 'auto' }, words, dismiss);
    if (!this.#suits([...this.#said].pop() ?? { say: '' })) return;
    if (!root.adoptedStyleSheets.includes(styles)) root.adoptedStyleSheets.push(styles);
    root.firstElementChild?.append(h('div', { className: 'spoken', role: 'status' }, hint));
  }

  /** The visitor has met it: a day of silence, remembered now that they have done something. */
  #rest() {
    this.#line()?.remove();
    try {
      localStorage[`${this.#key}:quiet`] = Date.now() + DAY_MS;
    } catch {}
    this.#gone.abort();
  }

  #isResting() {
    try {
      return localStorage[`${this.#key}:quiet`] > Date.now();
    } catch {
      return false;
    }
  }

  /** Whether this browser holds a conversation. */
  #isKnown() {
    try {
      return this.#key in localStorage;
    } catch {
      return false;
    }
  }
}

const styles = new CSSStyleSheet();
styles.replaceSync(`
.hint{position:fixed;right:var(--right,var(--foyer-x,20px));left:var(--left,auto);bottom:calc(var(--foyer-y,20px) + 68px);max-width:min(20em,100vw - 20px - var(--foyer-x,20px));display:flex;align-items:start;background:var(--surface);border-radius:14px;box-shadow:0 0 0 1px light-dark(#2a211812,#fff1),0 8px 28px -6px #2a211840;animation:hint .16s ease-out}
.hint button{all:unset;cursor:pointer;padding:12px 14px}
.hint .words+button{padding:12px 14px 12px 4px;color:var(--muted)}
.hint button:focus-visible{outline-offset:-4px;border-radius:14px}
@keyframes hint{from{opacity:0;translate:0 8px}}
@media (forced-colors:active){.hint{border:1px solid}}
`);
