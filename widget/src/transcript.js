/** The conversation as a list: what was said, what is being written, what waits; days and pauses between. */
import { hasAgreed } from './consent.js';
import { h } from './element.js';
import styles from './message_styles.js';
import { late, messageElement } from './messages.js';
import { tongueOf } from './reading.js';
import { isSending } from './state.js';

export { elsewhere } from './consent.js';
export { attend } from './page.js';
export { count, fit, follow, tell } from './reading.js';
export { styles };

const PAUSE_MS = 3_600_000;

/**
 * @typedef {object} Means
 * @property {Foyer.Strings} t
 * @property {string} name who answers
 * @property {(message_id: string, helpful: boolean, comment?: string) => boolean} judge
 * @property {Record<string, boolean>} judged
 * @property {Record<string, string>} drafts
 * @property {(outgoing: Foyer.Outgoing) => void} again
 * @property {(id: string) => void} drop what was not sent
 * @property {(data: Foyer.Say, label: string) => boolean} say
 * @property {() => void} follow shows what has grown, unless the reader is elsewhere
 */

/** @typedef {Means & { tongue: ReturnType<typeof tongueOf> }} Manners */

/** @param {Foyer.State} state @param {Means} means @returns {Foyer.Entry[]} */
export function entries(state, means) {
  const { draft, outbox, waitingFor, isTyping } = state;
  const manners = { ...means, tongue: tongueOf(state) };
  const make = (/** @type {object} */ message) =>
    messageElement(/** @type {Foyer.Message} */ (message), manners);
  const told = (/** @type {Foyer.Message} */ message) => {
    const element = make(message);
    element.dataset.id = message.message_id;
    return element;
  };
  const found = past(state.messages, told, manners.t);
  if (draft) found.push(['draft', draft, () => drafted(make({ author: 'bot', ...draft }))]);
  for (const one of outbox)
    found.push([one.id, one, () => pending(one, make({ author: 'visitor', text: one.label }), manners)]);
  if (!draft && (waitingFor || isTyping)) found.push(['wait', 0, () => writing(manners.t)]);
  return [...found, ...asides(state, manners)];
}

/** @param {HTMLElement} element */
function drafted(element) {
  element.classList.add('draft');
  return element;
}

/**
 * What replaces a draft may be shorter: the room that is seen is kept until the visitor goes on, so that nothing jumps.
 * What comes later, a form too, takes its place in it.
 * @param {HTMLElement} log @param {Foyer.State} state what is drawn next
 */
export function settle(log, state) {
  const { style, scrollTop } = log;
  // Down to the line that stands below: what tells of new messages before it may go.
  const [top = 0, end = 0] = [log, log.nextElementSibling?.lastElementChild].map(
    (one) => one?.getBoundingClientRect().top,
  );
  const isReplaced = !state.draft && log.querySelector('.draft');
  const kept = isReplaced ? Infinity : Number.parseFloat(style.getPropertyValue('--kept')) || 0;
  const isOver = isSending(state) || !state.messages[0] || !scrollTop;
  style.setProperty('--kept', isOver ? '' : `${Math.min(kept, scrollTop + end - top)}px`);
}

/** @param {readonly Foyer.Message[]} messages @param {(message: Foyer.Message) => HTMLElement} make @param {Foyer.Strings} t */
function past(messages, make, t) {
  /** @type {Foyer.Entry[]} */
  const found = [];
  let last = Date.now();
  for (const one of messages) {
    const at = Date.parse(one.at ?? '') || last;
    if (isApart(at, last)) found.push(pause(at, t));
    found.push([one.client_message_id ?? one.message_id, one, () => make(one)]);
    if (one !== messages.at(-1)) found.push(...offered(one));
    last = at;
  }
  return found;
}

/** What "did you mean" offered stays readable when its buttons are gone. @param {Foyer.Message} message @returns {Foyer.Entry[]} */
function offered({ message_id, kind, choices = [] }) {
  if (kind !== 'none' || !choices.length) return [];
  const labels = choices.map(({ label }) => h('li', { dir: 'auto' }, label));
  return [[`offered ${message_id}`, 0, () => h('ul', { className: 'item offered' }, ...labels)]];
}

/** What stands below the last message: a form for what it asks, or the question whether the chat helped. @param {Foyer.State} state @param {Manners} manners @returns {Foyer.Entry[]} */
function asides(state, manners) {
  const { messages, waitingFor, config } = state;
  const last = messages.at(-1);
  if (!last || last.author === 'visitor' || isSending(state) || waitingFor) return [];
  const fields = config?.forms?.[last.asked ?? ''];
  const form = {
    fields: fields ?? [],
    asked: last.asked,
    consent: hasAgreed(state) || fields?.includes('url') ? null : config?.consent,
  };
  if (fields) return [['form', last, () => later('form', (to) => to.contact, form, manners)]];
  if (last.kind !== 'goodbye') return [];
  const id = last.message_id;
  // Once it is there it stays: a word on why may be asked for in its place.
  const rating = () => (id in manners.judged ? h('div') : later('opinion', (to) => to.rating, id, manners));
  return [['rating', last, rating]];
}

/** Modules that have come. @type {Record<string, any>} */
const here = {};

/**
 * A place that is filled once its module is there, at once when it is made anew; who was at the end, still is.
 * @template What
 * @param {string} name @param {(module: any) => (place: HTMLElement, what: What, means: Means) => void} choose
 * @param {What} what @param {Means} means
 */
function later(name, choose, what, means) {
  const place = h('div', { className: 'aside' });
  const fill = () => choose(here[name])(place, what, means);
  if (here[name]) fill();
  late(import(`./${name}.js`)).then(([module, { wear }]) => {
    here[name] = module;
    if (!place.firstChild) fill();
    wear(place);
    means.follow();
  });
  return place;
}

/** @param {number} at @param {number} last */
const isApart = (at, last) => Math.abs(at - last) > PAUSE_MS || day(at) !== day(last);

/** @param {number} at */
const day = (at) => new Date(at).setHours(0, 0, 0, 0);

/** @param {number} at @param {Foyer.Strings} t @returns {Foyer.Entry} */
function pause(at, t) {
  const since = Math.round((day(Date.now()) - day(at)) / 86_400_000);
  const time = new Intl.DateTimeFormat(t.tag, { timeStyle: 'short' }).format(at);
  const date = new Intl.DateTimeFormat(
    t.tag,
    since > 300 ? { dateStyle: 'medium' } : { day: 'numeric', month: 'long' },
  );
  const when = [t.today, t.yesterday][since] ?? date.format(at);
  return [
    `at ${at}`,
    when,
    () => h('time', { className: 'pause', dateTime: new Date(at).toISOString() }, `${when} ${time}`),
  ];
}

/** @param {Foyer.Strings} t */
const writing = (t) =>
  h('div', { className: 'wait', role: 'img', ariaLabel: t.writing }, h('i'), h('i'), h('i'));

/** @param {Foyer.Outgoing} outgoing @param {HTMLElement} element @param {Means} manners */
function pending(outgoing, element, { t, again, drop }) {
  const retry = h('button', { onclick: () => again(outgoing) }, t.again);
  const discard = h('button', { onclick: () => drop(outgoing.id) }, t.discard);
  element.classList.add('pending');
  if (outgoing.isFailed)
    element.append(h('div', { className: 'unsent', role: 'alert' }, t.unsent, ' ', retry, ' ', discard));
  return element;
}
