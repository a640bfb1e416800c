import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Keeper } from '../src/storage.js';

class Shelf {
  items = new Map();
  getItem = (key) => this.items.get(key) ?? null;
  setItem = (key, value) => this.items.set(key, value);
  removeItem = (key) => this.items.delete(key);
}

const place = (local, session) => {
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: local });
  Object.defineProperty(globalThis, 'sessionStorage', { configurable: true, get: session });
};
const refused = () => {
  throw new DOMException('no', 'SecurityError');
};

afterEach(() => {
  delete globalThis.localStorage;
  delete globalThis.sessionStorage;
});

test('reading writes nothing', () => {
  const [local, session] = [new Shelf(), new Shelf()];
  place(
    () => local,
    () => session,
  );
  const keeper = new Keeper('demo');

  assert.equal(keeper.session(), null);
  assert.deepEqual(keeper.tab(), {});
  assert.equal(local.items.size + session.items.size, 0);
});

test('sites do not see each other', () => {
  const [local, session] = [new Shelf(), new Shelf()];
  place(
    () => local,
    () => session,
  );
  new Keeper('one').keepSession({ token: 't', conversation: null, epoch: null, config: {}, at: 0 }, true);

  assert.equal(new Keeper('one').session()?.token, 't');
  assert.equal(new Keeper('two').session(), null);
});

test('of a tab with nothing begun nothing is kept', () => {
  const session = new Shelf();
  place(refused, () => session);
  const keeper = new Keeper('demo');

  keeper.keepTab({ isOpen: false, outbox: [], shown: 3, referrer: 'https://search.example/' });
  assert.equal(session.items.size, 0);

  for (const begun of [
    { isAwaited: true },
    { drafts: { text: 'Hel' } },
    { outbox: [{}] },
    { isOpen: true },
  ]) {
    keeper.keepTab({ isOpen: false, outbox: [], shown: 3, ...begun });
    assert.deepEqual(keeper.tab(), { isOpen: false, outbox: [], shown: 3, ...begun });
  }
});

test('a session that may not be stored, or can not, is known to the other chats of its page alone', () => {
  const [local, session] = [new Shelf(), new Shelf()];
  place(
    () => local,
    () => session,
  );
  const kept = { token: 't', conversation: null, epoch: null, config: {}, at: 0 };
  new Keeper('shared').keepSession(kept, false);

  assert.equal(local.items.size, 0);
  assert.equal(new Keeper('shared').session().token, 't');

  new Keeper('shared').keepSession(kept, true);
  local.items.clear();

  assert.equal(new Keeper('shared').session(), null);

  place(refused, refused);
  new Keeper('shared').keepSession(kept, true);

  assert.equal(new Keeper('shared').session().token, 't');
});

test('what is wiped is gone', () => {
  const [local, session] = [new Shelf(), new Shelf()];
  place(
    () => local,
    () => session,
  );
  const keeper = new Keeper('demo');
  keeper.keepSession({ token: 't', conversation: null, epoch: null, config: {}, at: 0 }, true);
  keeper.keepTab({ isOpen: true, outbox: [] });
  keeper.wipe();

  assert.equal(local.items.size + session.items.size, 0);
});

test('where storage is refused the chat works and forgets', () => {
  place(refused, refused);
  const keeper = new Keeper('demo');
  keeper.keepTab({ isOpen: true, outbox: [] });

  assert.equal(keeper.session(), null);
  assert.deepEqual(keeper.tab(), {});
});

test('what is not ours to read is taken as nothing', () => {
  const local = new Shelf();
  local.setItem('foyer:demo', '{"broken');
  place(() => local, refused);

  assert.equal(new Keeper('demo').session(), null);
});
