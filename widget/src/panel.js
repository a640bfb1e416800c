/** Conducts: what happens goes through the state, the state is drawn, and the line is told. */
import { Connection } from './connection.js';
import { View } from './render.js';
import { INITIAL, reduce } from './state.js';
import { elsewhere, Keeper } from './storage.js';
import en from './strings/en.js';
import styles from './styles.js';

const STALE_MS = 3_600_000;
const TYPING_RESTS_MS = 8_000;
const TONGUES = /^(de|fr|es|pt|it|nl|pl|ja|ar)/;

/** @param {HTMLElement} host */
export const mount = (host) => new Panel(host);

class Panel {
  #host;
  #section;
  #keeper;
  #act;
  #view;
  #connection;
  #state = INITIAL;
  #gone = new AbortController();
  /** @type {Foyer.Kept | null} */ #kept;
  /** @type {string | undefined} */ #identity;
  /** @type {string | undefined} */ #leaving;
  /** @type {string | undefined} */ #referrer;
  /** Where they came from, as far as it may be told. */
  #origin = {};
  #shown = 0;
  #mayKeep = true;
  /** @type {Partial<Foyer.Strings>} */ #words = en;
  #resting = 0;

  /** @param {HTMLElement} host */
  constructor(host) {
    const { signal } = this.#gone;
    const root = /** @type {ShadowRoot} */ (host.shadowRoot);
    root.adoptedStyleSheets.push(styles);
    this.#host = host;
    this.#section = /** @type {HTMLElement} */ (root.firstElementChild);
    this.#keeper = new Keeper(this.#attribute('site'));
    this.#kept = this.#keeper.session();
    if (host.hasAttribute('mode')) this.#settle();
    /** @type {import('./render.js').Actions} */
    this.#act = {
      close: () => this.close(),
      say: (data, label) => this.#say({ id: newId(), data, label }),
      again: (outgoing) => this.#say({ ...outgoing, isFailed: false }),
      judge: (message_id, helpful, comment) =>
        this.#connection.tell('feedback', { message_id, helpful, comment }),
      restart: () => this.reset(this.#kept?.token),
      menu: (button) => this.#menu(button),
    };
    this.#view = new View(this.#section, this.#act, signal);
    this.#connection = this.#connect();
    for (const name of ['online', 'pageshow', 'pagehide'])
      window.addEventListener(name, () => this.#seen(name), { signal });
    // Another tab began, or was told to forget: so does this one.
    const agree = () => {
      const kept = this.#keeper.session() ?? (this.#mayKeep ? null : this.#kept);
      if (kept?.token !== this.#kept?.token) this.#renew('reset');
    };
    window.addEventListener('storage', agree, { signal });
    document.addEventListener('visibilitychange', () => this.#seen(''), { signal });
    // A page of a single-page application is a page: the conversation begins on the one where it begins.
    const moved = () => this.#kept?.conversation === null && this.#connection.refresh();
    /** @type {any} */ (window).navigation?.addEventListener('currententrychange', moved, { signal });
    const { isOpen, outbox = [], referrer } = this.#keeper.tab();
    this.#referrer = referrer ?? elsewhere(document.referrer);
    this.#speak();
    for (const waiting of outbox) this.#say(waiting);
    // After a click that came before the panel: it opens, and is not to close what was restored.
    if (isOpen) setTimeout(() => this.#state.isOpen || this.#open(true));
  }

  /** Part of the page: no button, no corner; nothing is kept before somebody touches it. */
  #settle() {
    this.#section.popover = null;
    this.#mayKeep = false;
    const touched = () => {
      this.#mayKeep = true;
      this.#keep(this.#kept);
    };
    for (const touch of ['pointerdown', 'keydown']) this.#section.addEventListener(touch, touched, true);
  }

  #connect() {
    return new Connection({
      base: new URL('../../api/v1/', import.meta.url).href,
      emit: (type, data) => this.#heard(type, data),
      visit: () => ({
        site: this.#attribute('site'),
        identity: this.#identity,
        leaving: this.#leaving,
        ...this.#place(),
      }),
      client: () => ({ version: '0.1.0', ...this.#place() }),
      kept: () => this.#keeper.session(),
      alone: (work) => this.#keeper.alone(work),
    });
  }

  /** In the visitor's language, where we have it. */
  async #speak() {
    const [tag] = TONGUES.exec(this.#place().locale.toLowerCase()) ?? [];
    const module = tag && (await import(`./strings/${tag}.js`).catch(() => {}));
    this.#words = module?.default ?? en;
    this.#dispatch('');
  }

  get #strings() {
    return /** @type {Foyer.Strings} */ ({ ...en, ...this.#words, ...this.#state.config?.strings });
  }

  /** @param {HTMLElement} button */
  async #menu(button) {
    const { toggle } = await import('./menu.js');
    toggle(button, { t: this.#strings, state: this.#state, ...this.#act });
  }

  /** Where the visitor is. */
  #place() {
    const locale = this.#attribute('locale') || document.documentElement.lang || navigator.language;
    const page = { url: location.origin + location.pathname, title: document.title.slice(0, 500) };
    return { locale, page: { ...page, ...this.#origin } };
  }

  /** @param {string} [text] a question to ask at once */
  open(text) {
    if (!this.#state.isOpen) this.#open(!this.#mayKeep);
    if (text) this.#say({ id: newId(), data: { text }, label: text });
    if (this.#mayKeep) this.#view.focus();
  }

  /** @param {boolean} [isQuiet] as it was before a reload */
  #open(isQuiet) {
    this.#dispatch('opened');
    this.#view.show(true, isQuiet);
    this.#connection.start();
    const { at = 0, locale = '' } = this.#kept ?? {};
    if (at && (Date.now() - at > STALE_MS || locale !== this.#place().locale)) this.#connection.refresh();
    this.#tell('open');
  }

  /** Go on with the session that the browser keeps now. @param {string} how the state learns of it */
  #renew(how) {
    this.#connection.stop();
    this.#kept = null;
    this.#dispatch(how);
    this.#connection = this.#connect();
    for (const { id, data } of this.#state.outbox) this.#connection.say(id, data);
    if (this.#state.isOpen) this.#connection.start();
  }

  close() {
    if (!this.#state.isOpen || this.#host.hasAttribute('mode')) return;
    this.#dispatch('closed');
    this.#view.show(false);
    this.#tell('close');
  }

  /** Another greeting, said before the visitor came in. @param {string} text @param {(t: Foyer.Strings) => void} show */
  greet(text, show) {
    this.#dispatch('greeted', text);
    show(this.#strings);
  }

  toggle() {
    if (this.#state.isOpen) this.close();
    else this.open();
  }

  /** @param {{ token: string }} user who the site knows the visitor to be, signed by its own server */
  setUser({ token }) {
    this.#identity = token;
    if (this.#kept) this.#connection.refresh();
  }

  /** @param {string} locale */
  setLocale(locale) {
    this.#host.setAttribute('locale', locale);
    this.#speak();
    if (this.#kept) this.#connection.refresh();
  }

  /** Forget the conversation in this browser. @param {string} [leaving] its session, where the same visitor begins anew */
  reset(leaving) {
    this.#leaving = leaving;
    this.#keeper.wipe();
    this.#renew('wiped');
  }

  destroy() {
    this.#gone.abort();
    this.#connection.stop();
  }

  /** @param {Foyer.Outgoing} outgoing */
  #say(outgoing) {
    const isKept = this.#connection.say(outgoing.id, outgoing.data);
    this.#dispatch(isKept ? 'said' : 'notice', isKept ? outgoing : 'full');
    return isKept;
  }

  /** @param {string} how */
  #seen(how) {
    if (how === 'pagehide') return this.#connection.stop();
    if (document.hidden || !(this.#state.isOpen || this.#state.isCurrent)) return;
    this.#connection.start();
    this.#connection.wake();
    this.#dispatch('');
  }

  /** What the line tells. @param {string} type @param {any} data */
  #heard(type, data) {
    const { isCurrent } = this.#state;
    this.#dispatch(type, data);
    if (type === 'session') this.#keep({ ...this.#kept, ...data });
    if (type === 'wiped') this.#keeper.wipe();
    if (type === 'error') this.#tell(type, data);
    if (type === 'unproven' || data?.link === 'refused') this.#explain(data);
    if (type === 'message') this.#learned(data, isCurrent);
    clearTimeout(this.#resting);
    if (type === 'typing') this.#resting = setTimeout(() => this.#dispatch('rested'), TYPING_RESTS_MS);
  }

  /** @param {Foyer.Kept | null} kept */
  #keep(kept) {
    this.#kept = kept;
    if (this.#mayKeep) this.#keeper.keepSession(kept);
  }

  /** News for the page; after some, the server has more to tell of the session, or we have. @param {Foyer.Message} message @param {boolean} isNew */
  async #learned(message, isNew) {
    const { kind } = message;
    const hasConsent = kind === 'consent_given';
    if (isNew) this.#tell('message', message);
    if (isNew && hasConsent) this.#tell('lead', message);
    if (/^consent_/.test(kind ?? '')) {
      const { origin } = await import('./consent.js');
      this.#origin = origin(this.#state, this.#referrer);
    }
    if (isNew && (hasConsent || kind === 'verified')) this.#connection.refresh();
  }

  /** @param {string} type @param {unknown} [data] */
  #dispatch(type, data) {
    const before = this.#state;
    const state = reduce(before, type, data);
    this.#state = state;
    if (state.config !== before.config) this.dress();
    this.#view.draw(state, before, this.#strings);
    if (state.messages.length + state.outbox.length) this.#view.learn(() => this.#dispatch(''));
    if (this.#mayKeep && (state.isOpen !== before.isOpen || state.outbox !== before.outbox))
      this.#keeper.keepTab(state, this.#referrer);
    const last = state.messages.at(-1)?.seq ?? 0;
    if (state.isOpen && !document.hidden && last > this.#shown) {
      this.#shown = last;
      this.#connection.tell('ack', { seq: last });
    }
  }

  /** The site's own look, where the page says nothing else. */
  dress() {
    const theme = this.#state.config?.theme ?? {};
    const { dataset, style } = this.#section;
    const chosen = (/** @type {'accent' | 'avatar'} */ name) => this.#attribute(name) || (theme[name] ?? '');
    const [accent, avatar] = [chosen('accent'), chosen('avatar')];
    if (CSS.supports('color', accent)) style.setProperty('--site-accent', accent);
    if (avatar) style.setProperty('--avatar', `url("${new URL(avatar, location.href)}")`);
    if (avatar) dataset.avatar = '';
    dataset.theme = this.#attribute('theme') || theme.mode;
    if (theme.position && !this.#attribute('position')) this.#host.setAttribute('position', theme.position);
    const own = getComputedStyle(this.#host);
    if (own.getPropertyValue('--foyer-surface') || own.getPropertyValue('--foyer-ink'))
      import('./contrast.js').then(({ adjust }) => adjust(this.#section));
  }

  /** For the owner of the page: why nothing works. @param {{ reason: unknown, detail?: string }} problem */
  async #explain(problem) {
    this.#identity = undefined;
    const { explain } = await import('./explain.js');
    this.#tell('error', explain(problem, this.#attribute('site')));
  }

  /** @param {string} name @param {unknown} [detail] */
  #tell(name, detail) {
    this.#host.dispatchEvent(new CustomEvent(`foyer:${name}`, { detail, bubbles: true, composed: true }));
  }

  /** @param {string} name */
  #attribute(name) {
    return this.#host.getAttribute(name) ?? '';
  }
}

/** Also on pages without TLS, where `randomUUID` is missing. */
const newId = () => `${crypto.getRandomValues(new BigUint64Array(2)).join('-')}`;
