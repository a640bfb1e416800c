/** Conducts: what happens goes through the state, the state is drawn, and the line is told. */
import { Connection } from './connection.js';
import { View } from './render.js';
import { begun, INITIAL, newId, reduce } from './state.js';
import { Keeper } from './storage.js';
import styles from './styles.js';
import { Tongue } from './tongue.js';

const STALE_MS = 3_600_000;
const TYPING_RESTS_MS = 8_000;
const WORDS = 'transcript consent insist markdown message_styles messages page reading';

/** One for an element where it stands; none for one that was taken away meanwhile. @param {HTMLElement & { panel?: Panel | undefined }} host */
export const mount = (host) => {
  if (host.isConnected) host.panel ??= new Panel(host);
  return host.panel;
};

class Panel {
  #host;
  #section;
  #keeper;
  #act;
  #view;
  #connection;
  #state = INITIAL;
  #gone = new AbortController();
  #watch = new MutationObserver(() => this.#changed());
  /** @type {Foyer.Kept | null} */ #kept;
  #who = {};
  /** @type {any} */ #referrer;
  #origin = {};
  #shown;
  #mayKeep;
  #tongue = new Tongue();
  #look = '';
  #resting = 0;
  /** @type {((seen?: number) => void) | undefined} */ #share;

  /** @param {any} host */
  constructor(host) {
    host.shadowRoot.adoptedStyleSheets.push(styles);
    this.#host = host;
    this.#section = host.shadowRoot.firstElementChild;
    this.#mayKeep = !host.hasAttribute('mode');
    this.#keeper = new Keeper(this.#host.getAttribute('site'));
    this.#kept = this.#keeper.session();
    const { isOpen, isAwaited, outbox = [], referrer, shown = 0, drafts = {} } = this.#keeper.tab();
    this.#referrer = referrer;
    this.#shown = shown;
    /** @type {Foyer.Actions} */
    this.#act = {
      close: () => this.close(),
      say: (data, label) => {
        this.#act.drafts = {};
        return this.#say({ id: newId(), data, label });
      },
      again: (outgoing) => this.#say({ ...outgoing, isFailed: false }),
      drop: (id) => this.#dispatch('dropped', id),
      judge: (message_id, helpful, comment) =>
        this.#connection.tell('feedback', { message_id, helpful, comment }) &&
        this.#keep({ judged: { [message_id]: helpful } }),
      judged: {},
      drafts,
      restart: () => (this.#kept ? this.reset(this.#kept.token) : this.#renew('wiped')),
      menu: (button) =>
        this.#late('menu more_styles strings/en_messages strings/en_more', null, ({ toggle }) =>
          toggle(button, { t: this.#words, state: this.#state, ...this.#act }),
        ),
    };
    this.#view = new View(this.#section, this.#act, this.#gone.signal);
    this.#connection = this.#connect();
    // What was called before, elsewhere too.
    for (const name of ['setUser', 'setLocale'])
      if (host[name]) this[/** @type {'setUser'} */ (name)](...host[name]);
    this.#changed();
    this.#watch.observe(host, { attributes: true });
    for (const waiting of outbox) this.#say(waiting);
    if (isAwaited || outbox[0]) this.#connection.start();
    // After a click that came before the panel: it opens, and is not to close what was restored.
    if (isOpen) setTimeout(() => this.#state.isOpen || this.#open(true));
  }

  #connect() {
    return new Connection({
      base: new URL('../../api/v1/', import.meta.url).href,
      emit: (type, data) => this.#heard(type, data),
      visit: () => ({ site: this.#host.getAttribute('site'), ...this.#who, ...this.#place() }),
      client: () => ({ version: '0.1.0', ...this.#place() }),
      kept: () => this.#keeper.session(),
      alone: (work) => this.#keeper.alone(work),
    });
  }

  get #words() {
    return this.#tongue.said(this.#state.config?.strings);
  }

  /** The page says another thing of the chat. */
  #changed() {
    const { locale } = this.#place();
    this.#section.dataset.theme = this.#host.getAttribute('theme');
    this.dress();
    if (this.#tongue.locale && this.#tongue.locale !== locale && this.#kept) this.#connection.refresh();
    this.#tongue.speak(locale).then(() => this.#dispatch(''));
  }

  /** What shows messages: fetched when the panel is open, tried again where there was no connection. */
  #learn() {
    if (this.#share) return;
    this.#late(WORDS, this.#tongue.whole(), (words) => {
      if (!this.#view.learn(words)) return;
      this.#referrer ??= words.elsewhere(document.referrer);
      this.#share = words.attend(this.#around(), this.#gone.signal);
      this.#dispatch('');
    });
  }

  /** What the page and the panel know of each other. */
  #around() {
    return {
      host: this.#host,
      state: () => this.#state,
      line: () => this.#connection,
      keep: () => this.#keepTab(),
      draw: (/** @type {string} */ type) => this.#dispatch(type),
      dress: () => this.dress(),
      /** @param {boolean} [isFirst] only as long as nothing was said */
      refresh: (isFirst) => (isFirst && this.#kept?.conversation !== null) || this.#connection.refresh(),
      agree: () => this.#kept && this.#kept.token !== this.#keeper.session()?.token && this.#renew('reset'),
      judged: () => this.#judged(),
      came: (/** @type {typeof import('./consent.js').origin} */ from) => {
        this.#origin = from(this.#state, this.#referrer);
      },
    };
  }

  /** What is fetched when it is used: a module, with all that it imports at once, so that none waits for another to name it. @param {string} names @param {Promise<void> | null} also @param {(module: any) => void} use */
  async #late(names, also, use) {
    const coming = names.split(' ').map((name) => import(`./${name}.js`));
    const [module] = await Promise.all([...coming, also]).catch(() => []);
    if (module) use(module);
    else this.#dispatch('notice', 'retrying');
  }

  /** Where the visitor is. */
  #place() {
    const locale = this.#host.getAttribute('locale') || document.documentElement.lang || navigator.language;
    const page = { url: location.origin + location.pathname, title: document.title.slice(0, 500) };
    return { locale, page: { ...page, ...this.#origin } };
  }

  /** @param {string} [text] a question to ask at once */
  open(text) {
    if (!this.#state.isOpen) this.#open(!this.#mayKeep);
    if (text?.trim?.()) {
      if (/stopped|erased/.test(this.#state.link)) this.#act.restart();
      this.#view.ask(text.trim());
    }
    if (this.#mayKeep) this.#view.focus();
  }

  #open(/** @type {boolean} as it was before a reload */ isQuiet = false) {
    this.#dispatch('opened');
    this.#view.show(true, isQuiet);
    this.dress();
    this.#learn();
    this.#connection.start();
    const { at = 0, locale = '' } = this.#kept ?? {};
    if (at && (Date.now() - at > STALE_MS || locale !== this.#place().locale)) this.#connection.refresh();
    this.#tell('open');
  }

  /** Go on with the session that the browser keeps now. @param {string} how the state learns of it */
  #renew(how) {
    this.#connection.stop();
    this.#kept = null;
    this.#act.judged = {};
    this.#dispatch(how);
    this.#connection = this.#connect();
    for (const waiting of this.#state.outbox) this.#say(waiting);
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
    show(this.#words);
  }

  toggle() {
    this[this.#state.isOpen ? 'close' : 'open']();
  }

  /** @param {{ token: string } | null} [user] who the site knows the visitor to be, signed by its own server; without, nobody */
  setUser(user) {
    this.#who = { identity: user?.token };
    if (this.#kept) this.#connection.refresh();
  }

  setLocale(/** @type {string} */ locale) {
    this.#host.setAttribute('locale', locale);
    this.#host.setLocale = null;
  }

  /** Forget the conversation here. @param {string} [leaving] its session, where the same visitor begins anew */
  reset(leaving) {
    this.#who = { ...this.#who, leaving };
    this.#keeper.wipe();
    this.#act.drafts = {};
    this.#renew('wiped');
    this.#share?.();
  }

  /** It was touched: from now on it may be kept. */
  touched() {
    this.#mayKeep = true;
    if (this.#kept) this.#keep({});
  }

  destroy() {
    this.#keepTab();
    this.#gone.abort();
    this.#watch.disconnect();
    this.#connection.stop();
    this.#host.panel = undefined;
  }

  #say(/** @type {Foyer.Outgoing} */ outgoing) {
    const isKept = outgoing.isFailed || this.#connection.say(outgoing.id, outgoing.data);
    this.#dispatch(isKept ? 'said' : 'notice', isKept ? outgoing : 'full');
    return isKept;
  }

  /** What the line tells. @param {string} type @param {any} data */
  #heard(type, data) {
    const { isCurrent } = this.#state;
    this.#dispatch(type, type === 'live' ? this.#shown : data);
    if (type === 'session') this.#keep(data);
    if (data?.config) this.dress();
    if (type === 'wiped') this.#kept = this.#keeper.wipe();
    if (type === 'unproven' || data?.link === 'refused') this.#who = {};
    if (/^(message|error|unproven|link)$/.test(type))
      this.#late('news', null, ({ pass }) => pass(type, data, isCurrent, this.#around()));
    if (type === 'typing') clearTimeout(this.#resting);
    if (type === 'typing') this.#resting = setTimeout(() => this.#dispatch('rested'), TYPING_RESTS_MS);
  }

  /** What was thought of messages, in other tabs too. @param {Record<string, boolean>} [more] */
  #judged(more) {
    return Object.assign(this.#act.judged, this.#keeper.session()?.judged, more);
  }

  /** @param {Partial<Foyer.Kept>} more */
  #keep(more) {
    const judged = this.#judged(more.judged);
    this.#kept = /** @type {Foyer.Kept} */ ({ ...this.#kept, ...more, judged, look: this.#look });
    this.#keeper.keepSession(this.#kept, this.#mayKeep);
    this.#share?.();
    return true;
  }

  #keepTab() {
    const told = { shown: this.#shown, drafts: this.#view.drafts(), referrer: this.#referrer };
    if (this.#mayKeep) this.#keeper.keepTab({ ...begun(this.#state), ...told });
  }

  /** @param {string} type @param {unknown} [data] */
  #dispatch(type, data) {
    const before = this.#state;
    const state = reduce(before, type, data);
    this.#state = state;
    this.#view.draw(state, before, this.#words);
    if (/^(said|message)$/.test(type) || (type === 'live' && state.isOpen)) this.#learn();
    if (/^(opened|closed|said|accepted|message|status)$/.test(type)) this.#keepTab();
    const last = state.messages.at(-1)?.seq ?? 0;
    if (state.isOpen && !document.hidden && last > this.#shown) {
      this.#shown = last;
      this.#connection.tell('ack', { seq: last });
      this.#share?.(last);
    }
  }

  dress() {
    if (!this.#state.isOpen && !this.#kept) return;
    const own = getComputedStyle(this.#section).getPropertyValue('--own');
    this.#late(own ? 'look contrast' : 'look', null, ({ dress }) => {
      const look = dress(this.#host, this.#section, this.#state.config?.theme ?? {});
      if (look === this.#look) return;
      this.#look = look;
      if (this.#kept) this.#keep({});
    });
  }

  #tell(/** @type {string} */ name) {
    this.#host.dispatchEvent(new Event(`foyer:${name}`, { bubbles: true, composed: true }));
  }
}
