import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { backOff, Connection } from '../src/connection.js';
import '../src/past.js';
import '../src/polling.js'; // loaded before time stands still

/** @type {Scene[]} */
const scenes = [];

/** A server that does what a test tells it, one socket at a time. */
class Scene {
  sockets = [];
  events = [];
  requests = [];
  answers = {
    sessions: { visitor_token: 'token', conversation_id: null, epoch: 'e1', config: { name: 'Site' } },
  };

  constructor(kept = null) {
    scenes.push(this);
    this.kept = kept;
    this.connection = new Connection({
      base: 'https://chat.example/api/v1/',
      emit: (type, data) => this.events.push([type, data]),
      visit: () => ({ site: 'demo' }),
      client: () => ({ version: '0' }),
      kept: () => this.kept,
      alone: async (work) => work(),
      random: () => 0.5,
      open: (url) => this.#open(url),
      fetch: async (url, init) => this.#answer(url, init),
    });
  }

  #open(url) {
    const socket = {
      url,
      sent: [],
      isClosed: false,
      send: (text) => socket.sent.push(JSON.parse(text)),
      close: () => {
        socket.isClosed = true;
      },
    };
    this.sockets.push(socket);
    return socket;
  }

  async #answer(url, init) {
    this.requests.push([url, init]);
    const path = url.replace('https://chat.example/api/v1/', '');
    const answer = await this.answers[path];
    if (!answer) throw new TypeError('no network');
    const status = typeof answer.status === 'number' ? answer.status : 200;
    return { ok: status < 300, status, json: async () => answer, headers: new Headers() };
  }

  get socket() {
    return this.sockets.at(-1);
  }

  async start() {
    this.connection.start();
    await settle();
    return this;
  }

  /** Open the socket, be welcomed, and go live. */
  welcome(data = {}, frames = []) {
    this.socket.onopen();
    this.hear('welcome', { conversation_id: 'c', epoch: 'e1', head_seq: 0, resumed: true, ...data });
    for (const frame of frames) this.hear('message', frame, frame.seq);
    this.hear('live', {});
    return this;
  }

  hear(type, data = {}, seq = undefined, id = undefined) {
    this.socket.onmessage({ data: JSON.stringify({ type, id, seq, data }) });
  }

  message(seq, more = {}) {
    this.hear('message', { message_id: `m${seq}`, author: 'bot', text: `${seq}`, ...more }, seq);
  }

  sent(type) {
    return this.socket.sent.filter((frame) => frame.type === type);
  }

  told(type) {
    return this.events.filter(([name]) => name === type).map(([, data]) => data);
  }
}

const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};
const pass = async (ms) => {
  mock.timers.tick(ms);
  await settle();
};

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 }));
afterEach(() => {
  for (const scene of scenes.splice(0)) scene.connection.stop();
  mock.timers.reset();
});

test('the wait between tries doubles up to thirty seconds, with full jitter', () => {
  assert.equal(backOff(0, 1), 500);
  assert.equal(backOff(3, 1), 4_000);
  assert.equal(backOff(30, 1), 30_000);
  assert.equal(backOff(30, 0), 0);
});

test('a session is opened before the socket, and its token is said there and in no address', async () => {
  const scene = await new Scene().start();
  scene.socket.onopen();

  assert.equal(scene.socket.url, 'wss://chat.example/api/v1/ws');
  assert.equal(scene.sent('hello')[0].data.token, 'token');
  assert.equal(scene.told('session')[0].config.name, 'Site');
});

test('however often the page is seen, one session is opened', async () => {
  const scene = new Scene();
  scene.connection.start();
  scene.connection.wake();
  scene.connection.wake();
  await pass(10);

  assert.equal(scene.requests.length, 1);
});

test('a token that the browser kept needs no new session', async () => {
  const scene = await new Scene({ token: 'old', conversation: 'c', epoch: 'e1', config: {}, at: 0 }).start();
  scene.socket.onopen();

  assert.equal(scene.requests.length, 0);
  const { token, conversation_id, last_seq, epoch } = scene.sent('hello')[0].data;
  assert.deepEqual([token, conversation_id, last_seq, epoch], ['old', 'c', 0, 'e1']);
});

test('a kept token that is not known any more gives way to a new visitor, once', async () => {
  const scene = await new Scene({ token: 'old', conversation: 'c', epoch: 'e1', config: {}, at: 0 }).start();
  scene.socket.onopen();
  scene.socket.onclose({ code: 4500 });
  await pass(1);
  scene.socket.onopen();

  assert.equal(scene.sent('hello')[0].data.token, 'token');

  scene.socket.onclose({ code: 4500 });
  await pass(60_000);

  assert.equal(scene.sockets.length, 2);
  assert.deepEqual(scene.told('link').at(-1), { link: 'stopped', reason: 4500, detail: undefined });
});

test('what is said before the line is live is sent when it is', async () => {
  const scene = await new Scene().start();
  scene.connection.say('a', { text: 'Hello' });
  scene.socket.onopen();

  assert.equal(scene.sent('say').length, 0);

  scene.hear('live');

  assert.deepEqual(scene.sent('say')[0], {
    type: 'say',
    id: 'a',
    data: { client_message_id: 'a', text: 'Hello' },
  });
});

test('what is not accepted is sent again after five seconds, and never after it was', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.connection.say('a', { text: 'Hello' });
  await pass(5_000);

  assert.equal(scene.sent('say').length, 2);

  scene.hear('accepted', { client_message_id: 'a', message_id: 'm1', seq: 1, conversation_id: 'c' });
  await pass(20_000);

  assert.equal(scene.sent('say').length, 2);
  assert.equal(scene.told('accepted').length, 1);
});

test('what is not accepted is sent again on the next socket', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.connection.say('a', { text: 'Hello' });
  scene.socket.onclose({ code: 1006 });
  await pass(1_000);
  scene.welcome();

  assert.equal(scene.sockets.length, 2);
  assert.equal(scene.sent('say').length, 1);
});

test('at most twenty messages wait', async () => {
  const scene = await new Scene().start();
  const kept = Array.from({ length: 21 }, (_, n) => scene.connection.say(`${n}`, { text: 'x' }));

  assert.equal(kept.filter(Boolean).length, 20);
  assert.equal(kept[20], false);
});

test('durable frames are handed on once and in order', async () => {
  const scene = (await new Scene().start()).welcome();
  for (const seq of [1, 1, 3, 2, 2, 3]) scene.message(seq);

  assert.deepEqual(
    scene.told('message').map(({ seq }) => seq),
    [1, 2, 3],
  );
});

test('an accepted message counts in the order like any other', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.connection.say('a', { text: 'Hello' });
  scene.message(2);

  assert.equal(scene.told('message').length, 0);

  scene.hear('accepted', { client_message_id: 'a', message_id: 'm1', seq: 1 });

  assert.deepEqual(
    scene.events.slice(-2).map(([type]) => type),
    ['accepted', 'message'],
  );
});

test('a gap that does not close within 200 ms makes the line resume from the last whole place', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.message(1);
  scene.message(3);
  await pass(199);

  assert.equal(scene.sockets.length, 1);

  await pass(10);
  scene.socket.onopen();

  assert.equal(scene.sockets.length, 2);
  assert.equal(scene.sockets[0].isClosed, true);
  assert.equal(scene.sent('hello')[0].data.last_seq, 1);
});

test('an acceptance that waited behind a gap is not lost when the replay brings the message', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.connection.say('a', { text: 'Hello' });
  scene.hear('accepted', { client_message_id: 'a', message_id: 'm2', seq: 2 });
  await pass(210);
  scene.socket.onopen();
  scene.hear('welcome', { conversation_id: 'c', epoch: 'e1', head_seq: 2, resumed: true });
  scene.message(1);
  scene.message(2, { author: 'visitor', message_id: 'm2' });
  scene.hear('live');

  assert.equal(scene.told('accepted').length, 1);
  assert.deepEqual(scene.sent('say'), []);
});

test('an acceptance and the message itself may wait behind the same gap', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.connection.say('a', { text: 'Hello' });
  scene.hear('accepted', { client_message_id: 'a', message_id: 'm2', seq: 2 });
  scene.message(2, { author: 'visitor', message_id: 'm2' });
  scene.message(1);

  assert.equal(scene.told('accepted').length, 1);
});

test('what can not be resumed is loaded afresh from the history, whole', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.message(1);
  scene.socket.onclose({ code: 4000 });
  await pass(1_000);
  const frame = (seq) => ({ type: 'message', seq, data: { message_id: `n${seq}`, author: 'bot', text: '' } });
  scene.answers['history?after=0'] = { events: [frame(1), frame(2)] };
  scene.answers['history?after=2'] = { events: [frame(3)] };
  scene.welcome({ resumed: false, epoch: 'e2', head_seq: 3 });
  await pass(0);
  await pass(200);

  assert.equal(scene.told('reset').length, 1);
  assert.deepEqual(
    scene
      .told('message')
      .slice(1)
      .map(({ message_id }) => message_id),
    ['n1', 'n2', 'n3'],
  );
  assert.equal(scene.events.at(-1)[0], 'live');
});

test('a ping is answered', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.hear('ping');

  assert.equal(scene.sent('pong').length, 1);
});

test('forty seconds of silence end the socket, and the line resumes', async () => {
  const scene = (await new Scene().start()).welcome();
  await pass(39_000);
  scene.hear('ping');
  await pass(39_000);

  assert.equal(scene.sockets.length, 1);

  await pass(2_000);

  assert.equal(scene.sockets.length, 2);
});

test('a page that slept through the silence connects when it is seen again', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.socket.onclose({ code: 1006 });
  scene.connection.wake();
  await pass(1);

  assert.equal(scene.sockets.length, 2);
});

const STOPS = [4501, 4502, 4503, 4504, 4505];
for (const code of STOPS) {
  test(`close code ${code} ends the line`, async () => {
    const scene = (await new Scene().start()).welcome();
    scene.socket.onclose({ code });
    await pass(120_000);

    assert.equal(scene.sockets.length, 1);
    assert.equal(scene.told('link').at(-1).link, code === 4505 ? 'erased' : 'stopped');
    assert.equal(scene.told('wiped').length, code === 4505 ? 1 : 0);
  });
}

for (const code of [1001, 1006, 1012, 4000, 4001, 4003, 4004, 4011]) {
  test(`after close code ${code} the line resumes`, async () => {
    const scene = (await new Scene().start()).welcome();
    scene.message(1);
    scene.socket.onclose({ code });
    await pass(2_000);
    scene.socket.onopen();

    assert.equal(scene.sent('hello')[0].data.last_seq, 1);
  });
}

test('an expired token is exchanged for a new session', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.socket.onclose({ code: 4009 });
  await pass(1_000);

  assert.equal(scene.requests.length, 2);
});

test('a changed epoch loads everything afresh, after the wait that the server spreads, and shows the old until then', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.message(1);
  scene.hear('goaway', { reconnect_in_ms: 700 });
  scene.socket.onclose({ code: 4010 });
  await pass(699);

  assert.equal(scene.sockets.length, 1);

  await pass(1);
  scene.socket.onopen();

  const { last_seq, epoch } = scene.sent('hello')[0].data;
  assert.deepEqual([last_seq, epoch], [0, null]);
  assert.equal(scene.told('reset').length, 0);

  scene.welcome({ epoch: 'e2', head_seq: 1 });
  scene.message(1, { message_id: 'of the new history' });

  assert.equal(scene.told('reset').length, 1);
  assert.equal(scene.told('message').at(-1).message_id, 'of the new history');
});

test('a session that the database does not know any more since it was put back is exchanged for a new one', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.socket.onclose({ code: 4010 });
  await pass(1);
  scene.socket.onclose({ code: 4500 });
  await pass(1);

  assert.equal(scene.requests.filter(([url]) => url.endsWith('/sessions')).length, 2);
  assert.equal(scene.told('link').filter(({ link }) => link === 'stopped').length, 0);
});

test('who sends too much waits as long as the server asks', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.hear('error', { code: 'rate_limited', message: '', retry: true, retry_after_ms: 60_000 });
  scene.socket.onclose({ code: 4008 });
  await pass(59_000);

  assert.equal(scene.sockets.length, 1);

  await pass(2_000);

  assert.equal(scene.sockets.length, 2);
});

test('a message that is refused for now is sent again after the time the server names', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.connection.say('a', { text: 'Hello' });
  scene.hear(
    'error',
    { code: 'rate_limited', message: '', retry: true, retry_after_ms: 9_000 },
    undefined,
    'a',
  );
  await pass(5_000);

  assert.equal(scene.sent('say').length, 1);

  await pass(5_000);

  assert.equal(scene.sent('say').length, 2);
});

test('a message that is refused for good is said to have failed', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.connection.say('a', { text: 'Hello' });
  scene.hear('error', { code: 'too_long', message: '', retry: false }, undefined, 'a');

  assert.deepEqual(scene.told('failed'), [{ client_message_id: 'a', code: 'too_long' }]);
});

test('half a character is told as a whole sign, in what is said and of the page', async () => {
  const scene = new Scene();
  scene.connection.say('a', { text: 'Thanks \ud83d' });
  await scene.start();
  scene.welcome();

  assert.deepEqual(
    scene.socket.sent.filter(({ type }) => type === 'say').map(({ data }) => data.text),
    ['Thanks \ufffd'],
  );
});

test('a refused origin is told with its code, and not asked again', async () => {
  const scene = new Scene();
  scene.answers.sessions = { status: 403, code: 'origin_refused', detail: 'No.' };
  await scene.start();
  await pass(120_000);

  assert.equal(scene.requests.length, 1);
  assert.deepEqual(scene.told('link').at(-1), { link: 'refused', reason: 'origin_refused', detail: 'No.' });
});

test('a server that is away is asked again, and only a lasting cut is worth a word', async () => {
  const scene = new Scene();
  const { sessions } = scene.answers;
  scene.answers = {};
  await scene.start();

  assert.equal(scene.told('link').length, 0);

  await pass(1_500);

  assert.equal(scene.told('link').at(-1).link, 'retrying');

  scene.answers = { sessions };
  await pass(30_000);

  assert.equal(scene.sockets.length, 1);
});

/** Let time pass in small steps, for what imports and asks on the way. */
async function passSlowly() {
  for (let turn = 0; turn < 50; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    await pass(1);
  }
}

/** @param {Scene} scene */
async function failTwice(scene) {
  scene.socket.onclose({ code: 1006 });
  await pass(1_000);
  scene.socket.onclose({ code: 1006 });
}

test('a poll that can not go on begins anew, and all is loaded afresh', async () => {
  const scene = await new Scene().start();
  await failTwice(scene);
  const frame = (seq) => ({ type: 'message', seq, data: { message_id: `n${seq}`, author: 'bot', text: '' } });
  const here = { epoch: 'e1', head_seq: 1, conversation_id: 'c', resumed: true, events: [] };
  const elsewhere = { ...here, head_seq: 2, resumed: false, reason: 'another_conversation' };
  scene.answers['events?after=0&epoch=e1&wait=0'] = { ...here, events: [frame(1)] };
  scene.answers['events?after=1&epoch=e1&conversation_id=c'] = elsewhere;
  scene.answers['events?after=1&epoch=e1&conversation_id=c&wait=0'] = elsewhere;
  scene.answers['history?after=0'] = { events: [frame(1), frame(2)] };
  scene.answers['events?after=2&epoch=e1&conversation_id=c'] = new Promise(() => {});
  await pass(2_000);
  await passSlowly();
  await pass(5_000);
  await failTwice(scene); // it tries a socket first
  await pass(2_000);
  await passSlowly();

  assert.equal(scene.told('reset').length, 1);
  assert.deepEqual(
    scene.told('message').map(({ message_id }) => message_id),
    ['n1', 'n1', 'n2'],
  );
});

test('where no websocket opens twice, plain HTTP carries the conversation', async () => {
  const scene = await new Scene().start();
  await failTwice(scene);
  const said = { type: 'message', seq: 1, data: { message_id: 'm1', author: 'bot', text: 'Hi' } };
  const status = { status: 'live', operator: { name: 'Ada' } };
  const standing = { epoch: 'e1', head_seq: 1, conversation_id: 'c', resumed: true, status };
  scene.answers['events?after=0&epoch=e1&wait=0'] = { ...standing, events: [said] };
  scene.answers['events?after=1&epoch=e1&conversation_id=c&status=live'] = new Promise(() => {});
  scene.answers.messages = { client_message_id: 'a', message_id: 'm2', seq: 2, duplicate: false };
  scene.connection.say('a', { text: 'Hello' });
  await pass(2_000);
  await passSlowly();

  assert.equal(scene.sockets.length, 2);
  assert.deepEqual(
    scene.events.map(([type]) => type).filter((type) => type !== 'link' && type !== 'error'),
    ['session', 'session', 'status', 'message', 'live', 'accepted'],
  );
  assert.deepEqual(scene.told('status'), [status]);
  const [, init] = scene.requests.find(([url]) => url.endsWith('messages'));
  assert.equal(init.headers['Idempotency-Key'], 'a');
  assert.equal(init.headers.Authorization, 'Bearer token');
});

test('a changed epoch loads everything afresh over plain HTTP, too', async () => {
  const scene = await new Scene().start();
  scene.socket.onclose({ code: 1006 });
  await pass(1_000);
  scene.socket.onclose({ code: 1006 });
  const said = { type: 'message', seq: 1, data: { message_id: 'm1', author: 'bot', text: 'Hi' } };
  const standing = { epoch: 'e1', head_seq: 1, conversation_id: 'c', resumed: true };
  scene.answers['events?after=0&epoch=e1&wait=0'] = { ...standing, events: [said] };
  scene.answers['events?after=1&epoch=e1&conversation_id=c'] = {
    ...standing,
    epoch: 'e2',
    resumed: false,
    reason: 'epoch_changed',
    events: [],
  };
  await pass(1_000);
  for (let turn = 0; turn < 20; turn++) await pass(1);
  scene.socket.onopen();

  const { last_seq, epoch } = scene.sent('hello')[0].data;
  assert.deepEqual([last_seq, epoch], [0, null]);
});

test('a line that was stopped stays stopped', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.connection.stop();
  await pass(120_000);

  assert.equal(scene.sockets.length, 1);
  assert.equal(scene.socket.isClosed, true);
});

test('a line that is cut for a minute in the middle of an answer tries on, and then everything is there once', async () => {
  const scene = (await new Scene().start()).welcome();
  scene.connection.say('a', { text: 'How much is it?' });
  scene.hear('accepted', { client_message_id: 'a', message_id: 'm1', seq: 1 });
  scene.hear('delta', { in_reply_to: 'm1', n: 1, text: 'It costs ' });
  const cutAt = Date.now();
  scene.socket.onclose({ code: 1006 });
  const tries = [];
  while (Date.now() - cutAt < 60_000) {
    const before = scene.sockets.length;
    await pass(50);
    if (scene.sockets.length === before) continue;
    tries.push(Date.now() - cutAt);
    scene.socket.onclose({ code: 1006 });
  }
  scene.connection.say('b', { text: 'And for two?' });
  for (let second = 0; second < 30 && !scene.socket.onopen; second++) await pass(1_000);
  scene.welcome({}, [{ seq: 2, message_id: 'm2', author: 'bot', text: 'It costs 79 euros.' }]);

  assert.ok(tries.length >= 4 && tries.length <= 40, `${tries.length} tries`);
  assert.ok(tries[0] <= 500 && tries.at(-1) > 15_000, `${tries}`);
  assert.deepEqual(scene.sent('hello')[0].data.last_seq, 1);
  assert.deepEqual(
    scene.told('message').map(({ message_id }) => message_id),
    ['m2'],
  );
  assert.deepEqual(
    scene.sent('say').map(({ id }) => id),
    ['b'],
  );
  assert.equal(scene.told('link').at(-1).link, 'retrying');
  assert.equal(scene.events.at(-1)[0], 'live');
});

test("a session that comes after the line was left is nobody's", async () => {
  const scene = new Scene();
  let answer = () => {};
  scene.answers.sessions = new Promise((resolve) => (answer = resolve));
  await scene.start();
  scene.connection.stop();

  answer({ visitor_token: 'late', conversation_id: null, epoch: 'e1', config: {} });
  await settle();

  assert.deepEqual(
    scene.events.filter(([type]) => type === 'session'),
    [],
  );
  assert.equal(scene.sockets.length, 0);
});

test('a session that another tab opened meanwhile is taken up', async () => {
  const scene = new Scene();
  scene.kept = { token: 'theirs', conversation: 'c', epoch: 'e1', config: { name: 'Site' }, at: 0 };
  await scene.start();
  scene.socket.onopen();

  assert.equal(scene.requests.length, 0);
  assert.equal(scene.sent('hello')[0].data.token, 'theirs');
  assert.equal(scene.told('session').at(-1).config.name, 'Site');
});

test('a token that opens nothing any more is not taken up again from what the browser keeps', async () => {
  const scene = await new Scene({ token: 'old', conversation: 'c', epoch: 'e1', config: {}, at: 0 }).start();
  scene.socket.onopen();
  scene.socket.onclose({ code: 4009 });
  await pass(2_000);
  scene.socket.onopen();

  assert.equal(scene.requests.length, 1);
  assert.equal(scene.sent('hello')[0].data.token, 'token');
});

test('who proved to be somebody else gets their token and their conversation, and what they said elsewhere', async () => {
  const scene = await new Scene({ token: 'old', conversation: 'c', epoch: 'e1', config: {}, at: 0 }).start();
  scene.welcome({}, [{ seq: 1, message_id: 'm1', author: 'bot', text: 'Hi' }]);
  const past = [
    { message_id: 'p1', text: 'Before' },
    { message_id: 'p2', text: 'Yes' },
  ];
  scene.answers.sessions = { visitor_token: 'theirs', conversation_id: 'd', epoch: 'e1', earlier: true };
  scene.answers['history/earlier'] = { messages: past };
  scene.connection.refresh();
  await settle();
  await pass(1);
  scene.socket.onopen();

  assert.equal(scene.sockets.length, 2);
  const { token, conversation_id, last_seq } = scene.sent('hello')[0].data;
  assert.deepEqual([token, conversation_id, last_seq], ['theirs', 'd', 0]);
  assert.equal(scene.told('reset').length, 1);
  assert.deepEqual(
    scene.told('message').map(({ message_id, seq }) => [message_id, seq]),
    [
      ['m1', 1],
      ['p1', -2],
      ['p2', -1],
    ],
  );
});

test('a token of the page that proves nothing is told, and the visitor goes on without it', async () => {
  const scene = new Scene();
  scene.answers.sessions = { status: 401, code: 'identity_expired', detail: 'Sign a new one.' };
  await scene.start();
  assert.deepEqual(scene.told('unproven'), [{ reason: 'identity_expired', detail: 'Sign a new one.' }]);

  scene.answers.sessions = { visitor_token: 'token', conversation_id: null, epoch: 'e1', config: {} };
  await pass(1_000);

  assert.equal(scene.told('session').at(-1).token, 'token');
  assert.deepEqual(
    scene.told('link').filter(({ link }) => link === 'refused'),
    [],
  );
});
