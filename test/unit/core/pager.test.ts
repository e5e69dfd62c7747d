import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloudError } from '../../../src/core/cloudError';
import { pagesAtMost, readPages, tokenPager } from '../../../src/core/pager';

interface Answer {
  readonly rows: readonly string[];
  readonly next?: string;
}

const pager = tokenPager(2, (value) => (value as Answer).next); // What `answer` below gives.

/** Reads until the end or a refusal; `answer` is the cloud's, by the token and by how often it was asked. */
async function read(answer: (token: string | undefined, call: number) => Answer) {
  const rows = new Set<string>();
  let calls = 0;
  let error: unknown;
  const ask = (cursor: Readonly<Record<string, unknown>>): Promise<Answer> =>
    Promise.resolve(answer(cursor['NextToken'] as string | undefined, ++calls));
  try {
    for await (const { value } of readPages(pager, ask, { count: () => rows.size }))
      for (const row of value.rows) rows.add(row);
  } catch (thrown) {
    error = thrown;
  }
  return { rows: [...rows], calls, isIncomplete: CloudError.is(error, 'unexpectedAnswer') };
}

test('pages are read to the one that names no other', async () => {
  const { rows, calls, isIncomplete } = await read((token) =>
    token === undefined ? { rows: ['a', 'b'], next: 't' } : { rows: ['c'] },
  );
  assert.deepEqual([rows, calls, isIncomplete], [['a', 'b', 'c'], 2, false]);
});

/** Tokens that lead from one to the other. */
function turns(name: string, way: Readonly<Record<string, string>>, expected: { calls: number; rows: string[] }): void {
  test(`${name}: it is left, with the rows that were found`, async () => {
    const { rows, calls, isIncomplete } = await read((token = '') => ({
      rows: [`row ${token}`],
      next: way[token] ?? '',
    }));
    assert.deepEqual({ rows, calls, isIncomplete }, { ...expected, isIncomplete: true });
  });
}

turns('the same token each time', { '': 'A', A: 'A' }, { calls: 2, rows: ['row ', 'row A'] });
turns('tokens A, B, A, B', { '': 'A', A: 'B', B: 'A' }, { calls: 3, rows: ['row ', 'row A', 'row B'] });
turns(
  'tokens A, B, C round and round',
  { '': 'A', A: 'B', B: 'C', C: 'A' },
  { calls: 4, rows: ['row ', 'row A', 'row B', 'row C'] },
);

test('a new token each time for the rows that are there already: it is left', async () => {
  const { rows, calls, isIncomplete } = await read((_, call) => ({ rows: ['a'], next: `t${call}` }));
  assert.deepEqual([rows, isIncomplete], [['a'], true]);
  assert.ok(calls < 20, String(calls));
});

test('a few empty pages are no circle', async () => {
  const { rows, isIncomplete } = await read((_, call) =>
    call < 8 ? { rows: [], next: `t${call}` } : { rows: ['a'], next: '' },
  );
  assert.deepEqual([rows, isIncomplete], [['a'], false]);
});

test('a list that grows for ever has an end', async () => {
  const { calls, isIncomplete } = await read((_, call) => ({ rows: [String(call)], next: `t${call}` }));
  assert.deepEqual([calls, isIncomplete], [pagesAtMost, true]);
});
