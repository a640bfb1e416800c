/**
 * What the browser knows: what it keeps of a site's chat, and where the visitor came from. Works, forgetting, where
 * storage is refused.
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
  } catch {}
}

const local = () => localStorage;
const session = () => sessionStorage;

/** Shared by the tabs: the session. Of this tab: whether the panel is open, what waits to be sent, where they came from. */
export class Keeper {
  #key;

  /** @param {string} site */
  constructor(site) {
    this.#key = `foyer:${site}`;
  }

  /** @returns {Foyer.Kept | null} */
  session() {
    return read(local, this.#key);
  }

  /** One tab after the other; without TLS there are no locks. @param {() => unknown} work */
  async alone(work) {
    return navigator.locks ? navigator.locks.request(this.#key, work) : work();
  }

  /** @returns {{ isOpen?: boolean, outbox?: Foyer.Outgoing[], referrer?: string }} */
  tab() {
    return read(session, this.#key) ?? {};
  }

  /** @param {Foyer.Kept | null} kept */
  keepSession(kept) {
    write(local, this.#key, kept);
  }

  /** @param {{ isOpen: boolean, outbox: readonly Foyer.Outgoing[] }} tab @param {string} [referrer] */
  keepTab({ isOpen, outbox }, referrer) {
    write(session, this.#key, isOpen || outbox.length ? { isOpen, outbox, referrer } : null);
  }

  /** Forget everything. */
  wipe() {
    write(local, this.#key, null);
    write(session, this.#key, null);
  }
}

/** The address without query, if it is of another website. @param {string} address */
export const elsewhere = (address) => {
  const { origin, pathname } = new URL(address || location.href);
  return origin === location.origin ? undefined : origin + pathname;
};
