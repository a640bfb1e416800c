/** `foyer.v1` over plain HTTP, in the shape of a socket, for networks that let no websocket through. */

const HEARTBEAT_MS = 25_000;
/** After this long the line tries a socket again. */
const SHIFT_MS = 60_000;
/** @type {Record<number, number>} */
const CLOSE_CODE = { 401: 4009, 403: 4503, 404: 4500, 410: 4505, 429: 4008 };

export class PollingSocket {
  /** @type {Foyer.SocketLike['onopen']} */ onopen = null;
  /** @type {Foyer.SocketLike['onmessage']} */ onmessage = null;
  /** @type {Foyer.SocketLike['onclose']} */ onclose = null;
  #base;
  #fetch;
  #token = '';
  #last = 0;
  #gone = new AbortController();

  /** @param {string} base @param {typeof fetch} request */
  constructor(base, request) {
    this.#base = base;
    this.#fetch = request;
    setTimeout(() => this.onopen?.(), 0);
  }

  close() {
    this.#gone.abort();
  }

  /** @param {string} text a frame of the client */
  send(text) {
    const { type, id, data } = JSON.parse(text);
    if (type === 'hello') this.#listen(data);
    if (type === 'say') this.#say(id, data);
    if (type === 'feedback')
      this.#request('feedback', { method: 'POST', body: JSON.stringify(data) }).catch(() => {});
  }

  /** @param {{ token: string, last_seq: number, epoch: string | null, conversation_id: string | null }} hello */
  async #listen({ token, last_seq, ...seen }) {
    this.#token = token;
    this.#last = last_seq;
    const until = Date.now() + SHIFT_MS;
    try {
      let page = await this.#poll(seen, '&wait=0');
      const { events, masked, ...standing } = page;
      this.#hear('welcome', { ...standing, heartbeat_ms: HEARTBEAT_MS });
      if (page.resumed) this.#pass(page);
      else this.#last = page.head_seq;
      this.#hear('live', {});
      while (!this.#gone.signal.aborted && Date.now() < until) {
        page = await this.#poll(page);
        if (page.reason === 'epoch_changed') return this.#end(4010);
        if (!page.resumed) break;
        this.#pass(page);
      }
      this.#end(1012);
    } catch (error) {
      this.#end(CLOSE_CODE[/** @type {any} */ (error).status] ?? 1006);
    }
  }

  /** @param {{ epoch: string | null, conversation_id: string | null, status?: { status: string } }} seen @param {string} [wait] */
  #poll({ epoch, conversation_id, status }, wait = '') {
    const claim =
      (epoch ? `&epoch=${epoch}` : '') +
      (conversation_id ? `&conversation_id=${conversation_id}` : '') +
      (status ? `&status=${status.status}` : '');
    return this.#request(`events?after=${this.#last}${claim}${wait}`);
  }

  /** @param {{ events: Foyer.Frame[], masked?: object[], status?: object }} page */
  #pass({ events, masked = [], status }) {
    if (status) this.#hear('status', status);
    for (const frame of events) {
      this.#last = Math.max(this.#last, frame.seq ?? 0);
      this.onmessage?.({ data: JSON.stringify(frame) });
    }
    for (const kept of masked) this.#hear('masked', kept);
    if (!events.length) this.#hear('pong', {});
  }

  /** @param {string} id @param {{ client_message_id: string }} data */
  async #say(id, { client_message_id, ...body }) {
    const headers = { 'Idempotency-Key': client_message_id };
    try {
      const accepted = await this.#request('messages', {
        method: 'POST',
        body: JSON.stringify(body),
        headers,
      });
      this.#hear('accepted', accepted, id);
    } catch (error) {
      const { status = 0, code = 'network', wait } = /** @type {any} */ (error);
      const retry = status === 0 || status === 429 || status >= 500;
      this.#hear('error', { code, message: '', retry, ...(wait && { retry_after_ms: wait }) }, id);
    }
  }

  /** @param {string} path @param {RequestInit} [init] */
  async #request(path, init = {}) {
    const headers = {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${this.#token}`,
      ...init.headers,
    };
    const answer = await this.#fetch(this.#base + path, { ...init, headers, signal: this.#gone.signal });
    const body = await answer.json();
    if (answer.ok) return body;
    throw { status: answer.status, code: body.code, wait: Number(answer.headers.get('Retry-After')) * 1000 };
  }

  /** @param {string} type @param {object} data @param {string} [id] */
  #hear(type, data, id) {
    this.onmessage?.({ data: JSON.stringify({ type, id, data }) });
  }

  /** @param {number} code */
  #end(code) {
    this.onclose?.({ code });
  }
}
