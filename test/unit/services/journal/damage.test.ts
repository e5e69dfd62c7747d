import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { providers } from '../../../../src/providers/index';
import { openCalls } from '../../../../src/services/actions/recheck';
import { Responses } from '../../../../src/services/exchanges/exchangeLog';
import { toCsv, toJsonLines } from '../../../../src/services/journal/export';
import { runsOf } from '../../../../src/services/journal/history';
import { Journal } from '../../../../src/services/journal/journal';
import { type JournalProblem } from '../../../../src/services/journal/records';
import { readJournal, verify } from '../../../../src/services/journal/verify';
import { OperationsModel } from '../../../../src/services/operations/operationsModel';
import { operationRow } from '../../../../src/services/operations/rows';
import { FakeClock } from '../../support/fakeClock';
import { mutations, sealAgain, writtenBefore } from '../../support/journalFixture';
import { FakeFiles } from '../../support/workplace';

const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);
const fileOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const problemsIn = (lines: readonly string[]): [number, JournalProblem['problem']][] =>
  verify('f', fileOf(lines)).problems.map(({ line, problem }) => [line, problem]);

describe('a journal of an older version', () => {
  const files = writtenBefore();

  test('holds, with every type of line', () => {
    const { records, problems, lines } = readJournal(files);
    assert.deepEqual(problems, []);
    assert.equal(lines.length, 14);
    assert.deepEqual(
      new Set(records.map(({ type }) => type)),
      new Set(['opened', 'run', 'before', 'after', 'checked', 'ended']),
    );
    assert.deepEqual(
      runsOf(records, new Set()).map(({ run, state, targets }) => [run, state, targets.length]),
      [
        ['run-2', 'interrupted', 0],
        ['run-1', 'cancelled', 3],
        ['run-3', 'ended', 1],
      ],
    );
  });

  test('is exported line by line as it is', () => {
    for (const { name, text } of files) assert.equal(toJsonLines(readJournal([{ name, text }]).lines), text);
  });

  test('is gone on with by this one', async () => {
    const kept = new FakeFiles();
    for (const { name, text } of files) kept.files.set(name, text);
    const journal = new Journal({ files: kept, clock: new FakeClock(), fileName: 'z.jsonl' });
    await journal.append({ type: 'run', run: 'r', plan: 'p', count: 1, title: 't' });
    assert.deepEqual(readJournal(await kept.list()).problems, []);
    kept.files.delete(files[0]?.name ?? '');
    assert.deepEqual(
      readJournal(await kept.list()).problems.map(({ problem }) => problem),
      ['fileMissing'],
    );
  });
});

describe('a line of a wrong shape', () => {
  const [first = '', ...rest] = linesOf(writtenBefore()[0]?.text ?? '');

  for (const line of [
    '{"type":"opened","hash":"x","seq":9}',
    '{"type":"opened","heads":null,"hash":"x","seq":2}',
    '{"type":"before","run":"run-1","targets":[null],"hash":"x","seq":2}',
    '{"type":7,"seq":2,"hash":"x"}',
    '{"type":"__proto__","seq":2,"hash":"x"}',
  ]) {
    test(`is a problem, and reading goes on: ${line}`, () => {
      const { records, lines, problems } = readJournal([{ name: 'f', text: fileOf([first, line, ...rest]) }]);
      assert.deepEqual(problems[0], { file: 'f', line: 2, problem: 'hashWrong' });
      assert.equal(records.length, rest.length + 1);
      assert.equal(lines.length, rest.length + 2);
    });
  }

  for (const line of ['null', '7', '"text"', '[]', '{}', '', '{"type":"run"}', '{"seq":1,"type":"run","hash":7}']) {
    test(`is no record: ${line}`, () => assert.deepEqual(problemsIn([first, line, ...rest]), [[2, 'notJson']]));
  }

  test('is told as such although its hash is right', () => {
    const sealed = sealAgain({ seq: 1, time: '2026-01-02T03:04:05Z', type: 'later', prev: '0'.repeat(64), hash: '' });
    assert.deepEqual(problemsIn([sealed]), [[1, 'malformed']]);
  });

  test('says two things in one line, and is noticed', () => {
    const at = rest.findIndex((line) => line.includes('"outcome":"unknown"'));
    const twice = rest.map((line, i) =>
      i === at ? line.replace('"outcome":"unknown"', '"outcome":"failed","outcome":"unknown"') : line,
    );
    assert.deepEqual(problemsIn([first, ...twice]), [[at + 2, 'hashWrong']]);
  });

  test('says two things in one line, and is noticed although the chain was computed anew', () => {
    const line = '{"seq":1,"time":"2026-01-02T03:04:05Z","type":"opened","heads":{"a":"b"},"heads":{},"prev":"PREV"';
    const open = `${line.replace('PREV', '0'.repeat(64))}}`;
    // A hash over the text as it stands: nothing but the doubled field is wrong.
    const { createHash } = process.getBuiltinModule('node:crypto');
    const hash = createHash('sha256').update(open).digest('hex');
    assert.deepEqual(problemsIn([`${open.slice(0, -1)},"hash":"${hash}"}`]), [[1, 'hashWrong']]);
  });

  for (const [what, change] of [
    ['a blank', (line: string) => line.replace(',"type"', ', "type"')],
    ['an escape', (line: string) => line.replace('"type"', '"\\u0074ype"')],
    ['a carriage return', (line: string) => `${line}\r`],
    ['another order', (line: string) => line.replace(/^\{("seq":\d+),(.*)\}$/, '{$2,$1}')],
    ['a number spelled otherwise', (line: string) => line.replace('"seq":2', '"seq":2.0')],
  ] as const) {
    test(`says the same in other bytes, and is noticed: ${what}`, () => {
      const [second = '', ...more] = rest;
      assert.notEqual(change(second), second);
      assert.deepEqual(problemsIn([first, change(second), ...more]), [[2, 'hashWrong']]);
    });
  }
});

/** Reads a journal in every way it is read, and throws where any of them does. */
async function readEverywhere(files: FakeFiles): Promise<void> {
  const journal = new Journal({ files, clock: new FakeClock(), fileName: 'own.jsonl' });
  const { lines, records } = await journal.load();
  toCsv(lines);
  for (const run of runsOf(records, new Set())) openCalls(records, run.run);
  const model = new OperationsModel({ journal, responses: new Responses(), clock: new FakeClock() });
  const context = { model, clouds: { all: providers }, language: 'en', timeZone: 'UTC' };
  const ids = new Set<string>();
  for (const root of await model.children()) {
    for (const node of [root, ...(await model.children(root))]) {
      const row = operationRow(node, context);
      assert.equal(ids.has(row.id), false, `The row ${row.id} is there twice.`);
      ids.add(row.id);
      for (const shown of [row.label, row.description, row.spoken]) assert.equal(typeof shown, 'string');
    }
  }
  model.dispose();
  await journal.append({ type: 'run', run: 'r', plan: 'p', count: 1, title: 't' });
}

describe('every part of every type of line, replaced by anything', () => {
  const tried = new Set<unknown>();
  for (const { name, text } of writtenBefore().reverse()) {
    for (const [index, line] of linesOf(text).entries()) {
      // The fixture holds objects.
      const record = JSON.parse(line) as Record<string, unknown>;
      if (tried.has(record['type'])) continue;
      tried.add(record['type']);
      const filesWith = (other: string): FakeFiles => {
        const files = new FakeFiles();
        for (const file of writtenBefore()) files.files.set(file.name, file.text);
        files.files.set(name, fileOf(linesOf(text).map((own, i) => (i === index ? other : own))));
        return files;
      };
      test(`of the type ${String(record['type'])}`, async () => {
        let count = 0;
        for (const changed of mutations(record)) {
          const written = JSON.stringify(changed) ?? '';
          if (written === line) continue;
          assert.notDeepEqual(readJournal(await filesWith(written).list()).problems, [], `Not noticed: ${written}`);
          const isObject = typeof changed === 'object' && changed !== null && !Array.isArray(changed);
          // With a hash that is right for it: nothing but its shape keeps it from being read.
          await readEverywhere(filesWith(isObject ? sealAgain(changed as Record<string, unknown>) : written));
          count++;
        }
        assert.ok(count > 50, `only ${count} changes`);
      });
    }
  }

  test('is done for all types', () => {
    assert.deepEqual([...tried].sort(), ['after', 'before', 'checked', 'ended', 'opened', 'run']);
  });
});

describe('every part of what this version writes, replaced by anything', () => {
  const account = {
    id: 'env:a',
    name: 'Prod',
    identity: '1',
    caller: 'me',
    keyMark: 'k',
    reach: { endpoint: 'https://x' },
  };
  const group = {
    provider: 'alibabaCloud',
    account,
    region: 'r',
    does: 'deregisterManagedInstance',
    answers: { Force: true },
    action: 'DeregisterManagedInstance',
    kind: 'managedInstance',
    targets: [
      { id: 'mi-1', name: 'web' },
      { id: 'mi-2', name: 'db', left: true },
    ],
  };
  const seal = { seq: 1, time: '2026-01-02T03:04:05.000Z', prev: '0'.repeat(64), hash: '' };
  const written: readonly Record<string, unknown>[] = [
    { ...seal, type: 'run', run: 'r', plan: 'p', count: 1, title: 't', groups: [group], retryOf: 'run-1' },
    {
      ...seal,
      type: 'ended',
      run: 'run-2',
      cancelled: false,
      unsent: [
        { id: 'mi-1', outcome: 'notSent', kind: 'managedInstance', region: 'r', accountId: 'a', mayRetry: true },
      ],
    },
    { ...seal, type: 'checked', run: 'run-1', call: '2', outcomes: [{ id: 'mi-2', outcome: 'stillThere', code: 'C' }] },
  ];
  for (const record of written) {
    test(`of the type ${String(record['type'])}`, async () => {
      assert.deepEqual(problemsIn([sealAgain(record)]), []);
      for (const changed of mutations(record)) {
        const isObject = typeof changed === 'object' && changed !== null && !Array.isArray(changed);
        const files = new FakeFiles();
        for (const file of writtenBefore()) files.files.set(file.name, file.text);
        const line = isObject ? sealAgain(changed as Record<string, unknown>) : (JSON.stringify(changed) ?? '');
        files.files.set('z.jsonl', fileOf([line]));
        await readEverywhere(files);
      }
    });
  }
});

describe('lines that are not JSON', () => {
  test('are exported as they are', () => {
    const [first = '', ...rest] = linesOf(writtenBefore()[0]?.text ?? '');
    const text = `${fileOf([first, 'damaged; \u0000 {', '', ...rest])}{"seq":9,"ti`;
    const { lines, problems } = readJournal([{ name: 'f', text }]);
    assert.equal(toJsonLines(lines), `${text}\n`);
    assert.deepEqual(
      problems.map(({ line, problem }) => [line, problem]),
      [
        [rest.length + 4, 'cutOff'],
        [2, 'notJson'],
        [3, 'notJson'],
      ],
    );
    assert.match(toCsv(lines), /damaged,[^\r]*"?damaged; /);
  });

  test('stand where they stood, also between the lines of other windows', () => {
    const [a, b] = writtenBefore();
    assert.ok(a && b);
    const lines = linesOf(a.text);
    const damaged = { ...a, text: fileOf([...lines.slice(0, 3), 'damaged', ...lines.slice(3)]) };
    const texts = readJournal([damaged, b]).lines.map(({ text }) => text);
    assert.equal(texts.indexOf('damaged'), texts.indexOf(lines[2] ?? '') + 1);
  });

  test('do not push everything else out of sight', async () => {
    const files = new FakeFiles();
    files.files.set('a', fileOf(Array.from({ length: 500 }, (_, i) => `damaged ${i}`)));
    const journal = new Journal({ files, clock: new FakeClock(), fileName: 'own.jsonl' });
    const model = new OperationsModel({ journal, responses: new Responses(), clock: new FakeClock() });
    const rows = await model.children();
    assert.deepEqual([rows.length, rows[10]?.type], [11, 'older']);
    const more = rows[10];
    assert.ok(more?.type === 'older');
    model.showOlder(more);
    assert.ok((await model.children()).length > 50);
    model.dispose();
  });
});

test('a file that cannot be read is a problem of its own, and no other is missed for it', () => {
  const [a, b] = writtenBefore();
  assert.ok(a && b);
  const { records, problems } = readJournal([{ name: a.name, text: '', unreadable: 'EACCES' }, b]);
  assert.deepEqual(problems, [{ file: a.name, line: 0, problem: 'fileUnreadable' }]);
  assert.equal(records.length, linesOf(b.text).length);
});
