import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasAgreed } from '../src/consent.js';
import { INITIAL, openChoices, reduce } from '../src/state.js';

const play = (...events) => events.reduce((state, [type, data]) => reduce(state, type, data), INITIAL);
const said = (id, label = 'Hello') => ['said', { id, label, data: { text: label } }];
const accepted = (id, seq, more = {}) => [
  'accepted',
  { client_message_id: id, message_id: `m${seq}`, seq, ...more },
];
const bot = (seq, more = {}) => [
  'message',
  { seq, message_id: `m${seq}`, author: 'bot', text: 'Hi', ...more },
];

test('an event that is not known changes nothing', () => {
  assert.equal(reduce(INITIAL, 'constructor', {}), INITIAL);
  assert.equal(reduce(INITIAL, 'telepathy', {}), INITIAL);
});

test('what was said waits in the outbox until it is accepted', () => {
  const waiting = play(said('a'));
  const sent = play(said('a'), accepted('a', 1));

  assert.equal(waiting.outbox.length, 1);
  assert.deepEqual(waiting.messages, []);
  assert.deepEqual(sent.outbox, []);
  assert.deepEqual(
    sent.messages.map(({ seq, author, text, client_message_id }) => [seq, author, text, client_message_id]),
    [[1, 'visitor', 'Hello', 'a']],
  );
});

test('an own message that a replay brought first is not shown twice', () => {
  const state = play(
    said('a'),
    ['message', { seq: 1, message_id: 'm1', author: 'visitor', text: 'Hello', client_message_id: 'a' }],
    accepted('a', 1, { duplicate: true }),
  );

  assert.equal(state.messages.length, 1);
  assert.deepEqual(state.outbox, []);
});

test('a message that comes twice is shown once', () => {
  const state = play(said('a'), accepted('a', 1), bot(2), bot(2), [
    'message',
    { seq: 1, message_id: 'm1', author: 'visitor', text: 'Hello' },
  ]);

  assert.deepEqual(
    state.messages.map(({ message_id }) => message_id),
    ['m1', 'm2'],
  );
});

test('an own message of another tab is shown though it was not said here', () => {
  const state = play(['message', { seq: 1, message_id: 'm1', author: 'visitor', text: 'From there' }]);

  assert.deepEqual(
    state.messages.map(({ text }) => text),
    ['From there'],
  );
});

test('deltas grow a draft and the final message replaces it', () => {
  const growing = play(
    said('a'),
    accepted('a', 1),
    ['delta', { in_reply_to: 'm1', n: 0, text: 'Good ' }],
    ['delta', { in_reply_to: 'm1', n: 1, text: 'day' }],
  );
  const final = reduce(growing, ...bot(2, { in_reply_to: 'm1', text: 'Good day.' }));

  assert.equal(growing.draft?.text, 'Good day');
  assert.equal(final.draft, null);
  assert.equal(final.messages.at(-1)?.text, 'Good day.');
});

test('a draft that lost words in a cut waits for the final message', () => {
  const state = play(
    ['delta', { in_reply_to: 'm1', n: 0, text: 'One ' }],
    ['delta', { in_reply_to: 'm1', n: 2, text: 'three' }],
  );

  assert.equal(state.draft?.text, 'One ');
});

test('a draft of another answer starts from nothing', () => {
  const state = play(
    ['delta', { in_reply_to: 'm1', n: 0, text: 'Old' }],
    ['delta', { in_reply_to: 'm3', n: 0, text: 'New' }],
  );

  assert.equal(state.draft?.text, 'New');
});

test('messages are in the order of seq, whatever the order of arrival', () => {
  const state = play(bot(3), bot(1), bot(2));

  assert.deepEqual(
    state.messages.map(({ seq }) => seq),
    [1, 2, 3],
  );
});

test('an answer is awaited from the acceptance until it comes', () => {
  const awaiting = play(said('a'), accepted('a', 1));
  const answered = reduce(awaiting, ...bot(2, { in_reply_to: 'm1' }));

  assert.equal(awaiting.waitingFor, 'm1');
  assert.equal(answered.waitingFor, null);
});

test('nobody is awaited while the conversation waits for a person', () => {
  const state = play(['status', { status: 'waiting' }], said('a'), accepted('a', 1));

  assert.equal(state.waitingFor, null);
});

test('what the bot was writing goes when a person takes over', () => {
  const state = play(['delta', { in_reply_to: 'm1', n: 0, text: 'We' }], ['status', { status: 'live' }]);

  assert.equal(state.draft, null);
});

test('news count as unread only when the panel is closed and the replay is over', () => {
  const replayed = play(bot(1), ['live']);
  const news = reduce(replayed, ...bot(2));
  const opened = reduce(news, 'opened');

  assert.equal(replayed.unread, 0);
  assert.equal(news.unread, 1);
  assert.equal(opened.unread, 0);
  assert.equal(reduce(opened, ...bot(3)).unread, 0);
});

test('what others said while the visitor was between two pages is unread', () => {
  const replayed = play(bot(1), bot(2), [
    'message',
    { seq: 3, message_id: 'm3', author: 'visitor', text: '?' },
  ]);

  assert.equal(reduce(replayed, 'live', 1).unread, 1);
  assert.equal(reduce(replayed, 'live', 3).unread, 0);
  assert.equal(reduce(replayed, 'live', 0).unread, 0);
  assert.equal(reduce(reduce(replayed, 'opened'), 'live', 1).unread, 0);
});

test('quick replies belong to the last message only, and to nothing that is still on its way', () => {
  const choices = [{ id: 'y', label: 'Yes' }];
  const asked = play(bot(1, { choices }));

  assert.deepEqual(openChoices(asked), choices);
  assert.deepEqual(openChoices(reduce(asked, ...said('a'))), []);
  assert.deepEqual(openChoices(reduce(asked, ...bot(2))), []);
});

test('the greeting offers the choices of the site until something was said', () => {
  const choices = [{ id: 'a', label: 'Prices?' }];
  const greeted = play(['session', { config: { choices } }]);

  assert.deepEqual(openChoices(greeted), choices);
  assert.deepEqual(openChoices(reduce(greeted, ...bot(1))), []);
});

test('a page that is refused is offered nothing to press', () => {
  const refused = play(
    ['session', { config: { choices: [{ id: 'a', label: 'Prices?' }] } }],
    ['link', { link: 'refused' }],
  );

  assert.deepEqual(openChoices(refused), []);
});

test('a message that failed keeps no choices back, and can be dropped', () => {
  const choices = [{ id: 'a', label: 'A' }];
  const failed = play(bot(1, { choices }), said('a'), ['failed', { client_message_id: 'a' }]);
  const waits = reduce(failed, ...said('b'));

  assert.deepEqual(openChoices(failed), choices);
  assert.deepEqual(openChoices(waits), []);
  assert.deepEqual(
    reduce(waits, 'dropped', 'a').outbox.map(({ id }) => id),
    ['b'],
  );
});

test('a message that failed stays to be sent again', () => {
  const failed = play(said('a'), ['failed', { client_message_id: 'a' }]);
  const again = reduce(failed, 'said', { ...failed.outbox[0], isFailed: false });

  assert.equal(failed.outbox[0]?.isFailed, true);
  assert.deepEqual(
    again.outbox.map(({ id, isFailed }) => [id, isFailed]),
    [['a', false]],
  );
});

test('a message that lost words is shown so, in its place, and the others are left as they are', () => {
  const before = play(said('a', 'I am Ada'), accepted('a', 1), bot(2));
  const state = reduce(before, 'masked', { message_id: 'm1', author: 'visitor', text: 'I am •••' });

  assert.deepEqual(
    state.messages.map(({ seq, text, client_message_id }) => [seq, text, client_message_id]),
    [
      [1, 'I am •••', 'a'],
      [2, 'Hi', undefined],
    ],
  );
  assert.equal(state.messages[1], before.messages[1]);
  assert.equal(
    reduce(state, 'masked', { message_id: 'm1', text: 'I am •••' }).messages[0],
    state.messages[0],
  );
});

test('an erased visitor leaves nothing behind', () => {
  const state = play(['opened'], ['session', { config: {} }], bot(1), said('a'), ['wiped']);

  assert.deepEqual(state.messages, []);
  assert.deepEqual(state.outbox, []);
  assert.equal(state.isOpen, true);
});

test('agreed is who said yes last', () => {
  const said = (...kinds) => ({ ...INITIAL, messages: kinds.map((kind, seq) => ({ seq, kind })) });

  assert.equal(hasAgreed(INITIAL), false);
  assert.equal(hasAgreed(said('faq', 'consent_given', 'noted', null)), true);
  assert.equal(hasAgreed(said('consent_given', 'faq', 'consent_refused')), false);
});
