import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import * as l10n from '@vscode/l10n';
import { localTime } from '../../../src/providers/localTime';

describe('a time in a sentence', () => {
  after(() => l10n.config({ contents: {} }));
  test('is as the user writes times', () => assert.match(localTime('2026-11-21T02:04:05Z'), /Nov 2\d, 2026, .*05/));
  test('is Chinese in a Chinese sentence', () => {
    l10n.config({ contents: { en: 'zh-cn' } });
    assert.match(localTime('2026-11-21T02:04:05Z'), /2026年11月2\d日/);
  });
  test('is left as it came where it is none', () => {
    assert.equal(localTime('2099-13'), '2099-13');
    assert.equal(localTime(undefined), '–');
  });
});
