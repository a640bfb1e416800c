/** What happens to the page, as far as an open chat has to know. Loaded with what shows messages. */

/**
 * @typedef {object} Means
 * @property {HTMLElement} host
 * @property {(how: string) => void} seen the page comes, goes, or loses its network
 * @property {() => void} agree another tab, or another chat of this page, stored something
 * @property {() => void} dress colours change
 * @property {(isFirst: boolean) => void} refresh the session
 */

/** Chats of this page; a browser tells a page nothing of what the page itself has stored. @type {Set<Means>} */
const chats = new Set();

/** @param {Means} means @param {AbortSignal} signal @returns {() => void} tells the other chats of this page */
export function attend(means, signal) {
  const { host, seen, agree, dress, refresh } = means;
  const listen = (/** @type {EventTarget} */ to, /** @type {string} */ name, /** @type {any} */ work) =>
    to?.addEventListener(name, work, { signal });
  for (const name of ['online', 'offline', 'pageshow', 'pagehide']) listen(window, name, () => seen(name));
  listen(document, 'visibilitychange', () => seen(''));
  listen(window, 'storage', agree);
  listen(matchMedia('(prefers-color-scheme:dark)'), 'change', dress);
  // A page of a single-page application is a page: the conversation begins on the one where it begins.
  listen(/** @type {any} */ (window).navigation, 'currententrychange', () => refresh(true));
  signal.addEventListener('abort', () => chats.delete(means));
  chats.add(means);
  return () => {
    for (const chat of chats)
      if (chat !== means && chat.host.getAttribute('site') === host.getAttribute('site')) chat.agree();
  };
}
