/** Whether the visitor agreed to be contacted, and what may be told only then. Loaded with the first message. */

/** Whether the visitor agreed to be contacted, as far as the conversation was seen. @param {Foyer.State} state */
export const hasAgreed = ({ messages }) =>
  messages.filter(({ kind }) => kind?.startsWith('consent_')).at(-1)?.kind === 'consent_given';

/** What the address of the first page said of a campaign. @returns {Record<string, string> | undefined} */
export const campaign = () => {
  const [arrival] = performance.getEntriesByType('navigation');
  const found = [...new URL(arrival?.name ?? location.href).searchParams].flatMap(([name, value]) =>
    /^utm_/.test(name) ? [[name.slice(4), value.slice(0, 200)]] : [],
  );
  return found[0] && Object.fromEntries(found);
};

/** Where the visitor came from. @param {Foyer.State} state @param {string} [referrer] @returns {object} empty without their consent */
export const origin = (state, referrer) => (hasAgreed(state) ? { referrer, utm: campaign() } : {});

/** The address without query, if it is of another website. @param {string} address */
export const elsewhere = (address) => {
  const { origin, pathname } = new URL(address || location.href);
  return origin === location.origin ? undefined : origin + pathname;
};
