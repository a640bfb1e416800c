/** What the states of the chat are made of: a site, messages, sources. */

const config = {
  name: 'Harbour Bikes',
  greeting: 'Hello. Ask me anything about our bikes, prices and repairs.',
  choices: [
    { id: 'a', label: 'Which bike carries two children?' },
    { id: 'b', label: 'What does a service cost?' },
  ],
  consent: {
    text: 'May we keep the contact details you gave and use them to answer you?',
    policy_url: 'https://example.com/privacy',
  },
  limits: { text: 4000 },
  forms: { email: ['name', 'email'], phone: ['name', 'phone'], url: ['url'] },
};
export const base = {
  isOpen: true,
  config,
  messages: [],
  outbox: [],
  draft: null,
  link: 'online',
  reason: '',
  status: 'bot',
  operator: null,
  isTyping: false,
  waitingFor: null,
  isCurrent: true,
  unread: 0,
  notice: '',
  greeting: '',
};
const at = new Date().toISOString();
let seq = 0;
/** @param {string} text */
export const said = (text) => ({ seq: ++seq, message_id: `m${seq}`, author: 'visitor', text, at });
/** @param {string} text @param {object} [more] */
export const bot = (text, more = {}) => ({
  seq: ++seq,
  message_id: `m${seq}`,
  author: 'bot',
  text,
  at,
  kind: 'faq',
  ...more,
});
/** @param {object[]} messages */
export const talk = (...messages) => ({ ...base, messages });
/** @param {number} n @param {string} title @param {string | null} [url] */
export const source = (n, title, url = 'https://example.com/') => ({
  n,
  title,
  url,
  quote: title,
  passage_id: `p${n}`,
});

/** @param {number} pairs */
export const long = (pairs) =>
  Array.from({ length: pairs }, (_, n) => [
    said(`How much is a service of bike ${n + 1}?`),
    bot('A yearly service costs **€79**. Parts are extra; we call you before we fit any.'),
  ]).flat();
