/** What the panel shows, as a value. `reduce` is pure: the same events give the same state. */

/** @type {Readonly<Foyer.State>} */
export const INITIAL = Object.freeze({
  isOpen: false,
  config: null,
  messages: [],
  outbox: [],
  draft: null,
  link: 'idle',
  reason: '',
  status: 'bot',
  operator: null,
  isTyping: false,
  waitingFor: null,
  isCurrent: false,
  unread: 0,
  notice: '',
  greeting: '',
});

/** @type {Record<string, (state: Foyer.State, data: any) => Partial<Foyer.State>>} */
const steps = {
  opened: () => ({ isOpen: true, unread: 0 }),
  closed: () => ({ isOpen: false }),
  seen: () => ({ unread: 0 }),
  session: (state, { config }) => ({ config: config ?? state.config }),
  link: (_, { link, reason }) => ({ link, reason: String(reason ?? '') }),
  live: (state, shown) => ({
    link: 'online',
    reason: '',
    notice: '',
    isCurrent: true,
    unread: state.isOpen || state.isCurrent ? state.unread : unseen(state, shown),
  }),
  said: (state, outgoing) => ({
    notice: '',
    outbox: [...state.outbox.filter((other) => other.id !== outgoing.id), outgoing],
  }),
  failed: (state, { client_message_id }) => ({
    outbox: state.outbox.map((one) => (one.id === client_message_id ? { ...one, isFailed: true } : one)),
  }),
  dropped: (state, id) => ({ outbox: state.outbox.filter((one) => one.id !== id) }),
  accepted,
  message,
  delta,
  masked: ({ messages }, kept) => ({
    messages: messages.map((known) => (isMasked(known, kept) ? { ...known, ...kept } : known)),
  }),
  typing: () => ({ isTyping: true }),
  rested: () => ({ isTyping: false }),
  status: (_, { status, operator }) => ({
    status,
    operator: operator?.name ?? null,
    ...(status === 'bot' ? {} : { waitingFor: null, draft: null }),
  }),
  notice: (_, notice) => ({ notice }),
  greeted: (_, greeting) => ({ greeting }),
  reset: () => ({ messages: [], draft: null, waitingFor: null, isCurrent: false }),
  wiped: (state) => ({ ...INITIAL, isOpen: state.isOpen, config: state.config }),
};

/**
 * @param {Foyer.State} state
 * @param {string} type an event of the panel or a frame of `foyer.v1`; an unknown one changes nothing
 * @param {unknown} [data]
 * @returns {Foyer.State}
 */
export function reduce(state, type, data) {
  const step = Object.hasOwn(steps, type) ? steps[type] : undefined;
  return step ? { ...state, ...step(state, data) } : state;
}

/** Words of it were taken back since it came. @param {Foyer.Message} known @param {Foyer.Message} kept */
const isMasked = ({ message_id, text }, kept) => message_id === kept.message_id && text !== kept.text;

/** What others said since the page before. @param {Foyer.State} state @param {number} [shown] the last `seq` that was seen */
const unseen = ({ messages }, shown) =>
  messages.filter(({ author, seq }) => shown && author !== 'visitor' && seq > shown).length;

/** What was cut off is not patched together: the words stop until the final message. @param {Foyer.State} state @param {any} data */
function delta({ draft }, { in_reply_to, n, text }) {
  const before = draft?.in_reply_to === in_reply_to ? draft : null;
  if (before && n !== before.n + 1) return {};
  return { draft: { in_reply_to, n, text: (before?.text ?? '') + text }, isTyping: false };
}

/** The pending bubble becomes the accepted one; its key stays. @param {Foyer.State} state @param {Foyer.Accepted} data */
function accepted(state, { client_message_id, message_id, seq, at }) {
  const sent = state.outbox.find(({ id }) => id === client_message_id);
  const outbox = state.outbox.filter((one) => one !== sent);
  if (!sent || state.messages.some((known) => known.message_id === message_id)) return { outbox };
  /** @type {Foyer.Message} */
  const own = { seq, message_id, client_message_id, author: 'visitor', text: sent.label, at };
  const isAnswered = state.messages.some((known) => known.in_reply_to === message_id);
  return {
    outbox,
    messages: inOrder(state.messages, own),
    waitingFor: state.status === 'bot' && !isAnswered ? message_id : state.waitingFor,
  };
}

/** @param {Foyer.State} state @param {Foyer.Message} news */
function message(state, news) {
  if (state.messages.some((known) => known.message_id === news.message_id)) return {};
  const isOurs = news.author === 'visitor';
  return {
    messages: inOrder(state.messages, news),
    outbox: state.outbox.filter(({ id }) => id !== news.client_message_id),
    draft: state.draft?.in_reply_to === news.in_reply_to ? null : state.draft,
    waitingFor: isOurs && state.status === 'bot' ? news.message_id : isOurs ? state.waitingFor : null,
    isTyping: false,
    unread: state.unread + (isOurs || state.isOpen || !state.isCurrent ? 0 : 1),
  };
}

/** @param {readonly Foyer.Message[]} messages @param {Foyer.Message} added */
function inOrder(messages, added) {
  return [...messages, added].sort((a, b) => a.seq - b.seq);
}

/** What was refused waits for nobody. @param {Foyer.State} state */
export const isSending = ({ outbox }) => outbox.some(({ isFailed }) => !isFailed);

/** Nothing can be said any more. @param {Foyer.State} state */
export const isOver = ({ link }) => /^(refused|stopped|erased)$/.test(link);

/** What a tab goes on with on its next page. @param {Foyer.State} state */
export const begun = ({ isOpen, outbox, status, unread, waitingFor }) => ({
  isOpen,
  outbox,
  isAwaited: !!(waitingFor || unread) || /waiting|live/.test(status),
});

/** What may be answered with one click now: under the last message only. @param {Foyer.State} state */
export function openChoices(state) {
  const { messages, draft, waitingFor, config } = state;
  if (isSending(state) || draft || waitingFor || isOver(state)) return [];
  const last = messages.at(-1);
  if (!last) return config?.choices ?? [];
  return last.author === 'visitor' ? [] : (last.choices ?? []);
}

// Also on pages without TLS, where `randomUUID` is missing.
export const newId = () => `${crypto.getRandomValues(new BigUint64Array(2)).join('-')}`;
