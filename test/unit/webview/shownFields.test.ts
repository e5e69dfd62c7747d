import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DetailsField } from '../../../src/core/panelProtocol';
import { folded, shownFields } from '../../../src/webview/shownFields';

const field = (name: string, value: DetailsField['value'], label = name): DetailsField => ({ name, label, value });
const text = (value: string, raw?: string): DetailsField['value'] =>
  raw === undefined ? { type: 'text', text: value } : { type: 'text', text: value, raw };
const missing = { type: 'missing', text: '–' } as const;

const sections = [
  { heading: 'Identity', fields: [field('InstanceName', text('web-1'), 'Name'), field('Description', missing)] },
  {
    heading: 'Network',
    fields: [
      field('Ips', { type: 'list', items: ['10.0.0.1', '10.0.0.2'] }, 'Private IP'),
      field('EipAddress.IpAddress', missing, 'Elastic IP'),
    ],
  },
  { heading: 'Times', fields: [field('CreationTime', text('Nov 20, 2026', '2026-11-20T16:00Z'), 'Created')] },
  { heading: 'Tags', fields: [field('Tags', { type: 'tags', tags: [{ key: 'env', value: 'prod' }] })] },
];

describe('the fields that are shown', () => {
  const check = (name: string, wanted: { filter?: string; empty?: boolean }, expected: readonly string[], empty = 0) =>
    void it(name, () => {
      const shown = shownFields(sections, { filter: '', empty: false, ...wanted });
      assert.deepEqual(
        shown.sections.flatMap(({ heading, fields }) => [heading, ...fields.map((one) => `  ${one.label}`)]),
        expected,
      );
      assert.equal(shown.empty, empty);
      assert.equal(shown.count, expected.filter((line) => line.startsWith('  ')).length);
    });
  const all = ['Identity', '  Name', 'Network', '  Private IP', 'Times', '  Created', 'Tags', '  Tags'];
  check('are those that say something', {}, all, 2);
  check(
    'are all of them on request',
    { empty: true },
    [...all.slice(0, 2), '  Description', ...all.slice(2, 4), '  Elastic IP', ...all.slice(4)],
    2,
  );
  check('fit by label', { filter: 'private' }, ['Network', '  Private IP']);
  check('fit by the name on the wire', { filter: 'instancename' }, ['Identity', '  Name']);
  check('fit by value', { filter: '10.0.0.2' }, ['Network', '  Private IP']);
  check('fit by what the cloud sent', { filter: '2026-11-20T' }, ['Times', '  Created']);
  check('fit by a tag', { filter: 'env: prod' }, ['Tags', '  Tags']);
  check('fit by several words, wherever they stand', { filter: '  IP 0.1 ' }, ['Network', '  Private IP']);
  check('say how many that fit are empty', { filter: 'ip' }, ['Network', '  Private IP'], 2);
  check('are none where nothing fits', { filter: 'nothing' }, []);
});

describe('a long value', () => {
  const check = (name: string, value: DetailsField['value'], of: number | undefined, length?: number) =>
    void it(name, () => {
      const fold = folded(value);
      assert.equal(fold?.of, of);
      if (length === undefined || fold === undefined) return;
      const { value: cut } = fold;
      assert.equal(
        cut.type === 'list' ? cut.items.length : cut.type === 'tags' ? cut.tags.length : cut.text.length,
        length,
      );
    });
  const items = (count: number) => Array.from({ length: count }, (_, i) => String(i));
  check('is not a short text', text('x'.repeat(300)), undefined);
  check('is a text of more than 300 characters', text('x'.repeat(301)), 301, 301);
  check('is not cut within a character', text('😀'.repeat(301)), 301, 601);
  check('is not a list of 8', { type: 'list', items: items(8) }, undefined);
  check('is a list of 9', { type: 'list', items: items(9) }, 9, 8);
  check('are many tags', { type: 'tags', tags: items(20).map((key) => ({ key, value: '' })) }, 20, 8);
  check('is not a missing one', missing, undefined);
});
