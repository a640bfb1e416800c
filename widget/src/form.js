/** A form in the thread: one field below the other, checked as it is typed, with the consent question where it is due. */
import { h } from './element.js';
import { safeUrl } from './markdown.js';
import { wear } from './more_styles.js';
import english from './strings/en_more.js';

const EMAIL =
  /^(?=.{1,64}@)[\p{L}\p{M}\p{Nd}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{Nd}!#$%&'*+/=?^_`{|}~-]+)*@([\p{L}\p{Nd}]([\p{L}\p{M}\p{Nd}-]{0,61}[\p{L}\p{M}\p{Nd}])?\.)+(xn--[a-z\d-]{2,59}|[\p{L}\p{M}]{2,24})$/iu;
const PHONE = /^\+?(?:[\s()./-]*\d){6,15}[\s()./-]*$/;
const SITE = /^(https?:\/\/)?[^\s@/?#.]+(\.[^\s@/?#.]+)+([/?#]\S*)?$/i;
/** @type {Record<string, { type: string, autocomplete: AutoFill, label: keyof typeof english }>} */
const KNOWN = {
  name: { type: 'text', autocomplete: 'name', label: 'fieldName' },
  company: { type: 'text', autocomplete: 'organization', label: 'fieldCompany' },
  email: { type: 'text', autocomplete: 'email', label: 'fieldEmail' },
  phone: { type: 'tel', autocomplete: 'tel', label: 'fieldPhone' },
  url: { type: 'url', autocomplete: 'on', label: 'fieldWebsite' },
};

/** @typedef {{ t: Foyer.Strings, drafts: Record<string, string>, tongue: (what: string) => string, say: (data: Foyer.Say, label: string) => boolean }} Means */

/** What stands beside what is typed, as long as that is not sent: what is wrong with it, and the words that were agreed to. @type {WeakMap<object, Record<string, unknown>>} */
const beside = new WeakMap();

/** @param {HTMLElement} place @param {Foyer.Form} wanted @param {Means} means */
export function contact(place, { fields, asked, consent }, { t: own, say, drafts, tongue }) {
  const t = { ...english, ...own };
  const seen = beside.get(drafts) ?? {};
  beside.set(drafts, seen);
  const rows = fields.map((name) => row(name, name === asked || fields.length === 1, t, seen, drafts[name]));
  const agreed = consent ? agreement(consent, t, seen, tongue('consent')) : null;
  const form = h(
    'form',
    { className: 'contact', part: 'form', noValidate: true },
    ...rows.map(({ place }) => place),
  );
  if (agreed) form.append(agreed.place);
  form.append(h('button', { type: 'submit', part: 'choice' }, t.submit));
  form.onsubmit = (event) => {
    event.preventDefault();
    const wrong = rows.filter((one) => !one.check(true));
    wrong[0]?.input.focus();
    if (wrong.length) return;
    const given = rows
      .filter(({ input }) => input.value.trim())
      .map(({ name, input }) => [name, input.value.trim()]);
    if (agreed?.box.checked) given.push(['consent', consent?.version ?? '']);
    const shown = rows.map(({ input }) => input.value.trim()).filter(Boolean);
    say({ form: Object.fromEntries(given) }, shown.join(', '));
  };
  wear(place);
  place.append(form);
}

let count = 0;

/** @param {string} name @param {boolean} required @param {Foyer.Strings} t @param {Record<string, unknown>} seen @param {string} [value] typed before */
function row(name, required, t, seen, value = '') {
  const known = KNOWN[name];
  const id = `f${count++}`;
  const input = h('input', { id, name, type: known?.type ?? 'text', required, value, maxLength: 200 });
  input.autocomplete = known?.autocomplete ?? 'off';
  // Not of the type email: browsers rewrite the letters of its domain, and the visitor would read xn--mller-kva.
  if (name === 'email') Object.assign(input, { inputMode: name, autocapitalize: 'off', spellcheck: false });
  if (/email|url/.test(name)) input.dir = 'ltr';
  const problem = h('div', { id: `${id}p`, className: 'problem', role: 'alert' });
  input.setAttribute('aria-describedby', problem.id);
  const words = known ? t[known.label] : name;
  const check = (/** @type {boolean} */ isWhole) => {
    const wrong = problemOf(name, input.value.trim(), required && isWhole, t);
    problem.textContent = isWhole || !wrong ? wrong : problem.textContent;
    input.ariaInvalid = String(!!problem.textContent);
    seen[name] = problem.textContent;
    return !wrong;
  };
  if (seen[name]) check(true);
  input.oninput = () => check(false);
  input.onchange = () => input.value && check(true);
  const place = h('div', { className: 'field' }, h('label', { htmlFor: id }, words), input, problem);
  return { name, input, check, place };
}

/** @param {string} name @param {string} value @param {boolean} isNeeded @param {Foyer.Strings} t @returns {string} */
export function problemOf(name, value, isNeeded, t) {
  if (!value) return isNeeded ? t.fieldEmpty : '';
  if (name === 'email' && !EMAIL.test(value)) return t.fieldWrongEmail;
  if (name === 'phone' && !PHONE.test(value)) return t.fieldWrongPhone;
  if (name === 'url' && !SITE.test(value)) return t.fieldWrongWebsite;
  return '';
}

/** The consent question with a box that is not ticked beforehand; a tick is for these words and no others. @param {NonNullable<Foyer.Form['consent']>} consent @param {Foyer.Strings} t @param {Record<string, unknown>} seen @param {string} lang */
function agreement({ text = '', policy_url }, t, seen, lang) {
  const box = h('input', { type: 'checkbox', name: 'consent', checked: seen.consent === text });
  box.onchange = () => {
    seen.consent = box.checked && text;
  };
  const href = safeUrl(policy_url);
  const policy = href ? [' ', h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, t.privacy)] : [];
  return {
    box,
    place: h(
      'label',
      { className: 'agree', dir: 'auto' },
      box,
      h('span', {}, h('span', { lang }, text), ...policy),
    ),
  };
}
