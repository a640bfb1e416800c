/**
 * The line to the server, `foyer.v1`: opens the session, keeps a socket, resumes after a cut, and hands on every
 * durable frame once and in order of `seq`. What was said is kept here until the server has accepted it.
 */

const OUTBOX_LIMIT = 20;
const SOCKETS_TRIED = 2;
/** In milliseconds; a cut is only worth a word when it lasts. */
const [RESEND_MS, GAP_MS, SILENCE_MS, PATIENCE_MS, DRAIN_MS] = [5_000, 200, 40_000, 1_500, 2_000];

/** As JSON; half a character, what a cut left of one, becomes a sign that every server takes. @param {unknown} value */
const spell = (value) => JSON.stringify(value, (_, text) => text?.toWellFormed?.() ?? text);

/** Full jitter. @param {number} tries @param {number} random 0–1 @returns {number} milliseconds */
export const backOff = (tries, random) => random * Math.min(30_000, 500 * 2 ** tries);

export class Connection {
  #o;
  /** @type {string | null | undefined} */ #token;
  /** @type {string | null | undefined} */ #lost;
  /** @type {string | null} */ #conversation = null;
  /** @type {string | null} */ #epoch = null;
  #isFresh = false;
  #isOver = false; // what is shown is of a lost history; it stands until there is another
  #last = 0;
  /** @type {Map<number, Foyer.Frame>} */ #held = new Map();
  /** @type {Map<string, { data: Foyer.Say, at: number }>} */ #outbox = new Map();
  /** @type {Foyer.SocketLike | null} */ #socket = null;
  #isRunning = false;
  #isConnecting = false;
  #isLive = false;
  /** @type {Promise<void> | null} */ #loading = null;
  #tries = 0;
  #unopened = 0;
  #heardAt = 0;
  #retryAfter = 0;
  /** @type {Record<string, ReturnType<typeof setTimeout> | undefined>} */ #timers = {};

  /** @param {Foyer.LineOptions} options */
  constructor(options) {
    this.#o = {
      fetch: fetch.bind(globalThis),
      open: (/** @type {string} */ url) =>
        /** @type {Foyer.SocketLike} */ (/** @type {unknown} */ (new WebSocket(url, 'foyer.v1'))),
      random: Math.random,
      ...options,
    };
    this.#join();
  }

  /** Take up the session that the browser keeps, of this tab or of another that was quicker. */
  #join() {
    const kept = this.#o.kept();
    if (!kept || kept.token === this.#lost) return;
    ({ token: this.#token, conversation: this.#conversation, epoch: this.#epoch } = kept);
    this.#o.emit('session', kept);
  }

  /** The token opens nothing any more. */
  #lose() {
    this.#lost = this.#token;
    this.#token = null;
  }

  start() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#connect();
  }

  stop() {
    this.#isRunning = false;
    this.#hangUp();
    for (const name in this.#timers) clearTimeout(this.#timers[name]);
    this.#timers = {};
  }

  /** The page is seen again, or the network is back: do not wait for a timer that slept. */
  wake() {
    if (!this.#isRunning || (this.#isLive && Date.now() - this.#heardAt < SILENCE_MS)) return;
    this.#tries = 0;
    this.#again(0);
  }

  /** Keep and send. @param {string} id @param {Foyer.Say} data @returns {boolean} false when too much waits already */
  say(id, data) {
    if (this.#outbox.size >= OUTBOX_LIMIT) return false;
    this.#outbox.set(id, { data, at: 0 });
    this.#flush();
    return true;
  }

  /** Send what may be lost. @param {string} type @param {object} [data] @returns {boolean} false when it is */
  tell(type, data = {}) {
    if (this.#isLive) this.#send({ type, data });
    return this.#isLive;
  }

  /** @param {object} frame */
  #send(frame) {
    this.#socket?.send(spell(frame));
  }

  /** @param {string} name @param {number} ms @param {() => void} work */
  #after(name, ms, work) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(work, ms);
  }

  async #connect() {
    if (this.#isConnecting) return;
    this.#isConnecting = true;
    this.#heardAt = Date.now();
    this.#timers.patience ??= setTimeout(() => this.#o.emit('link', { link: 'retrying' }), PATIENCE_MS);
    try {
      if (!this.#token)
        await this.#o.alone(() => {
          this.#join();
          return this.#token || this.#session();
        });
      if (this.#isRunning && !this.#socket) this.#listen(await this.#newSocket());
    } catch (error) {
      this.#refused(/** @type {any} */ (error));
    }
    this.#isConnecting = false;
  }

  /** Open a session; of one that is known, ask for fresh words and colours. Whoever proved to be another gets another, a line that was left meanwhile none. */
  async #session() {
    const visit = this.#o.visit();
    const session = await this.#request('sessions', { method: 'POST', body: spell(visit) });
    this.#isFresh = !this.#token;
    if (this.#isFresh && !this.#isRunning) return;
    if (this.#token && this.#token !== session.visitor_token) this.#forget();
    this.#token = session.visitor_token;
    this.#conversation ??= session.conversation_id;
    this.#epoch ??= session.epoch;
    this.#place({ config: session.config, at: Date.now(), locale: visit.locale });
    if (session.earlier) this.#earlier().catch(() => {});
  }

  async #earlier() {
    const { earlier } = await import('./past.js');
    for (const message of await earlier(this.#request)) this.#o.emit('message', message);
  }

  refresh() {
    this.#session().catch(({ code, detail }) => this.#unproven(code, detail));
  }

  /** A token of the page that proves nothing stops nobody. @param {string} [reason] @param {string} [detail] */
  #unproven(reason, detail) {
    const is = reason?.startsWith('identity');
    if (is) this.#o.emit('unproven', { reason, detail });
    return is;
  }

  /** @param {object} [more] */
  #place(more) {
    this.#o.emit('session', {
      token: this.#token,
      conversation: this.#conversation,
      epoch: this.#epoch,
      ...more,
    });
  }

  /** @param {string} path @param {RequestInit} [init] @returns {Promise<any>} the body; throws `{ status, code, wait }` */
  #request = async (path, init = {}) => {
    const headers = {
      'Content-Type': 'application/json',
      ...(this.#token && { Authorization: `Bearer ${this.#token}` }),
    };
    const answer = await this.#o.fetch(this.#o.base + path, {
      ...init,
      headers,
      signal: AbortSignal.timeout(20_000),
    });
    const body = await answer.json().catch(() => ({}));
    if (answer.ok) return body;
    throw {
      status: answer.status,
      code: body.code,
      detail: body.detail,
      wait: Number(answer.headers.get('Retry-After')) * 1000,
    };
  };

  /** @param {{ status?: number, code?: string, detail?: string, wait?: number }} problem */
  #refused({ status = 0, code, detail, wait }) {
    if (status === 429 || status === 0 || status >= 500) return this.#again(wait || this.#delay());
    if (status === 401) {
      if (!this.#unproven(code, detail)) this.#lose();
      return this.#again(this.#delay());
    }
    this.#end('refused', code ?? status, detail);
  }

  /** No further try. @param {string} link @param {unknown} reason @param {string} [detail] */
  #end(link, reason, detail) {
    this.stop();
    this.#o.emit('link', { link, reason, detail });
  }

  /** Where sockets are not let through, HTTP does the same. */
  async #newSocket() {
    if (this.#unopened >= SOCKETS_TRIED) {
      const { PollingSocket } = await import('./polling.js');
      return new PollingSocket(this.#o.base, this.#o.fetch);
    }
    return this.#o.open(`${this.#o.base.replace(/^http/, 'ws')}ws`);
  }

  /** @param {Foyer.SocketLike} socket */
  #listen(socket) {
    this.#socket = socket;
    this.#unopened++;
    socket.onopen = () => {
      this.#unopened = 0;
      this.#heard(SILENCE_MS);
      const data = {
        token: this.#token,
        conversation_id: this.#conversation,
        last_seq: this.#last,
        epoch: this.#epoch,
      };
      this.#send({ type: 'hello', data: { ...data, client: this.#o.client() } });
    };
    socket.onmessage = ({ data }) => {
      this.#heard(SILENCE_MS);
      this.#receive(JSON.parse(data));
    };
    socket.onclose = ({ code }) => {
      this.#hangUp();
      this.#closed(code);
    };
  }

  /** @param {number} silence */
  #heard(silence) {
    this.#heardAt = Date.now();
    this.#after('silence', silence, () => this.#again(0));
  }

  #hangUp() {
    const socket = this.#socket;
    this.#socket = null;
    this.#isLive = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #delay() {
    return backOff(this.#tries++, this.#o.random());
  }

  /** @param {number} ms */
  #again(ms) {
    if (!this.#isRunning) return;
    this.#hangUp();
    clearTimeout(this.#timers.silence);
    this.#after('retry', ms, () => this.#connect());
    if (ms > PATIENCE_MS) this.#o.emit('link', { link: 'retrying' });
  }

  /** The table of close codes in protocol.md. @param {number} code */
  #closed(code) {
    if (code === 4500 && !this.#isFresh) return this.#forget();
    if (code === 4505) return this.#erased();
    if (code >= 4500) return this.#end('stopped', code);
    if (code === 1009) this.#fail(this.#outbox.keys().next().value);
    if (code === 4009) this.#lose();
    if (code === 4010) [this.#isOver, this.#last, this.#epoch] = [true, 0, null];
    /** @type {Record<number, number>} */
    const waits = { 4008: 30_000, 4010: 0 };
    for (const drain of [1001, 1012, 4011]) waits[drain] = this.#o.random() * DRAIN_MS;
    this.#again(this.#retryAfter || (waits[code] ?? this.#delay()));
    this.#retryAfter = 0;
  }

  #erased() {
    this.#o.emit('wiped');
    this.#end('erased', 4505);
  }

  /** A token that the browser kept is not known any more: begin as a new visitor, once. */
  #forget() {
    this.#lose();
    this.#conversation = null;
    this.#startOver();
    this.#again(0);
  }

  #startOver() {
    this.#isOver = false;
    this.#last = 0;
    this.#epoch = null;
    this.#held.clear();
    this.#o.emit('reset');
  }

  /** @param {string | undefined} id @param {string} [code] */
  #fail(id, code) {
    if (id && this.#outbox.delete(id)) this.#o.emit('failed', { client_message_id: id, code });
  }

  /** @param {Foyer.Frame} frame */
  #receive(frame) {
    const { type, data } = frame;
    if (type === 'welcome') this.#welcome(data);
    else if (type === 'live') this.#live();
    else if (type === 'ping') this.#send({ type: 'pong', data: {} });
    else if (type === 'error') this.#error(data, frame.id);
    else if (type === 'goaway') this.#retryAfter = data.reconnect_in_ms;
    else if (type === 'message' || type === 'accepted') this.#durable(frame);
    else this.#o.emit(type, data);
  }

  /** @param {{ conversation_id: string | null, epoch: string, head_seq: number, resumed: boolean }} data */
  #welcome({ conversation_id, epoch, head_seq, resumed }) {
    if (!resumed || this.#isOver) this.#startOver();
    [this.#conversation, this.#epoch, this.#isFresh] = [conversation_id ?? null, epoch, false];
    this.#place();
    if (!resumed && head_seq) this.#loading = this.#loadHistory(head_seq);
  }

  /** @param {number} head */
  async #loadHistory(head) {
    try {
      const { load } = await import('./past.js');
      await load(this.#request, head, () => this.#last, this.#durable);
    } catch {
      this.#again(this.#delay());
    }
    this.#loading = null;
    this.#drain();
  }

  async #live() {
    const socket = this.#socket;
    if (this.#loading) await this.#loading;
    if (socket !== this.#socket) return;
    this.#isLive = true;
    this.#tries = 0;
    clearTimeout(this.#timers.patience);
    this.#timers.patience = undefined;
    for (const waiting of this.#outbox.values()) waiting.at = 0;
    this.#o.emit('live');
    this.#flush();
  }

  #flush() {
    const now = Date.now();
    for (const [id, waiting] of this.#isLive ? this.#outbox : []) {
      if (now - waiting.at < RESEND_MS) continue;
      waiting.at = now;
      this.#send({ type: 'say', id, data: { client_message_id: id, ...waiting.data } });
    }
    if (this.#outbox.size) this.#after('resend', RESEND_MS, () => this.#flush());
  }

  /** @param {{ code: string, message: string, retry?: boolean, retry_after_ms?: number }} data @param {string} [id] */
  #error(data, id) {
    const waiting = this.#outbox.get(id ?? '');
    if (!waiting) this.#retryAfter = data.retry_after_ms ?? 0;
    else if (data.retry) waiting.at = Date.now() + (data.retry_after_ms ?? RESEND_MS) - RESEND_MS;
    else this.#fail(id, data.code);
    this.#o.emit('error', data);
  }

  /** Once and in order; a gap is given a moment, then the line resumes. @param {Foyer.Frame} frame */
  #durable = (frame) => {
    const seq = frame.seq ?? frame.data.seq;
    this.#outbox.delete(frame.data.client_message_id);
    this.#held.set(frame.type === 'accepted' ? seq - 0.5 : seq, frame);
    this.#drain();
    if (this.#held.size && !this.#loading) this.#after('gap', GAP_MS, () => this.#again(0));
    else clearTimeout(this.#timers.gap);
  };

  #drain() {
    for (const [key, frame] of [...this.#held].sort(([a], [b]) => a - b)) {
      const seq = Math.ceil(key);
      if (seq > this.#last + 1) return;
      this.#held.delete(key);
      if (seq > this.#last || frame.type === 'accepted') this.#o.emit(frame.type, { ...frame.data, seq });
      this.#last = Math.max(this.#last, seq);
      if (frame.data.conversation_id) {
        this.#conversation = frame.data.conversation_id;
        this.#place();
      }
    }
  }
}
