/** One message as elements: its words, the products it recommends, its sources, whether it helped. */
import { fill, h, icon } from './element.js';
import { insist } from './insist.js';
import { markdown, safeUrl } from './markdown.js';

const THUMB =
  'M7 11v9H4v-9zl4-8c2 0 3 1 2.700 3L13 9h5.500c1.500 0 2.300 1 2 2.500l-1.300 6.500c-.3 1.300-1.200 2-2.500 2H7';
const CONFIRMED_MS = 2_000;
const AMOUNT = /^\d+(\.\d+)? [A-Z]{3}$/;

/** A module with what it imports, asked for at once. @template Module @param {Promise<Module>} coming */
export const late = (coming) =>
  Promise.all([coming, import('./more_styles.js'), import('./strings/en_more.js')]);

/** @typedef {{ t: Foyer.Strings, name: string, tongue: (what?: string | null) => string, judged: Record<string, boolean>, judge: (message_id: string, helpful: boolean, comment?: string) => boolean }} Manners */

/** A question of ours stands below the answer's sources. @param {Foyer.Message} message @param {Manners} manners */
export function messageElement({ author, text, citations = [], cards = [], message_id, asked }, manners) {
  const { t, name, tongue } = manners;
  const notes = citations.map((citation) => note(citation, t, tongue()));
  const isOurs = author === 'visitor';
  const who = isOurs ? t.you : author === 'operator' ? t.operator : name;
  const words = isOurs ? [text] : markdown(text).map(build(t, marks(citations, notes, t, !message_id)));
  const question = asked && notes.length && words.length > 1 ? words.splice(-1) : [];
  // A person writes as the visitor does, the bot as the site.
  const body = (/** @type {typeof words} */ said, /** @type {string | null | undefined} */ what) =>
    h('div', { className: 'body', dir: 'auto', ...(author === 'bot' && { lang: tongue(what) }) }, ...said);
  return h(
    'div',
    { className: `item ${author}`, part: `message ${author}` },
    h('div', { className: author === 'operator' ? 'by' : 'sr' }, `${who}: `),
    body(words, question.length ? '' : asked),
    ...cards.map((product) => card(product, t, tongue())),
    ...(notes.length ? foot(message_id, notes, manners) : []),
    ...(question.length ? [body(question, asked)] : []),
  );
}

/** @typedef {(n: number) => Node | string} Mark the sign of a source in the text */

/** @param {Foyer.Strings} t @param {Mark} mark @returns {(node: Foyer.Node) => Node | string} */
const build = (t, mark) => (node) => {
  if (typeof node === 'string') return node;
  const { tag, href, cite, props } = node;
  if (cite) return mark(cite);
  const children = node.children.map(build(t, mark));
  if (tag === 'pre') return code(children, t);
  if (href) return h('a', away(href), ...children, hint(t));
  return h(/** @type {'p'} */ (tag), props, ...children);
};

/** @param {Foyer.Citation[]} citations @param {HTMLElement[]} notes @param {Foyer.Strings} t @param {boolean} isDraft its sources come with the whole message @returns {Mark} */
const marks = (citations, notes, t, isDraft) => (n) => {
  const at = citations.findIndex((citation) => citation.n === n);
  if (at < 0) return isDraft ? h('sup', {}, h('span', {}, `${n}`)) : `[${n}]`;
  const ariaLabel = fill(t.source, { n: `${n}`, title: citations[at]?.title });
  return h('sup', {}, h('button', { ariaLabel, onclick: () => notes[at]?.focus() }, `${n}`));
};

/** @param {string} href */
const away = (href) => ({ href, target: '_blank', rel: 'noopener noreferrer' });

/** @param {Foyer.Strings} t */
const hint = (t) => h('span', { className: 'sr' }, ` (${t.newTab})`);

/** @param {(Node | string)[]} words @param {Foyer.Strings} t */
function code(words, t) {
  const pre = h('pre', { dir: 'ltr' }, ...words);
  const copy = h('button', { className: 'copy' }, t.copy);
  copy.onclick = async () => {
    try {
      await navigator.clipboard.writeText(pre.textContent ?? '');
    } catch {
      // On a page without TLS, or that keeps the clipboard to itself: selected, one key is left to press.
      return getSelection()?.selectAllChildren(pre);
    }
    copy.textContent = t.copied;
    setTimeout(() => copy.replaceChildren(t.copy), CONFIRMED_MS);
  };
  return h('div', { className: 'code' }, pre, copy);
}

/** A product: its name, its price and why it fits; leads to its page. No picture: what a table names is not fetched. @param {Foyer.Card} product @param {Foyer.Strings} t @param {string} lang */
function card({ name, price, currency, url, reasons = {} }, t, lang) {
  const cost = [price, currency].filter(Boolean).join(' ');
  const why = Object.entries(reasons)
    .filter(([, cell]) => cell !== cost)
    .map((pair) => (+pair[1] ? pair.join(': ') : pair[1]));
  const shown = AMOUNT.test(cost) ? money(Number(price), `${currency}`, t) : cost;
  const href = safeUrl(url);
  const words = [h('b', {}, name), ' ', h('bdi', {}, shown)];
  const look = { className: 'card', part: 'card', dir: 'auto', lang };
  if (why.length) words.push(' ', h('small', {}, why.join(' · ')));
  return href ? h('a', { ...look, ...away(href) }, ...words, hint(t)) : h('div', look, ...words);
}

/** As the language writes it. @param {number} price @param {string} currency @param {Foyer.Strings} t */
const money = (price, currency, { tag }) =>
  new Intl.NumberFormat(
    tag,
    /** @type {Intl.NumberFormatOptions} */ ({
      style: 'currency',
      currency,
      trailingZeroDisplay: 'stripIfInteger',
    }),
  ).format(price);

/** A footnote: leads to the place in its source, or shows the quote. @param {Foyer.Citation} citation @param {Foyer.Strings} t @param {string} lang */
function note({ n, title, url, link, quote }, t, lang) {
  const words = [h('b', {}, `${n}`), h('span', { dir: 'auto', lang }, title)];
  const look = { className: 'note', part: 'source' };
  const href = safeUrl(link ?? url);
  if (href) return h('a', { ...look, ...away(href), title: quote }, ...words, hint(t));
  const shown = h('div', { className: 'quote', dir: 'auto', lang, hidden: true }, quote);
  const button = h('button', { ...look, ariaExpanded: 'false' }, ...words);
  button.onclick = () => {
    button.ariaExpanded = String(shown.hidden);
    shown.hidden = !shown.hidden;
    button.after(shown);
  };
  return button;
}

/** @param {string} id @param {HTMLElement[]} notes @param {Manners} manners */
function foot(id, notes, { t, judge, judged }) {
  const thumbs = [true, false].map((helpful) => {
    const ariaLabel = helpful ? t.helpful : t.unhelpful;
    const thumb = h('button', { ariaLabel, ariaPressed: String(judged[id] === helpful) }, icon(THUMB));
    thumb.onclick = async () => {
      insist(() => judge(id, helpful));
      for (const other of thumbs) other.ariaPressed = String(other === thumb);
      const [{ word }] = await late(import('./opinion.js'));
      word(place, id, helpful, { t, judge });
    };
    return thumb;
  });
  const list = h(
    'ol',
    { role: 'list', ariaLabel: t.sources },
    ...notes.map((element) => h('li', {}, element)),
  );
  const place = h('div');
  return [h('div', { className: 'foot' }, list, ...thumbs), place];
}
