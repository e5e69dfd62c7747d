import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CloudError } from '../../../../src/core/cloudError';
import type { Exchange } from '../../../../src/core/exchange';
import type { Item } from '../../../../src/core/item';
import type { ListSource } from '../../../../src/core/kind';
import { Listing, readListing } from '../../../../src/services/inventory/listing';
import { FakeClock } from '../../support/fakeClock';
import { fakeKinds } from '../../support/fakeCloud';
import { settled } from '../../support/manualClock';

interface Page {
  readonly items: readonly Item[];
  readonly total?: number;
  readonly next?: string;
}

/** A list on the other side, and the requests for its pages, answered by hand. */
function create(options: { readonly numbered?: boolean; readonly tokenOnly?: boolean; readonly deaf?: boolean } = {}) {
  const rows: string[] = [];
  const asked: { readonly page: string; answer(page: Page): Promise<void>; fail(error: Error): Promise<void> }[] = [];
  const pageOf = (value: unknown): Page => value as Page; // What `call` below resolves with.
  const source: ListSource = {
    operation: fakeKinds.single.list.operation,
    pager: {
      first: { page: 'first' },
      sample: { page: 'first' },
      next: (value) => {
        const page = pageOf(value).next;
        return page === undefined ? undefined : { page };
      },
    },
    ...(options.numbered === false
      ? {}
      : { numbered: { size: 2, page: (page) => ({ page: `#${page}` }), total: (value) => pageOf(value).total } }),
    filter: ({ status }) => (status === undefined ? {} : { Status: status }),
    items: (value) => pageOf(value).items,
  };
  const listing = new Listing({});
  const clock = new FakeClock();
  let changes = 0;
  const read = (how: { readonly wanted?: number; readonly more?: boolean } = {}): void =>
    readListing(listing, {
      more: how.more ?? false,
      source,
      identify: (item) => String(item['id']),
      wanted: how.wanted ?? 1_000,
      clock,
      unsupportedCodes: ['Unsupported'],
      onDidChange: () => changes++,
      call: (params, signal) =>
        new Promise((resolve, reject) => {
          const stop = (): void => reject(new CloudError('stopped', { reason: 'cancelled', delivery: 'unknown' }));
          if (signal.aborted) return stop();
          // An answer that is already there cannot be called back.
          if (options.deaf !== true) signal.addEventListener('abort', stop);
          const page = String(params['page']);
          asked.push({
            page,
            answer: (value) => {
              signal.removeEventListener('abort', stop);
              // Only the id of an exchange is looked at.
              resolve({ value, exchange: { id: `exchange of ${page}` } as Exchange });
              return settled();
            },
            fail: (error) => {
              signal.removeEventListener('abort', stop);
              reject(error);
              return settled();
            },
          });
        }),
    });
  /** The answer to the page with this name, as the list now is. */
  const answer = async (page: string): Promise<void> => {
    const index = asked.findIndex((a) => a.page === page);
    const [request] = index < 0 ? [] : asked.splice(index, 1);
    if (request === undefined) assert.fail(`${page} was not asked for, only ${asked.map((a) => a.page).join()}`);
    const number = page.startsWith('#') ? Number(page.slice(1)) : page === 'first' ? 1 : Number(page.slice(1));
    const items = rows.slice((number - 1) * 2, number * 2).map((id) => ({ id, version: 1 }));
    const next = number * 2 < rows.length ? `t${number + 1}` : undefined;
    const isNumbered = page.startsWith('#') && options.tokenOnly !== true;
    await request.answer({ items, ...(isNumbered ? { total: rows.length } : next === undefined ? {} : { next }) });
  };
  const reply = async (page: string, value: Page): Promise<void> => {
    const [request] = asked.splice(
      asked.findIndex((a) => a.page === page),
      1,
    );
    await request?.answer(value);
  };
  const fail = async (page: string, error: Error): Promise<void> => {
    const [request] = asked.splice(
      asked.findIndex((a) => a.page === page),
      1,
    );
    await request?.fail(error);
  };
  const waiting = (): string[] => asked.map((a) => a.page);
  const ids = (): string[] => [...listing.items.keys()].sort();
  return { rows, listing, clock, read, answer, reply, fail, waiting, ids, changes: () => changes };
}

const abc = (count: number): string[] => Array.from({ length: count }, (_, i) => String.fromCharCode(97 + i));

function withRows(count: number, options: Parameters<typeof create>[0] = {}) {
  const place = create(options);
  place.rows.push(...abc(count));
  return place;
}

/** Answers everything that is asked for, until nothing is. */
async function answerAll({ answer, waiting }: Pick<ReturnType<typeof create>, 'answer' | 'waiting'>): Promise<void> {
  for (let [page] = waiting(); page !== undefined; [page] = waiting()) await answer(page);
}

describe('reading', () => {
  test('the first page is shown, with the total, before the others are there', async () => {
    const { listing, read, answer, waiting, ids } = withRows(5);
    read();
    await answer('#1');
    await listing.firstPage;
    assert.deepEqual([ids(), listing.total, listing.reading, listing.readAt], [['a', 'b'], 5, true, undefined]);
    assert.deepEqual(waiting(), ['#2', '#3'], 'the others are asked for side by side');
  });

  test('rows appear as pages land, in whatever order', async () => {
    const { listing, read, answer, ids, changes, clock } = withRows(5);
    read();
    await answer('#1');
    const before = changes();
    await answer('#3');
    assert.deepEqual(ids(), ['a', 'b', 'e']);
    assert.ok(changes() > before);
    await answer('#2');
    assert.deepEqual(ids(), abc(5));
    assert.deepEqual([listing.reading, listing.hasMore, listing.readAt], [false, false, clock.now()]);
  });

  test('an empty list is read once and known to be empty', async () => {
    const { listing, read, answer, waiting } = withRows(0);
    read();
    await answer('#1');
    assert.deepEqual([listing.items.size, listing.total, listing.reading, waiting()], [0, 0, false, []]);
    assert.ok(listing.readAt);
  });

  test('the answer to open is that of the first page', async () => {
    const place = withRows(5);
    place.read();
    await answerAll(place);
    assert.equal(place.listing.exchangeId, 'exchange of #1');
  });

  test('where there are no page numbers it goes from token to token', async () => {
    const place = withRows(5, { numbered: false });
    place.read();
    await place.answer('first');
    assert.deepEqual(place.waiting(), ['t2']);
    assert.equal(place.listing.hasMore, true);
    await answerAll(place);
    assert.deepEqual([place.ids(), place.listing.total], [abc(5), 5]);
  });

  test('a cloud that answers page numbers with tokens is followed by token', async () => {
    const place = withRows(5, { tokenOnly: true });
    place.read();
    await place.answer('#1');
    assert.deepEqual(place.waiting(), ['t2']);
    await answerAll(place);
    assert.deepEqual(place.ids(), abc(5));
  });

  test('a gateway that ignores tokens is not read for ever', async () => {
    const { listing, read, reply } = create({ numbered: false });
    read();
    await reply('first', { items: [{ id: 'a' }], next: 't2' });
    await reply('t2', { items: [{ id: 'a' }], next: 't2' });
    assert.deepEqual([listing.reading, listing.error?.reason], [false, 'unexpectedAnswer']);
    assert.match(listing.error?.message ?? '', /same page/);
  });

  test('tokens that lead in a circle are left; the rows that were found stay', async () => {
    const { listing, read, reply, waiting, ids } = create({ numbered: false });
    read();
    await reply('first', { items: [{ id: 'a' }], next: 'A' });
    await reply('A', { items: [{ id: 'b' }], next: 'B' });
    await reply('B', { items: [{ id: 'c' }], next: 'A' });
    assert.deepEqual([ids(), waiting(), listing.reading], [['a', 'b', 'c'], [], false]);
    assert.match(listing.error?.message ?? '', /not complete/);
  });

  test('page numbers that all lead to the same rows are left, and so is a walk that finds no more', async () => {
    const { listing, read, reply, waiting, ids } = create();
    const same = { items: [{ id: 'a' }, { id: 'b' }], total: 1_000 };
    let calls = 0;
    read();
    for (let [page] = waiting(); page !== undefined; [page] = waiting()) {
      calls++;
      await reply(page, same);
    }
    assert.deepEqual([ids(), listing.reading], [['a', 'b'], false]);
    assert.match(listing.error?.message ?? '', /not complete/);
    assert.ok(calls < 20, `${calls} calls`);
  });

  test('page numbers that lead to the same rows do not matter where tokens lead on', async () => {
    const { listing, read, reply, waiting, ids } = create();
    const rows = { '#': ['a', 'b'], first: ['a', 'b'], t2: ['c', 'd'] };
    read();
    for (let [page] = waiting(); page !== undefined; [page] = waiting()) {
      const items = rows[page.startsWith('#') ? '#' : page === 'first' ? 'first' : 't2'].map((id) => ({ id }));
      await reply(page, { items, ...(page.startsWith('#') ? { total: 4 } : page === 'first' ? { next: 't2' } : {}) });
    }
    assert.deepEqual([ids(), listing.total, listing.error], [abc(4), 4, undefined]);
  });

  test('a total that grows with every page ends all the same', async () => {
    const { listing, read, reply, waiting } = create();
    let calls = 0;
    read({ wanted: 1_000 });
    for (let [page] = waiting(); page !== undefined && calls < 2_000; [page] = waiting()) {
      calls++;
      await reply(page, { items: [{ id: page }], total: 100 * calls });
    }
    assert.equal(listing.reading, false);
    assert.ok(calls < 100, `${calls} calls`);
  });

  test('a total beyond all bounds is not reserved room for', async () => {
    const { listing, read, reply, waiting } = create();
    read({ wanted: Number.MAX_SAFE_INTEGER });
    for (let [page] = waiting(); page !== undefined; [page] = waiting())
      await reply(page, { items: [{ id: 'a' }], ...(page.startsWith('#') ? { total: 1e15 } : {}) });
    assert.deepEqual([listing.reading, listing.items.size], [false, 1]);
    assert.match(listing.error?.message ?? '', /not complete/);
  });

  test('no more rows are read than wanted; more are read from there on', async () => {
    const place = withRows(9);
    place.read({ wanted: 4 });
    await answerAll(place);
    assert.deepEqual([place.ids(), place.listing.hasMore], [abc(4), true]);
    place.read({ wanted: 6, more: true });
    assert.deepEqual(place.waiting(), ['#3']);
    await answerAll(place);
    assert.deepEqual([place.ids(), place.listing.total], [abc(6), 9]);
    place.read({ wanted: 1_000, more: true });
    await answerAll(place);
    assert.deepEqual([place.ids(), place.listing.hasMore], [abc(9), false]);
  });
});

describe('rows that move while they are read', () => {
  test('one that goes shifts another to a page that was read: it is found', async () => {
    const place = withRows(6);
    place.read();
    await place.answer('#1');
    place.rows.splice(0, 1);
    await answerAll(place);
    assert.deepEqual(place.ids(), ['b', 'c', 'd', 'e', 'f']);
    assert.equal(place.listing.total, 5);
  });

  test('one that comes shifts another onto two pages: it is there once', async () => {
    const place = withRows(6);
    place.read();
    await place.answer('#1');
    place.rows.unshift('new');
    await answerAll(place);
    assert.deepEqual(place.ids(), [...abc(6), 'new']);
    assert.equal(place.listing.total, 7);
  });

  test('between two readings of a long list', async () => {
    const place = withRows(8);
    place.read({ wanted: 4 });
    await answerAll(place);
    place.rows.splice(1, 1);
    place.read({ more: true });
    await answerAll(place);
    assert.deepEqual(place.ids(), ['a', 'c', 'd', 'e', 'f', 'g', 'h']);
  });
});

describe('refreshing', () => {
  async function read(count: number, options: Parameters<typeof create>[0] = {}) {
    const place = withRows(count, options);
    place.read();
    await answerAll(place);
    return place;
  }

  test('the old rows stay until the new ones are complete', async () => {
    const place = await read(4);
    place.rows.splice(0, 4, 'x', 'y', 'z');
    place.read();
    await place.answer('#1');
    assert.deepEqual([place.ids(), place.listing.reading], [abc(4), true]);
    await place.answer('#2');
    assert.deepEqual(place.ids(), ['x', 'y', 'z']);
  });

  test('a failure stands beside the rows that are known', async () => {
    const place = await read(4);
    const { readAt } = place.listing;
    place.clock.advance(1_000);
    place.read();
    const error = new CloudError('down', { reason: 'network', delivery: 'unknown', exchangeId: 'e-9' });
    await place.fail('#1', error);
    assert.deepEqual([place.ids(), place.listing.error, place.listing.readAt], [abc(4), error, readAt]);
    assert.equal(place.listing.exchangeId, 'e-9');
    place.read();
    await answerAll(place);
    assert.equal(place.listing.error, undefined);
  });

  test('a row that was taken away does not come back with a page read before', async () => {
    const place = await read(4);
    place.read();
    await place.answer('#1');
    place.listing.replace(['a', 'c'], new Map());
    assert.deepEqual(place.ids(), ['b', 'd']);
    await answerAll(place);
    const afterPages = place.ids();
    assert.ok(!afterPages.includes('a') && !afterPages.includes('c'), afterPages.join());
  });

  test('a record read anew meanwhile is not replaced by the older page', async () => {
    const place = await read(4);
    place.read();
    await place.answer('#1');
    place.listing.replace(['a'], new Map([['a', { id: 'a', version: 2 }]]));
    await answerAll(place);
    assert.equal(place.listing.items.get('a')?.['version'], 2);
  });

  test('a second refresh takes over: an answer to the first is not shown, nor is its end', async () => {
    const place = await read(4, { deaf: true });
    place.read();
    const first = place.listing.finished;
    place.read();
    assert.deepEqual(place.waiting(), ['#1', '#1']);
    await place.reply('#1', { items: [{ id: 'stale' }], total: 1 });
    await first;
    assert.deepEqual([place.ids(), place.listing.total, place.listing.reading], [abc(4), 4, true]);
    await answerAll(place);
    assert.deepEqual([place.ids(), place.listing.reading], [abc(4), false]);
  });

  test('more rows can be asked for while it reads', async () => {
    const place = withRows(6);
    place.read({ wanted: 4 });
    await place.answer('#1');
    place.read({ wanted: 6, more: true });
    await place.fail('#2', new Error('given up'));
    await answerAll(place);
    assert.deepEqual([place.ids(), place.listing.hasMore], [abc(6), false]);
  });
});

describe('stopping', () => {
  test('the rows that have arrived stay, and more are known to exist', async () => {
    const { listing, read, answer, ids } = withRows(5);
    read();
    await answer('#1');
    listing.stop();
    await listing.finished;
    assert.deepEqual([ids(), listing.reading, listing.hasMore, listing.error], [['a', 'b'], false, true, undefined]);
    assert.ok(listing.readAt);
  });

  test('before anything arrived the list is not known to be empty', async () => {
    const { listing, read } = withRows(5);
    read();
    listing.stop();
    await listing.finished;
    assert.deepEqual([listing.reading, listing.readAt, listing.error], [false, undefined, undefined]);
  });

  test('during a refresh the old rows and their age stay', async () => {
    const place = withRows(4);
    place.read();
    await answerAll(place);
    const { readAt } = place.listing;
    place.clock.advance(5_000);
    place.read();
    await place.answer('#1');
    place.listing.stop();
    await place.listing.finished;
    assert.deepEqual([place.ids(), place.listing.readAt, place.listing.reading], [abc(4), readAt, false]);
  });
});

describe('failing', () => {
  test('of a later page: the rows that arrived stay, the failure is said, no further page is asked for', async () => {
    const place = withRows(60);
    place.read();
    await place.answer('#1');
    const asked = place.waiting().length;
    const error = new CloudError('denied', { reason: 'permission', delivery: 'answered' });
    await place.fail('#2', error);
    for (const page of place.waiting()) await place.answer(page);
    assert.deepEqual([place.waiting(), place.listing.reading, place.listing.error], [[], false, error]);
    assert.equal(place.listing.items.size, asked * 2);
  });

  test('a region without this API is a fact, until it has it', async () => {
    const place = withRows(1);
    place.read();
    await place.fail('#1', new CloudError('no', { reason: 'invalid', delivery: 'answered', code: 'Unsupported' }));
    assert.equal(place.listing.unsupported, true);
    place.read();
    await answerAll(place);
    assert.deepEqual([place.listing.unsupported, place.ids()], [false, ['a']]);
  });

  test('an answer that cannot be read is a failure with a reason', async () => {
    const place = withRows(1);
    place.read();
    await place.fail('#1', new TypeError('no items'));
    assert.equal(place.listing.error?.reason, 'unexpectedAnswer');
  });
});
