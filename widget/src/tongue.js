/** The widget's words in the visitor's language, where we have it, and in the site's own. */
import english from './strings/en.js';

const TAGS = /^(de|fr|es|pt|it|nl|pl|ja|ar)/;

export class Tongue {
  locale = '';
  #isWhole = false;
  /** @type {Partial<Foyer.Strings> | undefined} */ #own;
  /** @type {Partial<Foyer.Strings> | undefined} */ #site;
  /** @type {any} */ #strings;

  /** @param {string} locale */
  async speak(locale) {
    this.locale = locale;
    const [tag] = TAGS.exec(locale.toLowerCase()) ?? [];
    const rest = async () => this.#isWhole && import('./strings/en_messages.js');
    /** @type {any} */
    const own = await (tag ? import(`./strings/${tag}.js`).catch(rest) : rest());
    if (locale !== this.locale || own?.default === this.#own) return;
    this.#own = own?.default;
    this.#strings = null;
  }

  /** What is said once there are messages: other languages say it at once. */
  whole() {
    this.#isWhole = true;
    return this.speak(this.locale);
  }

  /** As long as nothing changes it is the same object. @param {Partial<Foyer.Strings>} [site] @returns {Foyer.Strings} */
  said(site) {
    if (!this.#strings || JSON.stringify(site) !== JSON.stringify(this.#site))
      this.#strings = { ...english, ...this.#own, ...site };
    this.#site = site;
    return this.#strings;
  }
}
