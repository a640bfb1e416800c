// The button, and nothing else until somebody shows interest (README.md).
const sheet = new CSSStyleSheet();
sheet.replaceSync(`:host{all:initial!important}
:host([mode]) .launcher{display:none}
:host([hidden]){display:none!important}
.launcher{all:unset;inset:auto var(--right,var(--foyer-x,20px)) var(--foyer-y,20px) var(--left,auto);forced-color-adjust:none;background:var(--accent);cursor:pointer;border-radius:50%;padding:14px;color:var(--on-accent);outline:revert;box-shadow:var(--edge),0 4px 20px #0004;position:fixed}
:host([position=left]) section{--right:auto;--left:var(--foyer-x,20px)}
@media print{:host{display:none!important}}
.launcher::before{display:block;clip-path:path(evenodd,"M2 26V14a12 12 0 1 1 12 12zm8-6h8v-6a4 4 0 0 0-8 0z");background:currentColor;height:28px;width:28px;content:""}
section{all:unset;--on-accent:color(from var(--accent) srgb-linear var(--y) var(--y) var(--y));--y:clamp(0,(.25 - g - .3*r - .1*b)*9e9,1);--accent:rgb(from var(--foyer-accent,var(--site-accent,#2f6f4f)) r g b/1);--edge:0 0 0 1px rgb(from var(--on-accent) r g b/.5)}`);

/** @param {string} name */
const load = (name) => import(`./__FOYER_BASE__${name}.js`);

if (customElements.get('foyer-chat')) load('second').then((it) => it.mount());
else {
  customElements.define(
    'foyer-chat',
    class extends HTMLElement {
      #root = this.attachShadow({ mode: 'open' });
      /** @type {any} */ #panel;

      connectedCallback() {
        const launcher = document.createElement('button');
        // biome-ignore lint/style/useTemplate: fewer bytes
        const site = 'foyer:' + this.getAttribute('site');
        const section = document.createElement('section');
        this.#root.replaceChildren(section);
        this.#root.adoptedStyleSheets = [sheet];
        launcher.onclick = () => this.call('toggle');
        launcher.onpointerenter = launcher.onfocus = () => this.#load();
        section.append(launcher);
        launcher.part = launcher.className = 'launcher';
        section.ariaLabel = launcher.ariaLabel = this.getAttribute('label') ?? 'Chat';
        try {
          if (sessionStorage[site]) this.#load();
          section.style = JSON.parse(localStorage[site]).look;
        } catch {}
        if (this.hasAttribute('accent'))
          section.style.setProperty('--site-accent', this.getAttribute('accent'));
        section.popover = 'manual';
        section.showPopover?.();
        for (const name of ['triggers', 'mode'])
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
            'panel state styles strings/en storage element tongue connection render'.split(' ').map(load),
          ).then(([it]) => it.mount(this));
      }

      /** @param {string} name @param {any[]} values */
      async call(name, ...values) {
        // @ts-expect-error: what was last called is kept, for who comes later
        this[name] = values;
        if ('open reset toggle'.includes(name)) this.#load();
        (await this.#panel)?.[name]?.(...values);
      }
    },
  );
  window.foyer = { from: import.meta.url };
  for (const name of 'open reset toggle close setAttributes setLocale setUser'.split(' '))
    window.foyer[name] = (/** @type {any[]} */ ...values) =>
      document.querySelector('foyer-chat')?.call(name, ...values);
  /** @type {Record<string, Comment>} */
  const made = {};
  for (const { dataset, src } of document.scripts)
    if (dataset.site && src === import.meta.url && !made[dataset.site]) {
      const chat = document.createElement('foyer-chat');
      const mark = new Comment();
      made[dataset.site] = mark;
      // @ts-expect-error: a name that is there has a value
      for (const name in dataset) chat.setAttribute(name, dataset[name]);
      chat.stay = () => mark.isConnected || document.body.append(mark, chat);
      chat.stay();
    }
}
