/**
 * A small, safe part of Markdown, as a tree of plain values: paragraphs, emphasis, code, lists, tables, quotes,
 * links to http, https and mailto. No images, no HTML: what is not understood stays text.
 */

const DEEPEST = 5;
const BULLET = /^\s*(?:[-*+]|(\d{1,9})[.)])\s+/;
const RULE = /^\s*\|?[\s:|-]*-[\s:|-]*$/;

// Every repetition is bounded: a hostile text may cost time in proportion to its length, not to its square.
const INLINE = new RegExp(
  [
    // 1 escaped
    /\\([!-/:-@[-`{-~])/,
    // 3 code
    /(`{1,3})(.{1,2000}?)\2(?!`)/,
    // 4 bold, 5 italics
    /\*\*(?=\S)(.{1,2000}?\S?)\*\*|\*(?=[^\s*])(.{0,2000}?[^\s*])\*(?!\*)/,
    // 6 italics
    /(?<!\w)_(?=[^\s_])(.{0,2000}?[^\s_])_(?!\w)/,
    // 7 image, 8 label, 9 address
    /(!?)\[([^[\]]{0,500})\]\(\s{0,9}<?([^\s()<>]{0,1000}(?:\([^\s()<>]{0,200}\))?[^\s()<>]{0,200})>?[^()]{0,200}\)/,
    // 10 footnote, close to what it belongs to
    / ?\[(\d{1,3})\]/,
    // 11 bare address, but not the value of an attribute
    /<?(?<![\w="'])(https?:\/\/[^\s<>"]{1,1000}[^\s<>".,;:!?')\]}*_])>?/,
    // 12 line break
    /( {2,}|\\)\n/,
  ]
    .map(({ source }) => source)
    .join('|'),
  's',
);

/** @param {string} tag @param {Foyer.Node[]} children @param {object} [props] @returns {Foyer.Node} */
const node = (tag, children, props) => ({ tag, children, props });

/** The address, if it may be followed from a page. @param {string | null | undefined} address */
export function safeUrl(address) {
  try {
    const url = new URL(address ?? '');
    return /^(https?|mailto):$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** @param {string} text @returns {Foyer.Node[]} */
export const markdown = (text) => blocks(text.replace(/\r\n?/g, '\n').split('\n'), 0);

/** @param {string[]} lines @param {number} depth @returns {Foyer.Node[]} */
function blocks(lines, depth) {
  /** @type {Foyer.Node[]} */
  const found = [];
  for (let at = 0; at < lines.length; ) {
    const [block, used] = nextBlock(lines, at, depth);
    if (block) found.push(block);
    at += used;
  }
  return found;
}

/** @param {string[]} lines @param {number} at @param {number} depth @returns {[Foyer.Node | null, number]} */
function nextBlock(lines, at, depth) {
  const line = lines[at] ?? '';
  if (!line.trim()) return [null, 1];
  for (const kind of depth < DEEPEST ? [fence, heading, list, table, quote] : []) {
    const block = kind(line, lines, at, depth);
    if (block) return block;
  }
  const end = following(
    lines,
    at,
    (next) => !!next.trim() && !/^\s*(```|#{1,6} |>|[-*+] |\d+[.)] |\|)/.test(next),
  );
  return [node('p', inline(lines.slice(at, end).join('\n'))), end - at];
}

/** Index of the first line after `at` that does not belong. @param {string[]} lines @param {number} at @param {(line: string) => boolean} belongs */
function following(lines, at, belongs) {
  let end = at + 1;
  while (end < lines.length && belongs(lines[end] ?? '')) end++;
  return end;
}

/** @typedef {(line: string, lines: string[], at: number, depth: number) => [Foyer.Node, number] | null} Kind */

/** @type {Kind} */
function fence(line, lines, at) {
  if (!/^\s*```/.test(line)) return null;
  const end = following(lines, at, (next) => !/^\s*```\s*$/.test(next));
  return [node('pre', [lines.slice(at + 1, end).join('\n')]), end - at + 1];
}

/** @type {Kind} */
function heading(line) {
  const match = /^#{1,6}\s+(.{1,2000}?)[\s#]*$/.exec(line);
  return match ? [node('p', [node('strong', inline(match[1] ?? ''))]), 1] : null;
}

/** @type {Kind} */
function list(line, lines, at, depth) {
  const first = BULLET.exec(line);
  if (!first) return null;
  const indent = line.search(/\S/);
  const isNext = (/** @type {string} */ next) => BULLET.test(next) && next.search(/\S/) <= indent;
  const end = following(
    lines,
    at,
    (next) => (isNext(next) && !BULLET.exec(next)?.[1] === !first[1]) || /^\s{2,}\S/.test(next),
  );
  /** @type {Foyer.Node[]} */
  const items = [];
  for (let from = at; from < end; ) {
    const to = Math.min(
      following(lines, from, (next) => !isNext(next)),
      end,
    );
    const [head = '', ...rest] = lines.slice(from, to);
    const width = BULLET.exec(head)?.[0].length ?? 0;
    const body = [head.slice(width), ...rest.map((next) => next.slice(Math.min(width, next.search(/\S/))))];
    items.push(node('li', unwrapped(blocks(body, depth + 1))));
    from = to;
  }
  return [node(first[1] ? 'ol' : 'ul', items, { start: first[1] }), end - at];
}

/** A tight item shows its first paragraph's words directly. @param {Foyer.Node[]} nodes @returns {Foyer.Node[]} */
function unwrapped([first, ...rest]) {
  if (first && typeof first !== 'string')
    return first.tag === 'p' ? [...first.children, ...rest] : [first, ...rest];
  return rest;
}

/** @type {Kind} */
function table(line, lines, at) {
  if (!/^\s*\|/.test(line) || !RULE.test(lines[at + 1] ?? '')) return null;
  const end = following(lines, at, (next) => /^\s*\|/.test(next));
  const rows = [line, ...lines.slice(at + 2, end)].map((row, index) => {
    const cells = row
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|');
    return node(
      'tr',
      cells.map((cell) => node(index ? 'td' : 'th', inline(cell.trim()))),
    );
  });
  // A wide one scrolls by itself, by keyboard too.
  return [node('table', rows, { tabIndex: 0 }), end - at];
}

/** @type {Kind} */
function quote(line, lines, at, depth) {
  if (!/^\s*>/.test(line)) return null;
  const end = following(lines, at, (next) => /^\s*>/.test(next));
  const inner = lines.slice(at, end).map((next) => next.replace(/^\s*>\s?/, ''));
  return [node('blockquote', blocks(inner, depth + 1)), end - at];
}

/** @param {string} text @param {number} [depth] @returns {Foyer.Node[]} */
export function inline(text, depth = 0) {
  /** @type {Foyer.Node[]} */
  const found = [];
  let rest = text;
  for (let match = depth < DEEPEST && INLINE.exec(rest); match; match = INLINE.exec(rest)) {
    if (match.index) found.push(rest.slice(0, match.index));
    found.push(span(match, depth + 1));
    rest = rest.slice(match.index + match[0].length);
  }
  return rest ? [...found, rest] : found;
}

/** @param {RegExpExecArray} match @param {number} depth @returns {Foyer.Node} */
function span(match, depth) {
  const [, escaped, , code, bold, star, under, image, label, , footnote, , wrap] = match;
  if (code) return node('code', [code.trim()]);
  if (bold) return node('strong', inline(bold, depth));
  if (star || under) return node('em', inline(star || under || '', depth));
  if (footnote) return { tag: 'sup', cite: Number(footnote), children: [footnote] };
  if (wrap) return node('br', []);
  return escaped || (image ? (label ?? '') : link(match, depth));
}

/** A link, or its words where it leads nowhere good. @param {RegExpExecArray} match @param {number} depth @returns {Foyer.Node} */
function link(match, depth) {
  const [, , , , , , , , label, address, , bare = ''] = match;
  const href = safeUrl(address ?? bare);
  const children = label ? inline(label, depth) : [address ?? bare];
  return href ? { tag: 'a', href, children } : node('span', children);
}
