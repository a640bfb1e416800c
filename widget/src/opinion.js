/** What a visitor thinks of an answer or of the chat: a word beside the thumb, a question at the end. */
import { h } from './element.js';
import { insist } from './insist.js';
import { wear } from './more_styles.js';
import english from './strings/en_more.js';

const LONGEST = 1000;

/** @typedef {{ t: Foyer.Strings, judge: (message_id: string, helpful: boolean, comment?: string) => boolean }} Means */

/** A line for a word on why; it goes when it was sent. @param {HTMLElement} place @param {string} message_id @param {boolean} helpful @param {Means} means */
export function word(place, message_id, helpful, { t: own, judge }) {
  const t = { ...english, ...own };
  const field = h('input', { maxLength: LONGEST, ariaLabel: helpful ? t.praise : t.comment });
  field.placeholder = `${field.ariaLabel} (${t.optional})`;
  const thanks = h('div', { role: 'status', className: 'quiet', tabIndex: -1 });
  const line = h('form', { className: 'word' }, field, h('button', {}, t.submit));
  line.onsubmit = (event) => {
    event.preventDefault();
    const said = field.value.trim();
    if (said) insist(() => judge(message_id, helpful, said));
    thanks.textContent = t.noted;
    thanks.focus();
    line.remove();
  };
  wear(place);
  place.replaceChildren(line, thanks);
  place.scrollIntoView({ block: 'nearest' });
}

/** Whether the whole chat helped; a no or a yes may be explained. @param {HTMLElement} place @param {string} message_id @param {Means} means */
export function rating(place, message_id, means) {
  const t = { ...english, ...means.t };
  const asked = h('div', { role: 'group', ariaLabel: t.rate, className: 'rating' }, h('p', {}, t.rate));
  asked.dataset.id = message_id;
  for (const helpful of [true, false]) {
    const onclick = () => {
      insist(() => means.judge(message_id, helpful));
      word(place, message_id, helpful, means);
      place.querySelector('input')?.focus();
    };
    asked.append(h('button', { part: 'choice', onclick }, helpful ? t.yes : t.no));
  }
  wear(place);
  place.append(asked);
}
