import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markdown, safeUrl } from '../src/markdown.js';

/** Spell a tree as short markup, to compare it at a glance. */
const spell = (node) => {
  if (typeof node === 'string') return node;
  const { tag, href, cite, props, children } = node;
  const more = href ? ` ${href}` : cite ? ` ${cite}` : props?.start > 1 ? ` from ${props.start}` : '';
  return `<${tag}${more}>${children.map(spell).join('')}</${tag}>`;
};
const shown = (text) => markdown(text).map(spell).join('');

const EXAMPLES = [
  ['', ''],
  ['plain', '<p>plain</p>'],
  ['two\nlines', '<p>two\nlines</p>'],
  ['one\n\ntwo', '<p>one</p><p>two</p>'],
  ['hard  \nbreak', '<p>hard<br></br>break</p>'],
  ['**bold** and *it* and _it_', '<p><strong>bold</strong> and <em>it</em> and <em>it</em></p>'],
  ['snake_case_name and 2 * 3 * 4', '<p>snake_case_name and 2 * 3 * 4</p>'],
  ['`a **b**`', '<p><code>a **b**</code></p>'],
  ['```js\nlet a = `1`;\n\n<b>\n```\nafter', '<pre>let a = `1`;\n\n<b></pre><p>after</p>'],
  ['```\nnever closed', '<pre>never closed</pre>'],
  ['- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
  ['1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
  ['7. a\n8. b', '<ol from 7><li>a</li><li>b</li></ol>'],
  ['- a\n  - b\n- c', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>'],
  ['text\n- a', '<p>text</p><ul><li>a</li></ul>'],
  ['# Title', '<p><strong>Title</strong></p>'],
  ['> said\n> so', '<blockquote><p>said\nso</p></blockquote>'],
  [
    '| A | B |\n|---|---|\n| 1 | 2 |',
    '<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>',
  ],
  ['[a](https://x.org/y_(z))', '<p><a https://x.org/y_(z)>a</a></p>'],
  ['[**a**](https://x.org)', '<p><a https://x.org/><strong>a</strong></a></p>'],
  ['see https://x.org/a_b, or', '<p>see <a https://x.org/a_b>https://x.org/a_b</a>, or</p>'],
  ['<https://x.org/a>', '<p><a https://x.org/a>https://x.org/a</a></p>'],
  ['Answer.[1]', '<p>Answer.<sup 1>1</sup></p>'],
  ['Answer [1].', '<p>Answer<sup 1>1</sup>.</p>'],
  ['\\*not\\* bold', '<p>*not* bold</p>'],
];

for (const [text, expected] of EXAMPLES) {
  test(`shows ${JSON.stringify(text)}`, () => assert.equal(shown(text), expected));
}

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:x)',
  '[x](//evil.example/x)',
  '![a](http://canary.example/?d=secret)',
  '<a href="javascript:alert(1)">x</a>',
  '`<b onmouseover=alert(1)>`',
];
const TAGS = new Set('p strong em code pre ul ol li table tr th td blockquote a span sup br'.split(' '));

function* elements(nodes) {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    yield node;
    yield* elements(node.children);
  }
}

for (const text of HOSTILE) {
  test(`${JSON.stringify(text)} becomes neither an address nor an element of its own`, () => {
    for (const { tag, href } of elements(markdown(text))) {
      assert.ok(TAGS.has(tag), tag);
      assert.equal(href, undefined);
    }
  });
}

test('only http, https and mailto may be followed', () => {
  assert.equal(safeUrl('https://x.org'), 'https://x.org/');
  assert.equal(safeUrl('mailto:a@x.org'), 'mailto:a@x.org');
  for (const address of ['javascript:1', 'data:,x', '//x.org', '/path', 'file:///etc', '', null, undefined]) {
    assert.equal(safeUrl(address), null);
  }
});

test('a hostile text costs no more than it is long', () => {
  const start = performance.now();
  for (const part of ['**', '[', '![](', '`', '*a', '_a ', '> ', '- ', '  - ', '|', '[[1](', '<https://']) {
    markdown(part.repeat(20_000 / part.length));
  }

  assert.ok(performance.now() - start < 3_000);
});

test('deep nesting ends', () => {
  markdown('>'.repeat(5_000));
  markdown(Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n'));
});
