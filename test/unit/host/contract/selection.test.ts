import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Target } from '../../../../src/core/target';
import { readArguments, type Row } from '../../../../src/host/contract/arguments';
import { ArgumentError } from '../../../../src/host/contract/errors';
import { selectedRows, targetsOf } from '../../../../src/host/contract/selection';
import { target } from '../../support/workplace';

const row = (t: Target): Row => ({ type: 'resource', target: t });
const web = target('a', 'r-1', 'web');
const db = target('a', 'r-1', 'db');
const elsewhere = target('b', 'r-1', 'web');
const release = target('a', 'r-1', 'i-1', 'instance');

function ids(rows: readonly Row[]): string[] {
  return rows.map((r) => (r.type === 'resource' ? `${r.target.accountId}/${r.target.id}` : r.type));
}

describe('which rows a command is about', () => {
  const check = (name: string, given: { clicked?: Row; selected: Row[] }, expected: string[]): void => {
    test(name, () => assert.deepEqual(ids(selectedRows(given.clicked, given.selected)), expected));
  };
  check(
    'a right-click outside the selection means the clicked row alone (peer defect 16)',
    { clicked: row(web), selected: [row(db)] },
    ['a/web'],
  );
  check('a right-click inside the selection means all of it', { clicked: row(web), selected: [row(db), row(web)] }, [
    'a/db',
    'a/web',
  ]);
  check(
    'the same id in another account is another row (peer defect 3)',
    { clicked: row(web), selected: [row(elsewhere), row(db)] },
    ['a/web'],
  );
  check('a click with nothing selected means the clicked row', { clicked: row(web), selected: [] }, ['a/web']);
  check('a selection without a click is taken as it is', { selected: [row(web), row(db)] }, ['a/web', 'a/db']);
  check(
    'another object for the same row is the same row',
    { clicked: row({ ...web }), selected: [row(web), row(db)] },
    ['a/web', 'a/db'],
  );
  const reversed = { kind: web.kind, id: web.id, region: web.region, accountId: web.accountId, provider: web.provider };
  check('so is one whose fields come in another order', { clicked: row(reversed), selected: [row(web), row(db)] }, [
    'a/web',
    'a/db',
  ]);
});

describe('which targets a command gets', () => {
  test('resources of its kinds, over accounts and regions', () => {
    const resolved = targetsOf([row(web), row(elsewhere)], ['managedInstance']);
    assert.deepEqual(resolved, { ok: true, targets: [web, elsewhere] });
  });

  test('each target once', () => {
    assert.deepEqual(targetsOf([row(web), row({ ...web })], ['managedInstance']), { ok: true, targets: [web] });
  });

  test('a selection that also holds another kind is refused as a whole, naming what does not fit', () => {
    assert.deepEqual(targetsOf([row(web), row(release)], ['managedInstance']), { ok: false, others: [row(release)] });
  });

  test('a selection that also holds a region or an account is refused', () => {
    const account: Row = { type: 'account', accountId: 'a' };
    assert.deepEqual(targetsOf([row(web), account], ['managedInstance']), { ok: false, others: [account] });
  });

  test('a row that says something of the list is selected with all others, and is not meant', () => {
    const notes: Row[] = [{ type: 'hosts', about: 'filter' }, { type: 'message' }];
    assert.deepEqual(targetsOf([...notes, row(web)], ['managedInstance']), { ok: true, targets: [web] });
    assert.deepEqual(targetsOf(notes, ['managedInstance']), { ok: false, others: notes });
  });

  test('but further rows may be: where they are not shown, nothing is done', () => {
    const more: Row = { type: 'hosts', about: 'more' };
    assert.deepEqual(targetsOf([row(web), more], ['managedInstance']), { ok: false, others: [more] });
  });

  test('a kind-neutral command takes all kinds', () => {
    const resolved = targetsOf([row(web), row(release)], ['managedInstance', 'activation', 'instance']);
    assert.deepEqual(resolved, { ok: true, targets: [web, release] });
  });
});

describe('what a command was called with', () => {
  const node = { type: 'resource', target: web };
  const accepted: [string, unknown[], unknown][] = [
    ['nothing is the palette', [], { from: 'palette' }],
    ['undefined and an empty selection are the palette', [undefined, []], { from: 'palette' }],
    ['null, which VS Code passes for no row, is the palette', [null, null], { from: 'palette' }],
    ['the word of a key binding is the selection', ['selection'], { from: 'selection' }],
    ['a row', [node], { from: 'rows', clicked: node, selected: [], ours: false }],
    ['a row and the selection', [node, [node]], { from: 'rows', clicked: node, selected: [node], ours: false }],
    ['a target of another extension', [web], { from: 'rows', clicked: node, selected: [], ours: false }],
    [
      'a list of targets',
      [[web, db]],
      { from: 'rows', clicked: undefined, selected: [node, { type: 'resource', target: db }], ours: false },
    ],
    [
      'fields that nobody asked for are left behind',
      [{ ...node, evil: 1 }],
      { from: 'rows', clicked: node, selected: [], ours: false },
    ],
    [
      'a message row and what it stands below',
      [{ type: 'message', parent: { type: 'account', accountId: 'a' }, about: 'failed' }],
      {
        from: 'rows',
        clicked: { type: 'message', parent: { type: 'account', accountId: 'a' } },
        selected: [],
        ours: false,
      },
    ],
  ];
  for (const [name, args, expected] of accepted) test(name, () => assert.deepEqual(readArguments(args), expected));

  const refused: [string, unknown[]][] = [
    ['a number', [42]],
    ['a text', ['web']],
    ['an empty object', [{}]],
    ['a function', [() => web]],
    ['a target of an unknown cloud', [{ ...web, provider: 'aws' }]],
    ['a target of an unknown kind', [{ ...web, kind: 'bucket' }]],
    ['a target without an id', [{ ...web, id: '' }]],
    ['a target whose id is a list', [{ ...web, id: ['a', 'b'] }]],
    ['an id that is absurdly long', [{ ...web, id: 'x'.repeat(513) }]],
    ['a list with one wrong item: the others are not taken either', [[web, 42]]],
    ['a good row with a wrong selection', [node, [node, { type: 'resource', target: {} }]]],
    ['a confirmation that tries to come along', ['confirm', true]],
  ];
  for (const [name, args] of refused)
    test(`${name} is refused`, () => assert.throws(() => readArguments(args), ArgumentError));

  test('what is checked cannot change afterwards', () => {
    const given = { type: 'resource', target: { ...web } };
    const read = readArguments([given]);
    given.target.id = 'db';
    assert.deepEqual(read, { from: 'rows', clicked: row(web), selected: [], ours: false });
  });
});
