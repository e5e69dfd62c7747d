import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { tooltipMarkdown } from '../../../../src/services/views/tooltipMarkdown';
import { escapeMarkdown } from '../../../../src/util/markdown';

/** What CommonMark makes of text in which every punctuation mark is escaped: backslashes go, entities become text. */
function shown(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('&nbsp;', ' ');
}

describe('text in Markdown', () => {
  const check = (text: string, expected: string): void =>
    void it(`${JSON.stringify(text)} stays text`, () => {
      assert.equal(escapeMarkdown(text), expected);
      assert.equal(shown(escapeMarkdown(text)), text);
    });
  check('web-1', 'web\\-1');
  check('服务器', '服务器');
  check('**b**', '\\*\\*b\\*\\*');
  check('_i_ ~~s~~ `c`', '\\_i\\_ \\~\\~s\\~\\~ \\`c\\`');
  check('<img src=x onerror=alert(1)>', '\\<img src\\=x onerror\\=alert\\(1\\)\\>');
  check('[click](command:x)', '\\[click\\]\\(command\\:x\\)');
  check('![i](https://e.test/x.png)', '\\!\\[i\\]\\(https\\:\\/\\/e\\.test\\/x\\.png\\)');
  check('https://e.test', 'https\\:\\/\\/e\\.test');
  check('www.e.test', 'www\\.e\\.test');
  check('me@e.test', 'me\\@e\\.test');
  check('&lt; &#60;', '\\&lt\\; \\&\\#60\\;');
  check('$(trash)', '\\$\\(trash\\)');
  check('# h', '\\# h');
  check('1. one', '1\\. one');
  check('- item', '\\- item');
  check('| a | b |', '\\| a \\| b \\|');
  check('back\\slash', 'back\\\\slash');
  check('a  b', 'a&nbsp; b');
  check('    code', '&nbsp;&nbsp;&nbsp; code');
  check('end ', 'end&nbsp;');
  check('', '');

  it('puts what would break the line or turn it around into words', () => {
    assert.equal(escapeMarkdown('a\n# b'), 'a\\\\u\\{a\\}\\# b');
    assert.equal(escapeMarkdown('a\u202eb'), 'a\\\\u\\{202e\\}b');
  });

  it('leaves no punctuation mark that is not escaped, and loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab ![](){}<>&;*_`~#|\\$:/.@-+=1') }), (text) => {
        const markdown = escapeMarkdown(text);
        assert.doesNotMatch(markdown.replaceAll('&nbsp;', '').replace(/\\[!-/:-@[-`{-~]/g, ''), /[!-/:-@[-`{-~]/);
        assert.equal(shown(markdown), text);
      }),
    );
  });
});

describe('a tooltip as Markdown', () => {
  it('escapes everything but its own emphasis and line breaks', () => {
    const markdown = tooltipMarkdown({
      title: '<b>',
      lines: [
        { label: 'IP', value: '1.2' },
        { label: 'OS', value: '*' },
      ],
      notes: ['Read [x](y)'],
    });
    assert.equal(markdown, '**\\<b\\>**\n\nIP: 1\\.2  \nOS: \\*\n\nRead \\[x\\]\\(y\\)');
  });

  it('cuts what is longer than a tooltip', () => {
    const markdown = tooltipMarkdown({ title: 'x'.repeat(2_000), lines: [], notes: [] });
    assert.equal(markdown, `**${'x'.repeat(500)}…**`);
  });
});
