/** What happens to the page, as far as an open chat has to know. Loaded with what shows messages. */

/**
 * @typedef {object} Means
 * @property {HTMLElement} host
 * @property {() => Foyer.State} state
 * @property {() => { start: () => void, stop: () => void, wake: () => void }} line to the server
 * @property {() => void} keep what is begun in this tab
 * @property {(type: string) => void} draw
 * @property {() => unknown} agree another tab, or another chat of this page, stored something
 * @property {() => Record<string, boolean>} judged what is thought of messages, in all tabs
 * @property {() => void} dress colours change
 * @property {(isFirst: boolean) => void} refresh the session
 */

const DELETED_MS = 2_000;

/** Chats of this page; a browser tells a page nothing of what the page itself has stored. @type {Set<{ host: HTMLElement, agree: () => void }>} */
const chats = new Set();

/** @param {Means} means @param {AbortSignal} signal @returns {(seen?: number) => void} tells the other chats of this page, and other tabs of what was seen */
export function attend(means, signal) {
  const { host, dress, refresh } = means;
  const seen = (/** @type {string} */ how) => noticed(how, means);
  const agree = () => {
    means.agree();
    show(/** @type {ShadowRoot} */ (host.shadowRoot), means.judged());
  };
  const chat = { host, agree };
  const listen = (/** @type {EventTarget} */ to, /** @type {string} */ name, /** @type {any} */ work) =>
    to?.addEventListener(name, work, { signal });
  for (const name of ['online', 'offline', 'pageshow', 'pagehide']) listen(window, name, () => seen(name));
  listen(document, 'visibilitychange', () => seen(''));
  // Another tab was told that all is deleted: so will be this one, and says so; where not, that tab begins anew.
  listen(window, 'storage', (/** @type {StorageEvent} */ { newValue }) =>
    newValue ? agree() : setTimeout(agree, DELETED_MS),
  );
  listen(matchMedia('(prefers-color-scheme:dark)'), 'change', dress);
  // A page of a single-page application is a page: the conversation begins on the one where it begins.
  listen(/** @type {any} */ (window).navigation, 'currententrychange', () => refresh(true));
  const tabs = new BroadcastChannel(`foyer:${host.getAttribute('site')}`);
  tabs.onmessage = () => means.draw('seen');
  signal.addEventListener('abort', () => {
    chats.delete(chat);
    tabs.close();
  });
  chats.add(chat);
  return (seen) => {
    if (seen) tabs.postMessage(seen);
    for (const other of chats)
      if (other !== chat && other.host.getAttribute('site') === host.getAttribute('site')) other.agree();
  };
}

/** The page comes, goes, or loses its network. @param {string} how @param {Means} means */
function noticed(how, { state, line, keep, draw }) {
  const { isOpen, isCurrent, link } = state();
  const isLeft = how === 'pagehide' || document.hidden;
  if (isLeft) keep();
  if (/pagehide|offline/.test(how)) line().stop();
  if (isLeft || link === 'erased' || !(isOpen || isCurrent)) return;
  line().start();
  line().wake();
  draw('');
}

/** What was said to be of help or not, elsewhere: thumbs show it, and what was rated is not asked for again. @param {ShadowRoot} root @param {Record<string, boolean>} judged */
function show(root, judged) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-id]'))) {
    const is = judged[`${place.dataset.id}`];
    if (is === undefined) continue;
    if (place.matches('.rating')) place.remove();
    for (const [n, thumb] of place.querySelectorAll('[aria-pressed]').entries())
      thumb.ariaPressed = String(is === !n);
  }
}
