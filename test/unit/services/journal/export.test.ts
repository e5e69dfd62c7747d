import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { toCsv, toJsonLines } from '../../../../src/services/journal/export';
import { Journal } from '../../../../src/services/journal/journal';
import { type JournalLine } from '../../../../src/services/journal/records';
import { type JournalRecord } from '../../../../src/services/journal/records';
import { type JournalEntry } from '../../../../src/services/journal/records';
import { verify } from '../../../../src/services/journal/verify';
import { FakeClock } from '../../support/fakeClock';
import { FakeFiles } from '../../support/workplace';

async function recordsOf(...entries: readonly JournalEntry[]): Promise<JournalRecord[]> {
  const files = new FakeFiles();
  const journal = new Journal({ files, clock: new FakeClock(), fileName: 'f.jsonl' });
  for (const entry of entries) await journal.append(entry);
  return files.records();
}

const asLines = (records: readonly JournalRecord[]): JournalLine[] =>
  records.map((record) => ({ text: JSON.stringify(record), record }));

const before = (name = 'web', id = 'i-1'): JournalEntry => ({
  type: 'before',
  run: 'r1',
  call: '1',
  provider: 'alibabaCloud',
  account: { id: 'env:a', name: '生产', identity: '123', caller: 'acs:ram::123:user/ops' },
  region: 'cn-hangzhou',
  action: 'DeleteInstances',
  params: {},
  clientToken: 't',
  targets: [{ kind: 'instance', id, name, resource: { secret: 'x' } }],
});
const after: JournalEntry = {
  type: 'after',
  run: 'r1',
  call: '1',
  outcomes: [{ id: 'i-1', outcome: 'refused', code: 'C', message: 'no, "never"', advice: 'a', note: 'line 1\nline 2' }],
  requestId: 'q-1',
  attempts: 2,
};

const sealed = { ...before(), seq: 1, time: '2026-01-02T03:04:05.000Z', prev: '', hash: '' } as Extract<
  JournalRecord,
  { type: 'before' }
>;

/** Reads RFC 4180, independently of what wrote it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    row.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === '\r\n') rows.push(row.splice(0));
  }
  return rows;
}

function tableOf(records: readonly JournalRecord[]): Record<string, string>[] {
  const [heading = [], ...rows] = parseCsv(toCsv(asLines(records)).slice(1));
  return rows.map((row) => {
    assert.equal(row.length, heading.length, row.join('|'));
    return Object.fromEntries(heading.map((name, i) => [name, row[i] ?? '']));
  });
}

describe('CSV', () => {
  test('begins with a byte order mark, so that Chinese is read as UTF-8', async () => {
    const csv = toCsv(asLines(await recordsOf(before())));
    assert.equal(csv.charCodeAt(0), 0xfeff);
    assert.match(csv, /生产/);
    assert.ok(csv.endsWith('\r\n'));
  });

  test('has one line a resource, with place, person and what became of it', async () => {
    const [row, ...others] = tableOf(await recordsOf(before(), after));
    assert.deepEqual(others, []);
    const { started, updated, ...facts } = row ?? assert.fail();
    assert.deepEqual(facts, {
      run: 'r1',
      task: '',
      provider: 'alibabaCloud',
      accountName: '生产',
      accountId: '123',
      caller: 'acs:ram::123:user/ops',
      region: 'cn-hangzhou',
      kind: 'instance',
      id: 'i-1',
      name: 'web',
      action: 'DeleteInstances',
      outcome: 'refused',
      outcomeOfRun: 'refused',
      code: 'C',
      message: 'no, "never"',
      note: 'line 1\nline 2',
      requestId: 'q-1',
    });
    for (const time of [started, updated]) assert.match(time ?? '', /^\d{4}-\d\d-\d\dT.*Z$/);
  });

  test('says what was never sent with its names, and what a check found later in the same line', async () => {
    const checked: JournalEntry = {
      type: 'checked',
      run: 'r1',
      call: '1',
      outcomes: [{ id: 'i-1', outcome: 'done' }],
    };
    const lost: JournalEntry = { ...after, outcomes: [{ id: 'i-1', outcome: 'unknown', code: 'Timeout' }] };
    const unsent = { id: 'i-2', outcome: 'notSent', kind: 'instance', region: 'r', accountId: 'env:a' } as const;
    const ended: JournalEntry = { type: 'ended', run: 'r1', cancelled: true, unsent: [unsent] };
    const rows = tableOf(await recordsOf(before(), lost, checked, ended));
    assert.deepEqual(
      rows.map((r) => [r['id'], r['outcome'], r['outcomeOfRun'], r['provider'], r['accountName'], r['accountId']]),
      [
        ['i-1', 'done', 'unknown', 'alibabaCloud', '生产', '123'],
        ['i-2', 'notSent', 'notSent', 'alibabaCloud', '生产', '123'],
      ],
    );
  });

  test('has a line for what is not known yet, and one for what a crash left unsent', async () => {
    const { type: _, run: __, call: ___, params: ____, clientToken: _____, ...deed } = sealed;
    const group = { ...deed, kind: 'instance', targets: ['i-1', 'i-2'].map((id) => ({ id, name: `name of ${id}` })) };
    const begin = { type: 'run', run: 'r1', plan: 'p', count: 2, title: 'Release 2', groups: [group] } as JournalEntry;
    assert.deepEqual(
      tableOf(await recordsOf(begin, before())).map((r) => [r['id'], r['name'], r['task'], r['outcome']]),
      [
        ['i-1', 'web', 'Release 2', 'unresolved'],
        ['i-2', 'name of i-2', 'Release 2', 'notSent'],
      ],
    );
  });

  test('has what a retry came to in the line of the run that it tried again', async () => {
    const begin = (run: string, retryOf?: string): JournalEntry => ({
      ...{ type: 'run', run, plan: 'p', count: 1, title: run, retryOf },
    });
    const of = (run: string, entry: JournalEntry): JournalEntry => ({ ...entry, run }) as JournalEntry;
    const done: JournalEntry = { ...after, outcomes: [{ id: 'i-1', outcome: 'done' }] };
    const all = [begin('r1'), before(), after, begin('r2', 'r1'), of('r2', before()), of('r2', done)];
    assert.deepEqual(
      tableOf(await recordsOf(...all)).map((r) => [r['run'], r['outcomeOfRun'], r['outcome']]),
      [['r1', 'refused', 'done']],
    );
  });

  const formulas: readonly [name: string, shown: string][] = [
    ...['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '﹣1', '−1', '=HYPERLINK("http://x","y")'].map(
      (name): [string, string] => [name, `'${name}`],
    ),
    // Behind what ends a cell elsewhere.
    ["web;=cmd|'/C calc'!A0", "web;'=cmd|'/C calc'!A0"],
    ['web\t=1', "web\t'=1"],
    ['web|@SUM(A1)', "web|'@SUM(A1)"],
    ['web,=1', "web,'=1"],
    ['web；＝1', "web；'＝1"],
    ['web،=1', "web،'=1"],
    ['web\n=1', "web\n'=1"],
    ['web\r\n-1', "web\r\n'-1"],
    ['a;=1;+2;;-3', "a;'=1;'+2;;'-3"],
    // Behind what a spreadsheet trims or does not see.
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['\n=1', "'\n'=1"],
    [' =1', " '=1"],
    ['\u00a0=1', "\u00a0'=1"],
    ['\u3000=1', "\u3000'=1"],
    ['\ufeff=1', "\ufeff'=1"],
    ['\u200b=1', "\u200b'=1"],
    ['\0=1', "\0'=1"],
    ['"=1', '"\'=1'],
    ['web; "=1"', 'web; "\'=1"'],
    ['web;\t =1', "web;\t '=1"],
  ];
  for (const [name, shown] of formulas) {
    test(`a name is never a formula: ${JSON.stringify(name)}`, async () => {
      const [row] = tableOf(await recordsOf(before(name)));
      assert.equal(row?.['name'], shown);
    });
  }

  test('no cell begins with a formula, whichever separator splits the line and whatever blanks are trimmed', () => {
    const pieces = fc.array(
      fc.constantFrom('=', '+', '@', 'a', ';', ',', '|', '\t', '\n', ' ', '"', "'", '\u200b', '＝'),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const line = toCsv(
          asLines([{ ...sealed, targets: [{ kind: 'instance', id: 'i', name: parts.join(''), resource: undefined }] }]),
        );
        for (const separator of [';', '|', '\t']) {
          const cells = line.split(/[\r\n]/).flatMap((one) => one.split(separator));
          for (const one of cells) assert.doesNotMatch(one.replace(/^[\s"\u200b]+/, ''), /^[=+@＝]/);
        }
      }),
    );
  });

  test('an ordinary name stays as it is', async () => {
    for (const name of [
      'web-1',
      '1=1',
      'a@b',
      '',
      '"',
      'x\r\ny',
      'a; b',
      'a--b',
      'x - y',
      '2026-01-02T03:04:05+08:00',
    ]) {
      assert.equal(tableOf(await recordsOf(before(name)))[0]?.['name'], name);
    }
  });
});

test('JSON Lines are the journal itself: anyone can check the chain', async () => {
  const records = await recordsOf(before('名 \u2028'), after);
  const text = toJsonLines(asLines(records));
  assert.deepEqual(verify('export', text), { records, problems: [] });
  assert.notDeepEqual(verify('export', text.replace('refused', 'done')).problems, []);
});
