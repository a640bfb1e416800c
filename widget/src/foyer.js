// The button, and nothing else until somebody shows interest (README.md).
const sheet = new CSSStyleSheet();
sheet.replaceSync(`:host{all:initial!important}
:host([hidden]){display:none!important}
section{--accent:var(--foyer-accent,var(--site-accent,#2f6f4f));--y:clamp(0,(.18 - .2126*r - .7152*g - .0722*b)*1e6,1);--on-accent:color(from var(--accent) srgb-linear var(--y) var(--y) var(--y));--edge:0 0 0 1px color(from var(--on-accent) srgb r g b/.5);all:unset}
.launcher{all:unset;position:fixed;right:var(--foyer-x,20px);bottom:var(--foyer-y,20px);width:56px;height:56px;border-radius:50%;cursor:pointer;forced-color-adjust:none;background:var(--accent);color:var(--on-accent);box-shadow:var(--edge),0 4px 20px #0004}
:host([position=left]) .launcher{left:var(--foyer-x,20px);right:auto}
:host([mode]) .launcher{display:none}
.launcher:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.launcher::before{content:"";display:block;margin:14px;height:28px;background:currentColor;clip-path:path(evenodd,"M14 2a12 12 0 1 1 0 24H2l3-4A12 12 0 0 1 14 2zm-4 18h8v-6a4 4 0 0 0-8 0z")}
@media print{:host{display:none!important}}`);

/** @param {string} name */
const load = (name) => import(`./__FOYER_BASE__${name}.js`);

customElements.define(
  'foyer-chat',
  class extends HTMLElement {
    #root = this.attachShadow({ mode: 'open' });
    /** @type {any} */ #panel;
    /** @type {any} */ #wake;

    connectedCallback() {
      const section = document.createElement('section');
      const button = document.createElement('button');
      this.#root.adoptedStyleSheets = [sheet];
      this.#root.replaceChildren(section);
      section.append(button);
      section.ariaLabel = 'Chat';
      section.style.setProperty('--site-accent', this.getAttribute('accent'));
      section.popover = 'manual';
      section.showPopover();
      button.className = button.part = 'launcher';
      button.ariaLabel = this.getAttribute('label') ?? 'Open chat';
      button.onclick = () => this.call('toggle');
      button.onfocus = button.onpointerenter = () => this.#wake();
      this.#rest();
      try {
        if (sessionStorage[`foyer:${this.getAttribute('site')}`]) this.#wake();
      } catch {}
      if (this.hasAttribute('mode')) this.call('open');
      if (this.hasAttribute('triggers')) load('triggers').then((to) => to.mount(this));
      this.dispatchEvent(new Event('foyer:ready', { bubbles: true }));
    }

    disconnectedCallback() {
      this.call('destroy');
    }

    #rest() {
      this.#panel = new Promise((wake) => {
        this.#wake = wake;
      }).then(async () =>
        (await Promise.all('panel connection render state styles'.split(' ').map(load)))[0].mount(this),
      );
      this.#panel.catch(() => this.#rest());
    }

    /** @param {string} name @param {any[]} values */
    async call(name, ...values) {
      if (/open|toggle/.test(name)) this.#wake();
      // @ts-expect-error: what was last called is kept, for triggers.js
      this[name] = values;
      (await this.#panel)[name]?.(...values);
    }
  },
);
window.foyer = {};
for (const name of 'open close toggle setUser setAttributes setLocale reset'.split(' ')) {
  window.foyer[name] = (...values) => document.querySelector('foyer-chat')?.call(name, ...values);
}
for (const script of document.scripts) {
  if (script.src === import.meta.url && script.dataset.site) {
    const chat = document.createElement('foyer-chat');
    // @ts-expect-error: a name that is there has a value
    for (const name in script.dataset) chat.setAttribute(name, script.dataset[name]);
    document.body.append(chat);
  }
}
