// The button, and nothing else until somebody shows interest (README.md).
const sheet = new CSSStyleSheet();
sheet.replaceSync(`:host{all:initial!important}
.launcher{all:unset;height:56px;inset:auto var(--right,var(--foyer-x,20px)) var(--foyer-y,20px) var(--left,auto);background:var(--accent);width:56px;color:var(--on-accent);forced-color-adjust:none;border-radius:50%;cursor:pointer;position:fixed;box-shadow:var(--edge),0 4px 20px #0004}
.launcher::before{background:currentColor;clip-path:path(evenodd,"M2 26V14a12 12 0 1 1 12 12zm8-6h8v-6a4 4 0 0 0-8 0z");height:28px;display:block;margin:14px;content:""}
:host([position=left]) section{--right:auto;--left:var(--foyer-x,20px)}
.launcher:focus-visible{outline-offset:3px;outline:3px solid var(--accent)}
section{--y:clamp(0,(.18 - .213*r - .715*g - .072*b)*9e9,1);--accent:rgb(from var(--foyer-accent,var(--site-accent,#2f6f4f)) r g b);--on-accent:color(from var(--accent) srgb-linear var(--y) var(--y) var(--y));--edge:0 0 0 1px rgb(from var(--on-accent) r g b/.5);all:unset}
:host([hidden]){display:none!important}
@media print{:host{display:none!important}}
:host([mode]) .launcher{display:none}`);

/** @param {string} name */
const load = (name) => import(`./__FOYER_BASE__${name}.js`);

customElements.define(
  'foyer-chat',
  class extends HTMLElement {
    #root = this.attachShadow({ mode: 'open' });
    /** @type {any} */ #panel;

    connectedCallback() {
      const launcher = document.createElement('button');
      // biome-ignore lint/style/useTemplate: fewer bytes
      const site = 'foyer:' + this.getAttribute('site');
      this.#root.adoptedStyleSheets = [sheet];
      const section = document.createElement('section');
      this.#root.replaceChildren(section);
      section.append(launcher);
      launcher.onclick = () => this.call('toggle');
      launcher.onfocus = launcher.onpointerenter = () => this.#load();
      section.ariaLabel = launcher.ariaLabel = this.getAttribute('label') ?? 'Chat';
      launcher.className = launcher.part = 'launcher';
      try {
        if (sessionStorage[site]) this.#load();
        section.style = JSON.parse(localStorage[site]).look;
      } catch {}
      if (this.hasAttribute('accent'))
        section.style.setProperty('--site-accent', this.getAttribute('accent'));
      section.popover = 'manual';
      section.showPopover?.();
      for (const name of ['mode', 'triggers'])
        if (this.hasAttribute(name)) load(name).then((it) => it.mount(this));
      this.dispatchEvent(new Event('foyer:ready', { bubbles: true }));
    }

    disconnectedCallback() {
      // @ts-expect-error: the panel says so
      this.panel?.destroy();
      // @ts-expect-error: set below
      setTimeout(() => this.stay?.());
    }

    #load() {
      // @ts-expect-error: the panel says so
      if (!this.panel)
        this.#panel = Promise.all(
          'panel element render connection tongue state strings/en storage styles'.split(' ').map(load),
        ).then(([it]) => it.mount(this));
    }

    /** @param {string} name @param {any[]} values */
    async call(name, ...values) {
      // @ts-expect-error: what was last called is kept, for who comes later
      this[name] = values;
      if ('open toggle reset'.includes(name)) this.#load();
      (await this.#panel)?.[name]?.(...values);
    }
  },
);
window.foyer = {};
for (const name of 'open toggle reset close setLocale setUser setAttributes'.split(' '))
  window.foyer[name] = (...values) => document.querySelector('foyer-chat')?.call(name, ...values);
for (const { src, dataset } of document.scripts)
  if (src === import.meta.url && dataset.site) {
    const chat = document.createElement('foyer-chat');
    const mark = new Comment();
    // @ts-expect-error: a name that is there has a value
    for (const name in dataset) chat.setAttribute(name, dataset[name]);
    chat.stay = () => mark.isConnected || document.body.append(mark, chat);
    chat.stay();
  }
