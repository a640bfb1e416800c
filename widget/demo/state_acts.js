/** What a visitor does, and what happens to them, in the states that no value alone makes: by the widget's own parts. */

const WAIT_MS = 3_000;

/**
 * @typedef {object} Drawn
 * @property {HTMLElement} host @property {ShadowRoot} root @property {any} view @property {any} state
 * @property {any} t the words it speaks @property {string} base where the widget's modules are
 */

/** What is loaded when it is needed comes a moment later. @param {ShadowRoot} root @param {string} selector @returns {Promise<any>} */
async function found(root, selector) {
  const until = Date.now() + WAIT_MS;
  let element = root.querySelector(selector);
  for (; !element && Date.now() < until; element = root.querySelector(selector)) await frame();
  return element;
}

const frame = () => new Promise(requestAnimationFrame);

/** @param {any} field @param {string} value */
function type(field, value) {
  field.value = value;
  field.dispatchEvent(new Event('input'));
}

/** @param {ShadowRoot} root @param {string} word */
async function worded(root, word) {
  (await found(root, '.foot'))?.lastElementChild.click();
  const field = await found(root, '.word input');
  type(field, word);
  return field;
}

/** Not in the page but in the corner of its own frame. @param {Drawn} drawn */
function closed({ host, view }) {
  host.removeAttribute('mode');
  host.parentElement?.classList.add('corner');
  view.show(false);
}

/** @type {Record<string, (drawn: Drawn) => unknown>} */
export const ACTS = {
  closed,

  async speak(drawn) {
    const { host, base, t } = drawn;
    closed(drawn);
    host.setAttribute('site', 'every-state');
    const rules = [{ say: 'Comparing bikes? Ask me which one fits.' }];
    const call = (/** @type {string} */ _, /** @type {string} */ text, /** @type {any} */ show) =>
      show?.(t, text);
    const { fetch } = window;
    // The rules come from this page: nothing here talks to the server.
    window.fetch = async () => Response.json({ rules });
    await (await import(`${base}triggers.js`)).mount(Object.assign(host, { call }));
    window.fetch = fetch;
  },

  async menu({ root, state, t, base }) {
    const { toggle } = await import(`${base}menu.js`);
    // It closes when the focus leaves it; here it is looked at.
    root.addEventListener('focusout', (event) => event.stopPropagation(), true);
    toggle(root.querySelector('[aria-haspopup=menu]'), { t, state, say() {}, restart() {} });
  },

  quote: async ({ root }) => (await found(root, 'button[part=source]'))?.click(),

  thumb: ({ root }) => worded(root, 'The shop said otherwise.'),

  async noted({ root }) {
    const word = await worded(root, 'Clear, thank you.');
    word?.form.requestSubmit();
  },

  async rated({ root }) {
    (await found(root, '.rating button'))?.click();
    (await found(root, '.word'))?.requestSubmit();
  },

  /** As a modal dialog on the whole of a narrow window would look: this page has one window, and no dialog blocks it. */
  small({ root }) {
    const whole = new CSSStyleSheet();
    whole.replaceSync('dialog[open]{border-radius:0;box-shadow:none}[part=close]{display:grid!important}');
    root.adoptedStyleSheets.push(whole);
  },

  async below({ root, view, state, t }) {
    const log = root.querySelector('[part=log]');
    await frame();
    log?.scrollTo(0, 0);
    await frame();
    await frame();
    const news = { ...state.messages.at(-1), message_id: 'news', text: 'One more thing: we close at six.' };
    view.draw({ ...state, messages: [...state.messages, news] }, state, t);
  },

  async mistake({ root }) {
    const email = await found(root, 'form [name=email]');
    type(email, 'ada@harbour');
    email?.form.requestSubmit();
  },

  over({ root }) {
    type(root.querySelector('textarea'), 'Which bike carries two children and a dog? '.repeat(95));
  },
};
