/** How the reader is followed: to the end of what is said, aloud, and above a keyboard. */

import { fill } from './element.js';

const SOME_PX = 16;
const COUNT_FROM = 0.9;

/** How much of the room for a message is taken, once that matters. @param {HTMLElement} place @param {number} n @param {number} limit @param {Foyer.Strings} t */
export function count(place, n, limit, { tooLong, tag }) {
  place.className = n > limit ? 'over' : '';
  place.textContent = n < limit * COUNT_FROM ? '' : fill(tooLong, { n, limit, tag });
}

/** Down to the end, but never past the question, nor past the greeting before there is one: what is long is read from its beginning. @param {HTMLElement} log @returns {boolean} whether that is the end */
export function follow(log) {
  log.scrollTop = log.scrollHeight;
  const top = log.getBoundingClientRect().top + SOME_PX;
  const question = [...log.querySelectorAll('.visitor,.contact,.greeting')].pop();
  const past = top - (question?.getBoundingClientRect().top ?? top);
  if (past > 0) log.scrollTop -= past;
  return past <= 0;
}

/** Ids of what others have said since. @param {Foyer.State} state @param {Foyer.State} before @returns {string[]} */
const news = ({ messages }, before) =>
  messages
    .filter(({ author }) => before.isCurrent && author !== 'visitor')
    .filter(({ message_id }) => !before.messages.some((known) => known.message_id === message_id))
    .map(({ message_id }) => message_id);

/** A message as it is read aloud: its paragraphs do not run together, its sources are left out. @param {HTMLElement} element */
const spoken = (element) =>
  /** @type {HTMLElement[]} */ ([...element.children])
    // biome-ignore lint/performance/useDomNodeTextContent: textContent knows no lines
    .map((part) => (part.className === 'foot' ? '' : part.innerText))
    .join(' ');

/** In which language the site says its first words, or asks for a slot. @param {Foyer.State} state @returns {(what?: string | null) => string} */
export const tongueOf =
  ({ config }) =>
  (what) =>
    config?.tongues?.[`${what}`] ?? config?.locale ?? '';

/** The greeting and the quick replies are read aloud in their own language. @param {Foyer.State} state @param {Map<string, { element: HTMLElement }>} items */
function pronounce(state, items) {
  const last = state.messages.at(-1);
  const mark = (/** @type {Element | undefined} */ one, /** @type {string | null | undefined} */ what) =>
    one?.setAttribute('lang', tongueOf(state)(what));
  mark(items.get('greeting')?.element, 'greeting');
  for (const one of items.get('choices')?.element.children ?? []) mark(one, last ? last.asked : 'choices');
}

/**
 * A screen reader hears whole messages, once they are there.
 * @param {HTMLElement} live @param {Foyer.State} state @param {Foyer.State | undefined} told the state up to which it has heard
 * @param {Map<string, { element: HTMLElement }>} items @returns {Foyer.State} up to which it has heard now
 */
export function tell(live, state, told, items) {
  pronounce(state, items);
  const elements = news(state, told ?? state).flatMap((id) => items.get(id)?.element ?? []);
  if (elements[0] || !state.messages[0]) live.textContent = elements.map(spoken).join(' ');
  return state;
}

/**
 * The panel ends above an on-screen keyboard; whoever enlarges the page with two fingers moves about in it.
 * @param {HTMLElement} section @param {() => void} then @param {AbortSignal} signal
 */
export function fit(section, then, signal) {
  const port = /** @type {VisualViewport} */ (visualViewport);
  const measure = () => {
    const [height, top] = [port.height * port.scale, port.scale > 1 ? 0 : port.offsetTop];
    const places = { height, top, below: Math.max(0, innerHeight - height - top) };
    for (const [name, px] of Object.entries(places)) section.style.setProperty(`--${name}`, `${px}px`);
    then();
  };
  for (const change of ['resize', 'scroll']) port.addEventListener(change, measure, { signal });
}
