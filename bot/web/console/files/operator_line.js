// The operator's line: `foyer.v1` with a ticket. Comes back by itself, and goes on where it was.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const SILENCE_MS = 40_000;
const SEND_AGAIN_MS = 5_000;
/** What ends the line for good, by close code or by the status of the ticket's answer. */
const ENDS = {
  401: 'loggedOut',
  403: 'loggedOut',
  4009: 'loggedOut',
  4501: 'stopped',
  4504: 'tooMany',
  4505: 'gone',
};

export class OperatorLine {
  #seen;
  #token;
  #hear;
  #socket = null;
  #isLive = false;
  #tries = 0;
  #waitMs = null;
  #outbox = [];
  #silence = 0;
  #reopening = 0;
  #again = 0;
  #isOpening = false;
  #isOver = false;

  /**
   * @param {{ conversation_id: string, last_seq: number, epoch: string }} seen what the page shows
   * @param {string} token the form token of the login
   * @param {(type: string, data: any) => void} hear is told each frame, and `link`: online, offline or why it is over
   */
  constructor(seen, token, hear) {
    this.#seen = seen;
    this.#token = token;
    this.#hear = hear;
  }

  async open() {
    if (this.#isOpening) return;
    this.#isOpening = true;
    let answer;
    try {
      const headers = { 'X-CSRF-Token': this.#token };
      answer = await fetch('/api/v1/operator/tickets', { method: 'POST', headers });
      if (!answer.ok) throw answer;
      this.#connect((await answer.json()).ticket);
    } catch {
      this.#ended(answer?.status);
    }
    this.#isOpening = false;
  }

  /** Says something, until it is accepted or refused. @param {string} text */
  say(text) {
    const client_message_id = crypto.getRandomValues(new BigUint64Array(2)).join('-');
    this.#outbox.push({ client_message_id, text });
    this.#tellOutbox();
    this.#sendFrom(this.#outbox.length - 1);
  }

  /** The network is there again, or gone: no need to wait for silence. @param {boolean} isThere */
  notice(isThere) {
    if (!isThere && this.#socket) {
      this.#socket.onclose = this.#socket.onmessage = null;
      this.#socket.close();
      this.#ended(1006);
    }
    if (isThere && !this.#socket) this.#reopen(0);
  }

  /** @param {'live' | 'bot'} status who is to answer */
  hand(status) {
    this.#send('status', { status });
  }

  typing() {
    this.#send('typing', {});
  }

  #connect(ticket) {
    const address = new URL('/api/v1/operator/ws', location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = new WebSocket(address, 'foyer.v1');
    this.#socket = socket;
    socket.onopen = () => this.#send('hello', { ticket, ...this.#seen }, { isEarly: true });
    socket.onmessage = ({ data }) => this.#heard(JSON.parse(data));
    socket.onclose = ({ code }) => this.#ended(code);
    this.#listen();
  }

  /** Who hears nothing for so long is no longer connected. */
  #listen() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#socket?.close(), SILENCE_MS);
  }

  #heard({ type, id, seq, data }) {
    this.#listen();
    if (type === 'ping') return this.#send('pong', {}, { isEarly: true });
    if (type === 'welcome') this.#welcome(data);
    if (type === 'goaway') this.#waitMs = data.reconnect_in_ms;
    if (type === 'live') this.#goLive();
    if (type === 'accepted') this.#settled(data.client_message_id);
    if (type === 'error' && !data.retry) this.#refused(id);
    this.#seen.last_seq = Math.max(this.#seen.last_seq, seq ?? 0);
    this.#hear(type, data);
  }

  /** What cannot be resumed is loaded afresh, up to where the line goes on. */
  #welcome({ epoch, head_seq, resumed }) {
    this.#seen.epoch = epoch;
    if (!resumed) this.#seen.last_seq = head_seq;
  }

  #goLive() {
    this.#isLive = true;
    this.#tries = 0;
    this.#hear('link', 'online');
    this.#sendFrom(0);
  }

  #settled(client_message_id) {
    this.#outbox = this.#outbox.filter((one) => one.client_message_id !== client_message_id);
    this.#tellOutbox();
  }

  /** Gives back the words that were not taken. */
  #refused(client_message_id) {
    const refused = this.#outbox.find((one) => one.client_message_id === client_message_id);
    if (!refused) return;
    this.#settled(client_message_id);
    this.#hear('refused', refused.text);
  }

  #tellOutbox() {
    this.#hear(
      'outbox',
      this.#outbox.map(({ text }) => text),
    );
  }

  #sendFrom(first) {
    clearTimeout(this.#again);
    for (const one of this.#outbox.slice(first)) this.#send('say', one, { id: one.client_message_id });
    if (this.#outbox.length) this.#again = setTimeout(() => this.#sendFrom(0), SEND_AGAIN_MS);
  }

  #send(type, data, { id, isEarly = false } = {}) {
    if (this.#socket?.readyState === WebSocket.OPEN && (this.#isLive || isEarly))
      this.#socket.send(JSON.stringify({ type, id, data }));
  }

  #ended(code) {
    clearTimeout(this.#silence);
    this.#socket = null;
    this.#isLive = false;
    this.#isOver = code in ENDS;
    this.#hear('link', ENDS[code] ?? 'offline');
    const backOff = Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries++);
    this.#reopen(this.#waitMs ?? backOff);
    this.#waitMs = null;
  }

  #reopen(afterMs) {
    clearTimeout(this.#reopening);
    if (!this.#isOver) this.#reopening = setTimeout(() => this.open(), afterMs);
  }
}
