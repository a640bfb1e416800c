import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

globalThis.CSSStyleSheet = class {
  replaceSync() {}
};
const { problemOf } = await import('../src/form.js');
const { insist } = await import('../src/insist.js');
const { transcript } = await import('../src/menu.js');
const { suits } = await import('../src/triggers.js');
const t = {
  ...(await import('../src/strings/en_more.js')).default,
  name: 'Chat',
  you: 'You',
  operator: 'Our team',
  tag: 'en',
};

test('a field names what is wrong with it, and an empty one only when it is needed', () => {
  assert.equal(problemOf('email', 'ada@harbour.example', true, t), '');
  assert.equal(problemOf('email', 'ada@@harbour', true, t), t.fieldWrongEmail);
  assert.equal(problemOf('phone', '+49 30 123456', false, t), '');
  assert.equal(problemOf('phone', 'call me', false, t), t.fieldWrongPhone);
  assert.equal(problemOf('name', '', true, t), t.fieldEmpty);
  assert.equal(problemOf('name', '', false, t), '');
});

test('the transcript names who spoke, when, and the sources', () => {
  const messages = [
    { author: 'visitor', text: 'How much?', at: '2026-03-01T09:30:00Z' },
    {
      author: 'bot',
      text: 'Nothing. [1]',
      citations: [{ n: 1, title: 'Prices', url: 'https://example.com/p' }],
    },
    { author: 'operator', text: 'Hello' },
  ];
  const text = transcript({ messages, config: { name: 'Harbour' } }, t);

  assert.match(
    text,
    /^Conversation with Harbour\n\nYou, .*2026.*\nHow much\?\n\nHarbour\nNothing\. \[1\]\n\[1\] Prices – https:\/\/example\.com\/p\n\nOur team\nHello\n\n$/,
  );
});

test('the transcript reads as the screen does', () => {
  const citations = [{ n: 1, title: 'Delivery', url: null }];
  const bot = (text, asked) => ({ author: 'bot', text, citations, asked });
  const messages = [
    bot('It takes **three to five** days. [1]\n\nWhen do you **need** it?', 'when'),
    bot('Two parts. [1]\n\nNothing asked.'),
    { author: 'visitor', text: '2**3**4\n\nok' },
  ];
  const said = transcript({ messages, config: { name: 'Harbour' } }, t);

  assert.equal(
    said.split('\n\nHarbour\n').slice(1).join('|'),
    'It takes three to five days. [1]\n[1] Delivery\n\nWhen do you need it?' +
      '|Two parts. [1]\n\nNothing asked.\n[1] Delivery\n\nYou\n2**3**4\n\nok\n\n',
  );
});

test('a rule speaks where its page, language and visitor are', () => {
  const visit = { path: '/pricing/teams', locale: 'de-AT', isKnown: false };

  assert.equal(suits({ say: '' }, visit), true);
  assert.equal(suits({ say: '', url: '/pricing*' }, visit), true);
  assert.equal(suits({ say: '', url: '/pricing' }, visit), false);
  assert.equal(suits({ say: '', url: '/p.icing*' }, visit), false);
  assert.equal(suits({ say: '', url: '/' }, visit), false);
  for (const url of ['/offers', '/offers/', '/off*'])
    for (const path of ['/offers', '/offers/'])
      assert.equal(suits({ say: '', url }, { ...visit, path }), true);
  assert.equal(suits({ say: '', url: '/docs/*' }, { ...visit, path: '/docs/' }), true);
  assert.equal(suits({ say: '', url: '/für' }, { ...visit, path: '/f%C3%BCr' }), true);
  assert.equal(suits({ say: '', url: '/f%C3%BCr' }, { ...visit, path: '/f%C3%BCr' }), true);
  assert.equal(suits({ say: '', url: '/' }, { ...visit, path: '/' }), true);
  assert.equal(suits({ say: '', attributes: { plan: 'trial' } }, { ...visit, told: { plan: 'pro' } }), false);
  assert.equal(suits({ say: '', locales: ['de'] }, visit), true);
  assert.equal(suits({ say: '', locales: ['fr', 'en'] }, visit), false);
  assert.equal(suits({ say: '', returning: true }, visit), false);
  assert.equal(suits({ say: '', returning: false }, visit), true);
});

test('an opinion waits for the line and is told once', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const told = [];
  insist(() => told.push(told.length) > 2);
  for (let second = 0; second < 60; second++) mock.timers.tick(1_000);

  assert.equal(told.length, 3);
  mock.timers.reset();
});

test('a number without enough digits is none', () => {
  for (const wrong of ['((((((', '+ 1 2 3', '------', '12345'])
    assert.equal(problemOf('phone', wrong, true, t), t.fieldWrongPhone, wrong);
  for (const right of ['+49 (0)30 / 123-456', '555.0100', '112358'])
    assert.equal(problemOf('phone', right, true, t), '', right);
});
