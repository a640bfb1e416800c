/** What the page is told of the conversation, and its owner of why there is none. */

/** @typedef {{ host: HTMLElement, refresh: () => void, came: (origin: (state: Foyer.State, referrer?: string) => object) => void }} Means */

/** @param {string} type @param {any} data @param {boolean} isNew @param {Means} means */
export async function pass(type, data, isNew, means) {
  if (type === 'error') tell(means, type, data);
  if (type === 'message') return learned(data, isNew, means);
  if (type !== 'unproven' && data.link !== 'refused') return;
  const { explain } = await import('./explain.js');
  tell(means, 'error', explain(data, means.host.getAttribute('site') ?? ''));
}

/** After some the server has more to tell of the session, or we have. @param {Foyer.Message} message @param {boolean} isNew @param {Means} means */
async function learned(message, isNew, means) {
  const kind = message.kind ?? '';
  if (isNew) tell(means, 'message', message);
  if (isNew && kind === 'consent_given') tell(means, 'lead', message);
  if (!/^(consent_|verified)/.test(kind)) return;
  const { origin } = await import('./consent.js');
  means.came(origin);
  if (isNew && kind !== 'consent_refused') means.refresh();
}

/** @param {Means} means @param {string} name @param {unknown} detail */
const tell = ({ host }, name, detail) =>
  host.dispatchEvent(new CustomEvent(`foyer:${name}`, { detail, bubbles: true, composed: true }));
