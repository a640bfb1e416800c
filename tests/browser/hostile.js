/**
 * A server of words that mean harm, inside the page: the modules are the real ones, the line they speak over is this.
 * `hostile.attack(payloads)` puts each payload into every place that shows words or addresses, and says what is wrong.
 */
(() => {
  const ELEMENTS =
    'section button span dialog header i div h2 svg path textarea form footer a p strong em code pre ul ol li table tr td th blockquote br sup b bdi small time label input';
  const ATTRIBUTES =
    /^(class|part|role|aria-[a-z]+|tabindex|dir|lang|hidden|href|target|rel|title|type|id|for|name|maxlength|required|placeholder|rows|disabled|popover|open|viewBox|d|datetime|autocomplete|inputmode|autocapitalize|spellcheck|novalidate|data-(theme|watched|avatar|id))$/;
  const STYLED = 'section, textarea, .log';
  const allowed = new Set(ELEMENTS.split(' '));
  const hostile = { config: {}, rules: [], socket: null, blob: null, attack };
  let seq = 0;
  window.hostile = hostile;
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
    window[name] = () => {
      window.owned = name;
    };

  const real = window.fetch;
  window.fetch = async (address, options) => {
    if (/\/sessions$/.test(address))
      return Response.json({ visitor_token: 't', conversation_id: 'c', epoch: 'e', config: hostile.config });
    if (/\/proactive/.test(address)) return Response.json({ rules: hostile.rules });
    return real(address, options);
  };
  window.WebSocket = class {
    constructor() {
      hostile.socket = this;
      setTimeout(() => this.onopen?.());
    }
    send(text) {
      const { type, id } = JSON.parse(text);
      const accepted = () => tell('accepted', { client_message_id: id, message_id: `v${id}`, seq: ++seq });
      if (type === 'say') setTimeout(accepted);
      if (type !== 'hello') return;
      seq = 0;
      tell('welcome', { conversation_id: 'c', epoch: 'e', head_seq: 0, resumed: true });
      tell('live', {});
      this.isGreeted = true;
    }
    close() {}
  };
  const tell = (type, data, number) =>
    hostile.socket.onmessage?.({ data: JSON.stringify({ type, seq: number, data }) });
  const say = (author, text, more = {}) =>
    tell('message', { message_id: `m${++seq}`, author, text, at: new Date().toISOString(), ...more }, seq);
  const chat = () => document.querySelector('foyer-chat');
  const root = () => chat().shadowRoot;
  const made = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    hostile.blob = blob;
    return made(blob);
  };
  const all = (selector) => [...root().querySelectorAll(selector)];

  async function until(holds, what) {
    for (let tries = 0; !holds(); tries++) {
      if (tries > 400) throw new Error(`never came: ${what}`);
      await new Promise((resume) => setTimeout(resume, 5));
    }
  }

  /** What a knowledge base may hold of a payload. */
  const written = (payload) => {
    const line = payload.replaceAll('\n', ' ');
    return [
      payload,
      `| ${line} | b |\n|---|---|\n| ${line} | ${line} |`,
      `# ${line}\n> ${line}\n- ${line}\n1. ${line}`,
      `**${line}** *${line}* _${line}_ \`${line}\` <${line}>`,
      `[${line}](https://example.com/) [x](${line}) ![${line}](${line}) [x](<${line}>)`,
      `\`\`\`${line}\n${payload}\n\`\`\``,
    ].join('\n\n');
  };

  function configOf(payload) {
    const words =
      'launcher close more dismiss name bot waiting live closed operator log input placeholder send replies below privacy retrying refused stopped erased restart full tooLong unread you today yesterday sources source newTab helpful unhelpful copy copied writing unsent again discard person transcript forget fresh conversation comment praise optional noted rate yes no submit skip fieldName fieldCompany fieldEmail fieldPhone fieldWebsite fieldEmpty fieldWrongEmail fieldWrongPhone fieldWrongWebsite';
    return {
      name: payload,
      greeting: payload,
      theme: { accent: payload, mode: payload },
      choices: [{ id: payload, label: payload }],
      consent: { text: payload, version: payload, policy_url: payload },
      forms: { email: ['name', 'email', payload] },
      strings: Object.fromEntries(words.split(' ').map((word) => [word, payload])),
    };
  }

  /** @returns {string[]} what is wrong, of everything that the widget has made */
  function judge() {
    const found = [];
    for (const element of all('*')) {
      if (!allowed.has(element.localName)) found.push(`element ${element.outerHTML.slice(0, 200)}`);
      for (const { name, value } of element.attributes) {
        const isNumber = name === 'start' && element.localName === 'ol' && /^\d+$/.test(value);
        const isOurs = isNumber || ATTRIBUTES.test(name) || (name === 'style' && element.matches(STYLED));
        if (!isOurs) found.push(`attribute ${name}=${value.slice(0, 120)}`);
        if (name === 'href' && !/^(https?|mailto|):$/.test(element.protocol)) found.push(`address ${value}`);
      }
    }
    if (window.owned || document.title !== 'A page') found.push(`ran: ${window.owned ?? document.title}`);
    return found;
  }

  async function menu(isWanted) {
    const isThere = () => all('[role=menu]').length > 0;
    if (isThere() !== isWanted) all('header [aria-haspopup]')[0].click();
    await until(() => isThere() === isWanted, 'the menu');
  }

  async function triggered(payload, base) {
    hostile.rules = [{ say: payload, says: { en: payload } }];
    localStorage.clear();
    delete root().firstElementChild.dataset.watched;
    for (const spoken of all('.spoken')) spoken.remove();
    window.foyer.close();
    await until(() => !root().querySelector('dialog').open, 'a closed panel');
    const { mount } = await import(`${base}triggers.js`);
    await mount(chat());
    await until(() => root().querySelector('.hint .words'), 'the line that speaks first');
    const [{ textContent }] = all('.hint .words');
    const found = textContent === payload ? [] : [`first words: ${textContent}`];
    window.foyer.open();
    await until(() => root().querySelector('dialog').open, 'an open panel');
    return found;
  }

  async function attack(payloads, base) {
    hostile.config = {};
    window.foyer.open();
    await until(() => root().querySelector('.greeting'), 'the panel');
    window.foyer.reset();
    hostile.socket = null;
    await until(() => hostile.socket?.isGreeted, 'the line');
    for (const payload of payloads) {
      const found = await everywhere(payload, base).catch((error) => [String(error)]);
      if (found.length) return [`after ${payload}`, ...found.slice(0, 12)];
    }
    return downloaded(payloads.at(-1));
  }

  /** One payload in every place; what is wrong of it. */
  async function everywhere(payload, base) {
    const found = [];
    hostile.config = configOf(payload);
    // Another language, so that the site's words are asked for again.
    hostile.locale = hostile.locale === 'en-GB' ? 'en' : 'en-GB';
    window.foyer.setLocale(hostile.locale);
    const dialog = () => root().querySelector('dialog');
    await until(() => dialog().ariaLabel === payload, 'the name');
    found.push(...(await triggered(payload, base)));
    const before = all('.item.visitor').length;
    window.foyer.open(payload);
    await until(() => all('.item.visitor:not(.pending)').length > before, 'what was said');
    const own = all('.item.visitor .body').at(-1);
    if (own.textContent !== payload.trim()) found.push(`visitor: ${own.textContent}`);
    tell('delta', { in_reply_to: payload, n: 0, text: written(payload) });
    say('bot', `${written(payload)}\n\n[1] [2]`, {
      kind: 'none',
      citations: [
        { n: 1, title: payload, url: payload, link: payload, quote: payload, passage_id: payload },
        { n: 2, title: payload, url: null, quote: payload },
      ],
      cards: [
        {
          name: payload,
          price: payload,
          currency: payload,
          url: payload,
          reasons: { [payload]: payload },
        },
      ],
      choices: [{ id: payload, label: payload }],
    });
    tell('status', { status: 'live', operator: { name: payload } });
    say('operator', written(payload));
    say('system', written(payload));
    say('bot', payload, { kind: 'noted', asked: 'email', choices: [{ id: payload, label: payload }] });
    await until(() => root().querySelector('.contact'), 'the form');
    for (const thumb of all('.foot > button').slice(-1)) thumb.click();
    await menu(true);
    if (root().querySelector('[role=menuitem]').textContent !== payload) found.push('the menu');
    found.push(...judge());
    say('bot', payload, { kind: 'goodbye' });
    await until(() => root().querySelector('.rating'), 'the rating');
    found.push(...judge());
    await menu(false);
    return [...new Set(found)];
  }

  async function downloaded(payload) {
    await menu(true);
    all('[role=menuitem]')[1].click();
    const isText = hostile.blob?.type === 'text/plain;charset=utf-8';
    const words = (await hostile.blob?.text()) ?? '';
    return isText && words.includes(payload) ? [] : [`transcript: ${words.slice(0, 200)}`];
  }
})();
