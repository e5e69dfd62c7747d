import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseXml } from '../../../src/providers/xml';

function check(name: string, xml: string, value: unknown, root = 'R'): void {
  test(name, () => assert.deepEqual(parseXml(xml), { root, value }));
}

check('elements become fields, all of them text', '<R><A>1</A><B>true</B><C>007</C></R>', {
  A: '1',
  B: 'true',
  C: '007',
});
check('repeated elements become a list', '<R><A>1</A><A>2</A></R>', { A: ['1', '2'] });
check('empty elements are empty text', '<R><A></A><B/><C> </C></R>', { A: '', B: '', C: '' });
check('nesting is kept', '<R><A><B><C>x</C></B></A></R>', { A: { B: { C: 'x' } } });
check(
  'a declaration, comments and a byte order mark are passed over',
  '\uFEFF<?xml version="1.0"?>\n<!-- a --><R><A>1</A></R>',
  { A: '1' },
);
check('attributes are left out', '<R a="1"><A b=">">x</A></R>', { A: 'x' });
check('predefined entities are decoded once', '<R><A>&lt;b&gt; &amp;amp; &quot;&apos;</A></R>', { A: '<b> &amp; "\'' });
check('numeric entities are decoded', '<R><A>&#20013;&#x6587;&#128512;</A></R>', { A: '中文😀' });
check('references to no character stay as they are', '<R><A>&#0;&#xD800;&#x110000;</A></R>', {
  A: '&#0;&#xD800;&#x110000;',
});
check('entities nobody declared stay as they are', '<R><A>&nbsp;&x;&constructor;</A></R>', {
  A: '&nbsp;&x;&constructor;',
});
check('character data is taken literally', '<R><A><![CDATA[a&amp;<b>]]></A></R>', { A: 'a&amp;<b>' });
check('Chinese text passes', '<R><A>华东1（杭州）</A></R>', { A: '华东1（杭州）' });
check('numbers are not guessed', '<R><A>1e3</A><B>0x10</B><C>12345678901234567890</C></R>', {
  A: '1e3',
  B: '0x10',
  C: '12345678901234567890',
});
check('the root tells what it is', '<Error><Code>X</Code></Error>', { Code: 'X' }, 'Error');

function refuses(name: string, xml: string, message = /./): void {
  test(`refuses ${name}`, () => assert.throws(() => parseXml(xml), message));
}

refuses('a document type declaration', '<!DOCTYPE R><R/>', /document type/);
refuses(
  'entities that multiply',
  '<?xml version="1.0"?><!DOCTYPE R [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><R>&b;</R>',
  /document type/,
);
refuses('an external entity', '<!DOCTYPE R [<!ENTITY x SYSTEM "file:///etc/passwd">]><R>&x;</R>', /document type/);
refuses('a declaration behind a comment', '<!-- x --><!DOCTYPE R><R/>', /document type/);
refuses('a document that is cut off', '<R><A>1</A><B>2', /cut off inside "B"/);
refuses('a document that is cut off inside a tag', '<R><A>1</A><B');
refuses('a document that is cut off inside character data', '<R><A><![CDATA[x');
refuses('elements that are closed crosswise', '<R><A><B></A></B></R>');
refuses('two roots', '<A/><B/>');
refuses('two roots of one name', '<A>1</A><A>2</A>');
refuses('no root', 'plain text');
refuses('nothing', '');
refuses('depth without end', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`);

test('what is refused is not quoted', () => {
  assert.throws(
    () => parseXml('<R><A>secret</B></R>'),
    ({ message, cause }: Error) => message === 'The XML is not well formed (line 1, column 13).' && cause === undefined,
  );
});

test('hostile text is refused in no time', () => {
  const started = performance.now();
  for (const xml of [
    `<${'a'.repeat(200_000)}`,
    `<a ${'b="'.repeat(60_000)}`,
    '<'.repeat(200_000),
    `<!--${'-'.repeat(200_000)}`,
    `<a>${'<![CDATA['.repeat(20_000)}&`,
    `<a>${'&'.repeat(200_000)}`,
    `<a>${'\r'.repeat(200_000)}`,
    '<a>'.repeat(60_000),
  ]) {
    assert.throws(() => parseXml(xml), Error);
  }
  assert.ok(performance.now() - started < 2000);
});
