import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fill } from '../src/element.js';

const load = async (name) => (await import(`../src/strings/${name}`)).default;
const ENGLISH = ['en.js', 'en_messages.js', 'en_more.js'];
const english = Object.assign({}, ...(await Promise.all(ENGLISH.map(load))));
const others = readdirSync(new URL('../src/strings', import.meta.url)).filter(
  (name) => !ENGLISH.includes(name),
);
const places = (text) => (JSON.stringify(text).match(/\{\w+\}/g) ?? []).sort();

test('there are nine languages beside English', () => assert.equal(others.length, 9));

for (const name of others) {
  test(`${name} says everything, with the same places, and has its plural forms`, async () => {
    const words = await load(name);
    const forms = new Intl.PluralRules(words.tag).resolvedOptions().pluralCategories;

    assert.equal(`${words.tag}.js`, name);
    assert.deepEqual(Object.keys(words).sort(), Object.keys(english).sort());
    for (const [key, text] of Object.entries(words)) {
      assert.deepEqual([...new Set(places(text))], [...new Set(places(english[key]))], key);
      assert.notEqual(text, '', key);
    }
    assert.deepEqual(
      forms.filter((form) => !(form in words.unread)),
      [],
    );
  });
}

test('numbers choose among the forms of the language', async () => {
  const { unread, tag } = await load('pl.js');
  const said = [1, 2, 5, 22].map((n) => fill(unread, { n, tag }));

  assert.deepEqual(
    said.map((text) => text.split(', ')[1]),
    ['1 nowa wiadomość', '2 nowe wiadomości', '5 nowych wiadomości', '22 nowe wiadomości'],
  );
  assert.match(fill(english.unread, { n: 1, tag: 'en' }), /1 new message$/);
});

test('numbers are written as the language does', () => {
  assert.equal(fill('{n} von {limit}', { n: 4001, limit: 4000, tag: 'de' }), '4.001 von 4.000');
  assert.equal(fill('{n} {name}', { n: '4001', name: 'Ada', tag: 'de' }), '4001 Ada');
});
