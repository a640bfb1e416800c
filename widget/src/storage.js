/**
 * What the browser keeps of a site's chat. Works, forgetting, where storage is refused.
 */

/** @param {() => Storage} area @param {string} key @returns {any} */
function read(area, key) {
  try {
    return JSON.parse(area().getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** @param {() => Storage} area @param {string} key @param {unknown} value */
function write(area, key, value) {
  try {
    if (value == null) area().removeItem(key);
    else area().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

const local = () => localStorage;
const session = () => sessionStorage;
/** Sessions that are not stored, for all chats of this page. @type {Map<string, Foyer.Kept>} */
const held = new Map();

/** Shared by the tabs: the session. Of this tab: whether the panel is open, what is begun, sent and awaited, where they came from. */
export class Keeper {
  #key;

  /** @param {string} site */
  constructor(site) {
    this.#key = `foyer:${site}`;
  }

  /** @returns {Foyer.Kept | null} */
  session() {
    return read(local, this.#key) ?? held.get(this.#key) ?? null;
  }

  /** One tab after the other; without TLS there are no locks. @param {() => unknown} work */
  async alone(work) {
    return navigator.locks ? navigator.locks.request(this.#key, work) : work();
  }

  /** @returns {Foyer.Tab} */
  tab() {
    return read(session, this.#key) ?? {};
  }

  /** @param {Foyer.Kept} kept @param {boolean} mayStore else it is this page's alone, as where storage is refused */
  keepSession(kept, mayStore) {
    if (mayStore && write(local, this.#key, kept)) held.delete(this.#key);
    else held.set(this.#key, kept);
  }

  /** @param {Foyer.Tab} tab */
  keepTab(tab) {
    const { isOpen, isAwaited, outbox, drafts } = tab;
    write(session, this.#key, isOpen || isAwaited || outbox?.length || drafts ? tab : null);
  }

  /** Forget everything. @returns {null} what is kept then */
  wipe() {
    held.delete(this.#key);
    write(local, this.#key, null);
    write(session, this.#key, null);
    return null;
  }
}
