/** The panel as elements. `draw` brings them in line with a state; nothing here decides anything. */
import { fill, h, icon } from './element.js';
import { isOver, openChoices } from './state.js';

const CROSS = 'M6 6l12 12M18 6 6 18';
const ARROW = 'M12 19V5m-6 6 6-6 6 6';
const DOTS = 'M4.500 12h1M11.500 12h1M18.500 12h1';
const NEAR_PX = 40;
const RIGHT_TO_LEFT = /^(ar|fa|he|ur)/;
const SMALL = '(width<480px) or (height<480px)';

export class View {
  #section;
  #launcher;
  #act;
  /** @type {Foyer.Strings} */ #t = /** @type {any} */ ({});
  #isSmall;
  /** @type {Map<string, { source: unknown, t: Foyer.Strings, element: HTMLElement }>} */ #items = new Map();
  #isFollowing = true;
  /** @type {Foyer.State | undefined} */ #told;
  limit = 4000;
  #title = h('h2');
  #who = h('div', { className: 'who' });
  #log = h('div', { className: 'log', part: 'log', role: 'log', ariaLive: 'off', tabIndex: 0 });
  #below = h('button', { className: 'below', hidden: true, onclick: () => this.#toEnd() });
  #line = h('div', { className: 'line', role: 'status' });
  #input = h('textarea', { name: 'text', rows: 1 });
  #form;
  #send = h('button', { className: 'round send', part: 'send', disabled: true }, icon(ARROW));
  #count = h('span', { ariaLive: 'polite' });
  #privacy = h('a', { target: '_blank', rel: 'noopener noreferrer', hidden: true });
  #news = h('div', { className: 'sr', ariaLive: 'polite' });
  #badge = h('span', { className: 'badge', part: 'badge' });
  #signal;
  #dialog;
  #host;
  #said = '';
  #close;
  #more;
  /** @type {typeof import('./transcript.js') | undefined} */ #words;

  /** @param {HTMLElement} section @param {Foyer.Actions} actions @param {AbortSignal} signal */
  constructor(section, actions, signal) {
    this.#section = section;
    this.#launcher = /** @type {HTMLElement} */ (section.firstElementChild);
    this.#act = actions;
    this.#signal = signal;
    this.#host = /** @type {ShadowRoot} */ (section.getRootNode()).host;
    this.#isSmall = matchMedia(this.#host.hasAttribute('mode') ? 'not all' : SMALL);
    this.#input.value = actions.drafts.text ?? '';
    this.#input.oninput = () => this.#typed();
    this.#input.onkeydown = (event) => this.#key(event);
    this.#more = h('button', { className: 'round', ariaHasPopup: 'menu' }, icon(DOTS));
    this.#more.onclick = () => actions.menu(this.#more);
    this.#close = h('button', { className: 'round', part: 'close', onclick: actions.close }, icon(CROSS));
    this.#form = h('form', { part: 'composer' }, this.#input, this.#send);
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    this.#log.onscroll = () => {
      const focused = this.#focused;
      this.#isFollowing = this.#isAtEnd();
      this.#below.hidden ||= this.#isFollowing;
      this.#refocus(focused);
    };
    const names = h('div', {}, this.#title, this.#who);
    this.#dialog = h(
      'dialog',
      { part: 'panel' },
      h('header', { part: 'header' }, h('i', { part: 'avatar' }), names, this.#more, this.#close),
      this.#log,
      h('div', { className: 'state' }, this.#below, this.#line),
      this.#form,
      h('footer', {}, this.#privacy, this.#count),
      this.#news,
    );
    this.#dialog.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === 'Escape' && !event.isComposing) actions.close();
    };
    // Safari focuses no button that is clicked: what is there afterwards would not know where the visitor is.
    const point = (/** @type {any} */ { target }) => target.closest('button')?.focus({ preventScroll: true });
    this.#dialog.addEventListener('click', point, true);
    this.#dialog.onkeyup = this.#dialog.onkeypress = (event) => event.stopPropagation();
    this.#dialog.oncancel = (event) => event.preventDefault();
    this.#launcher.append(this.#badge);
    section.append(this.#dialog);
    this.#dialog.addEventListener(
      'focusin',
      () => this.#isSmall.matches && !this.#dialog.matches(':modal') && this.show(true),
    );
    const resize = () => this.#dialog.open && this.show(true, !this.#focused);
    this.#isSmall.addEventListener('change', resize, { signal });
  }

  /** @returns {HTMLInputElement | null} or whatever else of the panel the visitor is at */
  get #focused() {
    return this.#dialog.querySelector(':focus');
  }

  /** @param {boolean} isOpen @param {boolean} [isQuiet] the visitor did nothing: the focus stays where it is */
  show(isOpen, isQuiet) {
    const focused = this.#focused;
    this.#dialog.close();
    if (!isOpen) return focused && this.#launcher.focus();
    if (isQuiet) this.#dialog.open = true;
    else if (this.#isSmall.matches) this.#dialog.showModal();
    else this.#dialog.show();
    this.#isFollowing = true;
    this.#follow();
    this.#typed();
    focused?.focus();
  }

  /** A finger would call up a keyboard that hides the greeting. */
  focus() {
    (this.#form.hidden || matchMedia('(pointer:coarse)').matches ? this.#log : this.#input).focus();
  }

  /** Whoever used what is gone now goes on where it stands anew, else at the composer. @param {HTMLInputElement | null} focused */
  #refocus(focused) {
    if (focused?.checkVisibility() !== false) return;
    /** @type {HTMLElement | null} */
    const anew = this.#dialog.querySelector(`input[name="${focused.name}"]`);
    (anew ?? this).focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const text = this.#input.value.trim();
    if (this.#send.disabled || !this.#act.say({ text }, text)) return;
    this.#input.value = '';
    this.#typed();
  }

  /** Say it; what can not be sent stays in the composer, below what was typed there. @param {string} text */
  ask(text) {
    const typed = this.#input.value;
    this.#input.value = text;
    this.#typed();
    this.#submit();
    if (typed !== this.#input.value)
      this.#input.value = [typed, this.#input.value].filter(Boolean).join('\n');
    this.#typed();
  }

  #typed() {
    const { style, value } = this.#input;
    const [n, limit] = [[...value.trim()].length, this.limit];
    style.height = 'auto';
    style.height = `${this.#input.scrollHeight}px`;
    if (this.#isFollowing) this.#toEnd();
    this.#send.disabled = !n || n > limit;
    this.#words?.count(this.#count, n, limit, this.#t);
  }

  /** @param {Foyer.State} state @param {Foyer.State} before @param {Foyer.Strings} strings */
  draw(state, before, strings) {
    const focused = this.#focused;
    if (strings !== this.#t) this.drafts();
    this.#t = strings;
    this.#frame(state);
    this.#form.hidden = isOver(state);
    this.#say(this.#form.hidden ? state.link : state.notice || state.link);
    if (state.outbox.length > before.outbox.length || !before.isCurrent) this.#isFollowing = true;
    const { scrollHeight } = this.#log;
    this.#words?.settle(this.#log, state);
    this.#sync(this.#wanted(state));
    this.#follow();
    const isRead = !state.messages[0] || this.#isAtEnd();
    this.#below.hidden = isRead || (this.#below.hidden && this.#log.scrollHeight <= scrollHeight);
    this.#refocus(focused);
    if (!before.isCurrent) this.#told = state;
    this.#told = this.#words?.tell(this.#news, state, this.#told, this.#items) ?? this.#told;
  }

  /** @param {Foyer.State} state */
  #frame({ config, status, operator, isOpen, unread }) {
    const t = this.#t;
    const policy = /^https?:.*/.exec(config?.consent?.policy_url ?? '');
    this.#translate(t);
    this.limit = config?.limits?.text ?? this.limit;
    this.#title.textContent = this.#dialog.ariaLabel = config?.name || t.name;
    const who = fill(t[/** @type {'bot'} */ (status)] ?? t.bot, { name: operator || t.operator });
    this.#who.textContent = this.#who.title = who;
    this.#privacy.hidden = !policy;
    if (policy) this.#privacy.href = policy[0];
    this.#launcher.ariaExpanded = String(isOpen);
    if (isOpen) this.#launcher.ariaLabel = t.close;
    else if (unread && t.unread) this.#launcher.ariaLabel = fill(t.unread, { n: unread, tag: t.tag });
    this.#badge.textContent = unread ? unread.toLocaleString(t.tag) : '';
  }

  /** @param {Foyer.Strings} t */
  #translate(t) {
    const label = this.#host.getAttribute('label');
    this.#dialog.lang = this.#launcher.lang = t.tag;
    this.#dialog.dir = RIGHT_TO_LEFT.test(t.tag) ? 'rtl' : 'ltr';
    this.#section.ariaLabel = label ?? t.name;
    this.#launcher.ariaLabel = label ?? t.launcher;
    this.#close.ariaLabel = t.close;
    this.#more.ariaLabel = t.more;
    this.#log.ariaLabel = t.log;
    this.#input.ariaLabel = t.input;
    this.#input.placeholder = t.placeholder;
    this.#send.ariaLabel = t.send;
    this.#below.textContent = t.below;
    this.#privacy.textContent = t.privacy;
  }

  /** One quiet line on how things stand. @param {string} key */
  #say(key) {
    const text = this.#t[/** @type {'full'} */ (key)] ?? '';
    if (this.#said === text) return;
    this.#said = text;
    this.#line.replaceChildren(text);
    if (/^(stopped|erased)$/.test(key))
      this.#line.append(' ', h('button', { onclick: this.#act.restart }, this.#t.restart));
  }

  /** Until then the panel is its frame, a greeting, ready for typing. @param {typeof import('./transcript.js')} words what shows messages @returns {boolean} whether that is new */
  learn(words) {
    if (this.#words || this.#signal.aborted) return false;
    this.#words = words;
    /** @type {ShadowRoot} */ (this.#section.getRootNode()).adoptedStyleSheets.push(words.styles);
    this.#typed();
    words.fit(this.#section, () => this.#isFollowing && this.#toEnd(), this.#signal);
    return true;
  }

  /** What is typed and not sent, by the names of the fields. */
  drafts() {
    const { drafts } = this.#act;
    /** @type {NodeListOf<HTMLInputElement>} */
    const fields = this.#dialog.querySelectorAll('input,textarea');
    for (const { name, type, value } of fields) if (name && type !== 'checkbox') drafts[name] = value;
    return Object.values(drafts).some(Boolean) ? drafts : undefined;
  }

  /** @param {Foyer.State} state @returns {Foyer.Entry[]} */
  #wanted(state) {
    const { config, messages } = state;
    const { name = this.#t.name } = config ?? {};
    const greeting = state.greeting || (config?.greeting ?? '');
    const choices = openChoices(state);
    const means = { t: this.#t, name, follow: () => this.#follow(), ...this.#act };
    /** @type {Foyer.Entry[]} */
    const wanted = [
      ['greeting', greeting, () => h('div', { className: 'item greeting', dir: 'auto' }, greeting)],
      ...(this.#words?.entries(state, means) ?? []),
    ];
    if (choices.length) wanted.push(['choices', choices, () => this.#choices(choices, messages.length > 0)]);
    return wanted;
  }

  /** @param {readonly Foyer.Choice[]} choices @param {boolean} isAsked else they are questions in words, under the greeting */
  #choices(choices, isAsked) {
    const buttons = choices.map(({ id, label }) => {
      const onclick = () => this.#act.say(isAsked ? { choice: id } : { text: label }, label);
      return h('button', { part: 'choice', dir: 'auto', onclick }, label);
    });
    return h('div', { className: 'choices', role: 'group', ariaLabel: this.#t.replies }, ...buttons);
  }

  /** Keep what is right, in order; make what is new. @param {Foyer.Entry[]} wanted */
  #sync(wanted) {
    const old = this.#items;
    this.#items = new Map();
    let at = this.#log.firstElementChild;
    for (const [key, source, make] of wanted) {
      const known = old.get(key);
      const element = known && known.source === source && known.t === this.#t ? known.element : make();
      this.#items.set(key, { source, t: this.#t, element });
      if (at === element) at = at.nextElementSibling;
      else this.#log.insertBefore(element, at);
    }
    const kept = new Set([...this.#items.values()].map(({ element }) => element));
    for (const child of [...this.#log.children])
      kept.has(/** @type {HTMLElement} */ (child)) || child.remove();
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    return scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  #toEnd() {
    if (this.#words) this.#log.scrollTo(0, this.#log.scrollHeight);
  }

  #follow() {
    if (this.#isFollowing && this.#words) this.#isFollowing = this.#words.follow(this.#log);
  }
}
