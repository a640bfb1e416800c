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
  #pending = null;
  #silence = 0;
  #again = 0;

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
    let answer;
    try {
      const headers = { 'X-CSRF-Token': this.#token };
      answer = await fetch('/api/v1/operator/tickets', { method: 'POST', headers });
      if (!answer.ok) throw answer;
      this.#connect((await answer.json()).ticket);
    } catch {
      this.#ended(answer?.status);
    }
  }

  /** Says something, until it is accepted or refused; one thing at a time. @param {string} text */
  say(text) {
    this.#pending = { client_message_id: crypto.getRandomValues(new BigUint64Array(2)).join('-'), text };
    this.#sendPending();
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
    socket.onopen = () => this.#send('hello', { ticket, ...this.#seen }, true);
    socket.onmessage = ({ data }) => this.#heard(JSON.parse(data));
    socket.onclose = ({ code }) => this.#ended(code);
    this.#listen();
  }

  /** Who hears nothing for so long is no longer connected. */
  #listen() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#socket?.close(), SILENCE_MS);
  }

  #heard({ type, seq, data }) {
    this.#listen();
    if (type === 'ping') return this.#send('pong', {}, true);
    if (type === 'welcome') this.#welcome(data);
    if (type === 'goaway') this.#waitMs = data.reconnect_in_ms;
    if (type === 'live') this.#goLive();
    if (type === 'accepted') this.#settled(data, 'accepted');
    if (type === 'error' && this.#pending && !data.retry) this.#settled(this.#pending, 'refused');
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
    this.#sendPending();
  }

  #settled({ client_message_id }, outcome) {
    if (this.#pending?.client_message_id !== client_message_id) return;
    clearTimeout(this.#again);
    this.#pending = null;
    this.#hear('said', outcome);
  }

  #sendPending() {
    clearTimeout(this.#again);
    if (!this.#pending) return;
    this.#send('say', this.#pending);
    this.#again = setTimeout(() => this.#sendPending(), SEND_AGAIN_MS);
  }

  #send(type, data, isEarly = false) {
    if (this.#socket?.readyState === WebSocket.OPEN && (this.#isLive || isEarly))
      this.#socket.send(JSON.stringify({ type, data }));
  }

  #ended(code) {
    clearTimeout(this.#silence);
    this.#socket = null;
    this.#isLive = false;
    if (ENDS[code]) return this.#hear('link', ENDS[code]);
    this.#hear('link', 'offline');
    const backOff = Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries++);
    setTimeout(() => this.open(), this.#waitMs ?? backOff);
    this.#waitMs = null;
  }
}
