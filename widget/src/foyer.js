// The button, and nothing else until somebody shows interest (README.md).
const sheet = new CSSStyleSheet();
sheet.replaceSync(`:host{all:initial!important;position:fixed!important}
:host([hidden]),:host([mode]) .launcher{display:none!important}
.launcher{all:unset;position:fixed;inset:auto var(--right,var(--foyer-x,20px)) var(--foyer-y,20px) var(--left,auto);forced-color-adjust:none;background:var(--accent);cursor:pointer;border-radius:50%;padding:14px;color:var(--on-accent);outline:revert;box-shadow:var(--edge),0 4px 20px #0004}
:host([position=left]) section{--right:auto;--left:var(--foyer-x,20px)}
@media print{:host{display:none!important}}
.launcher::before{display:block;clip-path:path(evenodd,"M2 26V14a12 12 0 1 1 12 12zm8-6h8v-6a4 4 0 0 0-8 0z");background:var(--on-accent);padding:14px;content:""}
section{all:unset;--on-accent:color(from var(--accent) srgb-linear var(--y) var(--y) var(--y));--y:clamp(0,(.25 - g - .3*r - .1*b)*9e9,1);--accent:rgb(from var(--foyer-accent,var(--page-accent,var(--site-accent,#2f6f4f))) r g b/1);--edge:0 0 0 1px rgb(from var(--on-accent) r g b/.5)}`);

/** @param {string} name */
const load = (name) => import(`./__FOYER_BASE__${name}.js`);

// It takes nothing, and `this` is nothing here; the same words as below weigh less.
if (customElements.get('foyer-chat')) load('second').then((it) => it.mount(this));
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
        launcher.onpointerenter = launcher.onfocus = () => this.call('');
        section.append(launcher);
        launcher.part = launcher.className = 'launcher';
        section.ariaLabel = launcher.ariaLabel = this.getAttribute('label') ?? 'Chat';
        try {
          if (sessionStorage[site]) this.call('');
          section.style = JSON.parse(localStorage[site]).look;
        } catch {}
        section.style.setProperty('--page-accent', this.getAttribute('accent'));
        section.popover = 'manual';
        section.showPopover?.();
        for (const name of 'triggers mode dialog'.split(' '))
          if (this.matches(`[${name}],${name} *`)) load(name).then((it) => it.mount(this));
        this.dispatchEvent(new Event('foyer:ready', { bubbles: true, composed: true }));
      }

      disconnectedCallback() {
        // @ts-expect-error: the panel says so
        this.panel?.destroy();
        // @ts-expect-error: set below
        setTimeout(() => this.stay?.());
      }

      /** @param {string} name where it is empty, the panel comes and nothing else @param {any[]} values */
      async call(name, ...values) {
        // @ts-expect-error: what was last called is kept, for who comes later
        this[name] = values;
        if ('open reset toggle'.includes(name))
          this.#panel ??= Promise.all(
            'panel state styles strings/en storage element tongue connection render'.split(' ').map(load),
          ).catch(() => (this.#panel = null));
        (await this.#panel)?.[0].mount(this)?.[name]?.(...values);
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
      // biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes
      const mark = (made[dataset.site] = new Comment());
      // @ts-expect-error: a name that is there has a value
      for (const name in dataset) chat.setAttribute(name, dataset[name]);
      chat.stay = () => {
        if (mark.isConnected) return;
        document.body?.append(mark, chat);
        // Looked after once more: this may run before the page has a body.
        setTimeout(() => chat.stay?.());
      };
      chat.stay();
    }
}
