/** The menu behind the dots: a person, the transcript, a fresh start, being forgotten. Loaded when it is opened. */
import { fill, h } from './element.js';
import { wear } from './more_styles.js';
import names from './strings/en_messages.js';
import english from './strings/en_more.js';

/**
 * @typedef {object} Means
 * @property {Foyer.Strings} t
 * @property {Foyer.State} state
 * @property {(data: Foyer.Say, label: string) => unknown} say
 * @property {() => void} restart
 */

/** Open the menu under its button, or close it. @param {HTMLElement} button @param {Means} means */
export function toggle(button, means) {
  /** @type {HTMLElement | null | undefined} */
  const open = button.parentElement?.querySelector('[role=menu]');
  if (open) return leave(open, button);
  const menu = h(
    'div',
    { role: 'menu', className: 'menu', part: 'menu' },
    ...items(means, () => leave(menu, button)),
  );
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget !== button && !menu.contains(/** @type {Node | null} */ (relatedTarget))) leave(menu);
  });
  menu.onkeydown = (event) => moved(event, menu, button);
  wear(button);
  button.ariaExpanded = 'true';
  button.after(menu);
  /** @type {HTMLElement} */ (menu.firstElementChild).focus();
}

/** @param {HTMLElement} menu @param {HTMLElement} [button] takes the focus back */
function leave(menu, button) {
  const opener = /** @type {HTMLElement} */ (menu.previousElementSibling);
  if (opener) opener.ariaExpanded = 'false';
  button?.focus();
  menu.remove();
}

/** @param {KeyboardEvent} event @param {HTMLElement} menu @param {HTMLElement} button */
function moved(event, menu, button) {
  const all = /** @type {HTMLElement[]} */ ([...menu.children]);
  const at = all.indexOf(/** @type {HTMLElement} */ (event.target));
  /** @type {Record<string, number>} */
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  const next = to[event.key];
  if (event.key === 'Escape') leave(menu, button);
  else if (next !== undefined) all.at(next % all.length)?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** @param {Means} means @param {() => void} close */
function items({ t: own, state, say, restart }, close) {
  const t = { ...names, ...english, ...own };
  const isSaid = state.messages.length > 0;
  /** @type {[string, boolean, () => unknown][]} */
  const offered = [
    [t.person, true, () => say({ choice: 'person' }, t.person)],
    [t.transcript, isSaid, () => download(state, t)],
    [t.fresh, isSaid, restart],
    [t.forget, isSaid, () => say({ choice: 'forget' }, t.forget)],
  ];
  return offered
    .filter(([, isOffered]) => isOffered)
    .map(([label, , act]) => {
      const onclick = () => {
        close();
        act();
      };
      return h('button', { role: 'menuitem', tabIndex: -1, onclick }, label);
    });
}

/** The conversation as a text file. @param {Foyer.State} state @param {Foyer.Strings} t */
function download(state, t) {
  const name = state.config?.name ?? t.name;
  const address = URL.createObjectURL(new Blob([transcript(state, t)], { type: 'text/plain;charset=utf-8' }));
  const [date] = new Date().toISOString().split('T');
  h('a', { href: address, download: `${name} ${date}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** What was said, by whom, when, with the sources. @param {Foyer.State} state @param {Foyer.Strings} t */
export function transcript({ messages, config }, t) {
  const name = config?.name ?? t.name;
  const time = new Intl.DateTimeFormat(t.tag, { dateStyle: 'medium', timeStyle: 'short' });
  const parts = messages.map((message) => {
    const { author, at, citations = [] } = message;
    const who = author === 'visitor' ? t.you : author === 'operator' ? t.operator : name;
    const notes = citations.map(({ n, title, url }) => [`[${n}] ${title}`, url].filter(Boolean).join(' – '));
    const when = at ? [time.format(new Date(at))] : [];
    return [[who, ...when].join(', '), ...lines(message, notes)].join('\n');
  });
  return [fill(t.conversation, { name }), ...parts, ''].join('\n\n');
}

/** As on the screen: what is asked stands below the sources, and bold is not spelt out. @param {Foyer.Message} message @param {string[]} notes */
function lines({ author, text, asked }, notes) {
  if (author === 'visitor') return [text];
  const said = text.replace(/\*\*(\S.*?)\*\*/g, '$1');
  const end = asked && notes[0] ? said.lastIndexOf('\n\n') : -1;
  return end < 0 ? [said, ...notes] : [said.slice(0, end), ...notes, said.slice(end + 1)];
}
