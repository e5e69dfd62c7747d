import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CloudError, type Reason } from '../../../../src/core/cloudError';
import type { Exchange } from '../../../../src/core/exchange';
import { alibabaCloud } from '../../../../src/providers/alibaba/provider';
import { BusyTargets } from '../../../../src/services/actions/busyTargets';
import { Responses } from '../../../../src/services/exchanges/exchangeLog';
import { groupReads } from '../../../../src/services/exchanges/readGroups';
import { Journal } from '../../../../src/services/journal/journal';
import { operationId, type OperationNode } from '../../../../src/services/operations/nodes';
import { OperationsModel, operationsAtOnce } from '../../../../src/services/operations/operationsModel';
import { operationRow } from '../../../../src/services/operations/rows';
import { remove } from '../../support/actions';
import { fakeAccount } from '../../support/fakeCloud';
import { ManualClock } from '../../support/manualClock';
import { createWorkplace, target } from '../../support/workplace';

let serial = 0;

function exchange(change: Partial<Exchange> = {}): Exchange {
  return {
    id: `x-${++serial}`,
    time: new Date('2026-01-02T03:04:05Z'),
    provider: 'alibabaCloud',
    accountId: 'a',
    accountName: 'Account a',
    region: 'cn-hangzhou',
    action: 'DescribeManagedInstances',
    version: '2014-05-26',
    effect: 'read',
    subject: undefined,
    host: 'ecs.cn-hangzhou.aliyuncs.com',
    attempts: 1,
    durationMs: 123,
    status: 200,
    requestId: `req-of-${serial}`,
    body: '{}',
    language: 'json',
    error: undefined,
    ...change,
  };
}

const failure = new CloudError('No.', {
  reason: 'permission',
  delivery: 'answered',
  code: 'Forbidden.RAM',
  advice: 'Ask.',
});

/** A gate over a cloud in memory, and what the Operations view makes of it. */
function workplace() {
  const place = createWorkplace([fakeAccount('a')]);
  place.cloud.put('a:1', 'r-1', ...['x', 'y', 'z'].map((id) => ({ id, name: `name-${id}` })));
  const responses = new Responses();
  const model = new OperationsModel({ journal: place.journal, responses, clock: place.clock });
  const context = { model, clouds: { all: [alibabaCloud] }, language: 'en', timeZone: 'UTC' };
  const rows = async (node?: OperationNode): Promise<string[]> =>
    (await model.children(node)).map((child) => {
      const { label, description } = operationRow(child, context);
      return description === '' ? label : `${label} | ${description}`;
    });
  const child = async (type: OperationNode['type'], node?: OperationNode): Promise<OperationNode> =>
    (await model.children(node)).find((n) => n.type === type) ?? assert.fail(type);
  return { ...place, responses, model, context, rows, child, manual: new ManualClock() };
}

describe('the Operations view', () => {
  it('is empty before anything happened, so that the welcome can be seen', async () => {
    assert.deepEqual(await workplace().rows(), []);
  });

  it('shows one call in one line', async () => {
    const place = workplace();
    place.responses.add(exchange({ effect: 'destroy', action: 'DeleteActivation', subject: 'act-1' }), []);
    assert.deepEqual(await place.rows(), ['DeleteActivation | act-1 · cn-hangzhou · 200 · 123 ms']);
  });

  it('takes a dry run for what it is: nothing was changed', async () => {
    const place = workplace();
    const dryRun = exchange({ effect: 'destroy', dryRun: true, action: 'DeleteInstances', subject: 'i-1' });
    place.responses.add(dryRun, []);
    assert.deepEqual(await place.rows(), ['Read calls | 1 call']);
    assert.deepEqual(await place.rows(await place.child('reads')), [
      'Dry run of DeleteInstances | i-1 · cn-hangzhou · 200 · 123 ms',
    ]);
  });

  it('has the first attempts of a run below the run', async () => {
    const place = workplace();
    place.cloud.fault('RemoveThing', { kind: 'error', code: 'Broken', status: 500 });
    await remove(place.gate, [target('a', 'r-1', 'x')]);
    for (const one of place.exchanges) place.responses.add(one, []);
    const roots = await place.model.children();
    assert.deepEqual(
      roots.map(({ type }) => type),
      ['reads', 'run'],
    );
    const run = await place.child('run');
    const below = await place.model.children(run);
    assert.deepEqual(
      below.map(({ type }) => type),
      ['runTarget', 'response'],
    );
    assert.equal(place.model.parent(below[1] ?? assert.fail()), run);
  });

  it('says in words that a call failed', async () => {
    const place = workplace();
    place.responses.add(exchange({ effect: 'destroy', status: 403, error: failure }), []);
    place.responses.add(
      exchange({
        effect: 'destroy',
        status: undefined,
        requestId: undefined,
        error: new CloudError('Broken.', { reason: 'network', delivery: 'unknown' }),
      }),
      [],
    );
    const rows = await place.rows();
    assert.deepEqual(rows.sort(), [
      'DescribeManagedInstances | failed · Broken. · cn-hangzhou · no answer · 123 ms',
      'DescribeManagedInstances | failed · Forbidden.RAM · cn-hangzhou · 403 · 123 ms',
    ]);
  });

  it('says of a run of several what became of how many, and for the ear in words', async () => {
    const place = workplace();
    place.cloud.fault('RemoveThing', { kind: 'error', code: 'Protected', status: 403 });
    await remove(
      place.gate,
      ['x', 'y', 'z'].map((id) => target('a', 'r-1', id)),
    );
    await place.rows();
    const { label, spoken, tooltip } = operationRow(await place.child('run'), place.context);
    assert.equal(label, '2 ✓ 1 ✗ Remove 3 things');
    assert.equal(spoken, 'Remove 3 things, deregistered: 2, refused: 1, Jan 2, 2026, 3:04:05 AM UTC');
    assert.deepEqual(tooltip.lines[0], { label: 'Outcome', value: 'deregistered: 2, refused: 1' });
  });

  it('takes no answer for a failure: a region that offers nothing, a dry run that says no', async () => {
    const place = workplace();
    const said = (code: string, reason: Reason): CloudError =>
      new CloudError('No.', { reason, delivery: 'answered', code });
    const dryRun = { effect: 'destroy', dryRun: true, action: 'DeleteInstances', subject: 'i-1', status: 403 } as const;
    place.responses.add(exchange({ status: 404, error: said('RegionId.ApiNotSupported', 'notFound') }), []);
    place.responses.add(exchange({ ...dryRun, error: said('Protected', 'conflict') }), []);
    assert.deepEqual(await place.rows(), ['Read calls | 2 calls']);
    const reads = await place.child('reads');
    assert.equal(operationRow(reads, place.context).icon, 'cloud-download');
    assert.deepEqual((await place.rows(reads)).sort(), [
      'DescribeManagedInstances | not offered in this region · cn-hangzhou · 404 · 123 ms',
      'Dry run of DeleteInstances | would be refused · i-1 · cn-hangzhou · 403 · 123 ms · Protected',
    ]);
    // A dry run that did not take place told nothing.
    place.responses.add(exchange({ ...dryRun, error: said('Throttling', 'throttled') }), []);
    place.responses.add(exchange({ ...dryRun, error: said('InvalidAccessKeyId', 'auth') }), []);
    assert.deepEqual(await place.rows(), ['Read calls | 4 calls · 2 failed']);
  });

  it('folds reads into one row and the pages of a list into one below', async () => {
    const place = workplace();
    for (let page = 0; page < 3; page++) place.responses.add(exchange(), []);
    place.responses.add(exchange({ action: 'DescribeRegions', region: undefined, status: 403, error: failure }), []);
    assert.deepEqual(await place.rows(), ['Read calls | 4 calls · 1 failed']);
    const reads = await place.child('reads');
    assert.deepEqual(await place.rows(reads), [
      'DescribeRegions | failed · Forbidden.RAM · 403 · 123 ms',
      'DescribeManagedInstances | cn-hangzhou · 3 pages · Jan 2, 2026, 3:04:05 AM UTC',
    ]);
    const group = await place.child('readGroup', reads);
    assert.equal((await place.rows(group)).length, 3);
    assert.equal(place.model.parent(group), reads);
    for (const response of await place.model.children(group)) assert.equal(place.model.parent(response), group);
  });

  it('shows a run with its counts and targets, and each answer in it', async () => {
    const place = workplace();
    place.cloud.fault('RemoveThing', { kind: 'error', code: 'Protected', status: 403 });
    await remove(
      place.gate,
      ['x', 'y'].map((id) => target('a', 'r-1', id)),
    );
    for (const one of place.exchanges) place.responses.add(one, []);
    const [reads, run, ...others] = await place.rows();
    assert.match(reads ?? '', /^Read calls \| /);
    assert.equal(run, '1 ✓ 1 ✗ Remove 2 things | Jan 2, 2026, 3:04:05 AM UTC');
    assert.deepEqual(others, []);
    const targets = await place.model.children(await place.child('run'));
    const drawn = targets.map((node) => operationRow(node, place.context));
    assert.deepEqual(drawn.map(({ label, description }) => `${label} | ${description}`).sort(), [
      'name-x | refused · Protected · x',
      'name-y | deregistered · y',
    ]);
    for (const [i, { abilities, click }] of drawn.entries()) {
      assert.ok(abilities.includes('response'));
      assert.equal(click, 'openResponse');
      const answer = place.model.exchange(place.model.exchangeOf(targets[i] ?? assert.fail()) ?? '');
      assert.equal(answer?.action, 'RemoveThing');
    }
  });

  it('names what a run of one resource was about, ended or interrupted', async () => {
    const place = workplace();
    await remove(place.gate, [target('a', 'r-1', 'x')]);
    const ended = 'Deregister name-x | deregistered · Jan 2, 2026, 3:04:05 AM UTC';
    assert.equal((await place.rows()).at(-1), ended);
    const [[name = '', text = ''] = []] = place.files.files;
    // The window went away after `opened`, `run` and `before`.
    place.files.files.set(name, `${text.split('\n').slice(0, 3).join('\n')}\n`);
    const journal = new Journal({ files: place.files, clock: place.clock, fileName: 'next.jsonl' });
    const model = new OperationsModel({ journal, responses: new Responses(), clock: place.clock });
    const rows = (await model.children()).map((node) => operationRow(node, { ...place.context, model }));
    assert.equal(rows.at(-1)?.label, 'Deregister name-x');
    assert.equal(rows.at(-1)?.description, 'did not finish · 1 must be checked · Jan 2, 2026, 3:04:05 AM UTC');
  });

  it('offers the recipe only for what was deleted', async () => {
    const place = workplace();
    place.cloud.fault('RemoveThing', { kind: 'error', code: 'Protected', status: 403 });
    await remove(
      place.gate,
      ['x', 'y'].map((id) => target('a', 'r-1', id)),
    );
    await place.rows();
    const targets = await place.model.children(await place.child('run'));
    const withRecipe = targets
      .map((node) => operationRow(node, place.context))
      .filter(({ abilities }) => abilities.includes('recipe'));
    assert.deepEqual(
      withRecipe.map(({ label }) => label),
      ['name-y'],
    );
  });

  it('says after a restart that an interrupted run must be checked', async () => {
    const place = workplace();
    let lines = 0;
    const append = place.files.append.bind(place.files);
    // The window goes away after `opened`, `run` and `before`.
    place.files.append = (name, line) => (++lines > 3 ? new Promise(() => undefined) : append(name, line));
    const sent = new Promise<void>(
      (resolve) => (place.cloud.onRequest = ({ action }) => action === 'RemoveThing' && resolve()),
    );
    void remove(
      place.gate,
      ['x', 'y'].map((id) => target('a', 'r-1', id)),
    );
    await sent;
    const journal = new Journal({ files: place.files, clock: place.clock, fileName: 'next.jsonl' });
    const model = new OperationsModel({ journal, responses: new Responses(), clock: place.clock });
    const [run] = await model.children();
    assert.ok(run);
    const row = operationRow(run, { ...place.context, model });
    assert.equal(row.label, '1 ? 1 – Remove 2 things');
    assert.equal(row.description, 'did not finish · 1 never sent · 1 must be checked · Jan 2, 2026, 3:04:05 AM UTC');
    assert.deepEqual(row.words, ['run', 'interrupted', 'unresolved']);
    assert.deepEqual(row.abilities, ['check', 'result', 'retryFailed']);
    const below = (await model.children(run)).map((node) => operationRow(node, { ...place.context, model }));
    assert.deepEqual(
      below.map(({ label, description }) => `${label} | ${description}`),
      ['name-x | no outcome recorded · must be checked · x', '1 never sent | '],
    );
    const [, unsent] = await model.children(run);
    const [never] = await model.children(unsent);
    assert.ok(unsent && never);
    const { label, description, tooltip } = operationRow(never, { ...place.context, model });
    assert.deepEqual([label, description], ['name-y', 'not sent · y']);
    assert.deepEqual(tooltip.lines[1], { label: 'Account', value: 'Account a' });
    assert.equal(model.parent(never), unsent);
  });

  it('names file, line and what is wrong with the journal, and still shows the runs', async () => {
    const place = workplace();
    await remove(place.gate, [target('a', 'r-1', 'x')]);
    const [[name = '', text = ''] = []] = place.files.files;
    const lines = text.split('\n');
    lines[2] = (lines[2] ?? '').replace('name-x', 'name-q');
    place.files.files.set(name, lines.join('\n'));
    const journal = new Journal({ files: place.files, clock: place.clock, fileName: 'next.jsonl' });
    const model = new OperationsModel({ journal, responses: new Responses(), clock: place.clock });
    const rows = (await model.children()).map((node) => operationRow(node, { ...place.context, model }));
    assert.deepEqual(rows.map(({ label, description }) => `${label} | ${description}`).slice(0, 1), [
      'A line of the journal was changed | own.jsonl, line 3',
    ]);
    assert.equal(rows.at(-1)?.label, 'Deregister name-q');
  });

  it('says when the journal cannot be read at all, and still shows the answers', async () => {
    const place = workplace();
    place.files.list = () => Promise.reject(new Error('EACCES'));
    place.responses.add(exchange(), []);
    assert.deepEqual(await place.rows(), ['The journal could not be read | EACCES', 'Read calls | 1 call']);
  });

  it('draws the reads again for reads, once for a burst, and never the whole view', async () => {
    const place = workplace();
    const model = new OperationsModel({ ...place, clock: place.manual });
    place.responses.add(exchange(), []);
    await model.children();
    await place.manual.advance(1_000);
    const changes: (string | undefined)[] = [];
    model.onDidChange((node) => changes.push(node?.type));
    for (let i = 0; i < 20; i++) {
      place.responses.add(exchange(), []);
      await place.manual.advance(10);
    }
    await place.manual.advance(1_000);
    assert.deepEqual(changes, ['reads', 'reads']);
  });

  it('draws the whole view again for the first read, for runs and for what stands between them', async () => {
    const place = workplace();
    const model = new OperationsModel({ ...place, clock: place.manual });
    await model.children();
    const changes: (string | undefined)[] = [];
    model.onDidChange((node) => changes.push(node?.type));
    const burst = async (...added: readonly Exchange[]): Promise<void> => {
      for (const one of added) place.responses.add(one, []);
      await place.manual.advance(100);
      await model.children();
    };
    await burst(exchange());
    assert.deepEqual(changes, [undefined]);
    await burst(exchange(), exchange({ effect: 'destroy' }), exchange());
    assert.deepEqual(changes, [undefined, undefined]);
    await remove(place.gate, [target('a', 'r-1', 'x')]);
    await burst();
    assert.deepEqual(changes, [undefined, undefined, undefined]);
  });

  it('tells nothing any more after it was disposed', async () => {
    const place = workplace();
    const model = new OperationsModel({ ...place, clock: place.manual });
    let fired = 0;
    model.onDidChange(() => fired++);
    place.responses.add(exchange(), []);
    model.dispose();
    await place.manual.advance(1_000);
    assert.equal(fired, 0);
  });

  it('lets go of the row of an answer that is not kept any more', async () => {
    const place = workplace();
    const responses = new Responses({ count: 2, characters: 1_000 });
    const model = new OperationsModel({ ...place, responses });
    const rows = async (): Promise<readonly OperationNode[]> => model.children((await model.children())[0]);
    const [first, second, third] = ['mi-1', 'mi-2', 'mi-3'].map((subject) => exchange({ subject }));
    assert.ok(first && second && third);
    for (const one of [first, second]) responses.add(one, []);
    const [rowOfSecond, rowOfFirst] = await rows();
    responses.add(third, []);
    assert.equal((await rows())[1], rowOfSecond);
    responses.add(first, []);
    const again = (await rows())[0];
    assert.deepEqual(again, rowOfFirst);
    assert.notEqual(again, rowOfFirst);
  });

  it('shows the newest first and older ones on request', async () => {
    const place = workplace();
    const total = operationsAtOnce + 5;
    for (let i = 0; i < total; i++)
      place.responses.add(
        exchange({ effect: 'destroy', action: `Call${i}`, time: new Date(Date.UTC(2026, 0, 1, 0, 0, i)) }),
        [],
      );
    const rows = await place.rows();
    assert.match(rows[0] ?? '', new RegExp(`^Call${total - 1} `));
    assert.equal(rows.length, operationsAtOnce + 1);
    const older = await place.child('older');
    assert.ok(older.type === 'older');
    place.model.showOlder(older);
    assert.equal((await place.rows()).length, total);
  });

  it('gives the same object for the same row', async () => {
    const place = workplace();
    await remove(place.gate, [target('a', 'r-1', 'x')]);
    place.responses.add(exchange(), []);
    const before = await place.model.children();
    const after = await place.model.children();
    assert.equal(new Set(before.map(operationId)).size, before.length);
    after.forEach((node, i) => assert.equal(node, before[i]));
  });

  const shows = (name: string): void =>
    void it(`shows ${JSON.stringify(name)} exactly`, async () => {
      const place = workplace();
      place.cloud.put('a:1', 'r-1', { id: 'odd', name });
      await remove(place.gate, [target('a', 'r-1', 'odd')]);
      await place.rows();
      const [node] = await place.model.children(await place.child('run'));
      assert.equal(operationRow(node ?? assert.fail(), place.context).label, name);
    });
  shows('<img src=x onerror=alert(1)>');
  shows('[x](command:y) **b**');
});

describe('reads of one list', () => {
  const at = (seconds: number, change: Partial<Exchange> = {}): Exchange =>
    exchange({ time: new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)), durationMs: 100, ...change });
  const check = (name: string, newestFirst: readonly Exchange[], sizes: readonly number[]): void =>
    void it(name, () =>
      assert.deepEqual(
        groupReads(newestFirst).map((group) => group.length),
        sizes,
      ),
    );
  check('follow each other', [at(2), at(1), at(0)], [3]);
  check('are apart when time lies between them', [at(60), at(1), at(0)], [1, 2]);
  check(
    'are apart by region, even side by side',
    [at(1), at(1, { region: 'cn-beijing' }), at(0), at(0, { region: 'cn-beijing' })],
    [2, 2],
  );
  check('are apart by account', [at(1), at(0, { accountId: 'b' })], [1, 1]);
  check('are apart from look-ups', [at(1), at(1, { subject: 'mi-1' })], [1, 1]);
  check('stay together while a page takes long', [at(30), at(0, { durationMs: 29_000 })], [2]);
});

describe('targets a run works on', () => {
  it('are busy from the confirmation to the end, and not before', async () => {
    const place = createWorkplace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', { id: 'x', name: 'X' }, { id: 'y', name: 'Y' });
    const busy = new BusyTargets(place.gate);
    const x = target('a', 'r-1', 'x');
    const seen: boolean[] = [];
    place.person.onConfirm = () => seen.push(busy.has(x));
    place.cloud.onRequest = ({ action }) =>
      action === 'RemoveThing' && seen.push(busy.has(x), busy.has(target('a', 'r-1', 'y')));
    await remove(place.gate, [x]);
    seen.push(busy.has(x));
    assert.deepEqual(seen, [false, true, false, false]);
  });

  it('are never busy when the person turned away', async () => {
    const place = createWorkplace([fakeAccount('a')]);
    place.cloud.put('a:1', 'r-1', { id: 'x', name: 'X' });
    const busy = new BusyTargets(place.gate);
    let fired = 0;
    busy.onDidChange(() => fired++);
    place.person.answer = 'cancel';
    await remove(place.gate, [target('a', 'r-1', 'x')]);
    assert.equal(fired, 0);
  });
});
